import { describe, expect, it } from 'vitest';
import type { RunChange, RunComparison } from '../investigation/comparison/run-comparison.ts';
import { investigationFixture } from '../investigation/fixtures/investigation-fixture.ts';
import { composeComparison } from './compose-comparison.ts';

function change(name: string, explainsMs: number): RunChange {
  const because = { en: '', zh: '' };
  return {
    what: 'setting',
    name,
    from: '1',
    to: '2',
    ratio: 2,
    moves: [],
    because,
    worsens: true,
    explainsMs,
    evidence: [],
  };
}

function comparison(changes: readonly RunChange[]): RunComparison {
  return {
    with: ['app-2', 'app-1'],
    baseline: 'median',
    baselineWallClockMs: [3_000, 1_000, 2_000],
    accounts: [{ account: 'gc', slowMs: 500, usualMs: 200, deltaMs: 300, moreWorkMs: 0 }],
    unexplainedDeltaMs: 7,
    changes,
  } as unknown as RunComparison;
}

describe('composeComparison', () => {
  it('has the accounts with what is usual, and the baselines shortest first', () => {
    expect(composeComparison(investigationFixture({ comparison: comparison([]) }))).toEqual({
      with: ['app-2', 'app-1'],
      baseline: 'median',
      accounts: [{ account: 'gc', deltaMs: 300, baselineMs: 200 }],
      changes: [],
      baselineWallClockMs: [1_000, 2_000, 3_000],
      unexplainedDeltaMs: 7,
    });
  });

  it('tells the changes that explain most, and at most eight', () => {
    const changes = Array.from({ length: 12 }, (_, at) => change(`k${at}`, at * 100));
    const told = composeComparison(investigationFixture({ comparison: comparison(changes) }))?.changes ?? [];
    expect(told.map(({ name }) => name)).toEqual(['k11', 'k10', 'k9', 'k8', 'k7', 'k6', 'k5', 'k4']);
    expect(told[0]).toEqual({ what: 'setting', name: 'k11', from: '1', to: '2' });
  });

  it('is null without a comparison', () => {
    expect(composeComparison(investigationFixture())).toBeNull();
  });
});
