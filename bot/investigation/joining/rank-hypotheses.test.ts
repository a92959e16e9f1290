import { describe, expect, it } from 'vitest';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { explainsCode } from './explains.ts';
import { evidenceFixture, FIXTURE_AT, findingFixture } from './finding-fixture.ts';
import { rankHypotheses } from './rank-hypotheses.ts';
import type { RankingAim } from './ranking-aim.ts';

const APPLICATION = { applicationId: 'application_1700000000000_0042' };
const CONTAINER = { ...APPLICATION, containerId: 'container_1700000000000_0042_01_000008', executorId: '7' };
const AIM: RankingAim = {
  end: { state: 'failed', at: FIXTURE_AT + 5000, startedAt: FIXTURE_AT - 600_000 },
  asks: 'failure',
  timed: false,
};

const failed = findingFixture({ symptom: 'application_failed', keys: APPLICATION, at: FIXTURE_AT + 4000 });
const lost = findingFixture({ symptom: 'executor_lost', keys: CONTAINER, at: FIXTURE_AT + 2000 });
const killed = findingFixture({
  area: 'memory',
  code: 'kernel.memcg_oom',
  symptom: 'process_killed',
  keys: CONTAINER,
  evidence: [evidenceFixture({ provenance: 'kernel', source: 'dmesg.txt' })],
});
const executorLost = findingFixture({ code: 'shuffle.executor_lost', keys: CONTAINER, at: FIXTURE_AT + 2000 });

function codesOf(findings: readonly Finding[], aim = AIM): string[] {
  return rankHypotheses(findings, aim).map(({ code }) => code);
}

