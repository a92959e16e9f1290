import { describe, expect, it } from 'vitest';
import type { Candidate, SubjectHints } from './candidate.ts';
import { chooseSubject } from './choose-subject.ts';

function run(id: string, name: string, more: Partial<Candidate> = {}): Candidate {
  return {
    id,
    kind: 'spark_application',
    names: [name],
    user: null,
    queue: null,
    startedAt: null,
    endedAt: null,
    state: 'unknown',
    sparkHandle: null,
    ...more,
  };
}

function hints(more: Partial<SubjectHints>): SubjectHints {
  return { applicationIds: [], jobNames: [], asks: 'failure', window: null, ...more };
}

describe('chooseSubject', () => {
  const yesterday = run('app-1', 'dwd_orders_20261119', { startedAt: 100, endedAt: 200, state: 'succeeded' });
  const today = run('app-2', 'dwd_orders_20261120', { startedAt: 300, endedAt: 400, state: 'succeeded' });
  const other = run('app-3', 'ads_clicks', { startedAt: 500, endedAt: 600, state: 'failed' });

  it('takes an id before any name', () => {
    const choice = chooseSubject(hints({ applicationIds: ['app-1'], jobNames: ['ads_clicks'] }), [
      yesterday,
      today,
      other,
    ]);
    expect(choice).toMatchObject({ kind: 'chosen', by: 'id', candidate: { id: 'app-1' } });
  });

  describe('of several runs of one job named by id', () => {
    const quick = run('app-1', 'dwd_orders_20261119', { startedAt: 100, endedAt: 200, state: 'succeeded' });
    const slow = run('app-2', 'dwd_orders_20261120', { startedAt: 300, endedAt: 900, state: 'succeeded' });
    const dead = run('app-6', 'dwd_orders_20261121', { startedAt: 950, endedAt: 990, state: 'failed' });
    const chosen = (ids: string[], asks: SubjectHints['asks']) => {
      const choice = chooseSubject(hints({ applicationIds: ids, asks }), [quick, slow, dead, other]);
      return choice.kind === 'chosen' ? choice.candidate.id : choice.kind;
    };

    it('takes the one that took much longer for slowness, in any order', () => {
      expect([chosen(['app-1', 'app-2'], 'slowness'), chosen(['app-2', 'app-1'], 'slowness')]).toEqual([
        'app-2',
        'app-2',
      ]);
    });

    it('takes the one that failed for a failure, in any order', () => {
      expect([chosen(['app-1', 'app-6'], 'failure'), chosen(['app-6', 'app-2'], 'failure')]).toEqual([
        'app-6',
        'app-6',
      ]);
    });

    it('takes the one that took much longer where a failure is asked about and none failed', () => {
      expect(chosen(['app-1', 'app-2'], 'failure')).toBe('app-2');
    });

    it('takes the first where they are of different jobs', () => {
      expect(chosen(['app-1', 'app-3'], 'failure')).toBe('app-1');
      expect(chosen(['app-1', 'app-3'], 'slowness')).toBe('app-1');
    });
  });

  it('says that an id is unknown instead of taking another run', () => {
    expect(chooseSubject(hints({ applicationIds: ['app-9'] }), [other])).toEqual({ kind: 'unknown_id', id: 'app-9' });
  });

  it('takes the latest run of a name without its date', () => {
    const choice = chooseSubject(hints({ jobNames: ['dwd_orders'], asks: 'slowness' }), [yesterday, today, other]);
    expect(choice).toMatchObject({ kind: 'chosen', by: 'name', candidate: { id: 'app-2' } });
  });

  it('takes the run in the asked window', () => {
    const choice = chooseSubject(hints({ jobNames: ['dwd_orders'], window: { from: 120, to: 180 } }), [
      yesterday,
      today,
    ]);
    expect(choice).toMatchObject({ candidate: { id: 'app-1' } });
  });

  it('takes the failed run of a name when a failure is asked about', () => {
    const failed = run('app-4', 'ads_clicks', { startedAt: 400, state: 'failed' });
    const better = run('app-5', 'ads_clicks', { startedAt: 700, state: 'succeeded' });
    expect(chooseSubject(hints({ jobNames: ['ads_clicks'] }), [failed, better])).toMatchObject({
      candidate: { id: 'app-4' },
    });
  });

  it('understands a name that is said longer than it is', () => {
    const report = run('app-6', 'dau_report.py');
    expect(chooseSubject(hints({ jobNames: ['dau_report_daily'] }), [report, other])).toMatchObject({
      candidate: { id: 'app-6' },
    });
  });

  it('asks back when several jobs are left, and when the name is nobody’s', () => {
    expect(chooseSubject(hints({ asks: 'slowness' }), [today, other]).kind).toBe('ambiguous');
    expect(chooseSubject(hints({ asks: 'slowness', jobNames: ['no_such_job'] }), [today, other])).toMatchObject({
      kind: 'unknown_name',
      name: 'no_such_job',
    });
  });

  it('does not take what else ran at the asked time for a name that nothing goes by', () => {
    const window = { from: 350, to: 360 };
    const asked = hints({ jobNames: ['gmv_report'], window });
    expect(chooseSubject(asked, [today, other])).toEqual({ kind: 'unknown_name', name: 'gmv_report', others: [today] });
    const onlyJob = chooseSubject(asked, [yesterday, today]);
    expect(onlyJob).toMatchObject({ kind: 'chosen', candidate: { id: 'app-2' }, insteadOf: 'gmv_report' });
    const nothingSaid = chooseSubject(hints({ window }), [today, other]);
    expect(nothingSaid).toMatchObject({ kind: 'chosen', by: 'only', candidate: { id: 'app-2' } });
  });

  describe('of several logs of one job named by path', () => {
    const good = run('app-7', 'ads_clicks', { startedAt: 700, endedAt: 800, state: 'succeeded', sparkHandle: 'b' });
    const given = new Set(['a', 'b']);

    it('takes the failed one for a failure, and says so', () => {
      const failed = run('app-6', 'ads_clicks', { startedAt: 400, endedAt: 900, state: 'failed', sparkHandle: 'a' });
      for (const jobNames of [['ads_clicks'], []]) {
        expect(chooseSubject(hints({ given, jobNames }), [good, failed])).toMatchObject({
          candidate: { id: 'app-6' },
          ofSeveral: { runs: 2, taken: 'failed' },
        });
      }
    });

    it('takes the one that took much longer for slowness, though a later one is there', () => {
      const slow = run('app-6', 'ads_clicks', { startedAt: 400, endedAt: 900, state: 'succeeded', sparkHandle: 'a' });
      expect(chooseSubject(hints({ given, asks: 'slowness' }), [good, slow])).toMatchObject({
        candidate: { id: 'app-6' },
        ofSeveral: { runs: 2, taken: 'longest' },
      });
    });

    it('takes the latest where they took about as long, where one has no end, and where none failed', () => {
      const alike = run('app-6', 'ads_clicks', { startedAt: 400, endedAt: 510, state: 'succeeded', sparkHandle: 'a' });
      const open = { ...alike, endedAt: null, state: 'running' as const };
      for (const [other, asks] of [
        [alike, 'slowness'],
        [open, 'slowness'],
        [alike, 'failure'],
      ] as const) {
        expect(chooseSubject(hints({ given, asks }), [other, good])).toMatchObject({
          candidate: { id: 'app-7' },
          ofSeveral: { runs: 2, taken: 'latest' },
        });
      }
    });

    it('says nothing of it where only one was named or the platform knows them all', () => {
      const slow = run('app-6', 'ads_clicks', { startedAt: 400, endedAt: 900, state: 'succeeded', sparkHandle: 'a' });
      for (const only of [new Set(['b']), null]) {
        const choice = chooseSubject(hints({ given: only, asks: 'slowness' }), [good, slow]);
        expect(choice).toEqual({ kind: 'chosen', by: 'only', candidate: good });
      }
    });
  });

  it('has nothing to choose from an empty platform', () => {
    expect(chooseSubject(hints({}), [])).toEqual({ kind: 'none' });
  });
});
