import type { JoinKeys } from '../evidence/join-keys.ts';
import type { Writer } from '../evidence/text-record.ts';
import { KEEP_LITERALS } from './keep-literals.ts';
import { keysOfContent } from './keys-of-content.ts';
import { LEVEL_TRIGGERS } from './level-triggers.ts';
import { milestoneLiterals } from './milestones.ts';
import { buildTriggers, type TriggerTable } from './trigger-table.ts';

/** The triggers of one scan, and what each is for. */
export interface TriggerSet {
  table: TriggerTable;
  /**
   * By owner: a failure is always looked for; progress (a signature's literal or one kept for joining, at any level) until it only
   * repeats; a milestone or a line about what was asked for is kept more often; a section mark is no record.
   */
  roles: readonly ('failure' | 'progress' | 'milestone' | 'section')[];
  /** Whether level words are looked for. */
  levels: boolean;
  /** The ids asked for: a line with one is kept whatever else it says. */
  ids: readonly Buffer[];
  keysOfRun(head: string): JoinKeys;
}

/** What triggers are chosen by; plain data. */
export interface TriggerChoice {
  writer: Writer;
  aggregated: boolean;
  /** Literals of the signatures. */
  literals: readonly string[];
  /** Ids asked for, as daemons print them: their lines are kept at any level. */
  ids: readonly string[];
}

const AGGREGATED: readonly Writer[] = [
  'spark_driver',
  'spark_application_master',
  'spark_executor',
  'container_launch',
  'jvm_gc',
  'jvm_crash',
  'user_program',
];
const SECTION_MARKS = ['LogType:', 'End of LogType:'];
const RUN_MARK = 'Running Spark version ';

/** Chooses and prepares the triggers for a log of one writer; `sample` is some of the text, to find rare windows. */
export function triggerSet(choice: TriggerChoice, sample: Uint8Array): TriggerSet {
  const writers = choice.aggregated ? AGGREGATED : [choice.writer];
  const milestones = writers.flatMap(milestoneLiterals);
  const kept = writers.flatMap((writer) => KEEP_LITERALS[writer] ?? []);
  const sections = choice.aggregated ? SECTION_MARKS : choice.writer === 'spark_driver' ? [RUN_MARK] : [];
  const levels = choice.writer !== 'jvm_gc';
  const failures = levels ? LEVEL_TRIGGERS : [];
  const table = buildTriggers(
    [...choice.literals, ...failures, ...kept, ...milestones, ...choice.ids, ...sections],
    sample,
  );
  const often = new Set([...milestones, ...choice.ids]);
  const marks = new Set(sections);
  const always = new Set(failures);
  const roles = table.strings.map((bytes) => {
    const text = Buffer.from(bytes).toString();
    if (marks.has(text)) return 'section' as const;
    if (always.has(text)) return 'failure' as const;
    return often.has(text) ? ('milestone' as const) : ('progress' as const);
  });
  const ids = choice.ids.map((id) => Buffer.from(id));
  return { table, roles, levels, ids, keysOfRun: (head) => keysOfContent(head, '') };
}

const shared = new WeakMap<readonly string[], Map<string, TriggerSet>>();
/** Different questions of one process; beyond, nothing is remembered. */
const MAX_SHARED = 200;

/** The same for small files, of which there may be thousands: prepared once for each writer and set of ids. */
export function sharedTriggerSet(choice: TriggerChoice, sample: Uint8Array): TriggerSet {
  const sets = shared.get(choice.literals) ?? new Map<string, TriggerSet>();
  shared.set(choice.literals, sets);
  const key = JSON.stringify([choice.writer, choice.aggregated, choice.ids]);
  const known = sets.get(key) ?? triggerSet(choice, sample);
  if (sets.size < MAX_SHARED) sets.set(key, known);
  return known;
}
