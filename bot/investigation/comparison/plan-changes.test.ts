import { describe, expect, it } from 'vitest';
import { buildJob, node, usualPlan } from './fixtures/build-job.ts';
import { planChanges } from './plan-changes.ts';

function changes(slow: Parameters<typeof buildJob>[0], ...usual: Parameters<typeof buildJob>[0][]) {
  return planChanges(
    buildJob(slow).run,
    usual.map((spec) => buildJob(spec).run),
  ).map(({ name, from, to, worsens }) => `${name} ${from} → ${to}${worsens ? ' worse' : ''}`);
}

describe('planChanges', () => {
  it('counts kinds of nodes, not their numbers and wrappers', () => {
    const now = usualPlan({ inner: [node('WholeStageCodegen (7)'), node('InputAdapter'), node('SortMergeJoin')] });
    const before = usualPlan({ inner: [node('WholeStageCodegen (2)'), node('BroadcastHashJoin')] });
    expect(changes({ plan: now }, { plan: before })).toEqual([
      'BroadcastHashJoin 1 → 0 worse',
      'SortMergeJoin 0 → 1 worse',
    ]);
  });

  it('tells a node that only makes things better from one that can cost', () => {
    expect(changes({}, { plan: usualPlan({ inner: [node('BatchEvalPython')] }) })).toEqual(['BatchEvalPython 1 → 0']);
  });

  it('is no change when any run of the history had the plan', () => {
    const python = { plan: usualPlan({ inner: [node('BatchEvalPython')] }) };
    expect(changes(python, {}, python)).toEqual([]);
  });

  it('is silent without plans', () => {
    expect(changes({ plan: null }, { plan: null })).toEqual([]);
  });
});
