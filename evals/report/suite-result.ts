import type { Expected, Scenario } from '../scenario/scenario.ts';
import type { Tag } from '../scenario/tags.ts';
import type { Score, Scorer } from '../scorers/scorer.ts';
import type { Trial, Variant } from '../trial/trial.ts';

/** A whole run of the suite as plain JSON: every report, the difference to the baseline and the gates are pure functions of it. */
export interface SuiteResult {
  schemaVersion: 1;
  product: Product;
  /** ISO 8601 in UTC with `Z`. */
  startedAt: string;
  /** Wall clock of the whole run. */
  durationMs: number;
  /** Decides the new names of renamed asks, and every draw of the statistics. */
  seed: number;
  variants: readonly Variant[];
  /** What was chosen, in words (“tag chinese, variant rules”); null: everything of these variants. */
  filter: string | null;
  scorers: readonly ScorerInfo[];
  /** Names of the scorers that decide whether an answer is right, named before the run: all that speak of a trial must give 1. */
  decidedBy: readonly string[];
  /** In any order; also what was not run. */
  scored: readonly ScoredTrial[];
}

/** What was evaluated. */
export interface Product {
  version: string;
  /** Null outside a checkout. */
  commit: string | null;
  /** Hash of all that decides an answer beside the version (rules, catalogue, prompts); null where nobody worked it out. */
  contentHash: string | null;
  /** Name of the model as its server calls it; null without `live`. */
  model: string | null;
}

/** A scorer as reports name it. */
export interface ScorerInfo {
  name: string;
  /** What it measures and what 1 and 0 mean. */
  measures: string;
  isHardGate: boolean;
  /** Its value depends on the clock or on the machine: not held against the baseline. */
  isTimed: boolean;
}

/** One trial with what its scorers say, and with what of the scenario a report needs. */
export interface ScoredTrial {
  trial: Trial;
  /** Empty for what was not run. */
  scores: readonly Score[];
  /** Title of the scenario: may say the cause. */
  title: string;
  /** The base incident: trials of one are drawn together, because they stand and fall together. A derived scenario's is its origin's. */
  incident: string;
  tags: readonly Tag[];
  /** In the trial's own names. */
  expected: Expected;
  gate: Scenario['gate'];
  gateBecause: string | null;
}

/** Puts a trial, its scores and its scenario together. @param scenario in the trial's own names, as `Truth` has it */
export function scoredTrial(trial: Trial, scores: readonly Score[], scenario: Scenario): ScoredTrial {
  return {
    trial,
    scores,
    title: scenario.title,
    incident: scenario.provenance.from ?? scenario.id,
    tags: scenario.tags,
    expected: scenario.expected,
    gate: scenario.gate,
    gateBecause: scenario.gateBecause ?? null,
  };
}

/** A scorer as the result of a run keeps it. */
export function scorerInfo(scorer: Scorer): ScorerInfo {
  const { name, measures, isHardGate, isTimed = false } = scorer;
  return { name, measures, isHardGate, isTimed };
}
