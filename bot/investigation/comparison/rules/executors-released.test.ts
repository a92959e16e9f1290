import { describe, expect, it } from 'vitest';
import { applyRule, type JobSpec, judge, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { executorsReleased } from './executors-released.ts';

const DYNAMIC = {
  'spark.dynamicAllocation.enabled': 'true',
  'spark.dynamicAllocation.maxExecutors': '3',
  'spark.executor.cores': '2',
};
const USUAL: JobSpec = { spark: { ...DYNAMIC, 'spark.dynamicAllocation.minExecutors': '3' } };

/** One executor at a time: given back between the stages, the next comes half a minute later. */
const ONE_BY_ONE: JobSpec = {
  spark: {
    ...DYNAMIC,
    'spark.dynamicAllocation.minExecutors': '0',
    'spark.dynamicAllocation.executorIdleTimeout': '4s',
  },
  executors: [
    { id: '1', host: 'h1', cores: 2, addedAt: 2_030_000, removedAt: 2_062_000, removalKind: 'released' },
    { id: '2', host: 'h2', cores: 2, addedAt: 2_100_000 },
  ],
  executorAt: 2_000,
  stages: [scanStage({ onHost: 'h1' }), { ...reduceStage({ onHost: 'h2' }), gapMs: 5_000 }],
  startedAt: 2_000_000,
};

describe('comparison/executors-released', () => {
  it('fires when executors were given back and waited for again, and names the settings', () => {
    const [finding] = applyRule(executorsReleased, ONE_BY_ONE, USUAL);
    expect(finding).toMatchObject({ code: 'scheduling.dynamic_allocation', kind: 'observed' });
    expect(finding?.values).toMatchObject({ released: 1, 'spark.dynamicAllocation.minExecutors': '3' });
    expect(finding?.statement.en).toContain('spark.dynamicAllocation.executorIdleTimeout default (60s) → 4s');
  });

  it('goes before the settings it names', () => {
    expect(judge(ONE_BY_ONE, USUAL).codes.slice(0, 2)).toEqual(['scheduling.dynamic_allocation', 'config.changed']);
  });

  it('does not fire for executors released after the last stage began, which is harmless', () => {
    const late: JobSpec = {
      ...USUAL,
      executors: ['h1', 'h2', 'h3'].map((host, i) => ({
        id: String(i),
        host,
        cores: 2,
        addedAt: 2_002_000,
        removedAt: 2_060_000,
        removalKind: 'released' as const,
      })),
      driverMs: 90_000,
      startedAt: 2_000_000,
    };
    expect(applyRule(executorsReleased, late, USUAL)).toEqual([]);
  });

  it('does not fire for a fixed number of executors that come late', () => {
    expect(applyRule(executorsReleased, { executorAt: 60_000 }, {})).toEqual([]);
  });
});
