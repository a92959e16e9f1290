import { describe, expect, it } from 'vitest';
import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import { decideOutcome } from './decide-outcome.ts';
import type { Hypothesis } from './joining/hypothesis.ts';
import type { RankingAim } from './joining/ranking-aim.ts';

const END = 1_000_000;

function hypothesis(code: CauseCode, root: Partial<Finding> = {}, more: Partial<Hypothesis> = {}): Hypothesis {
  const finding: Finding = {
    area: 'logs',
    rule: 'test/x',
    kind: 'observed',
    code,
    statement: { en: '', zh: '' },
    keys: {},
    at: END,
    evidence: [{ source: 'a', fromLine: 7, toLine: 7, excerpt: 'x', area: 'logs', provenance: 'engine', at: null }],
    count: 1,
    weight: 1,
    values: {},
    ...root,
  };
  const links = [{ finding, join: null }];
  return {
    code,
    root: finding,
    roots: [finding],
    links,
    standing: 'likely',
    reach: 0.8,
    effectOf: null,
    score: 1,
    ...more,
  };
}

function aim(state: RankingAim['end']['state'], more: Partial<RankingAim> = {}): RankingAim {
  return { end: { state, at: END, startedAt: 0 }, asks: 'failure', timed: false, ...more } as RankingAim;
}

const verdictOf = (all: Hypothesis[], about: RankingAim) => {
  const { verdict, causes } = decideOutcome(all, about, null);
  return [verdict, ...causes.map(({ code }) => code)];
};

describe('a run that goes on slowly', () => {
  const throttled = (more: Partial<Hypothesis>) => hypothesis('kernel.cpu_contention', { symptom: 'slow' }, more);
  const running = (asks: RankingAim['asks']) => aim('running', { asks });

  it('is told what is proven to slow it down, when asked why it is slow', () => {
    expect(verdictOf([throttled({ standing: 'confirmed' })], running('slowness'))).toEqual([
      'answered',
      'kernel.cpu_contention',
    ]);
    expect(verdictOf([throttled({ standing: 'confirmed' })], running('failure'))[0]).toBe('answered');
    expect(verdictOf([throttled({ standing: 'confirmed' })], running('status'))).toEqual(['still_running']);
  });

  it('is not told what is only likely or costs next to nothing', () => {
    expect(verdictOf([throttled({})], running('slowness'))).toEqual(['still_running']);
    expect(verdictOf([throttled({ standing: 'confirmed', reach: 0.05 })], running('slowness'))).toEqual([
      'still_running',
    ]);
  });
});

describe('a run that failed', () => {
  it('is not also given what merely happened on its host', () => {
    const own = hypothesis('config.resource_setting', { keys: { applicationId: 'application_1700000000000_0042' } });
    const ofHost = hypothesis('storage.disk_full_local', { keys: { host: 'n1' } });
    expect(verdictOf([own, ofHost], aim('unknown'))).toEqual(['answered', 'config.resource_setting']);
    expect(verdictOf([ofHost], aim('unknown'))).toEqual(['answered', 'storage.disk_full_local']);
  });
});

describe('a failure question about a run that ended well', () => {
  it('is answered with a fault that cost much, and not with one that was made good for little', () => {
    const fault = (reach: number) => hypothesis('code.user_code', { symptom: 'task_failed' }, { reach });
    expect(verdictOf([fault(0.6)], aim('succeeded'))).toEqual(['answered', 'code.user_code']);
    expect(verdictOf([fault(0.2)], aim('succeeded'))).toEqual(['healthy']);
  });

  it('is not answered with what merely took long', () => {
    expect(verdictOf([hypothesis('code.inefficient_plan', { symptom: 'slow' })], aim('succeeded'))).toEqual([
      'healthy',
    ]);
  });

  it('is answered with the complaint that the program ended with, behind what the complaint is about', () => {
    const words = hypothesis('code.user_code', { kind: 'inferred', values: { final: 'maybe' } });
    const told = hypothesis('data.input_missing', { kind: 'inferred' });
    const apart = hypothesis('network.connection_timeout', { kind: 'inferred', evidence: [] });
    expect(verdictOf([words, told, apart], aim('succeeded'))).toEqual([
      'answered',
      'data.input_missing',
      'code.user_code',
    ]);
    expect(verdictOf([words], aim('succeeded', { asks: 'status' }))).toEqual(['healthy']);
  });
});

describe('a run that goes on', () => {
  const refused = (count: number) =>
    hypothesis('config.shuffle_service_mismatch', { symptom: 'executor_lost', count, until: END });

  it('is answered with what keeps it waiting when that is met again and again', () => {
    const waits = hypothesis('scheduling.insufficient_resources', { symptom: 'waiting', kind: 'inferred' });
    expect(verdictOf([refused(5), waits], aim('running'))).toEqual(['answered', 'config.shuffle_service_mismatch']);
    expect(verdictOf([refused(1), waits], aim('running'))).toEqual(['still_running']);
  });

  it('is answered with what takes its executors when it has none left', () => {
    const idle = { state: 'running', at: END, startedAt: 0, idle: true } as const;
    expect(verdictOf([refused(5)], aim('running', { end: idle }))).toEqual([
      'answered',
      'config.shuffle_service_mismatch',
    ]);
    expect(verdictOf([refused(5)], aim('running'))).toEqual(['still_running']);
    const killed = hypothesis('memory.container_physical_limit', { symptom: 'process_killed', count: 3 });
    expect(verdictOf([killed], aim('running', { end: idle }))[0]).toBe('answered');
  });

  it('is answered with what is proven to take most of its executors until now, when it is said to fail', () => {
    const kills = (lost: readonly string[], root: Partial<Finding> = {}, more: Partial<Hypothesis> = {}) =>
      hypothesis(
        'memory.container_physical_limit',
        { symptom: 'process_killed', ...root },
        { standing: 'confirmed', covers: { lost: new Set(lost), ofAll: 3 }, ...more },
      );
    const two = ['container_2', 'container_3'];
    expect(verdictOf([kills(two)], aim('running'))).toEqual(['answered', 'memory.container_physical_limit']);
    for (const [other, about] of [
      [kills(two), aim('running', { asks: 'status' })],
      [kills(two.slice(1)), aim('running')],
      [kills(two, {}, { standing: 'likely' }), aim('running')],
      [kills(two, {}, { covers: { lost: new Set(two), ofAll: 5 } }), aim('running')],
      [kills(two, { at: END - 300_000 }), aim('running')],
      [kills(two, { symptom: 'heartbeat_late' }), aim('running')],
    ] as const)
      expect(verdictOf([other], about)).toEqual(['still_running']);
  });
});

