import { describe, expect, it } from 'vitest';
import { readScenarios } from '../scenario/read-scenarios.ts';
import { EVERYTHING, type Plan } from './plan.ts';
import { plannedTrials, trialsOfShard } from './planned-trials.ts';

const scenarios = readScenarios();

function plan(more: Partial<Plan> = {}): Plan {
  return {
    scenarios: '',
    folder: '',
    seed: 1,
    variants: ['rules'],
    attempts: 3,
    filter: EVERYTHING,
    live: { maxUsd: null, perMinute: null },
    shards: 2,
    ...more,
  };
}

const chosen = (filter: Partial<Plan['filter']>) =>
  plannedTrials(plan({ filter: { ...EVERYTHING, ...filter } }), scenarios);

describe('plannedTrials', () => {
  it('puts every ask once to what always answers the same, and as often as wanted to a model', () => {
    const rules = plannedTrials(plan(), scenarios);
    expect(new Set(rules.map(({ ask }) => ask.id)).size).toBe(rules.length);
    expect(new Set(rules.map(({ ask }) => ask.scenario.id)).size).toBe(scenarios.length);
    const live = plannedTrials(plan({ variants: ['live'] }), scenarios);
    expect(live).toHaveLength(3 * rules.length);
  });

  it('chooses by id, tag, code, form and language, all of which have to fit', () => {
    const byTag = chosen({ tags: ['still-running'] });
    expect(byTag.length).toBeGreaterThan(0);
    expect(byTag.every(({ ask }) => ask.scenario.tags.includes('still-running'))).toBe(true);
    const kernel = chosen({ codes: ['kernel.'], forms: ['renamed'] });
    expect(kernel.length).toBeGreaterThan(0);
    expect(kernel.every(({ ask }) => ask.form === 'renamed')).toBe(true);
    expect(kernel.every(({ ask }) => ask.scenario.expected.causes.some((code) => code.startsWith('kernel.')))).toBe(
      true,
    );
    expect(chosen({ ids: ['yarn-022'], languages: ['zh'] }).every(({ ask }) => ask.language === 'zh')).toBe(true);
    expect(chosen({ ids: ['no such'] })).toEqual([]);
  });

  it('asks the same whatever else is chosen', () => {
    const all = plannedTrials(plan(), scenarios);
    for (const { ask } of chosen({ ids: ['slow-009'] })) {
      expect(all.find((other) => other.ask.id === ask.id)?.ask.question).toBe(ask.question);
    }
  });

  it('shares out whole scenarios among workers, none twice and none forgotten', () => {
    const all = plannedTrials(plan(), scenarios);
    const parts = [0, 1, 2].map((shard) => trialsOfShard(all, shard, 3));
    expect(parts.flat()).toHaveLength(all.length);
    expect(new Set(parts.flat())).toEqual(new Set(all));
    const homes = parts.map((part) => new Set(part.map(({ ask }) => ask.scenario.id)));
    expect(homes.reduce((sum, home) => sum + home.size, 0)).toBe(scenarios.length);
  });
});
