import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../tools/evidence/finding.ts';
import type { JoinKeys } from '../../../tools/evidence/join-keys.ts';
import { joinFindings } from './join-findings.ts';

function finding(keys: JoinKeys, more: Partial<Finding> & { source?: string } = {}): Finding {
  const { source = 'a.log', ...rest } = more;
  return {
    area: 'logs',
    rule: 'test/x',
    kind: 'observed',
    code: null,
    statement: { en: '', zh: '' },
    keys,
    at: 1_000_000,
    evidence: [{ source, fromLine: 1, toLine: 1, excerpt: 'x', area: 'logs', provenance: 'engine', at: null }],
    count: 1,
    weight: 1,
    values: {},
    ...rest,
  };
}

describe('joinFindings', () => {
  it('joins on the narrowest key that both name', () => {
    const join = joinFindings(
      finding({ applicationId: 'app-1', executorId: '3' }),
      finding({ applicationId: 'app-1', executorId: '3', host: 'h1' }),
    );
    expect(join).toMatchObject({ by: 'key', strength: 80, on: ['executorId', 'applicationId'] });
  });

  it('does not join what differs in a key, or a cause that came later', () => {
    expect(joinFindings(finding({ executorId: '3' }), finding({ executorId: '4' }))).toBeNull();
    expect(
      joinFindings(finding({ applicationId: 'a' }), finding({ applicationId: 'a' }, { at: 1_000_000 + 60_000 })),
    ).toBeNull();
  });

  it('joins a file with the cache’s mount that it lies below, on one host', () => {
    const mount = finding({ path: '/mnt/data', host: 'h1' }, { area: 'cache' });
    expect(joinFindings(finding({ path: '/mnt/data/a/b.tar', host: 'h1' }), mount)).toMatchObject({
      by: 'key',
      on: ['path'],
    });
    expect(joinFindings(finding({ path: '/mnt/data2/b.tar' }), mount)).toBeNull();
    expect(joinFindings(finding({ path: '/mnt/data/b.tar', host: 'h2' }), mount)).toBeNull();
    expect(joinFindings(finding({ path: '/x' }), finding({ path: '/' }, { area: 'cache' }))).toBeNull();
  });

  it('joins a partition only together with its shuffle', () => {
    const one = finding({ partitionId: 7, shuffleId: 2 });
    expect(joinFindings(one, finding({ partitionId: 7, shuffleId: 2 }))).toMatchObject({ strength: 65 });
    expect(joinFindings(one, finding({ partitionId: 7, shuffleId: 3 }))).toBeNull();
    expect(joinFindings(one, finding({ partitionId: 7 }))).toBeNull();
    expect(joinFindings(finding({ workerAddress: 'w1:9097' }), finding({ workerAddress: 'w1:9097' }))?.by).toBe('key');
  });

  it('knows two records of one run that ended before it got an id', () => {
    const keys = { applicationName: 'ads_conf', host: 'gw01' };
    expect(joinFindings(finding(keys), finding(keys))).toMatchObject({ by: 'key' });
    expect(joinFindings(finding(keys), finding(keys, { source: 'of-another-run.log' }))).toMatchObject({ by: 'time' });
    expect(joinFindings(finding({ ...keys, applicationId: 'a' }), finding(keys))).toMatchObject({ by: 'time' });
    const end = finding({ host: 'gw01' }, { values: { final: 'true' } });
    expect(joinFindings(end, finding({ host: 'gw01' }))).toMatchObject({ by: 'key' });
    expect(joinFindings(end, finding({ host: 'gw01' }, { source: 'of-another-run.log' }))).toMatchObject({
      by: 'time',
    });
  });

  it('takes the same host at the same time for a coincidence', () => {
    expect(joinFindings(finding({ host: 'h1' }), finding({ host: 'h1' }))).toMatchObject({ by: 'time', strength: 10 });
    expect(joinFindings(finding({ host: 'h1' }), finding({ host: 'h1' }, { at: 100 }))).toBeNull();
  });

  it('joins a lost node with what the kernel did to it up to the node’s expiry before', () => {
    const lost = (at: number) => finding({ host: 'h1' }, { symptom: 'node_lost', at });
    const kill = finding({ host: 'h1' }, { area: 'memory', code: 'kernel.global_oom' });
    expect(joinFindings(lost(1_000_000 + 600_000), kill)).toMatchObject({ by: 'key', strength: 42 });
    expect(joinFindings(lost(1_000_000 + 800_000), kill)).toBeNull();
    expect(joinFindings({ ...lost(1_600_000), symptom: 'task_failed' }, kill)).toBeNull();
  });
});
