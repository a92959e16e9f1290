import { describe, expect, it } from 'vitest';
import { rangeRequest } from '../metrics/prometheus-metrics.ts';
import {
  ANSWERED_AT,
  APP,
  clock,
  fixture,
  restApp,
  type TypedAnswer,
  typedPlatform,
} from './fixtures/typed-cluster.ts';
import { readNodeHistory } from './node-history.ts';
import { readQueueHistory } from './queue-history.ts';
import { readYarnFacts } from './read-yarn-facts.ts';
import { queueWaitedRule } from './rules/queue-waited.ts';
import { queueWaitingRule } from './rules/queue-waiting.ts';

const MIB = 1 << 20;
const { signal } = new AbortController();
type Series = [name: string, labels: Record<string, string>, values: readonly number[]];

/** A range query's answer: one sample a minute from `clock(0)` on. */
function kept(...series: Series[]): TypedAnswer {
  const result = series.map(([name, labels, values]) => ({
    metric: { __name__: name, instance: 'bd-master01:7071', job: 'yarn-rm', ...labels },
    values: values.map((value, at) => [clock(60 * at) / 1000, String(value)]),
  }));
  return {
    service: 'prometheus',
    request: '/api/v1/query_range?query=x',
    body: { status: 'success', data: { resultType: 'matrix', result } },
  };
}

async function history(...series: Series[]) {
  const read = await readQueueHistory(typedPlatform([kept(...series)]), null, signal);
  if (read.outcome !== 'ok') throw new Error(read.outcome);
  return read.value;
}

/** Gauges of `QueueMetrics` and `FSQueueMetrics` as a ResourceManager of Hadoop 3.3.6 gave them over JMX. */
const BEAN = { name: 'QueueMetrics', q0: 'root', q1: 'ads' };

