import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import type { Form } from './ask.ts';

/** Who answers: the analyst alone; the loop and the gate with recorded turns of a model; a model by settings. */
export const VARIANTS = ['rules', 'scripted', 'live'] as const;

export type Variant = (typeof VARIANTS)[number];

/** One question put once. Plain JSON: a line of the file that a run is resumed from. */
export interface Trial {
  /** The ask's id, the variant, and which of several times: `<scenario>/asked-1 live #2`. */
  id: string;
  askId: string;
  scenarioId: string;
  variant: Variant;
  form: Form;
  language: 'en' | 'zh' | 'mixed';
  /** Counted from 1; more than 1 for `live` alone. */
  attempt: number;
  question: string;
  /** `not_run`: the set-up failed; no score, no zero. `crashed`: the product threw; scored as wrong. */
  status: 'ran' | 'crashed' | 'not_run';
  /** Why it crashed or was not run. */
  why: string | null;
  /** As the product gave it; null unless it ran. */
  diagnosis: Diagnosis | null;
  /** Sources that were opened while it was answered, by their names in evidence: files and answers. */
  read: readonly string[];
  durationMs: number;
  /** Until the first thing was certain; null: nothing was told before the answer. */
  firstMs: number | null;
}
