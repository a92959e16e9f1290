import type { Answerer } from '../trial/answerer.ts';
import type { Ask } from '../trial/ask.ts';
import type { Variant } from '../trial/trial.ts';
import { RULES_ANSWERER } from './rules-answerer.ts';

/** What a variant puts to whom. */
export interface VariantPlan {
  /** Whether the variant has an answer to give to an ask: `scripted` only where turns were written down. */
  takes(ask: Ask): boolean;
  /** The same ask may be answered otherwise the next time. */
  isRepeated: boolean;
  /** Makes ready what answers; once in each worker. */
  open(): Promise<OpenVariant>;
}

/** What answers while a worker is at it. */
export interface OpenVariant {
  /** Who answers this ask. */
  answererOf(ask: Ask, attempt: number): Answerer;
  close(): Promise<void>;
}

const nothingToClose = async () => undefined;

/** Every variant, by its name. */
export const VARIANT_PLANS: Readonly<Record<Variant, VariantPlan>> = {
  rules: {
    takes: () => true,
    isRepeated: false,
    open: async () => ({ answererOf: () => RULES_ANSWERER, close: nothingToClose }),
  },
  scripted: {
    takes: () => false,
    isRepeated: false,
    open: async () => ({ answererOf: () => RULES_ANSWERER, close: nothingToClose }),
  },
  live: {
    takes: () => false,
    isRepeated: true,
    open: async () => ({ answererOf: () => RULES_ANSWERER, close: nothingToClose }),
  },
};
