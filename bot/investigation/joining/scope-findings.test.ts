import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { EntityDirectory } from './entity-directory.ts';
import { evidenceFixture, FIXTURE_AT, findingFixture } from './finding-fixture.ts';
import { type Scope, scopeFindings } from './scope-findings.ts';

const OWN = 'application_1700000000000_0042';
const OTHER = 'application_1700000000000_0040';

const scope: Scope = {
  applicationId: OWN,
  user: 'etl',
  hosts: new Set(['n1']),
  containerIds: new Set(),
  groups: new Set<string>(),
  window: { from: FIXTURE_AT, to: FIXTURE_AT + 600_000 },
};

function kept(finding: Partial<Finding>, more: Partial<Scope> = {}): boolean {
  const directory = new EntityDirectory([]);
  return scopeFindings([findingFixture(finding)], { ...scope, ...more }, directory).length === 1;
}

describe('scopeFindings', () => {
  it('keeps what the subject’s own records say, whenever it was', () => {
    expect(kept({ keys: { applicationId: OWN }, at: FIXTURE_AT - 86_400_000 })).toBe(true);
    expect(kept({ keys: { containerId: 'container_1700000000000_0042_01_000001' } })).toBe(true);
  });

  it('leaves out another application, even when only its container or control group tells', () => {
    expect(kept({ keys: { applicationId: OTHER } })).toBe(false);
    expect(kept({ keys: { containerId: 'container_1700000000000_0040_01_000001' } })).toBe(false);
    expect(kept({ keys: { cgroupPath: '/yarn/container_1700000000000_0040_01_000001' } })).toBe(false);
  });

  it('leaves out every application for a run that ended before it got an id', () => {
    const nameless = { applicationId: null, withoutId: true };
    expect(kept({ keys: { applicationId: OTHER } }, nameless)).toBe(false);
    expect(kept({ keys: { host: 'n1' } }, nameless)).toBe(true);
    expect(kept({ keys: { applicationId: OTHER } }, { applicationId: null })).toBe(true);
  });

  it('keeps what happened to hosts that the subject used, while it used them', () => {
    expect(kept({ area: 'memory', keys: { host: 'n1' } })).toBe(true);
    expect(kept({ area: 'memory', keys: { host: 'n9' } })).toBe(false);
    expect(kept({ area: 'memory', keys: { host: 'n1' }, at: FIXTURE_AT + 3_600_000 })).toBe(false);
    expect(kept({ area: 'memory', keys: { host: 'n1' }, at: FIXTURE_AT - 3_600_000 })).toBe(false);
    expect(kept({ area: 'memory', keys: { host: 'n1' }, at: FIXTURE_AT - 3_600_000, until: FIXTURE_AT })).toBe(true);
  });

  it('leaves out the kill of another container where the subject’s own are known, and not that of a service', () => {
    const POD = '/kubepods/burstable/pod5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21';
    const own = { groups: new Set(['/hadoop-yarn/container_1700000000000_0042_01_000002']) };
    const killIn = (cgroupPath: string): Partial<Finding> => ({ area: 'memory', keys: { host: 'n1', cgroupPath } });
    expect(kept(killIn(`${POD}/${'b'.repeat(64)}`), own)).toBe(false);
    expect(kept(killIn('/system.slice/hadoop-nodemanager.service'), own)).toBe(true);
    expect(kept(killIn('/'), own)).toBe(true);
    // Where the subject's containers are not known, it might be one of them.
    expect(kept(killIn(`${POD}/${'b'.repeat(64)}`))).toBe(true);
    // A NodeManager inside of a pod: the pod's group holds the subject's.
    const inPod = { groups: new Set([`${POD}/yarn/container_1700000000000_0042_01_000002`]) };
    expect(kept(killIn(POD), inPod)).toBe(true);
  });

  it('does not shut out hosts when it is not known which the subject used', () => {
    expect(kept({ area: 'storage', keys: { host: 'n9' } }, { hosts: new Set() })).toBe(true);
  });

  it('leaves out what storage says about another user', () => {
    const audit = [evidenceFixture({ provenance: 'storage' })];
    expect(kept({ keys: { user: 'bi' }, evidence: audit })).toBe(false);
    expect(kept({ keys: { user: 'etl' }, evidence: audit })).toBe(true);
  });

  it('asked about a container, leaves out the others', () => {
    const asked = { applicationId: null, containerIds: new Set(['container_1700000000000_0042_01_000002']) };
    expect(kept({ keys: { containerId: 'container_1700000000000_0042_01_000002' } }, asked)).toBe(true);
    expect(kept({ keys: { containerId: 'container_1700000000000_0042_01_000003' } }, asked)).toBe(false);
  });
});