describe('readQueueHistory', () => {
  it('reads the JMX exporter’s own naming: the bean’s keys as labels', async () => {
    const times = await history(
      ['Hadoop_ResourceManager_AllocatedMB', BEAN, [512, 1024]],
      ['Hadoop_ResourceManager_AvailableMB', BEAN, [512, 0]],
      ['Hadoop_ResourceManager_AppsPending', BEAN, [0, 3]],
      ['Hadoop_ResourceManager_AllocatedMB', { ...BEAN, user: 'bi' }, [9999, 9999]],
      ['Hadoop_ResourceManager_AllocatedMB', { ...BEAN, partition: 'gpu' }, [8888, 8888]],
    );
    expect(times.map(([queue]) => queue?.sampledAt)).toEqual([clock(0), clock(60)]);
    expect(times[1]).toHaveLength(1);
    expect(times[1]?.[0]).toMatchObject({
      path: 'root.ads',
      used: { memoryBytes: 1024 * MIB },
      max: { memoryBytes: 1024 * MIB },
      pendingApplications: 3,
      evidence: { provenance: 'resource_manager' },
    });
    expect(times[1]?.[0]?.evidence.excerpt).toContain('"1024"');
  });

  it('reads rules of exporters and Hadoop’s own endpoint alike', async () => {
    const labels = { queue: 'root.ads' };
    for (const spell of [
      (name: string) => `hadoop_resourcemanager_queuemetrics_${name.toLowerCase()}`,
      (name: string) => `queue_metrics_${name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()}`,
    ]) {
      const [first] = await history([spell('AllocatedMB'), labels, [512]], [spell('AppsPending'), labels, [2]]);
      expect(first?.[0]).toMatchObject({ path: 'root.ads', pendingApplications: 2, max: null });
    }
  });

  it('knows the Fair scheduler’s ceilings and master share, and takes its idle gauge for no ceiling', async () => {
    const [first] = await history(
      ['Hadoop_ResourceManager_AllocatedMB', BEAN, [512]],
      ['Hadoop_ResourceManager_AvailableMB', BEAN, [0]],
      ['Hadoop_ResourceManager_MaxShareMB', BEAN, [2 ** 63]],
      ['Hadoop_ResourceManager_MaxAMShareMB', BEAN, [512]],
      ['Hadoop_ResourceManager_AmResourceUsageMB', BEAN, [512]],
      ['Hadoop_ResourceManager_AllocatedMB', { q0: 'root' }, [512]],
      ['Hadoop_ResourceManager_SteadyFairShareMB', { q0: 'root' }, [2048]],
    );
    const ads = first?.find(({ path }) => path === 'root.ads');
    expect(ads).toMatchObject({
      max: { memoryBytes: 2048 * MIB },
      amLimit: { memoryBytes: 512 * MIB },
      amUsed: { memoryBytes: 512 * MIB },
    });
  });

  it('knows the Capacity scheduler’s ceiling also of a queue that was full all the time', async () => {
    const [first] = await history(
      ['Hadoop_ResourceManager_AllocatedMB', BEAN, [1024]],
      ['Hadoop_ResourceManager_AvailableMB', BEAN, [0]],
      ['Hadoop_ResourceManager_AMResourceLimitMB', BEAN, [512]],
    );
    expect(first?.[0]).toMatchObject({ max: { memoryBytes: 1024 * MIB } });
  });

  it('follows the ResourceManager that is active: the one on stand-by shows zeros', async () => {
    const ofHost = (host: string) => ({ ...BEAN, instance: `${host}:7071` });
    const times = await history(
      ['Hadoop_ResourceManager_AllocatedMB', ofHost('rm1'), [512, 0, 0]],
      ['Hadoop_ResourceManager_AvailableMB', ofHost('rm1'), [512, 0, 0]],
      ['Hadoop_ResourceManager_AllocatedMB', ofHost('rm2'), [0, 1024, 0]],
      ['Hadoop_ResourceManager_AvailableMB', ofHost('rm2'), [0, 0, 1024]],
    );
    expect(times.map(([queue]) => queue?.used?.memoryBytes)).toEqual([512 * MIB, 1024 * MIB, 0]);
    expect(times.map((queues) => queues.length)).toEqual([1, 1, 1]);
  });

  it('mixes no two clusters that one server scrapes: whose queue it was is not told', async () => {
    const ofHost = (host: string) => ({ ...BEAN, instance: `${host}:7071` });
    const read = await readQueueHistory(
      typedPlatform([
        kept(
          ['Hadoop_ResourceManager_AllocatedMB', ofHost('a'), [512, 512]],
          ['Hadoop_ResourceManager_AllocatedMB', ofHost('b'), [2048, 0]],
        ),
      ]),
      null,
      signal,
    );
    if (read.outcome !== 'ok') throw new Error(read.outcome);
    expect(read.value.map(([queue]) => [queue?.sampledAt, queue?.used?.memoryBytes])).toEqual([[clock(60), 512 * MIB]]);
    expect(read.notes.map(({ en }) => en)).toEqual([
      'the metrics server keeps several ResourceManagers that were in use at once; of 1 sample it is not told whose queues they are',
    ]);
  });

  it('holds nothing where the server kept nothing, and fails where there is none', async () => {
    expect(await readQueueHistory(typedPlatform([kept()]), null, signal)).toMatchObject({ outcome: 'no_data' });
    expect(await readQueueHistory(typedPlatform([]), null, signal)).toMatchObject({
      outcome: 'failed',
      retryable: false,
    });
  });

  it('asks one plain range query, without the series of users', () => {
    const request = rangeRequest(
      { kind: 'yarn-rm', names: ['AllocatedVCores', 'AppsPending'], ofBeans: true, window: { from: 0, to: 60_000 } },
      120_000,
    );
    const query = new URLSearchParams(request.split('?')[1]).get('query');
    expect(query).toBe('{__name__=~"(?i:.+_(Allocated_?V_?Cores|Apps_?Pending))",user=""}');
  });
});

describe('readNodeHistory', () => {
  it('gives the counts over time, citing the bad ones', async () => {
    const read = await readNodeHistory(
      typedPlatform([
        kept(
          ['Hadoop_ResourceManager_NumActiveNMs', { name: 'ClusterMetrics' }, [3, 2]],
          ['Hadoop_ResourceManager_NumLostNMs', { name: 'ClusterMetrics' }, [0, 1]],
        ),
      ]),
      null,
      signal,
    );
    if (read.outcome !== 'ok') throw new Error(read.outcome);
    expect(read.value).toMatchObject([
      { at: clock(0), active: 3, lost: 0 },
      { at: clock(60), active: 2, lost: 1, evidence: { excerpt: expect.stringContaining('"1"') } },
    ]);
  });
});

