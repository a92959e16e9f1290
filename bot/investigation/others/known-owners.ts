import type { PodState } from '../../../tools/kubernetes/kubernetes-state.ts';
import type { YarnFacts } from '../../../tools/yarn/facts.ts';
import type { Ownership } from '../../access/ownership.ts';
import type { FirstLook } from '../first-look.ts';
import { applicationOf } from '../joining/entity-directory.ts';
import type { Candidate } from '../subject/candidate.ts';
import { listCandidates } from '../subject/list-candidates.ts';
import { programCandidates } from '../subject/program-candidates.ts';

/** Engines and operators that run for a person; pods of others are services that all share. */
const RUNS: ReadonlySet<string> = new Set(['spark', 'flink']);

/** Everything that a look knows to be somebody's, each once. */
export function knownOwners(seen: FirstLook, known: YarnFacts): Ownership[] {
  const candidates = listCandidates(seen.runs, known, seen.logs);
  const owned = new Map<string, Ownership>();
  for (const run of [...candidates, ...programCandidates(seen.logs)])
    if (!owned.has(run.id)) owned.set(run.id, owner(run));
  const ids = new Set(owned.keys());
  for (const pod of seen.kubernetes?.pods ?? []) {
    if (!owned.has(pod.name)) for (const own of ownerOfPod(pod, ids)) owned.set(own.id, own);
  }
  return [...owned.values()];
}

/** Whose a run is, of what is known to choose it by. */
export function owner({ id, names, user, queue }: Candidate): Ownership {
  return { id, names, user, queue };
}

/** Whose application a container or an application id belongs to; the id itself where it is neither. */
export function runOf(id: string): string {
  return applicationOf(id) ?? id.replace(/^appattempt_(\d{10,16}_\d{4,12})_\d{1,8}$/, 'application_$1');
}

function ownerOfPod(
  { name, namespace, component, sparkApplication, owner: above }: PodState,
  known: ReadonlySet<string>,
): Ownership[] {
  if (component !== null && !RUNS.has(component.engine)) return [];
  if (above?.kind === 'DaemonSet' || namespace === 'kube-system') return [];
  // A pod of a run goes with the run.
  if (sparkApplication !== null && known.has(sparkApplication)) return [];
  return [{ id: name, names: component?.of ? [component.of] : [], user: null, queue: null }];
}
