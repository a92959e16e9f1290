import type { Variant } from '../trial/trial.ts';
import { LIVE } from './live/live.ts';
import { RULES_ANSWERER } from './rules-answerer.ts';
import { SCRIPTED } from './scripted/scripted.ts';
import type { VariantPlan } from './variant-plan.ts';

/** Every variant, by its name. */
export const VARIANT_PLANS: Readonly<Record<Variant, VariantPlan>> = {
  rules: {
    takes: () => true,
    isRepeated: false,
    open: async () => ({ answererOf: () => RULES_ANSWERER, close: async () => undefined }),
  },
  scripted: SCRIPTED,
  live: LIVE,
};