describe('what only the present could tell', () => {
  const done = restApp({ finalStatus: 'SUCCEEDED', diagnostics: '', launchTime: clock(300) });
  const scope = { applicationIds: [APP] };
  const read = async (kind: 'live' | 'capture', ...answers: TypedAnswer[]) => {
    const facts = await readYarnFacts({ ...typedPlatform(answers, kind), now: ANSWERED_AT + 9 * 3_600_000 }, scope);
    if (facts.outcome !== 'ok') throw new Error(facts.outcome);
    return facts.value;
  };

  it('explains no run of last night: a queue that is full now leaves the wait unexplained, and that is told', async () => {
    const facts = await read(
      'live',
      done,
      { request: '/ws/v1/cluster/scheduler', body: fixture('fair.scheduler.json') },
      {
        request: '/ws/v1/cluster/scheduler',
        body: {
          scheduler: {
            schedulerInfo: {
              queueName: 'root',
              queues: { queue: [{ queueName: 'ads', absoluteUsedCapacity: 80, absoluteMaxCapacity: 80 }] },
            },
          },
        },
      },
    );
    expect(facts.queues.find(({ name }) => name === 'ads')).toMatchObject({ absoluteUsedPercent: 80 });
    expect(facts.queueHistory).toEqual([]);
    expect(queueWaitingRule.apply(facts)).toEqual([]);
    const [finding] = queueWaitedRule.apply(facts);
    expect(finding).toMatchObject({ kind: 'inferred', code: 'scheduling.queue_wait' });
    expect(finding?.statement.en).not.toContain('full');
    expect(facts.skipped.map(({ en }) => en).join()).toContain(
      'how full queue ads was while the run waited is not on record',
    );
  });

  it('explains it by the samples of that time, full or short of its master share', async () => {
    const labels = { queue: 'root.ads' };
    const full = kept(
      ['queue_metrics_allocated_mb', labels, [1024, 1024, 1024, 1024, 0, 0]],
      ['queue_metrics_available_mb', labels, [0, 0, 0, 0, 1024, 1024]],
    );
    const [finding] = queueWaitedRule.apply(await read('capture', done, full));
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'scheduling.queue_wait',
      values: { reason: 'queue_full' },
    });
    expect(finding?.statement.en).toContain('the queue was full then (4/6 samples)');
    const masters = kept(
      ['queue_metrics_allocated_mb', labels, [512, 512, 512]],
      ['queue_metrics_amresource_limit_mb', labels, [512, 512, 512]],
      ['queue_metrics_used_amresource_mb', labels, [512, 512, 512]],
    );
    expect(queueWaitedRule.apply(await read('capture', done, masters))[0]).toMatchObject({
      code: 'scheduling.queue_blocked',
      values: { reason: 'am_share' },
    });
  });

  it('takes a queue that was full in one of many samples, or in the only one, for no reason', async () => {
    const labels = { queue: 'root.ads' };
    const only = kept(
      ['queue_metrics_allocated_mb', labels, [1024]],
      ['queue_metrics_available_mb', labels, [0]],
      ['queue_metrics_amresource_limit_mb', labels, [512]],
    );
    const alone = await read('capture', done, only);
    expect(alone.queueHistory[0]?.[0]?.max).toMatchObject({ memoryBytes: 1024 * MIB });
    expect(queueWaitedRule.apply(alone)[0]).toMatchObject({ kind: 'inferred' });
    const once = kept(
      ['queue_metrics_allocated_mb', labels, [1024, 100, 100, 100, 100]],
      ['queue_metrics_available_mb', labels, [0, 924, 924, 924, 924]],
    );
    expect(queueWaitedRule.apply(await read('capture', done, once))[0]).toMatchObject({ kind: 'inferred' });
  });
});
