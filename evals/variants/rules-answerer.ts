import { investigate } from '../../bot/investigation/investigate.ts';
import type { Answerer } from '../trial/answerer.ts';

/** The analyst alone: no model, the same answer every time. */
export const RULES_ANSWERER: Answerer = {
  answer: async ({ onFirst, ...put }) => await investigate({ ...put, language: 'auto', onCertain: onFirst }),
};
