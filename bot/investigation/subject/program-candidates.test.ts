import { describe, expect, it } from 'vitest';
import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import { FIXTURE_AT } from '../joining/finding-fixture.ts';
import { chooseSubject } from './choose-subject.ts';
import { programCandidates } from './program-candidates.ts';

function log(source: string, more: Partial<LogFacts> = {}): LogFacts {
  return {
    source,
    fromLine: 1,
    toLine: 9,
    writer: 'user_program',
    keys: {},
    firstAt: FIXTURE_AT,
    lastAt: FIXTURE_AT + 60_000,
    recordCount: 1,
    records: [],
    tail: [],
    milestones: [],
    skipped: [],
    ...more,
  };
}

const hints = (...jobNames: string[]) => ({ applicationIds: [], jobNames, asks: 'slowness' as const, window: null });
const RANK = log('hosts/gpu-1/data/jobs/bert-query-rank/train.log');
const WIDE = log('hosts/gpu-2/data/jobs/wide-deep-rank/train.log');

describe('programs that no scheduler knows', () => {
  it('go by the folder and the file of their log, and are on its host', () => {
    expect(programCandidates([RANK])[0]).toMatchObject({ kind: 'program', names: ['bert-query-rank'], host: 'gpu-1' });
    expect(programCandidates([log('hosts/gpu-1/srv/ctr_train_v2.log')])[0]?.names).toEqual(['ctr_train_v2']);
  });

  it('are no log of a run, of a daemon, or without a time', () => {
    const others = [
      log('hosts/n1/x.log', { keys: { applicationId: 'application_1700000000000_0042' } }),
      log('hosts/n1/y.log', { keys: { containerId: 'container_1700000000000_0042_01_000001' } }),
      log('hosts/n1/z.log', { writer: 'node_manager' }),
      log('hosts/n1/notes.txt', { firstAt: null }),
    ];
    expect(programCandidates(others)).toEqual([]);
  });

  it('are chosen by the name that was said, of several logs of one name the latest', () => {
    const later = log('hosts/gpu-3/data/jobs/bert-query-rank/train.log', { firstAt: FIXTURE_AT + 3_600_000 });
    const choice = chooseSubject(hints('bert-query-rank'), [], programCandidates([later, RANK, WIDE]));
    expect(choice).toMatchObject({ kind: 'chosen', by: 'name', candidate: { id: later.source } });
  });

  it('are chosen in the time that was named', () => {
    const later = log('hosts/gpu-3/data/jobs/bert-query-rank/train.log', {
      firstAt: FIXTURE_AT + 3_600_000,
      lastAt: FIXTURE_AT + 7_200_000,
    });
    const window = { from: FIXTURE_AT, to: FIXTURE_AT + 60_000 };
    const choice = chooseSubject({ ...hints('bert-query-rank'), window }, [], programCandidates([later, RANK]));
    expect(choice).toMatchObject({ kind: 'chosen', candidate: { id: RANK.source } });
  });

  it('are not chosen by a wrong name where there are several, and the only one is told to be another', () => {
    const programs = programCandidates([RANK, WIDE]);
    expect(chooseSubject(hints('lookalike-encoder'), [], programs).kind).not.toBe('chosen');
    expect(chooseSubject(hints('lookalike-encoder'), [], programs.slice(0, 1))).toMatchObject({
      kind: 'chosen',
      by: 'only',
      insteadOf: 'lookalike-encoder',
    });
  });
});
