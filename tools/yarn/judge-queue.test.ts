import { describe, expect, it } from 'vitest';
import { emptyYarnFacts, type YarnFacts } from './facts.ts';
import { ANSWERED_AT, fixture, restApp, typedPlatform } from './fixtures/typed-cluster.ts';
import { judgeQueue } from './judge-queue.ts';
import { parseScheduler } from './parse-scheduler.ts';
import type { YarnQueue } from './queue-facts.ts';
import { readYarnFacts } from './read-yarn-facts.ts';

const GIB = 1 << 30;
const answer = (body: string) => ({
  service: 'yarn-rm',
  request: '/ws/v1/cluster/scheduler',
  at: ANSWERED_AT,
  status: 200,
  body,
  source: 'http/yarn-rm/scheduler.json',
});
const QUEUES = parseScheduler(answer(fixture('am-share.scheduler.json')));
const ADS = QUEUES.find(({ name }) => name === 'ads') as YarnQueue;
const NONE = emptyYarnFacts();
const calm = { pendingApplications: 0, pendingContainers: 0 };

describe('judgeQueue', () => {
  it('tells use, guarantee and ceiling with the time of the sample, and cites the scheduler (capture yarn-019)', () => {
    const { finding, isFull, waits } = judgeQueue(ADS, NONE);
    expect({ isFull, waits }).toEqual({ isFull: false, waits: true });
    expect(finding.statement.en).toMatch(
      /^Queue root\.ads at 12:00:00 UTC: .*guaranteed .*30 % of the cluster.*at most .*80 % of the cluster/,
    );
    expect(finding.statement.en).toContain('1 pending');
    expect(finding.evidence[0]).toMatchObject({
      provenance: 'resource_manager',
      source: 'http/yarn-rm/scheduler.json',
    });
  });

  it('knows a queue whose masters have used their share', () => {
    const { finding } = judgeQueue(ADS, NONE);
    expect(finding).toMatchObject({ code: 'scheduling.queue_blocked', symptom: 'waiting', keys: { queue: 'ads' } });
    expect(finding.evidence).toHaveLength(2);
    expect(judgeQueue({ ...ADS, amUsed: { memoryBytes: GIB / 2, vcores: 1 } }, NONE).finding.code).toBeNull();
  });

  it('calls a queue at its ceiling full: with work that waits it is the cause, without it is none', () => {
    const full = { ...ADS, absoluteUsedPercent: ADS.absoluteMaxPercent };
    expect(judgeQueue(full, NONE)).toMatchObject({
      isFull: true,
      waits: true,
      finding: { code: 'scheduling.queue_wait' },
    });
    expect(judgeQueue({ ...full, ...calm }, NONE)).toMatchObject({
      isFull: true,
      waits: false,
      finding: { code: null },
    });
    // Over its guarantee, below its ceiling: it borrows, it is not full.
    const borrows = { ...ADS, ...calm, absoluteUsedPercent: 60 };
    expect(judgeQueue(borrows, NONE).isFull).toBe(false);
  });

  it('goes by resources where the scheduler prints no shares (Fair), the scarcer one', () => {
    const fair: YarnQueue = {
      ...ADS,
      ...calm,
      absoluteUsedPercent: null,
      absoluteMaxPercent: null,
      used: { memoryBytes: 2 * GIB, vcores: 10 },
      max: { memoryBytes: 8 * GIB, vcores: 10 },
    };
    expect(judgeQueue(fair, NONE)).toMatchObject({ isFull: true, usedShare: 1 });
    expect(judgeQueue({ ...fair, max: null }, NONE)).toMatchObject({ isFull: false, usedShare: null });
  });

  it('names who holds it, the largest first, and who waits; other queues’ applications are not its own', async () => {
    const read = await readYarnFacts(
      typedPlatform(
        [
          restApp({
            id: 'application_1795256295743_0001',
            name: 'small',
            queue: 'ads',
            state: 'RUNNING',
            allocatedMB: 1024,
            allocatedVCores: 1,
            runningContainers: 1,
          }),
          restApp({
            id: 'application_1795256295743_0002',
            name: 'large',
            queue: 'root.ads',
            state: 'RUNNING',
            allocatedMB: 4096,
            allocatedVCores: 2,
            runningContainers: 2,
          }),
          restApp({ id: 'application_1795256295743_0003', name: 'later', queue: 'ads', state: 'ACCEPTED' }),
          restApp({
            id: 'application_1795256295743_0004',
            name: 'foreign',
            queue: 'root.other.ads2',
            state: 'RUNNING',
          }),
        ].map((one, at) => ({ ...one, request: `/ws/v1/cluster/apps/application_1795256295743_000${at + 1}` })),
      ),
      {},
    );
    const facts: YarnFacts = read.outcome === 'ok' ? read.value : NONE;
    const { holders } = judgeQueue(ADS, facts);
    expect(holders.map(({ statement }) => statement.en.split(' ')[0])).toEqual(['large', 'small', 'later']);
    expect(holders[0]?.statement.en).toContain('holds 4 GiB in 2 containers');
    expect(holders[2]?.statement.en).toContain('waits');
  });
});
