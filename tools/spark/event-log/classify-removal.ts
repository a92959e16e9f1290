import type { RemovalKind } from '../facts.ts';

/** What a removal's text says: its kind, and the exit code it names. */
export interface Removal {
  kind: RemovalKind;
  exitCode: number | null;
}

/**
 * Texts of Spark's own schedulers, in the order they are asked: what is more telling first. Sources: YarnAllocator
 * (1.3–4.0), CoarseGrainedSchedulerBackend, StandaloneSchedulerBackend, HeartbeatReceiver, ExecutorPodsLifecycleManager,
 * ExecutorPodsAllocator, ExecutorMonitor; `reference/spark-diagnosis.md` b10.
 */
const KINDS: readonly (readonly [RemovalKind, RegExp])[] = [
  [
    'memory_limit',
    /exceeding (?:physical |virtual )?memory limits|beyond (?:the )?(?:physical|'?PHYSICAL|virtual|'?VIRTUAL)/,
  ],
  ['preempted', /was preempted|preempted by|Preempted by scheduler|Container preempted/i],
  [
    'released',
    /killed by driver|decommission|explicit termination request|driver commanded a shutdown|killed after (?:the )?application|application (?:is )?(?:finished|stopped)|idle timeout|released by (?:the )?driver|requested by (?:the )?driver/i,
  ],
  ['heartbeat', /heartbeats? timed out|unable to send heartbeats|not receiv\w{0,5} heartbeat/i],
];

const LOST =
  /process lost|(?:slave|worker|executor|node|host) (?:is )?lost|\*lost\*|disassociated|not found (?:in|at)|deleted by a user|YARN event|stale executor|unable to (?:create|register)|Container marked as failed|connection (?:reset|closed)/i;

/** `exit status: 143`, `exit code 137(SIGKILL…)`, `exited with code 1`, `Exit code is 143`, `exitCode = 52`. */
const EXIT_CODE = /\bexit(?:ed)?[ _]?(?:with )?(?:exit )?(?:status|code)(?: is)?\s{0,3}[:=(]?\s{0,3}(-?\d{1,6})/i;

/** YARN's own statuses below zero say what happened without words (hadoop ContainerExitStatus, 2.6–3.4). */
const YARN_STATUS: ReadonlyMap<number, RemovalKind> = new Map([
  [-100, 'lost'],
  [-102, 'preempted'],
  [-103, 'memory_limit'],
  [-104, 'memory_limit'],
  [-105, 'released'],
  [-106, 'lost'],
  [-107, 'released'],
]);

/** Reads why an executor went away out of the text of its removal; never throws, never guesses beyond the words. */
export function classifyRemoval(reason: string): Removal {
  const exitCode = exitCodeOf(reason);
  const byStatus = exitCode === null ? undefined : YARN_STATUS.get(exitCode);
  if (byStatus !== undefined) return { kind: byStatus, exitCode };
  for (const [kind, words] of KINDS) {
    if (words.test(headOf(reason))) return { kind, exitCode };
  }
  if (exitCode !== null) return { kind: 'exit_code', exitCode };
  return { kind: LOST.test(headOf(reason)) ? 'lost' : 'unknown', exitCode };
}

/** True when the words say that somebody meant it: such a removal is no fault. */
export function isHarmlessRemoval(kind: RemovalKind | null): boolean {
  return kind === 'released';
}

/** The scheduler's own words stand at the start; behind them may follow the process's stderr, which proves nothing. */
function headOf(reason: string): string {
  const stderr = reason.search(/Last \d{1,9} bytes of/);
  return reason.slice(0, stderr < 0 ? 2_000 : Math.min(stderr, 2_000));
}

function exitCodeOf(reason: string): number | null {
  const found = EXIT_CODE.exec(headOf(reason));
  return found?.[1] === undefined ? null : Number(found[1]);
}
