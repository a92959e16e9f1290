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
  });
});
