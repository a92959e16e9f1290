import { describe, expect, it } from 'vitest';
import { judgeFluid } from './fluid-rules.ts';
import { cachePod, fluidCase, runtime, terminated } from './rules/fluid-fixture.ts';

const judged = (items: Parameters<typeof fluidCase>[0]) => {
  const { facts, scope } = fluidCase(items);
  return judgeFluid(facts, scope);
};

describe('judgeFluid', () => {
  it('asks every rule: a worker and a FUSE pod that ended are two findings', () => {
    const found = judged([cachePod('worker', terminated(120)), cachePod('fuse', terminated(130)), runtime({})]);
    expect(found.map(({ rule, code }) => [rule, code])).toEqual([
      ['cache/fluid-fuse-gone', 'cache.fuse_crash'],
      ['cache/fluid-workers-missing', 'cache.worker_lost'],
    ]);
  });

  it('finds nothing where all are ready, and nothing where nothing was read', () => {
    expect(judged([runtime({})])).toEqual([]);
    expect(judged([])).toEqual([]);
  });
});
