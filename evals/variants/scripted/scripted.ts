import { RULES_ANSWERER } from '../rules-answerer.ts';
import type { VariantPlan } from '../variant-plan.ts';

/** The loop and the gate with turns of a model that were written down: what they let through, not how good a model is. */
export const SCRIPTED: VariantPlan = {
  takes: () => false,
  isRepeated: false,
  open: async () => ({ answererOf: () => RULES_ANSWERER, close: async () => undefined }),
};
