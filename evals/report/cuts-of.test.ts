import { expect, it } from 'vitest';
import { cutsOf } from './cuts-of.ts';
import { madeUpResult } from './suite-result-fixture.ts';

it('trials are cut by all they have: two causes count under both, and incidents once', () => {
  const result = madeUpResult([
    { askId: 'a-1-x/asked-1', tags: ['spark', 'chinese'], expected: { causes: ['storage.slow_disk', 'cache.cold'] } },
    {
      askId: 'a-1-x/renamed',
      form: 'renamed',
      tags: ['spark', 'chinese'],
      expected: { causes: ['storage.slow_disk', 'cache.cold'] },
    },
    { askId: 'b-2-x/asked-1', tags: ['spark'], given: 'kernel.global_oom' },
  ]);
  const { tag, code, group, form } = cutsOf(result.scored, result);
  const told = (cuts: typeof tag) =>
    cuts.map(({ name, incidents, right }) => [name, incidents, right?.hits, right?.of]);
  expect(told(tag)).toEqual([
    ['chinese', 1, 2, 2],
    ['spark', 2, 2, 3],
  ]);
  expect(told(code)).toEqual([
    ['cache.cold', 1, 2, 2],
    ['kernel.memcg_oom', 1, 0, 1],
    ['storage.slow_disk', 1, 2, 2],
  ]);
  expect(group.map(({ name }) => name)).toEqual(['cache', 'kernel', 'storage']);
  expect(told(form)).toEqual([
    ['asked', 2, 1, 2],
    ['renamed', 1, 1, 1],
  ]);
});
