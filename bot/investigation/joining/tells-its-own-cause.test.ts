import { describe, expect, it } from 'vitest';
import { evidenceFixture, findingFixture } from './finding-fixture.ts';
import { tellsItsOwnCause } from './tells-its-own-cause.ts';

const RECORD = [evidenceFixture({ source: 'stderr', fromLine: 8, toLine: 12 })];
const CONTAINER = { host: 'n1', containerId: 'container_1700000000000_0042_01_000008' };
const disk = findingFixture({ area: 'storage', code: 'storage.bad_disk', keys: { host: 'n1', device: 'sdb' } });
const failed = findingFixture({ symptom: 'task_failed', keys: CONTAINER, evidence: RECORD });

function cause(
  code: 'code.user_code' | 'config.resource_setting' | 'storage.bad_disk' | 'shuffle.corruption',
  rule: string,
) {
  return findingFixture({ code, rule, keys: CONTAINER, evidence: RECORD });
}

describe('tellsItsOwnCause', () => {
  it('keeps a disk of the host apart from an error that names another cause', () => {
    const own = cause('code.user_code', 'user-code/exception-in-own-frame');
    expect(tellsItsOwnCause(failed, disk, [own])).toBe(true);
    expect(tellsItsOwnCause({ ...own, symptom: 'task_failed' }, disk, [own])).toBe(true);
    expect(tellsItsOwnCause(failed, disk, [cause('config.resource_setting', 'off-heap/too-many-open-files')])).toBe(
      true,
    );
  });

  it('lets the disk explain what says nothing of its own, says the same, or is known to come of it', () => {
    expect(tellsItsOwnCause(failed, disk, [])).toBe(false);
    expect(tellsItsOwnCause(failed, disk, [cause('storage.bad_disk', 'local-disk/faulty')])).toBe(false);
    expect(tellsItsOwnCause(failed, disk, [cause('shuffle.corruption', 'local-disk/faulty')])).toBe(false);
  });

  it('asks only where the host alone connects them', () => {
    const own = cause('code.user_code', 'user-code/exception-in-own-frame');
    const kill = findingFixture({ area: 'memory', code: 'kernel.memcg_oom', keys: CONTAINER });
    expect(tellsItsOwnCause(failed, kill, [own])).toBe(false);
    expect(tellsItsOwnCause(failed, { ...disk, keys: { host: 'n2' } }, [own])).toBe(false);
  });
});
