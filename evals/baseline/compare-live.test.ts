import { describe, expect, it } from 'vitest';
import { type MadeUpTrial, madeUpResult } from '../report/suite-result-fixture.ts';
import { exactMcnemar } from '../statistics/exact-mcnemar.ts';
import { compareLive } from './compare-live.ts';

/** A live run: of each ask which of its attempts are right. */
function run(asks: Readonly<Record<string, readonly (0 | 1 | 'down')[]>>, tags: MadeUpTrial['tags'] = ['spark']) {
  return madeUpResult(
    Object.entries(asks).flatMap(([askId, rights]) =>
      rights.map(
        (right, at): MadeUpTrial => ({
          askId,
          variant: 'live',
          attempt: at + 1,
          tags,
          given: right === 0 ? 'kernel.global_oom' : 'kernel.memcg_oom',
          status: right === 'down' ? 'not_run' : 'ran',
        }),
      ),
    ),
  );
}
/** Single asks of as many incidents, the first few of them right. */
const singles = (all: number, right: number) =>
  Object.fromEntries(Array.from({ length: all }, (_, at) => [`s-${at}-x/asked-1`, [at < right ? 1 : 0] as const]));

describe('a model against an earlier run', () => {
  it('is tested by McNemar where each incident was asked once', () => {
    const compared = compareLive(run(singles(20, 18)), run(singles(20, 12)));
    expect(compared).toMatchObject({
      asks: 20,
      incidents: 20,
      was: 0.6,
      is: 0.9,
      test: 'mcnemar',
      p: exactMcnemar(6, 0),
    });
    expect(compared?.interval.low).toBeGreaterThan(0);
    expect(compared?.moved).toHaveLength(6);
  });

  it('is tested by sign flips of incidents where asks were repeated', () => {
    const now = run({ 'a-1-x/asked-1': [1, 1, 1], 'a-1-x/asked-2': [1, 1, 1], 'b-2-x/asked-1': [0, 0, 1] });
    const before = run({ 'a-1-x/asked-1': [0, 0, 0], 'a-1-x/asked-2': [0, 1, 0], 'b-2-x/asked-1': [0, 0, 1] });
    expect(compareLive(now, before)).toMatchObject({
      asks: 3,
      incidents: 2,
      test: 'sign_flip',
      // One incident moved: as likely in either direction.
      p: 1,
      moved: [
        { askId: 'a-1-x/asked-1', was: 0, is: 1 },
        { askId: 'a-1-x/asked-2', was: 1 / 3, is: 1 },
      ],
    });
  });

  it('pays by Holm for looking at many tags', () => {
    const tags = ['spark', 'yarn', 'failure'] as const;
    const compared = compareLive(run(singles(20, 18), tags), run(singles(20, 12), tags));
    expect(compared?.byTag.map(({ tag, p }) => [tag, p])).toEqual(
      [...tags].sort().map((tag) => [tag, 3 * exactMcnemar(6, 0)]),
    );
  });

  it('leaves out what was not run in one of them, and says so', () => {
    const now = run({ 'a-1-x/asked-1': [1], 'b-2-x/asked-1': ['down'], 'c-3-x/asked-1': [1] });
    const compared = compareLive(now, run({ 'a-1-x/asked-1': [0, 'down'], 'b-2-x/asked-1': [0] }));
    expect(compared).toMatchObject({ asks: 1, was: 0, is: 1, unpaired: 2 });
    expect(compareLive(now, run({ 'd-4-x/asked-1': [1] }))).toBeNull();
  });
});
