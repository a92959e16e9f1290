import { bytes, duration } from '../../../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../../../tools/spark/facts.ts';
import { middleOf, totalOf, workByHost } from '../host-work.ts';
import type { ComparedRuns, StageChange } from '../run-comparison.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, figuresOf, grownMs, isSlower, matters } from './comparison-rule.ts';
import { keysOfStage, stageLines, stageOfGrowth } from './stage-evidence.ts';

/**
 * Reducers wait longer for the same shuffled bytes. The log does not name who serves them: the tasks on a slow server wait
 * least (its own blocks are local), which points at it. Waits beyond the catalogue's rule are a stall.
 */
export const moreFetchWait: ComparisonRule = {
  id: 'comparison/more-fetch-wait',
  codes: ['shuffle.fetch_wait', 'shuffle.stall'],
  apply(comparison, runs) {
    const grown = grownMs(comparison, 'fetch_wait');
    if (!isSlower(comparison) || !matters(comparison, grown)) return [];
    const stage = stageOfGrowth(comparison, 'fetch_wait');
    if (!stage || stage.match === 'gone') return [];
    const now = waitPerByte(runs.slow.run, stage.slowRows);
    const usual = waitPerByte(runs.reference.run, stage.baseRows);
    if (now.bytes === 0 || (usual.bytes > 0 && now.rate < usual.rate * COMPARISON_THRESHOLDS.fetchPerByte)) return [];
    const stalled = stalls(runs.slow.run, stage);
    const server = leastWaitingHost(runs, stage);
    const { slowMs, usualMs } = figuresOf(comparison, 'fetch_wait');
    const [wait, before] = [duration(slowMs), duration(usualMs)];
    const same = `${bytes(now.bytes)} ${usual.bytes > 0 ? `(${bytes(usual.bytes)})` : ''}`.trim();
    return [
      comparisonFinding(comparison, runs, {
        rule: moreFetchWait.id,
        kind: 'observed',
        code: stalled ? 'shuffle.stall' : 'shuffle.fetch_wait',
        en: `Stage ${stage.stageId} waited ${wait.en} of the wall clock for shuffled data, usually ${before.en}, for ${same} read${server ? `; the tasks on ${server} waited least: its executor serves the slow blocks` : ''}`,
        zh: `阶段 ${stage.stageId} 等待 Shuffle 数据 ${wait.zh}，平时 ${before.zh}，读取 ${same}${server ? `；${server} 上的任务等待最少：慢的数据块由该主机提供` : ''}`,
        keys: { ...keysOfStage(runs, stage), ...(server ? { host: server } : {}) },
        evidence: stageLines(runs, stage, 'fetchWaitMs'),
        explainsMs: grown,
        values: {
          shuffleReadBytes: now.bytes,
          usualShuffleReadBytes: usual.bytes,
          servingHost: server,
          fetchGrewMs: grown,
        },
      }),
    ];
  },
};

function waitPerByte(run: SparkRun, rows: readonly number[]): { bytes: number; rate: number } {
  const hosts = workByHost(run, rows);
  const read = totalOf(hosts, (host) => host.shuffleReadBytes);
  return { bytes: read, rate: read > 0 ? totalOf(hosts, (host) => host.fetchWaitMs) / read : 0 };
}

/** Catalogue: blocked over 3 min and over 20 % of the stage. */
function stalls(run: SparkRun, stage: StageChange): boolean {
  const facts = run.stages[stage.slowRows.at(-1) ?? -1];
  const longest = facts?.fetchWaitMs?.max ?? 0;
  const lasted =
    facts && facts.submittedAt !== null && facts.completedAt !== null ? facts.completedAt - facts.submittedAt : 0;
  return longest >= COMPARISON_THRESHOLDS.stallMs && longest >= lasted * COMPARISON_THRESHOLDS.stallShareOfStage;
}

function leastWaitingHost(runs: ComparedRuns, stage: StageChange): string | null {
  const hosts = workByHost(runs.slow.run, stage.slowRows).filter((host) => host.shuffleReadBytes > 0);
  if (hosts.length < 2) return null;
  const rate = (host: (typeof hosts)[number]) => host.fetchWaitMs / host.shuffleReadBytes;
  const [least, ...others] = hosts.sort((a, b) => rate(a) - rate(b));
  if (!least) return null;
  return rate(least) <= middleOf(others.map(rate)) * COMPARISON_THRESHOLDS.leastWaitShare ? least.host : null;
}
