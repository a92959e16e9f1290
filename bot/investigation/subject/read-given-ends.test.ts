import { expect, it } from 'vitest';
import type { KnownRun } from '../../../tools/spark/known-runs.ts';
import { buildRun } from '../ledger/fixtures/build-run.ts';
import type { Candidate } from './candidate.ts';
import { readGivenEnds } from './read-given-ends.ts';

const SIGNAL = new AbortController().signal;

function candidate(handle: string, more: Partial<Candidate> = {}): Candidate {
  return {
    id: `app-${handle}`,
    kind: 'spark_application',
    names: ['ads_clicks_20261120'],
    user: null,
    queue: null,
    startedAt: 1_000,
    endedAt: 2_000,
    state: 'succeeded',
    sparkHandle: handle,
    ...more,
  };
}

/** A run known by the head of its log; how its only job went shows when it is read. */
function knownRun(handle: string, result: 'succeeded' | 'failed', read: string[]): KnownRun {
  const jobs = [{ id: 0, stages: [], submittedAt: 1_000, endedAt: 2_000, result }];
  return {
    listing: { handle } as KnownRun['listing'],
    source: {
      list: () => Promise.reject(new Error('not asked')),
      read: (asked) => {
        read.push(asked);
        return Promise.resolve({ outcome: 'ok', value: buildRun({ start: 1_000, end: 2_000, jobs }), notes: [] });
      },
    },
  };
}

const states = (candidates: readonly Candidate[]) => candidates.map(({ state }) => state);

it('knows which of two logs of one job failed, though both have an end', async () => {
  const runs = [knownRun('a', 'failed', []), knownRun('b', 'succeeded', [])];
  const given = new Set(['a', 'b']);
  expect(states(await readGivenEnds([candidate('a'), candidate('b')], { runs, given, now: 9_000 }, SIGNAL))).toEqual([
    'failed',
    'succeeded',
  ]);
});

it('reads nothing where one log was given, where none was, and of another job', async () => {
  const read: string[] = [];
  const runs = [knownRun('a', 'failed', read), knownRun('b', 'failed', read)];
  const both = [candidate('a'), candidate('b')];
  const other = [candidate('a'), candidate('b', { names: ['dim_shop'] })];
  await readGivenEnds(both, { runs, given: new Set(['a']), now: 9_000 }, SIGNAL);
  await readGivenEnds(both, { runs, given: null, now: 9_000 }, SIGNAL);
  await readGivenEnds(other, { runs, given: new Set(['a', 'b']), now: 9_000 }, SIGNAL);
  expect(read).toEqual([]);
});

it('reads no more than the six newest, and leaves the platform’s word alone', async () => {
  const read: string[] = [];
  const handles = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const runs = handles.map((handle) => knownRun(handle, 'succeeded', read));
  const all = handles.map((handle, at) =>
    candidate(handle, { startedAt: at, state: handle === 'h' ? 'killed' : 'unknown' }),
  );
  const told = await readGivenEnds(all, { runs, given: new Set(handles), now: 9_000 }, SIGNAL);
  expect(read.toSorted()).toEqual(['c', 'd', 'e', 'f', 'g', 'h']);
  expect(told.find(({ sparkHandle }) => sparkHandle === 'h')?.state).toBe('killed');
});