describe('a run that goes on without a node', () => {
  const nodeLost = (lost: readonly string[], at = END) =>
    hypothesis(
      'scheduling.spot_node_lost',
      { symptom: 'node_lost', at },
      { standing: 'confirmed', covers: { lost: new Set(lost), ofAll: 1 } },
    );

  it('is told of it, called slow or failed, when it has just lost an executor with it', () => {
    for (const asks of ['slowness', 'failure'] as const) {
      const told = verdictOf([nodeLost(['container_3'])], aim('running', { asks }));
      expect(told).toEqual(['answered', 'scheduling.spot_node_lost']);
    }
  });

  it('is not told of one that held nothing of it or went long ago, nor when only its state is asked', () => {
    expect(verdictOf([nodeLost([])], aim('running'))).toEqual(['still_running']);
    expect(verdictOf([nodeLost(['container_3'], END - 300_000)], aim('running'))).toEqual(['still_running']);
    expect(verdictOf([nodeLost(['container_3'])], aim('running', { asks: 'status' }))).toEqual(['still_running']);
  });
});

describe('beside what explains a failure', () => {
  const first = () => hypothesis('kernel.memcg_oom', { symptom: 'process_killed' }, { standing: 'confirmed' });
  const joinedBy = (by: 'key' | 'time', standing: Hypothesis['standing']) => {
    const other = hypothesis('storage.slow_disk', { symptom: 'heartbeat_late' }, { standing });
    const join = { by, on: ['host'], strength: 20 } as Hypothesis['links'][number]['join'];
    return {
      ...other,
      links: [
        { finding: other.root, join: null },
        { finding: other.root, join },
      ],
    };
  };

  it.each(['waiting', 'slow'] as const)(
    'a cause that is merely %s is no second one, unless it is proven',
    (symptom) => {
      const other = (standing: Hypothesis['standing']) =>
        hypothesis('scheduling.insufficient_resources', { symptom }, { standing });
      expect(verdictOf([first(), other('likely')], aim('failed'))).toEqual(['answered', 'kernel.memcg_oom']);
      expect(verdictOf([first(), other('confirmed')], aim('failed'))).toEqual([
        'answered',
        'kernel.memcg_oom',
        'scheduling.insufficient_resources',
      ]);
    },
  );

  it('one that only happened at the same time is none, unless it is proven', () => {
    expect(verdictOf([first(), joinedBy('time', 'likely')], aim('failed'))).toEqual(['answered', 'kernel.memcg_oom']);
    for (const other of [joinedBy('key', 'likely'), joinedBy('time', 'confirmed')]) {
      expect(verdictOf([first(), other], aim('failed'))).toEqual(['answered', 'kernel.memcg_oom', 'storage.slow_disk']);
    }
  });

  it('the first is told whatever it is: a job may have failed of waiting', () => {
    const waited = hypothesis('scheduling.insufficient_resources', { symptom: 'waiting' });
    expect(verdictOf([waited], aim('failed'))).toEqual(['answered', 'scheduling.insufficient_resources']);
    expect(verdictOf([joinedBy('time', 'likely')], aim('killed'))).toEqual(['answered', 'storage.slow_disk']);
  });

  it('nothing is told that explains next to nothing, and nothing inconclusive', () => {
    expect(verdictOf([{ ...first(), reach: 0.04 }], aim('failed'))[0]).toBe('needs_more');
    expect(verdictOf([{ ...first(), standing: 'inconclusive' }], aim('failed'))[0]).toBe('needs_more');
  });
});

describe('a run that waits', () => {
  const nothingFree = (effectOf: CauseCode | null) =>
    hypothesis('scheduling.insufficient_resources', { symptom: 'waiting' }, { standing: 'confirmed', effectOf });
  const disks = (more: Partial<Finding> = {}) => hypothesis('storage.disk_full_local', more, { standing: 'confirmed' });

  it('is told what is seen to have left it without resources, and that first', () => {
    const all = [disks(), nothingFree('storage.disk_full_local')];
    expect(verdictOf(all, aim('waiting'))).toEqual([
      'answered',
      'storage.disk_full_local',
      'scheduling.insufficient_resources',
    ]);
  });

  it('is told nothing of what has no part in it, or is only guessed to have', () => {
    expect(verdictOf([disks(), nothingFree(null)], aim('waiting'))).toEqual([
      'answered',
      'scheduling.insufficient_resources',
    ]);
    expect(verdictOf([disks({ kind: 'inferred' }), nothingFree('storage.disk_full_local')], aim('waiting'))).toEqual([
      'answered',
      'scheduling.insufficient_resources',
    ]);
    expect(verdictOf([disks()], aim('waiting'))).toEqual(['still_running']);
  });
});
