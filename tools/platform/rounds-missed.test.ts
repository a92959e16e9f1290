import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from './platform.ts';
import { roundsMissed } from './rounds-missed.ts';

function answers(service: string, seconds: readonly number[]): HttpAnswer[] {
  return seconds.map((second) => ({
    service,
    request: '/x',
    at: second * 1_000,
    status: 200,
    body: '{}',
    source: `${service}@${second}`,
  }));
}

const BESIDE = [answers('a', [0, 30, 60, 90]), answers('b', [1, 31, 61, 91])];

describe('roundsMissed', () => {
  it('a service that stops being among the answers, and comes back', () => {
    const own = answers('w', [0, 90]);
    expect(roundsMissed(own, BESIDE)).toMatchObject([{ last: own[0], from: 30_000, until: 90_000, rounds: 2 }]);
  });

  it('a service that never comes back', () => {
    expect(roundsMissed(answers('w', [0, 30]), BESIDE)).toMatchObject([{ from: 60_000, until: null, rounds: 2 }]);
  });

  it('near miss: it answered in every round, a few seconds apart', () => {
    expect(roundsMissed(answers('w', [2, 32, 62, 92]), BESIDE)).toEqual([]);
  });

  it('near miss: a round that only one neighbour answered is none', () => {
    expect(roundsMissed(answers('w', [0, 30]), [answers('a', [0, 30, 45]), answers('b', [1, 31])])).toEqual([]);
  });

  it('near miss: it was first asked later than its neighbours', () => {
    expect(roundsMissed(answers('w', [60, 90]), BESIDE)).toEqual([]);
  });

  it('cannot tell with a single neighbour, or without any answer', () => {
    expect(roundsMissed(answers('w', [0]), [answers('a', [0, 30, 60])])).toEqual([]);
    expect(roundsMissed([], BESIDE)).toEqual([]);
  });
});
