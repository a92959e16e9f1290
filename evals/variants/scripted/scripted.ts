import type { Ask } from '../../trial/ask.ts';
import type { VariantPlan } from '../variant-plan.ts';
import { scriptedAnswerer } from './scripted-answerer.ts';
import { readTurns } from './turns.ts';

/** The loop and the gate with turns of a model that were written down: what they let through, not how good a model is. */
export const SCRIPTED: VariantPlan = {
  takes: (ask) => turnsOf(ask) !== null,
  isRepeated: false,
  open: async () => ({
    answererOf: (ask) => {
      const turns = turnsOf(ask);
      if (turns === null) throw new Error(`no turns were written for ${ask.id}`);
      return scriptedAnswerer(turns);
    },
    close: async () => undefined,
  }),
};

function turnsOf({ id, form, scenario }: Ask) {
  // Turns are of a question as it was asked: of the other forms no file is opened.
  if (form !== 'asked') return null;
  const turns = readTurns(scenario.id);
  return turns !== null && id === `${scenario.id}/asked-${turns.question}` ? turns : null;
}
