import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from './platform.ts';
import { silencesOf } from './silences-of.ts';

function answer(second: number, status: number, body = '', request = '/x'): HttpAnswer {
  return { service: 's', request, at: second * 1_000, status, body, source: `${request}@${second}` };
}

const REFUSED = '[Errno 111] Connection refused';

describe('silencesOf', () => {
  it('a stretch between answers, refused throughout', () => {
    const all = [answer(0, 200), answer(30, 0, REFUSED), answer(60, 0, REFUSED), answer(90, 200)];
    expect(silencesOf(all)).toMatchObject([{ refused: true, answeredAt: 0, from: 30_000, until: 90_000 }]);
  });

  it('a hang among refusals is no refusal', () => {
    const all = [answer(0, 200), answer(30, 0, REFUSED), answer(60, 0, 'timed out')];
    expect(silencesOf(all)).toMatchObject([{ refused: false, until: null }]);
  });

  it('near miss: an error is an answer', () => {
    expect(silencesOf([answer(0, 200), answer(30, 500)])).toEqual([]);
  });

  it('near miss: one request that is never answered beside others is switched off', () => {
    const all = [answer(0, 200), answer(0, 0, REFUSED, '/off'), answer(30, 200), answer(30, 0, REFUSED, '/off')];
    expect(silencesOf(all)).toEqual([]);
  });

  it('a service that never answered has no last answer', () => {
    expect(silencesOf([answer(30, 0, REFUSED)])).toMatchObject([{ answeredAt: null, from: 30_000 }]);
    expect(silencesOf([])).toEqual([]);
  });
});
