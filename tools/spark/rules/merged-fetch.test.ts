import { describe, expect, it } from 'vitest';
import { collectStages } from '../event-log/collect-stages.ts';
import type { PushRead } from '../facts.ts';
import { mergedFetch } from './merged-fetch.ts';
import { fixtureQuote, sparkRunFixture } from './spark-run-fixture.ts';

const quote = fixtureQuote('"internal.metrics.shuffle.push.read.mergedFetchFallbackCount","Value":40');
const NOTHING: PushRead = { fallbacks: 0, corruptChunks: 0, mergedBlocks: 400, mergedBytes: 2 ** 30, quote: null };

/** Two reducers that wait for blocks most of their time. */
function run(pushRead: PushRead | null, waitMs = 60_000) {
  return sparkRunFixture({
    wallMs: 140_000,
    stages: [{ stageId: 3, ...(pushRead ? { pushRead } : {}) }],
    tasks: [0, 1].map((index) => ({ stage: 3, index, at: 10_000, ms: 90_000, fetchWaitMs: waitMs })),
  });
}

describe('spark/merged-fetch', () => {
  it('tells of reducers that fell back to the original blocks, with what it can have cost', () => {
    const [finding] = mergedFetch.apply(run({ ...NOTHING, fallbacks: 40, quote }));
    expect(finding).toMatchObject({
      code: 'shuffle.fetch_wait',
      kind: 'inferred',
      symptom: 'slow',
      keys: { stageId: 3 },
      values: { fallbacks: 40, savedMs: 60_000 },
    });
    expect(finding?.statement.en).toContain(
      'fell back from merged to original shuffle blocks 40 times (1 GiB came merged)',
    );
    expect(finding?.evidence[0]?.excerpt).toContain('mergedFetchFallbackCount');
  });

  it('tells of damaged merged chunks whether or not they cost time', () => {
    const costly = mergedFetch.apply(run({ ...NOTHING, corruptChunks: 2, quote }));
    expect(costly).toMatchObject([{ code: 'shuffle.corruption', kind: 'inferred', symptom: 'slow', count: 2 }]);
    const [free] = mergedFetch.apply(run({ ...NOTHING, corruptChunks: 1, quote }, 0));
    expect(free).toMatchObject({ code: 'shuffle.corruption', weight: 0.05 });
    expect(free).not.toHaveProperty('symptom');
  });

  it('is silent for few fall-backs, for few among many merged blocks, for no wait, and without push', () => {
    expect(mergedFetch.apply(run({ ...NOTHING, fallbacks: 4, quote }))).toEqual([]);
    expect(mergedFetch.apply(run({ ...NOTHING, fallbacks: 10, quote }))).toEqual([]);
    expect(mergedFetch.apply(run({ ...NOTHING, fallbacks: 40, quote }, 0))).toEqual([]);
    expect(mergedFetch.apply(run(NOTHING))).toEqual([]);
    expect(mergedFetch.apply(run(null))).toEqual([]);
  });
});

describe('push-based shuffle in StageCompleted', () => {
  /** Names and form as Spark 3.5.5 writes them (captures of this project); the values are typed. */
  const collect = (metrics: Record<string, number>) => {
    const event = {
      Event: 'SparkListenerStageCompleted',
      'Stage Info': {
        'Stage ID': 3,
        'Stage Attempt ID': 0,
        'Completion Time': 5,
        Accumulables: Object.entries(metrics).map(([name, Value], at) => ({
          ID: at,
          Name: `internal.metrics.shuffle.${name}`,
          Value,
          Internal: true,
        })),
        'Shuffle Push Enabled': true,
        'Shuffle Push Mergers Count': 3,
      },
    };
    const collected = collectStages({ add: () => undefined } as unknown as Parameters<typeof collectStages>[0]);
    const bytes = Buffer.from(JSON.stringify(event));
    collected.completed(event, { source: 'hdfs/app', line: 9, offset: 0, bytes });
    return collected.stages[0];
  };

  it('is read as facts, with the place of what went wrong', () => {
    const stage = collect({
      'read.fetchWaitTime': 7,
      'push.read.mergedFetchFallbackCount': 40,
      'push.read.remoteMergedBlocksFetched': 300,
      'push.read.localMergedBlocksFetched': 100,
      'push.read.remoteMergedBytesRead': 1000,
    });
    expect(stage?.pushRead).toMatchObject({ fallbacks: 40, corruptChunks: 0, mergedBlocks: 400, mergedBytes: 1000 });
    expect(stage?.pushRead?.quote).toMatchObject({ fromLine: 9 });
    expect(stage?.pushRead?.quote?.excerpt).toMatch(
      /^"internal\.metrics\.shuffle\.push\.read\.mergedFetchFallbackCount","Value":40/,
    );
  });

  it('is absent where all its counters are zero or not there', () => {
    expect(collect({ 'push.read.mergedFetchFallbackCount': 0 })?.pushRead).toBeUndefined();
    expect(collect({ 'read.fetchWaitTime': 7 })?.pushRead).toBeUndefined();
  });
});
