import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { FIXTURE_START, type RunSpec, sparkRunFixture } from '../../../tools/spark/rules/spark-run-fixture.ts';
import type { YarnApplication } from '../../../tools/yarn/facts.ts';
import { decideRunEnd } from './decide-run-end.ts';

const at = (seconds: number) => FIXTURE_START + seconds * 1000;

function stateOf(spec: RunSpec, findings: readonly Finding[] = []): string {
  return decideRunEnd({ run: sparkRunFixture(spec), application: null, findings, alive: false, now: at(600) }).state;
}

const SUCCEEDED = {
  state: 'FINISHED',
  finalStatus: 'SUCCEEDED',
  startedAt: at(0),
  finishedAt: at(20),
} as YarnApplication;

const UNCAUGHT: Finding = {
  area: 'logs',
  rule: 'logs/program-ended-by-error',
  kind: 'observed',
  code: null,
  symptom: 'application_failed',
  statement: { en: '', zh: '' },
  keys: {},
  at: null,
  evidence: [],
  count: 1,
  weight: 1,
  values: { final: 'true' },
};

describe('a run that a restarted ResourceManager does not know', () => {
  const base = sparkRunFixture({});
  const run = { ...base, completeness: { ...base.completeness, end: 'in_progress' as const, lastEventAt: at(500) } };
  const told = { state: 'RUNNING', finalStatus: 'UNDEFINED', startedAt: at(0), finishedAt: null } as YarnApplication;
  const state = (forgotten: boolean, alive: boolean, application: YarnApplication | null = told) =>
    decideRunEnd({ run, application, findings: [], alive, forgotten, now: at(600) }).state;

  it('is not called running by an older word or by its log alone', () => {
    expect(state(false, false)).toBe('running');
    expect(state(true, false)).toBe('unknown');
    expect(state(true, false, null)).toBe('unknown');
  });

  it('runs where its process is seen to live, and keeps the end that was told before', () => {
    expect(state(true, true)).toBe('running');
    expect(state(true, false, { ...told, state: 'KILLED', finishedAt: at(20) } as YarnApplication)).toBe('killed');
  });
});

describe('decideRunEnd', () => {
  const done = { id: 0, result: 'succeeded', endedAt: at(10) } as const;

  it('takes a run whose jobs all ended well for a good one', () => {
    expect(stateOf({ jobs: [done], sql: [{ id: 0, endedAt: at(11) }] })).toBe('succeeded');
  });

  it('knows a query that failed in the driver after its jobs were done', () => {
    const failed = { id: 0, endedAt: at(40), errorMessage: 'java.lang.OutOfMemoryError: Java heap space' };
    expect(stateOf({ jobs: [done], sql: [failed] })).toBe('failed');
  });

  it('leaves a run that went on after a failed query or job', () => {
    const sql = [{ id: 0, endedAt: at(5), errorMessage: 'AnalysisException: no such table' }];
    expect(stateOf({ jobs: [done], sql })).toBe('succeeded');
    expect(
      stateOf({
        jobs: [
          { id: 0, result: 'failed', endedAt: at(5) },
          { ...done, id: 1 },
        ],
      }),
    ).toBe('succeeded');
  });

  it('believes the program about its own end where every job succeeded', () => {
    expect(stateOf({ jobs: [done] }, [UNCAUGHT])).toBe('failed');
    expect(stateOf({ jobs: [done] }, [{ ...UNCAUGHT, kind: 'inferred' }])).toBe('succeeded');
  });

  describe('of a driver in client mode of which the ResourceManager says SUCCEEDED', () => {
    const says = (deployMode: string, end: 'ended' | 'in_progress') =>
      decideRunEnd({
        run: sparkRunFixture({ jobs: [done], application: { deployMode }, completeness: { end } }),
        application: SUCCEEDED,
        findings: [],
        alive: false,
        now: at(600),
      }).state;

    it('knows nothing where the driver has not closed its event log: a killed one is reported so too', () => {
      expect(says('client', 'in_progress')).toBe('unknown');
    });

    it('believes it where the log was closed, and in cluster mode', () => {
      expect(says('client', 'ended')).toBe('succeeded');
      expect(says('cluster', 'in_progress')).toBe('succeeded');
    });
  });
});
