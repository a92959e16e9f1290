import { describe, expect, it } from 'vitest';
import { evidenceFixture, FIXTURE_AT, findingFixture } from './finding-fixture.ts';
import { proveRoot } from './prove-root.ts';

const QUOTA = 'storage.hdfs_quota';
const PATH = { path: '/user/bi' };
/** As in yarn-013: the program's last words without a time, and the NameNode's record of the refusal. */
const printed = findingFixture({
  code: QUOTA,
  kind: 'inferred',
  completeStatement: 'hdfs_quota_refusal',
  at: null,
  keys: { ...PATH, applicationId: 'application_1700000000000_0002', host: 'gw1' },
  evidence: [evidenceFixture({ provenance: 'user_process', source: 'job.log' })],
});
const refused = findingFixture({
  code: QUOTA,
  keys: { ...PATH, host: 'nn1' },
  evidence: [evidenceFixture({ provenance: 'storage', source: 'namenode.log' })],
});
const logged = findingFixture({ code: QUOTA, keys: PATH, evidence: [evidenceFixture({ source: 'driver.log' })] });

const sources = (finding: typeof printed) => finding.evidence.map(({ source }) => source);

describe('proveRoot', () => {
  it('adds the service’s own record of what a program printed, with its time', () => {
    const proven = proveRoot(printed, [printed, logged, refused]);
    expect(sources(proven)).toEqual(['job.log', 'namenode.log']);
    expect(proven).toMatchObject({ at: FIXTURE_AT, kind: 'inferred', completeStatement: 'hdfs_quota_refusal' });
    // Without the one that knows best, the next that the catalogue allows.
    expect(sources(proveRoot(printed, [logged]))).toEqual(['job.log', 'driver.log']);
  });

  it('leaves a root alone that an allowed writer wrote', () => {
    expect(proveRoot(logged, [refused])).toBe(logged);
  });

  it('takes no record of another path, of another time, or that only suggests', () => {
    const elsewhere = { ...refused, keys: { path: '/user/ads', host: 'nn1' } };
    const guessed = { ...refused, kind: 'inferred' as const };
    expect(proveRoot(printed, [elsewhere, guessed])).toBe(printed);
    const timed = { ...printed, at: FIXTURE_AT + 120_000 };
    expect(proveRoot(timed, [refused])).toBe(timed);
  });

  it('does not take the words of another program for a proof', () => {
    const other = { ...refused, evidence: [evidenceFixture({ provenance: 'user_process', source: 'other.log' })] };
    expect(proveRoot(printed, [other])).toBe(printed);
  });
});
