import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import { accountMs } from '../comparison/account-deltas.ts';
import type { RunComparison } from '../comparison/run-comparison.ts';
import type { TimeLedger } from '../time-ledger.ts';

/** What a replay is to do without. */
export type Culprit =
  /** Attempts of a stage last no longer than its third quartile. */
  | { kind: 'skew_tail'; stageId: number }
  | { kind: 'fetch_wait' | 'gc' | 'spill' | 'rework' }
  /** Attempts on a host last no longer than the median of the other hosts. */
  | { kind: 'slow_host'; host: string }
  /** Stages read what they usually read: their attempts' time divided by the ratio, by stage id. */
  | { kind: 'usual_input'; ratios: ReadonlyMap<number, number> }
  /** Twice (or so) the slots. */
  | { kind: 'more_slots'; factor: number }
  /** Every executor there from the start. */
  | { kind: 'executor_wait' }
  /** The longest time in which only the driver worked, and the commit after the last stage. */
  | { kind: 'driver_gap' }
  | { kind: 'commit' };

/** Below this share of the wall clock a culprit is not worth a replay. */
const WORTH = 0.05;

/** The culprits a ledger (and a comparison, where there is one) names: what took a notable share of the wall clock. */
export function culpritsOf(run: SparkRun, ledger: TimeLedger, comparison: RunComparison | null = null): Culprit[] {
  const culprits: Culprit[] = [];
  const notable = (ms: number) => ledger.wallClockMs > 0 && ms >= ledger.wallClockMs * WORTH;
  const tail = ledger.accounts.find(({ account }) => account === 'skew_tail');
  for (const [stage, ms] of Object.entries(tail?.byStage ?? {})) {
    if (notable(ms)) culprits.push({ kind: 'skew_tail', stageId: Number.parseInt(stage, 10) });
  }
  for (const kind of ['fetch_wait', 'gc', 'spill', 'rework'] as const) {
    if (notable(accountMs(ledger, kind))) culprits.push({ kind });
  }
  const host = heaviestHost(run, ledger);
  if (host !== null) culprits.push({ kind: 'slow_host', host });
  if (notable(accountMs(ledger, 'executor_wait'))) culprits.push({ kind: 'executor_wait' });
  if (notable(accountMs(ledger, 'driver'))) culprits.push({ kind: 'driver_gap' });
  if (notable(accountMs(ledger, 'commit'))) culprits.push({ kind: 'commit' });
  const ratios = usualInput(comparison);
  if (ratios.size > 0) culprits.push({ kind: 'usual_input', ratios });
  // More slots help where computing is what a run does most, not where one disk or key holds it up.
  if (ledger.accounts[0]?.account === 'compute') culprits.push({ kind: 'more_slots', factor: 2 });
  return culprits;
}

/** Share of the task accounts from which one host of several carries more than its part. */
const HOST_PART = 2;

function heaviestHost(run: SparkRun, ledger: TimeLedger): string | null {
  const byHost = new Map<string, number>();
  for (const { account, byHost: shares } of ledger.accounts) {
    // The host of a skewed task is not slow: it holds the data.
    if (account === 'skew_tail') continue;
    for (const [host, ms] of Object.entries(shares)) byHost.set(host, (byHost.get(host) ?? 0) + ms);
  }
  const total = [...byHost.values()].reduce((sum, ms) => sum + ms, 0);
  const [heaviest] = [...byHost].sort((a, b) => b[1] - a[1]);
  if (!heaviest || run.tasks.hosts.length < 2) return null;
  const fair = total / run.tasks.hosts.length;
  return heaviest[1] >= Math.min(fair * HOST_PART, total * 0.75) ? heaviest[0] : null;
}

function usualInput(comparison: RunComparison | null): Map<number, number> {
  const grew = comparison?.changes.some(({ what, ratio }) => what === 'input' && (ratio ?? 1) >= 1.2) ?? false;
  if (!comparison || !grew) return new Map();
  return new Map(
    comparison.stages.flatMap(({ stageId, workRatio }) =>
      workRatio !== null && workRatio >= 1.2 ? [[stageId, workRatio] as const] : [],
    ),
  );
}

/** A culprit as the answer names it: "without …". */
export function spokenCulprit(culprit: Culprit): Bilingual {
  switch (culprit.kind) {
    case 'skew_tail':
      return { en: `skew_tail of stage ${culprit.stageId}`, zh: `阶段 ${culprit.stageId} 的倾斜尾巴` };
    case 'fetch_wait':
      return { en: 'waiting for shuffled data', zh: '等待 Shuffle 数据' };
    case 'gc':
      return { en: 'garbage collection', zh: '垃圾回收' };
    case 'spill':
      return { en: 'spilling', zh: '溢写' };
    case 'rework':
      return { en: 'work done again', zh: '重做的工作' };
    case 'slow_host':
      return { en: `the slowness of ${culprit.host}`, zh: `主机 ${culprit.host} 的缓慢` };
    case 'usual_input':
      return { en: 'the additional input', zh: '多出的输入' };
    case 'more_slots':
      return {
        en: `the limit of slots (${culprit.factor} times as many)`,
        zh: `槽位限制（槽位数乘 ${culprit.factor}）`,
      };
    case 'executor_wait':
      return { en: 'waiting for executors', zh: '等待执行器' };
    case 'driver_gap':
      return { en: 'the longest time in which only the driver worked', zh: '只有驱动程序在工作的最长一段时间' };
    case 'commit':
      return { en: 'the commit after the last stage', zh: '最后一个阶段之后的提交' };
  }
}
