import type { LedgerData, MemoryData, TaskTimesData, TimelineData } from './chart-data.ts';

const AT = Date.parse('2026-11-20T11:29:17Z');

/** Figures after the bundled slow run: one heavy key. */
export const LEDGER: LedgerData = {
  kind: 'ledger',
  tenths: false,
  wallClockMs: 183_000,
  usualMs: 71_000,
  rows: [
    { account: 'skew_tail', ms: 113_000, usualMs: 15 },
    { account: 'compute', ms: 49_000, usualMs: 48_000 },
    { account: 'rest', ms: 21_000, usualMs: 22_985 },
  ],
};

/** Figures after the same run. */
export const TASK_TIMES: TaskTimesData = {
  kind: 'task-times',
  stageId: 6,
  stageName: 'parquet at NativeMethodAccessorImpl.java:0',
  taskCount: 6,
  sortedMs: [4_100, 4_500, 4_800, 4_900, 8_300, 155_000],
  medianMs: 4_900,
  longest: { index: 7, host: 'dn-12', ms: 155_000, readBytes: 9_437_184, medianReadBytes: 747_520 },
};

/** A container that filled its limit, and what was in it. */
export const MEMORY_MOMENT: MemoryData = {
  kind: 'memory-against-limit',
  name: 'container_e12_1700000000000_0042_01_000008',
  host: 'nm-1',
  limitBytes: 440_401_920,
  points: [],
  holders: [
    { part: 'whole', name: 'container_e12_1700000000000_0042_01_000008', bytes: 440_401_920 },
    { part: 'killed', name: 'python3 (pid 19972)', bytes: 302_178_304 },
    { part: 'beside', name: 'java', bytes: 158_138_368 },
  ],
  killedAt: AT,
};

/** The same limit over time. */
export const MEMORY_COURSE: MemoryData = {
  ...MEMORY_MOMENT,
  holders: [],
  points: [0, 5_000, 10_000].map((after, at) => ({ at: AT + after, bytes: 340_000_000 + at * 50_000_000 })),
  killedAt: AT + 8_000,
};

export const TIMELINE: TimelineData = {
  kind: 'timeline',
  links: [
    { at: AT, statement: 'The kernel killed java (pid 11781): its group was full', role: 'root' },
    { at: AT + 1_000, statement: 'Executor 3 was lost', role: 'between' },
    { at: AT + 5_000, statement: 'item_vector failed: too many executor failures', role: 'symptom' },
  ],
};

export const CHARTS = [LEDGER, TASK_TIMES, MEMORY_MOMENT, MEMORY_COURSE, TIMELINE] as const;
