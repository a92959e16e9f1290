import type { LedgerAccount } from '../ledger-accounts.ts';
import type { TimeLedger } from '../time-ledger.ts';
import { type HostWork, middleOf, workByHost } from './host-work.ts';
import type { ComparedRuns, RunComparison, StageChange } from './run-comparison.ts';
import { COMPARISON_THRESHOLDS } from './thresholds.ts';

/** One host that became slower for the same work while the others did not. */
interface SlowHost {
  host: string;
  stage: StageChange;
  /** Rate (milliseconds for one unit of work) of the host now, usually, and of the other hosts now. */
  now: number;
  usual: number;
  others: number;
  slow: HostWork;
  base: HostWork | null;
}

/**
 * The host of a stage whose rate rose far above its own usual one and above the other hosts', while those stayed about as
 * they were. Without a usual rate of its own (it did not run the stage then) that of all hosts stands in.
 */
export function slowHostOf(runs: ComparedRuns, stage: StageChange, rate: (work: HostWork) => number): SlowHost | null {
  if (stage.match !== 'both') return null;
  const slow = workByHost(runs.slow.run, stage.slowRows);
  const base = workByHost(runs.reference.run, stage.baseRows);
  if (slow.length < 2 || base.length === 0) return null;
  const usualOfAll = middleOf(base.map(rate));
  const t = COMPARISON_THRESHOLDS;
  let worst: SlowHost | null = null;
  for (const work of slow) {
    const own = base.find(({ host }) => host === work.host) ?? null;
    const usual = own ? rate(own) : usualOfAll;
    const others = middleOf(slow.filter((other) => other !== work).map(rate));
    const othersUsual = middleOf(base.filter(({ host }) => host !== work.host).map(rate)) || usualOfAll;
    const now = rate(work);
    if (!(now > 0) || !(others >= 0) || Number.isNaN(usual)) continue;
    const roseAlone = now >= usual * t.hostSlower && now >= others * t.hostSlower;
    if (!roseAlone || others > othersUsual * t.othersSteady) continue;
    if (!worst || now > worst.now) worst = { host: work.host, stage, now, usual, others, slow: work, base: own };
  }
  return worst;
}

/** Growth of an account on one host, against the reference run. */
export function grownOnHost(runs: ComparedRuns, account: LedgerAccount, host: string): number {
  return Math.max(0, onHost(runs.slow.ledger, account, host) - onHost(runs.reference.ledger, account, host));
}

/**
 * The host on which an account's growth lies, when most of it lies there and the host had no such part before; `null` when
 * it is spread over hosts. What hits one host only is no change of the job.
 */
export function hostOfGrowth(comparison: RunComparison, runs: ComparedRuns, account: LedgerAccount): string | null {
  const hosts = new Set(runs.slow.run.tasks.hosts);
  if (hosts.size < 2) return null;
  const grown = [...hosts].map((host) => ({ host, ms: grownOnHost(runs, account, host) }));
  const total = grown.reduce((sum, { ms }) => sum + ms, 0);
  const [top] = grown.sort((a, b) => b.ms - a.ms);
  const least = Math.max(COMPARISON_THRESHOLDS.leastMs, comparison.deltaMs * COMPARISON_THRESHOLDS.leastShare);
  if (!top || top.ms < least || top.ms < total * COMPARISON_THRESHOLDS.onOneHost) return null;
  return hosts.size === 2 && top.ms < total * 0.85 ? null : top.host;
}

function onHost(ledger: TimeLedger, account: LedgerAccount, host: string): number {
  return ledger.accounts.find((entry) => entry.account === account)?.byHost[host] ?? 0;
}
