import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import type { Answerer } from '../trial/answerer.ts';
import type { Trial } from '../trial/trial.ts';

/** Gives a real answer again with one thing changed, and opens what was opened for it: whatever else a scorer says, it said before. */
export function changedAnswer(real: Trial, change: (diagnosis: Diagnosis) => void): Answerer {
  return {
    answer: async ({ platform }) => {
      const diagnosis = structuredClone(real.diagnosis);
      if (diagnosis === null) throw new Error(`${real.id} has no answer`);
      change(diagnosis);
      const read = new Set(real.read);
      for (const file of (await platform.files()).files) if (read.has(file.source)) void file.realPath;
      for (const service of await platform.services()) await platform.recorded(service);
      return diagnosis;
    },
  };
}
