import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import type { Expected } from '../scenario/scenario.ts';
import type { Trial } from '../trial/trial.ts';
import type { Score, Scorer, Truth } from './scorer.ts';

/** A trial that has an answer, with what it is held against. */
export interface Answered {
  trial: Trial;
  diagnosis: Diagnosis;
  expected: Expected;
  truth: Truth;
}

/** What a scorer finds; `value` from 0 to 1, null where it has nothing to say after all. */
export interface Judged {
  value: number | null;
  /** Why it is not 1. */
  detail?: string;
  /** Hard gates: null only where there was nothing to hold. */
  passed?: boolean | null;
  figures?: Readonly<Record<string, number | string>>;
}

interface Plan {
  name: string;
  measures: string;
  isHardGate?: boolean;
  /** Whether the truth says anything that this scorer holds an answer against: where it does, a crash is 0, else it is not counted. */
  expects: (expected: Expected) => boolean;
  judge: (answered: Answered) => Judged | Promise<Judged>;
}

/**
 * A scorer with what all share: what was not run is not scored; a crash is 0 for whatever the truth speaks of, so that a product that crashes on
 * its hard cases gains nothing by it; a hard gate has nothing to hold then, since nobody was shown anything.
 */
export function scorerOf({ name, measures, isHardGate = false, expects, judge }: Plan): Scorer {
  return {
    name,
    measures,
    isHardGate,
    score: async (trial, truth): Promise<Score> => {
      const { expected } = truth.scenario;
      const nothing: Score = { scorer: name, value: null, passed: null, detail: '' };
      if (trial.status === 'not_run' || !expects(expected)) return nothing;
      if (trial.diagnosis === null) {
        return isHardGate ? nothing : { ...nothing, value: 0, detail: `crashed: ${trial.why ?? 'it is not said why'}` };
      }
      const judged = await judge({ trial, diagnosis: trial.diagnosis, expected, truth });
      return {
        scorer: name,
        value: judged.value,
        passed: judged.passed ?? null,
        detail: judged.value === 1 ? '' : (judged.detail ?? ''),
        ...(judged.figures ? { figures: judged.figures } : {}),
      };
    },
  };
}
