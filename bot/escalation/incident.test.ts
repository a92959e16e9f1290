import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { smallDiagnosis } from './escalation-fixture.ts';
import { groupIncidents } from './group-incidents.ts';
import { failureTimeMs, incidentKeyOf } from './incident.ts';
import { askedOf, CAPTURES, FIRST_APP, HAS_CAPTURES, SECOND_APP, twoJobsOfOneHost } from './two-jobs-fixture.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Diagnoses as cases, `case_0`, `case_1` …, grouped. */
function grouped(diagnoses: readonly Diagnosis[]): string[][] {
  const cases = diagnoses.map((diagnosis, at) => ({
    caseId: `case_${at}`,
    key: incidentKeyOf(diagnosis, `case_${at}`),
    failedAtMs: failureTimeMs(diagnosis) ?? 0,
  }));
  return groupIncidents(cases).map((group) => group.cases);
}

describe.skipIf(!HAS_CAPTURES)('incidents of recorded captures', () => {
  it('two jobs whose host lost a disk are one incident, of the host', { timeout: 30_000 }, async () => {
    const folder = twoJobsOfOneHost();
    folders.push(folder);
    const first = await askedOf(folder, `why did ${FIRST_APP} fail?`);
    const second = await askedOf(folder, `why did ${SECOND_APP} fail?`);
    expect([first.subject?.id, second.subject?.id]).toEqual([FIRST_APP, SECOND_APP]);
    expect(incidentKeyOf(second, 'case_1')).toEqual({ kind: 'host', id: 'nm-0217b', family: 'disk', cluster: '' });
    expect(grouped([first, second])).toEqual([['case_0', 'case_1']]);
  });

  it.each([
    ['cache-211-enospc-local-dir', 'host', 'nm-0801', 'disk'],
    ['cache-202-memcg-ancestor-innocent-executor', 'host', 'k8s-node-31', 'host_memory'],
    ['cache-204-oom-priority-containers-before-nodemanager', 'host', 'nm-0112', 'host_memory'],
    ['cache-103-alluxio-worker-killed', 'service', 'cache', 'cache'],
    ['celeborn-009-disks-full-no-slots', 'service', 'remote_shuffle', 'remote_shuffle'],
    ['yarn-019-text-features-am-share-pending', 'queue', 'ads', 'queue'],
  ])('%s is one of a %s', { timeout: 30_000 }, async (name, kind, id, family) => {
    const folder = path.join(CAPTURES, name);
    const { question } = JSON.parse(readFileSync(path.join(folder, 'incident.json'), 'utf8')) as { question: string };
    const diagnosis = await askedOf(path.join(folder, 'capture'), question);
    expect(incidentKeyOf(diagnosis, 'case_0')).toEqual({ kind, id, family, cluster: '' });
  });

  it('a user-side cause is one of its run', { timeout: 30_000 }, async () => {
    const folder = path.join(CAPTURES, 'yarn-028-ad-geohash-class-missing');
    const diagnosis = await askedOf(path.join(folder, 'capture'), 'ad_geohash_bucketing fails on all executors');
    expect(diagnosis.rootCauses[0]?.responsibility).toBe('user');
    expect(incidentKeyOf(diagnosis, 'case_0')).toMatchObject({ kind: 'run', id: diagnosis.subject?.id });
  });

  it('one shuffle worker lost twice within the hour is two incidents', { timeout: 60_000 }, async () => {
    const of = (name: string, question: string) => askedOf(path.join(CAPTURES, name, 'capture'), question);
    const early = await of('celeborn-004-reserve-slots-failed-dead-worker', 'why is dwd_user_profile_join_di slow?');
    const late = await of('celeborn-002-worker-killed-stage-rerun', 'why did dwd_user_profile_join_di take long?');
    const keys = [early, late].map((diagnosis) => incidentKeyOf(diagnosis, 'case_0'));
    expect(keys[0]).toEqual({ kind: 'host', id: 'rss-w2', family: 'remote_shuffle', cluster: '' });
    expect(keys[1]).toEqual(keys[0]);
    expect(grouped([early, late])).toEqual([['case_0'], ['case_1']]);
  });
});

describe('what belongs together', () => {
  it('takes a container, an executor and nothing at all on a platform cause for their host', () => {
    const key = { kind: 'host', id: 'node2', family: 'disk', cluster: '' };
    for (const component of [{ kind: 'container', id: 'container_1' }, { kind: 'executor', id: '3' }, null] as const)
      expect(incidentKeyOf(smallDiagnosis({ component }), 'case_0')).toEqual(key);
  });

  it('takes no host where the evidence names two', () => {
    const diagnosis = smallDiagnosis({ component: { kind: 'executor', id: '3' }, sources: ['hosts/a/x', 'hosts/b/x'] });
    expect(incidentKeyOf(diagnosis, 'case_0')).toMatchObject({ kind: 'run', id: 'app_1' });
  });

  it.each([
    ['other hosts', smallDiagnosis({ component: { kind: 'host', id: 'node3' }, run: 'app_2' })],
    ['another family of causes', smallDiagnosis({ code: 'kernel.global_oom', run: 'app_2' })],
    ['hours apart', smallDiagnosis({ at: '2026-11-21T14:00:00Z', run: 'app_2' })],
    ['a cause on the side of another user', smallDiagnosis({ responsibility: 'user', run: 'app_2' })],
    ['an open cause of another run', smallDiagnosis({ outcome: 'needs_more', run: 'app_2' })],
  ])('does not group: %s', (_what, other) => {
    expect(grouped([smallDiagnosis({}), other])).toHaveLength(2);
  });

  it('groups the same run asked by several, and not the same kind of mistake in two runs', () => {
    const own = (run: string) => smallDiagnosis({ responsibility: 'user', code: 'code.user_code', run });
    expect(grouped([own('app_1'), own('app_1'), own('app_2')])).toEqual([['case_0', 'case_1'], ['case_2']]);
    const open = (run: string) => smallDiagnosis({ outcome: 'needs_more', run });
    expect(grouped([open('app_1'), open('app_1'), open('app_2')])).toEqual([['case_0', 'case_1'], ['case_2']]);
  });

  it('keeps clusters apart, and cases about nothing', () => {
    const diagnosis = smallDiagnosis({});
    expect(incidentKeyOf(diagnosis, 'case_0', 'north')).not.toEqual(incidentKeyOf(diagnosis, 'case_0', 'south'));
    const nothing = { ...smallDiagnosis({ outcome: 'needs_more' }), subject: null };
    expect(grouped([nothing, nothing])).toHaveLength(2);
  });

  it('does not run away along a chain of small gaps', () => {
    const times = Array.from({ length: 40 }, (_, at) => new Date(Date.UTC(2026, 10, 21, 0, at * 25)).toISOString());
    const groups = grouped(times.map((at) => smallDiagnosis({ at })));
    expect(groups.length).toBeGreaterThan(2);
    // 15 failures 25 minutes apart span 5 h 50 min; with one more it would be beyond six hours.
    expect(groups[0]).toHaveLength(15);
  });

  it('does not depend on the order in which cases come', () => {
    const times = ['10:00', '10:20', '10:40', '11:30'].map((time) => `2026-11-21T${time}:00Z`);
    const sizes = (at: string[]) =>
      grouped(at.map((time) => smallDiagnosis({ at: time }))).map((group) => group.length);
    expect(sizes(times)).toEqual([3, 1]);
    expect(sizes(times.toReversed())).toEqual([3, 1]);
  });
});
