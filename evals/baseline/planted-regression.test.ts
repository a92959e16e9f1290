import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type ScoredTrial, type SuiteResult, scoredTrial, scorerInfo } from '../report/suite-result.ts';
import { readScenarios } from '../scenario/read-scenarios.ts';
import { SCORERS, scoreTrial } from '../scorers/index.ts';
import { DECIDED_BY } from '../suite/decided-by.ts';
import type { Ask } from '../trial/ask.ts';
import { asksOf } from '../trial/asks-of.ts';
import { putAsk } from '../trial/put-ask.ts';
import { RULES_ANSWERER } from '../variants/rules-answerer.ts';
import type { Baseline } from './baseline.ts';
import { baselineOf } from './baseline-of.ts';
import { compareWithBaseline } from './compare-with-baseline.ts';
import { judgeGates } from './judge-gates.ts';

/** The rule that is switched off; none at first. */
let off = '';
vi.mock('../../tools/memory/rules/index.ts', async (original) => {
  const { MEMORY_RULES } = await original<typeof import('../../tools/memory/rules/index.ts')>();
  return {
    get MEMORY_RULES() {
      return MEMORY_RULES.filter(({ id }) => id !== off);
    },
  };
});

/** A kernel's kill that the rule proves, and two that have nothing to do with it. */
const TAKEN = ['yarn-022-item-vector-backfill', 'yarn-028-ad-geohash-bucketing', 'host-703-job-0331'];
const scenarios = readScenarios();
const asksWith = (seed: number) => asksOf(scenarios, seed).filter(({ scenario }) => TAKEN.includes(scenario.id));

async function resultOf(asks: readonly Ask[], seed: number, filter: string | null = null): Promise<SuiteResult> {
  const scored: ScoredTrial[] = [];
  for (const ask of asks) {
    scored.push(
      await putAsk(ask, RULES_ANSWERER, { variant: 'rules', attempt: 1 }, async (trial, truth) =>
        scoredTrial(trial, await scoreTrial(trial, truth), truth.scenario),
      ),
    );
  }
  return {
    schemaVersion: 1,
    product: { version: 'test', commit: null, contentHash: null, model: null },
    startedAt: '2026-11-22T00:00:00.000Z',
    durationMs: 1,
    seed,
    variants: ['rules'],
    filter,
    scorers: SCORERS.map(scorerInfo),
    decidedBy: DECIDED_BY,
    scored,
  };
}

let baseline: Baseline;
beforeAll(async () => {
  baseline = baselineOf(await resultOf(asksWith(1), 1), null);
}, 120_000);

describe('the real product against its baseline', { timeout: 120_000 }, () => {
  it('says nothing of noise: other new names, another order, one language alone', async () => {
    const again = compareWithBaseline(await resultOf(asksWith(7).reverse(), 7), baseline);
    expect(again.cases).toEqual([]);
    const chinese = asksWith(1).filter(({ language }) => language === 'zh');
    expect(chinese.length).toBeGreaterThan(1);
    const inOne = compareWithBaseline(await resultOf(chinese, 1, 'language zh'), baseline);
    expect(inOne.cases).toEqual([]);
  });

  it('finds, names and blocks a rule that was switched off, and blames nothing else', async () => {
    off = 'memory/memcg-oom';
    const result = await resultOf(asksWith(1), 1);
    off = '';
    const difference = compareWithBaseline(result, baseline);
    const worse = difference.cases.filter(({ kind }) => kind === 'worse');
    const own = asksWith(1).filter(({ scenario }) => scenario.id === TAKEN[0]);
    expect(worse.map(({ askId }) => askId).sort()).toEqual(own.map(({ id }) => id).sort());
    expect(worse.every(({ says }) => says.join().includes('kernel.memcg_oom'))).toBe(true);
    const { passed, faults } = judgeGates(result, difference);
    expect(passed).toBe(false);
    expect(faults.some(({ kind, id }) => kind === 'worse' && id?.startsWith(TAKEN[0] ?? ''))).toBe(true);
    expect(faults.filter(({ id }) => id !== null && !id.startsWith(TAKEN[0] ?? ''))).toEqual([]);
  });
});
