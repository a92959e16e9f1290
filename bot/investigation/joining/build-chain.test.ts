import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { buildChain } from './build-chain.ts';
import { FIXTURE_AT, findingFixture } from './finding-fixture.ts';

const APPLICATION = { applicationId: 'application_1700000000000_0042' };
const CONTAINER = { ...APPLICATION, containerId: 'container_1700000000000_0042_01_000008', executorId: '7' };

const root = findingFixture({ code: 'kernel.memcg_oom', symptom: 'process_killed', keys: CONTAINER });
const exited = findingFixture({ symptom: 'container_exited', keys: CONTAINER, at: FIXTURE_AT + 1000 });
const lost = findingFixture({ symptom: 'executor_lost', keys: CONTAINER, at: FIXTURE_AT + 2000 });
const taskFailed = findingFixture({
  symptom: 'task_failed',
  keys: { ...APPLICATION, executorId: '7', stageId: 3 },
  at: FIXTURE_AT + 2500,
});
const stageFailed = findingFixture({
  symptom: 'stage_failed',
  keys: { ...APPLICATION, stageId: 3 },
  at: FIXTURE_AT + 3000,
});
const failed = findingFixture({ symptom: 'application_failed', keys: APPLICATION, at: FIXTURE_AT + 4000 });

function symptomsOf(symptoms: readonly Finding[], more: Partial<{ root: Finding; failure: boolean }> = {}): unknown[] {
  const chain = buildChain(more.root ?? root, symptoms, [], more.failure ?? true);
  return chain.map(({ finding }) => finding.symptom);
}

describe('buildChain', () => {
  it('climbs from the root to the surface, each link joined on the narrowest key', () => {
    const chain = buildChain(root, [failed, stageFailed, taskFailed, lost, exited], [], true);
    expect(chain.map(({ finding }) => finding.symptom)).toEqual([
      'application_failed',
      'stage_failed',
      'task_failed',
      'executor_lost',
      'container_exited',
      'process_killed',
    ]);
    expect(chain.map(({ join }) => join?.by ?? null)).toEqual([null, 'key', 'key', 'key', 'key', 'key']);
    expect(chain.at(-1)?.join?.on[0]).toBe('containerId');
  });

  it('leaves out another executor’s loss, and what came before the cause', () => {
    const other = findingFixture({ symptom: 'executor_lost', keys: { ...APPLICATION, executorId: '8' } });
    const before = findingFixture({ symptom: 'executor_lost', keys: CONTAINER, at: FIXTURE_AT - 600_000 });
    expect(symptomsOf([failed, other, before, exited])).toEqual([
      'application_failed',
      'container_exited',
      'process_killed',
    ]);
  });

  it('leaves out echoes, and delays on the way to a failure', () => {
    const echo = { ...exited, echo: true };
    const slow = findingFixture({ symptom: 'slow', keys: APPLICATION });
    expect(symptomsOf([failed, echo, slow])).toEqual(['application_failed', 'process_killed']);
    expect(symptomsOf([failed, echo, slow], { failure: false })).toEqual([
      'application_failed',
      'slow',
      'process_killed',
    ]);
  });

  it('does not join a rung in between on the application alone', () => {
    const fetch = findingFixture({ symptom: 'fetch_failed', keys: APPLICATION, at: FIXTURE_AT + 1000 });
    expect(symptomsOf([fetch])).toEqual(['process_killed']);
  });

  it('takes the symptom that is nearest in time when several join equally', () => {
    const far = { ...exited, at: FIXTURE_AT + 500_000 };
    const chain = buildChain(root, [far, exited], [], true);
    expect(chain[0]?.finding).toBe(exited);
  });

  it('does not tell the same lines twice, but lets the end of the run cite its cause', () => {
    const same = { ...exited, evidence: root.evidence };
    expect(symptomsOf([same])).toEqual(['process_killed']);
    const end = { ...failed, evidence: root.evidence };
    expect(symptomsOf([end])).toEqual(['application_failed', 'process_killed']);
  });

  it('puts a slow run above a cause that is seen as slowness itself', () => {
    const cause = findingFixture({ code: 'skew.join_key', symptom: 'slow', keys: APPLICATION });
    const slow = findingFixture({ symptom: 'slow', keys: APPLICATION });
    const chain = buildChain(cause, [slow], [], false);
    expect(chain.map(({ finding }) => finding)).toEqual([slow, cause]);
  });

  it('shows how the same cause looked from another process when no symptom is known', () => {
    const seen = findingFixture({ code: 'storage.disk_full_local', keys: CONTAINER });
    const proof = findingFixture({ area: 'storage', code: 'storage.disk_full_local', keys: CONTAINER });
    expect(buildChain(proof, [], [seen, proof], true).map(({ finding }) => finding)).toEqual([seen, proof]);
    expect(buildChain(proof, [], [proof], true)).toEqual([{ finding: proof, join: null }]);
  });

  it('stays short enough to read and keeps the surface and the root', () => {
    const rungs = ['job_failed', 'stage_failed', 'fetch_failed', 'task_failed', 'executor_lost', 'container_exited'];
    const many = rungs.map((symptom, at) =>
      findingFixture({ symptom: symptom as Finding['symptom'] & string, keys: CONTAINER, at: FIXTURE_AT + at * 100 }),
    );
    const chain = buildChain(root, [failed, ...many], [], true);
    expect(chain).toHaveLength(6);
    expect(chain[0]?.finding).toBe(failed);
    expect(chain.at(-1)?.finding).toBe(root);
  });
});
