import type { Platform } from '../../tools/platform/platform.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Trial } from '../trial/trial.ts';

/** What scorers are held against: the scenario in the names of this trial (renamed where the trial was), and the bytes it was answered from. */
export interface Truth {
  /** With `expected` in the trial's own names and times. */
  scenario: Scenario;
  /** Opened anew by the eval, not what the answer was given: nothing that the answer did to its platform is seen here. */
  platform: Platform;
}

/** What one scorer says of one trial. */
export interface Score {
  /** Name of the scorer. */
  scorer: string;
  /** From 0 to 1; null where the scorer has nothing to say of this trial: not counted. */
  value: number | null;
  /** For hard gates: false is a fault whatever the scenario's gate. Null for what only measures. */
  passed: boolean | null;
  /** Why it is not 1, in a sentence for whoever mends it; empty when it is. */
  detail: string;
  /** Figures of the scorer beside its value, by name with unit: `toolCalls`, `durationMs`. */
  figures?: Readonly<Record<string, number | string>>;
}

/** Measures one thing of a trial. Code alone: a judge model is reported beside these, never among them. */
export interface Scorer {
  name: string;
  /** What it measures and what 1 and 0 mean, for the report. */
  measures: string;
  /** One trial that fails is enough to block, in every scenario. */
  isHardGate: boolean;
  /** Its value depends on the clock or on the machine: never held against the baseline. Absent: it does not. */
  isTimed?: boolean;
  score(trial: Trial, truth: Truth): Promise<Score>;
}
