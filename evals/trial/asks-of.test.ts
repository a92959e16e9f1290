import { describe, expect, it } from 'vitest';
import type { Scenario } from '../scenario/scenario.ts';
import { isRight } from '../scorers/right-codes.ts';
import { asksOf } from './asks-of.ts';

function scenario(id: string, cause: string, texts: readonly string[]): Scenario {
  return {
    id,
    questions: texts.map((text) => ({ text, language: 'en', attach: [] })),
    expected: { causes: [cause], alsoRight: [] },
  } as unknown as Scenario;
}

const SKEW = scenario('slow-001-a', 'skew.join_key', ['dwd_order is slow. is the network broken on rz-dn01?', 'why']);
const OOM = scenario('yarn-002-b', 'kernel.memcg_oom', [
  'vec_backfill died, was it application_1_2 that got preempted?',
]);

describe('asksOf', () => {
  it('puts each variant, one renamed, one with a theory of somebody whose incident is another', () => {
    const asks = asksOf([SKEW, OOM], 1);
    expect(asks.map(({ id }) => id)).toEqual([
      'slow-001-a/asked-1',
      'slow-001-a/asked-2',
      'slow-001-a/renamed',
      'slow-001-a/theory',
      'yarn-002-b/asked-1',
      'yarn-002-b/renamed',
      'yarn-002-b/theory',
    ]);
    const theories = asks.filter(({ form }) => form === 'theory').map(({ question }) => question);
    expect(theories[0]).toBe('dwd_order is slow. is the network broken on rz-dn01? was it it that got preempted?');
    expect(theories[1]).toMatch(/preempted\? is the network broken on it\?$/);
  });

  it('gives a theory of none whose cause is true here, and the same asks for any seed', () => {
    const twin = scenario('slow-003-c', 'skew.join_key', ['x_y is slow, is it the gc?']);
    expect(asksOf([SKEW, twin], 1).filter(({ form }) => form === 'theory')).toEqual([]);
    expect(isRight('skew.join_key', SKEW.expected)).toBe(true);
    expect(isRight('memory.spill', SKEW.expected)).toBe(false);
    const told = (seed: number) => asksOf([SKEW, OOM], seed).map(({ id, question }) => `${id} ${question}`);
    expect(told(1)).toEqual(told(99));
  });
});
