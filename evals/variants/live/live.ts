import { setTimeout as sleep } from 'node:timers/promises';
import { readModelSettings } from '../../../bot/agent/read-model-settings.ts';
import { NotRun } from '../../trial/answerer.ts';
import type { VariantPlan } from '../variant-plan.ts';
import { liveAnswerer } from './live-answerer.ts';
import { openPurse } from './live-purse.ts';

/** A model by the product's own settings (`WHEREFORE_MODEL_*`); without usable ones nothing is run, and nothing counts as wrong. */
export const LIVE: VariantPlan = {
  takes: () => true,
  isRepeated: true,
  open: async ({ limits, workers, made }) => {
    const problems: string[] = [];
    const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
    const model = readModelSettings(given, problems);
    const purse = openPurse({
      limits,
      workers,
      made: made.filter(({ variant }) => variant === 'live'),
      now: Date.now,
      sleep: async (ms) => {
        await sleep(ms);
      },
    });
    const answerer =
      model === null
        ? notRun(problems.length > 0 ? problems.join('; ') : 'no model: WHEREFORE_MODEL_URL is not set')
        : liveAnswerer(model, purse);
    return { answererOf: () => answerer, close: async () => undefined };
  },
};

function notRun(why: string) {
  return {
    answer: async () => {
      throw new NotRun(why);
    },
  };
}
