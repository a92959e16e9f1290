import { describe, expect, it } from 'vitest';
import { emptyYarnFacts } from './facts.ts';
import {
  ANSWERED_AT,
  APP,
  daemonRecords,
  line,
  restApp,
  typedCluster,
  typedPlatform,
} from './fixtures/typed-cluster.ts';
import { judgeYarn } from './judge-yarn.ts';
import { mergeYarnRecords } from './merge-yarn-records.ts';
import { yarnReadApplication } from './yarn-read-application.ts';
import { YARN_RULES } from './yarn-rules.ts';

const context = (answers: Parameters<typeof typedPlatform>[0]) => ({
  platform: typedPlatform(answers),
  signal: new AbortController().signal,
});

describe('yarn_read_application', () => {
  it('reads, judges and hands out the diagnostics', async () => {
    const diagnostics = 'User class threw exception: java.lang.IllegalStateException: boom\nat x.y(Z.java:1)';
    const read = await yarnReadApplication.run({ applicationIds: [APP] }, context([restApp({ diagnostics })]));
    if (read.outcome !== 'ok') throw new Error('not ok');
    const { findings, records, facts } = read.value;
    expect(facts.asked).toEqual([APP]);
    expect(findings.map((finding) => finding.symptom)).toContain('application_failed');
    expect(records).toMatchObject([
      { area: 'yarn', writer: 'resource_manager', provenance: 'engine', level: 'error', keys: { applicationId: APP } },
    ]);
    expect(records[0]?.text).toBe(diagnostics);
    expect(records[0]?.quote.excerpt).toContain('boom\\nat x.y');
  });

  it('gives the ResourceManager’s own words its provenance', async () => {
    const body = { state: 'FAILED', diagnostics: 'Application x failed 1 times due to AM Container for y' };
    const read = await yarnReadApplication.run({ name: 'item_vectors' }, context([restApp(body)]));
    if (read.outcome !== 'ok') throw new Error('not ok');
    expect(read.value.records[0]).toMatchObject({ provenance: 'resource_manager' });
  });

  it('refuses ids that are none, and fails in words where nothing answers', async () => {
    expect(yarnReadApplication.input.safeParse({ applicationIds: ['../../etc/passwd'] }).success).toBe(false);
    expect(await yarnReadApplication.run({}, context([]))).toMatchObject({ outcome: 'failed' });
    const down = context([{ request: '/ws/v1/cluster/apps', body: '', status: 500 }]);
    expect(await yarnReadApplication.run({}, down)).toMatchObject({ outcome: 'failed' });
  });
});

describe('bad input', () => {
  it('finds nothing in nothing', () => {
    expect(judgeYarn(mergeYarnRecords(emptyYarnFacts(), []), { applicationIds: [APP] })).toEqual([]);
  });

  it('stays within bounds on giant and hostile records', () => {
    const long = 'a'.repeat(300_000);
    const hostile = [
      line(1, 'container', `Container ${long} transitioned from ${long} to ${long}`),
      line(2, 'audit', `USER=${'x\t'.repeat(100_000)}`),
      line(3, 'x', `appId=application_1_2,${'name=\\,'.repeat(50_000)}`),
      line(
        4,
        'monitor',
        `Container [pid=1,containerID=container_1_2_3_4] is running ${'9'.repeat(5000)}B beyond the 'PHYSICAL' memory limit`,
      ),
      line(5, 'x', `Invalid resource request to queue ${'User '.repeat(60_000)}`),
      line(6, 'monitor', `memory limit\n${'\t|- 1 1 1 1 ((((((((((((((((((((((((((((((((((((((('.repeat(5000)}`),
      line(7, 'disks', `Directory ${'/a '.repeat(90_000)} error, ${'1/1 local-dirs '.repeat(20_000)}`),
    ].join('');
    const before = performance.now();
    const records = [
      ...daemonRecords('node_manager', 'h', hostile),
      ...daemonRecords('resource_manager', 'h', hostile),
    ];
    const facts = mergeYarnRecords(emptyYarnFacts({ applicationIds: [APP] }), records);
    expect(judgeYarn(facts)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it('does not let keys of objects escape', async () => {
    const body = `{"apps":{"app":[{"__proto__":{"state":"KILLED"},"id":"${APP}","user":{"x":1},"name":null,"resourceRequests":"no","finishedTime":-5}]}}`;
    const facts = await typedCluster({
      answers: [{ request: '/ws/v1/cluster/apps', body }],
      scope: { applicationIds: [APP] },
    });
    expect(facts.applications[0]).toMatchObject({
      state: 'UNKNOWN',
      user: '',
      name: '',
      pending: null,
      finishedAt: null,
    });
    expect(({} as Record<string, unknown>).state).toBeUndefined();
  });

  it('merges the same records again without counting containers twice', async () => {
    const facts = await typedCluster({ answers: [restApp()], scope: { applicationIds: [APP] } });
    const records = daemonRecords(
      'node_manager',
      'n1',
      line(5, 'container', 'Container container_1795256295743_0042_01_000002 transitioned from SCHEDULED to RUNNING'),
    );
    const twice = mergeYarnRecords(mergeYarnRecords(facts, records), records);
    expect(twice.containers.map((container) => container.startedAt)).toEqual([ANSWERED_AT - 3_600_000 + 5000]);
  });
});

describe('YARN_RULES', () => {
  it('names each rule once, by its area', () => {
    expect(new Set(YARN_RULES.map((rule) => rule.id)).size).toBe(YARN_RULES.length);
    expect(YARN_RULES.every((rule) => rule.id.startsWith('yarn/') && rule.area === 'yarn')).toBe(true);
  });
});
