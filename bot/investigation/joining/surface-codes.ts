import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import { rankOfSignature } from '../../../tools/logs/match-signatures.ts';
import type { Hypothesis } from './hypothesis.ts';

/**
 * Codes that say by their own meaning that something is gone or late and not why. Where the platform was looked at and shows no
 * deeper cause they are the answer; from a pasted line alone they only repeat the symptom, and the cause has to be asked for.
 */
const SURFACE: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'shuffle.executor_lost',
  'streaming.taskmanager_lost',
  'network.heartbeat_timeout',
  'workflow.zombie_task',
  'memory.python_worker',
]);

/** A text of this rank or more names the cause itself (`MemoryError`), not only what was seen of it (a worker that vanished). */
const NAMES_ITSELF = 60;

/** True when the hypothesis rests on pasted text alone and names only what is seen on the surface. */
export function onlyRepeatsTheSymptom({ code, root }: Hypothesis): boolean {
  if (code === 'memory.python_worker' && (rankOfSignature(root.rule) ?? 0) >= NAMES_ITSELF) return false;
  return SURFACE.has(code) && root.kind === 'inferred' && root.evidence.every((piece) => piece.provenance === 'asker');
}
