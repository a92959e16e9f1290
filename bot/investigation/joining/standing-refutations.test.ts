import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { findingFixture as finding } from './finding-fixture.ts';
import { standingRefutations } from './standing-refutations.ts';

const why = { en: 'in safe mode the NameNode refuses every change, whoever asks', zh: '安全模式下一律拒绝' };
const safeMode = finding({
  area: 'storage',
  code: 'storage.hdfs_safemode',
  keys: {},
  at: 1_000,
  until: 5_000,
  sharedService: true,
  refutes: [{ code: 'security.permission_denied', why }],
});
const denied = (change: Partial<Finding> = {}) =>
  finding({ area: 'logs', code: 'security.permission_denied', keys: { applicationId: 'a' }, at: 2_000, ...change });
const refuted = (...findings: Finding[]) => standingRefutations(findings)[0]?.refutes?.map(({ code }) => code) ?? [];

describe('standingRefutations', () => {
  it('drops what a record of the same time shows all the same', () => {
    expect(refuted(safeMode, denied())).toEqual([]);
  });

  it('keeps it where nothing of the kind was seen, only suggested, or at another time', () => {
    const kept = ['security.permission_denied'];
    expect(refuted(safeMode)).toEqual(kept);
    expect(refuted(safeMode, denied({ kind: 'inferred' }))).toEqual(kept);
    expect(refuted(safeMode, denied({ at: 9_000 }))).toEqual(kept);
    expect(refuted(safeMode, denied({ echo: true }))).toEqual(kept);
    expect(refuted(safeMode, denied({ code: 'storage.hdfs_quota' }))).toEqual(kept);
  });

  it('keeps what is said of one process though another shows it', () => {
    const probe = finding({
      area: 'kubernetes',
      code: null,
      keys: { podUid: 'p1' },
      at: 1_000,
      refutes: [{ code: 'kernel.memcg_oom', why }],
    });
    expect(refuted(probe, finding({ code: 'kernel.memcg_oom', keys: { podUid: 'p2' }, at: 1_000 }))).toEqual([
      'kernel.memcg_oom',
    ]);
    expect(refuted(probe, finding({ code: 'kernel.memcg_oom', keys: { podUid: 'p1' }, at: 1_000 }))).toEqual([]);
  });
});
