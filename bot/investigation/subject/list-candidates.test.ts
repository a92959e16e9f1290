import { describe, expect, it } from 'vitest';
import type { KnownRun } from '../../../tools/spark/known-runs.ts';
import { emptyYarnFacts, type YarnApplication, type YarnFacts } from '../../../tools/yarn/facts.ts';
import { listCandidates } from './list-candidates.ts';

const ID = 'application_1700000000000_0042';

function attempt(number: string, startedAt: number | null): KnownRun {
  const listing = {
    handle: `${ID}/${number}`,
    applicationId: ID,
    applicationName: 'ads_clicks',
    attempt: number,
    user: 'etl',
    startedAt,
    endedAt: null,
    inProgress: false,
  };
  return { listing, source: {} } as unknown as KnownRun;
}

function yarn(startedAt: number): YarnFacts {
  const application = {
    id: ID,
    name: 'ads_clicks',
    type: 'SPARK',
    user: 'etl',
    queue: 'etl',
    startedAt,
  } as YarnApplication;
  return {
    ...emptyYarnFacts(),
    applications: [{ ...application, finishedAt: 900, state: 'FINISHED', finalStatus: 'SUCCEEDED' }],
  };
}

describe('listCandidates', () => {
  it('takes the latest attempt of an application, in whatever order they are listed and whether YARN knows it or not', () => {
    const [first, second] = [attempt('1', 100), attempt('2', 500)];
    // YARN counts an application from its submission, before its first attempt.
    for (const known of [yarn(50), yarn(300), null]) {
      for (const runs of [
        [first, second],
        [second, first],
      ]) {
        expect(listCandidates(runs, known, [])).toMatchObject([{ id: ID, sparkHandle: `${ID}/2` }]);
      }
    }
    expect(listCandidates([attempt('1', null)], yarn(50), [])).toMatchObject([{ sparkHandle: `${ID}/1` }]);
  });

  it('takes of YARN and the history what each knows', () => {
    expect(listCandidates([attempt('1', 100)], yarn(50), [])).toMatchObject([
      { names: ['ads_clicks'], queue: 'etl', startedAt: 50, endedAt: 900, state: 'succeeded' },
    ]);
  });
});
