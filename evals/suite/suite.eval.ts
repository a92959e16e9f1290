import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scoredTrial } from '../report/suite-result.ts';
import { readScenarios } from '../scenario/read-scenarios.ts';
import { scoreTrial } from '../scorers/index.ts';
import { notPut, putAsk } from '../trial/put-ask.ts';
import { VARIANT_PLANS } from '../variants/index.ts';
import type { OpenVariant } from '../variants/variant-plan.ts';
import { DECIDED_BY } from './decided-by.ts';
import { readPlan } from './plan.ts';
import { plannedTrials, trialsOfShard } from './planned-trials.ts';
import { NOTHING_TO_DO } from './progress-reporter.ts';
import { openTrialStore, readTrials } from './trial-store.ts';

const plan = readPlan(process.env);
const shard = Number(process.env.WHEREFORE_EVAL_SHARD ?? '0');
const store = openTrialStore(plan.folder, String(shard));
/** A run that is taken up again makes only what is missing. */
const madeBefore = readTrials(plan.folder).flatMap(({ trial }) => (trial.status === 'not_run' ? [] : [trial]));
const made = new Set(madeBefore.map(({ id }) => id));
const trials = trialsOfShard(plannedTrials(plan, readScenarios(plan.scenarios)), shard, plan.shards);

describe.each(plan.variants)('%s', (variant) => {
  const own = trials.filter((trial) => trial.variant === variant);
  let open: OpenVariant;
  beforeAll(async () => {
    open = await VARIANT_PLANS[variant].open({ limits: plan.live, workers: plan.shards, made: madeBefore });
  });
  afterAll(() => open.close());

  // A worker whose part has nothing of this variant still has a test.
  it.runIf(own.length === 0)(NOTHING_TO_DO, () => expect(own).toEqual([]));

  for (const { ask, attempt } of own) {
    it(`${ask.id} #${attempt}`, async ({ skip }) => {
      if (made.has(`${ask.id} ${variant} #${attempt}`)) return skip('made before');
      const answerer = open.answererOf(ask, attempt);
      const scored = await putAsk(ask, answerer, { variant, attempt }, async (trial, truth) =>
        scoredTrial(trial, await scoreTrial(trial, truth), truth.scenario),
      ).catch((error: unknown) => scoredTrial(notPut(ask, { variant, attempt }, error), [], ask.scenario));
      store.add(scored);
      if (scored.trial.status === 'not_run') return skip(scored.trial.why ?? 'not run');
      for (const { scorer, passed, value, detail } of scored.scores) {
        expect.soft(passed, `${scorer}: ${detail}`).not.toBe(false);
        // What a model got wrong once is for statistics, and what is `usually` right blocks nothing.
        const decides = DECIDED_BY.includes(scorer) && scored.gate === 'always' && variant !== 'live';
        if (decides) expect.soft([1, null], `${scorer}: ${detail}`).toContain(value);
      }
      expect(scored.trial.id).toBe(`${ask.id} ${variant} #${attempt}`);
    });
  }
});