describe('rankHypotheses', () => {
  it('puts what killed the process before what was seen of it, whatever the order', () => {
    const findings = [failed, lost, killed, executorLost];
    expect(codesOf(findings)).toEqual(['kernel.memcg_oom', 'shuffle.executor_lost']);
    expect(codesOf([...findings].reverse())).toEqual(['kernel.memcg_oom', 'shuffle.executor_lost']);
    expect(rankHypotheses(findings, AIM)[1]?.effectOf).toBe('kernel.memcg_oom');
  });

  it('puts what came first before what is proven as well and reaches as far, in whatever order they were read', () => {
    const service = (code: CauseCode, at: number, source: string) =>
      findingFixture({
        area: 'cache',
        code,
        symptom: 'slow',
        at: FIXTURE_AT + at,
        until: FIXTURE_AT + 9000,
        evidence: [evidenceFixture({ source })],
      });
    const three = [
      service('cache.worker_lost', 2000, 'hosts/b/master.log'),
      service('cache.master_unresponsive', 1000, 'hosts/c/master.log'),
      service('cache.capacity', 2000, 'hosts/a/master.log'),
    ];
    const wanted = ['cache.master_unresponsive', 'cache.capacity', 'cache.worker_lost'];
    expect(codesOf(three)).toEqual(wanted);
    expect(codesOf(three.toReversed())).toEqual(wanted);
  });

  it('puts the cause behind more of what was lost first, where both are proven and reach as far', () => {
    const of = (number: number) => ({
      ...APPLICATION,
      containerId: `container_1700000000000_0042_01_00000${number}`,
      executorId: String(number),
    });
    const losses = [2, 3, 4].map((number) =>
      findingFixture({ symptom: 'executor_lost', keys: of(number), at: FIXTURE_AT + 2000 }),
    );
    const byKernel = (number: number) => findingFixture({ ...killed, keys: of(number) });
    const byYarn = (number: number) =>
      findingFixture({
        area: 'yarn',
        code: 'memory.container_physical_limit',
        symptom: 'container_exited',
        keys: of(number),
        evidence: [evidenceFixture({ provenance: 'node_manager', source: 'nm.log', fromLine: number, toLine: number })],
      });
    expect(codesOf([failed, ...losses, byYarn(2), byYarn(3), byKernel(4)])[0]).toBe('memory.container_physical_limit');
    expect(codesOf([failed, ...losses, byYarn(2), byKernel(3), byKernel(4)])[0]).toBe('kernel.memcg_oom');
    const [first, second] = rankHypotheses([failed, ...losses, byYarn(2), byYarn(3), byKernel(4)], AIM);
    expect([first?.covers?.lost.size, second?.covers?.lost.size, first?.covers?.ofAll]).toEqual([2, 1, 3]);
  });

  it('lets an unrelated process’s kill explain nothing', () => {
    const elsewhere = { ...killed, keys: { containerId: 'container_1700000000000_0099_01_000001' } };
    expect(rankHypotheses([failed, lost, elsewhere, executorLost], AIM)[0]?.code).toBe('shuffle.executor_lost');
  });

  it('does not let a faint hint push a proven cause aside', () => {
    const hint = findingFixture({
      kind: 'inferred',
      code: 'kernel.memcg_oom',
      weight: 0.1,
      keys: CONTAINER,
      at: FIXTURE_AT,
    });
    const limit = findingFixture({
      area: 'yarn',
      code: 'memory.container_physical_limit',
      symptom: 'container_exited',
      keys: CONTAINER,
      evidence: [evidenceFixture({ provenance: 'node_manager' })],
    });
    expect(codesOf([failed, lost, hint, limit])[0]).toBe('memory.container_physical_limit');
  });

  it('makes one hypothesis of a code, led by the finding that is proven best', () => {
    const faint = { ...killed, kind: 'inferred' as const, weight: 0.3, at: FIXTURE_AT - 500_000 };
    const [only, ...rest] = rankHypotheses([failed, lost, faint, killed], AIM);
    expect(rest).toEqual([]);
    expect(only?.roots).toHaveLength(2);
    expect(only?.root).toBe(killed);
    expect(only?.standing).toBe('confirmed');
  });

  it('never makes a cause of an echo or of a verdict', () => {
    const echo = { ...executorLost, echo: true };
    const healthy = findingFixture({ code: 'none.healthy', keys: APPLICATION });
    const unknown = findingFixture({ code: 'unknown.insufficient_evidence', keys: APPLICATION });
    expect(codesOf([failed, echo, healthy, unknown])).toEqual([]);
  });

  it('has every effect behind its cause in any mixture', () => {
    const codes = [
      'shuffle.executor_lost',
      'network.heartbeat_timeout',
      'memory.executor_heap_oom',
      'memory.container_physical_limit',
      'kernel.memcg_oom',
      'kernel.oom_score_adj',
      'code.user_code',
    ] as const;
    for (let turn = 0; turn < codes.length; turn += 1) {
      const order = [...codes.slice(turn), ...codes.slice(0, turn)];
      const findings = order.map((code, at) => findingFixture({ code, keys: CONTAINER, weight: (at % 3) / 3 + 0.3 }));
      const ranked = rankHypotheses([failed, lost, ...findings], AIM);
      ranked.forEach((hypothesis, at) => {
        const cause = ranked.findIndex(({ code }) => code === hypothesis.effectOf);
        if (cause === -1) return;
        expect(explainsCode(ranked[cause]?.code ?? 'none.healthy', hypothesis.code)).toBe(true);
        expect(cause).toBeLessThan(at);
      });
      expect(ranked.map(({ code }) => code).sort()).toEqual([...codes].sort());
    }
  });

  it('takes for the cause what the same log proves shortly before, in a run that has no id to join on', () => {
    const said = (at: number, source: string) =>
      findingFixture({
        code: 'dependency.version_conflict',
        at: FIXTURE_AT + at,
        keys: { ...APPLICATION, host: 'gw01' },
        evidence: [evidenceFixture({ source, fromLine: 10 })],
      });
    const noMaster = findingFixture({
      code: 'network.connection_timeout',
      kind: 'inferred',
      symptom: 'application_failed',
      at: FIXTURE_AT + 4_000,
      keys: { ...APPLICATION, host: 'gw01' },
      evidence: [evidenceFixture({ source: 'driver.log', fromLine: 90 })],
    });
    expect(codesOf([said(0, 'driver.log'), noMaster])[0]).toBe('dependency.version_conflict');
    const effect = (findings: readonly Finding[]) =>
      rankHypotheses(findings, AIM).find(({ code }) => code === 'network.connection_timeout')?.effectOf;
    expect(effect([said(0, 'driver.log'), noMaster])).toBe('dependency.version_conflict');
    expect(effect([said(4_500, 'driver.log'), noMaster])).toBeNull();
  });

  it('asked about time, goes by what each cost', () => {
    const aim: RankingAim = {
      end: { state: 'succeeded', at: FIXTURE_AT, startedAt: FIXTURE_AT - 1 },
      asks: 'slowness',
      timed: true,
    };
    const small = findingFixture({ code: 'memory.spill', symptom: 'slow', weight: 0.2, keys: APPLICATION });
    const large = findingFixture({ code: 'scheduling.queue_wait', symptom: 'slow', weight: 0.7, keys: APPLICATION });
    expect(codesOf([small, large], aim)).toEqual(['scheduling.queue_wait', 'memory.spill']);
  });
});
