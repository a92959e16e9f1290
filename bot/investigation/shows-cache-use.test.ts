import { describe, expect, it } from 'vitest';
import { cacheFinding } from '../../tools/cache/cache-finding.ts';
import type { LogFacts } from '../../tools/logs/log-facts.ts';
import type { SparkRun } from '../../tools/spark/facts.ts';
import { sparkRunFixture } from '../../tools/spark/rules/spark-run-fixture.ts';
import { notShownToConcern, showsCacheUse } from './shows-cache-use.ts';
import type { Candidate } from './subject/candidate.ts';

const ID = 'application_1700000000000_0042';
const job: Candidate = {
  id: ID,
  kind: 'spark_application',
  names: ['ads_clicks'],
  user: null,
  queue: null,
  startedAt: 0,
  endedAt: 1,
  state: 'succeeded',
  sparkHandle: null,
};

function log(keys: LogFacts['keys'], text: string): LogFacts {
  const record = { text, logger: 'org.apache.spark.storage.BlockManager' } as LogFacts['records'][number];
  return { keys, records: [], tail: [record] } as unknown as LogFacts;
}

const cacheSaid = cacheFinding({
  rule: 'cache/worker-gone',
  code: 'cache.worker_lost',
  statement: { en: 'Worker w1 of the cache is gone', zh: '缓存 worker w1 已丢失' },
  evidence: [],
});

const READS = 'reading alluxio://cache:19998/datasets/clicks/part-0';

describe('whether a run uses the cache', () => {
  it('shows in its log, its settings or its plans', () => {
    expect(showsCacheUse(job, null, [log({ applicationId: ID }, READS)])).toBe(true);
    const settings = { 'spark.hadoop.fs.alluxio.impl': 'alluxio.hadoop.FileSystem' };
    expect(showsCacheUse(job, sparkRunFixture({ settings }), [])).toBe(true);
    const scans = { id: 0, physicalPlan: 'FileScan parquet [alluxio://c/x]' } as SparkRun['sqlExecutions'][number];
    expect(showsCacheUse(job, { ...sparkRunFixture({}), sqlExecutions: [scans] }, [])).toBe(true);
  });

  it('does not show in what others wrote', () => {
    const others = [log({ applicationId: 'application_1700000000000_0043' }, READS), log({}, READS)];
    expect(showsCacheUse(job, sparkRunFixture({}), others)).toBe(false);
    expect(showsCacheUse(job, null, [...others, log({ applicationId: ID }, 'reading hdfs://nn/x')])).toBe(false);
  });

  it('cannot be told of a program that reads through a mount, of no run, or where nothing of the run was read', () => {
    expect(showsCacheUse({ ...job, kind: 'program' }, null, [log({ applicationId: ID }, 'x')])).toBe(true);
    expect(showsCacheUse(null, null, [])).toBe(true);
    expect(showsCacheUse(job, null, [])).toBe(true);
  });

  it('makes what happened to the cache a thing that is only inferred to concern the run, and says so', () => {
    const told = notShownToConcern(cacheSaid);
    expect(told).toMatchObject({ kind: 'inferred', weight: 0.5, code: 'cache.worker_lost' });
    expect(told.statement.en).toMatch(/gone; nothing that was read shows this run using the cache$/);
    const note = { ...cacheSaid, code: null };
    expect(notShownToConcern(note)).toBe(note);
  });
});
