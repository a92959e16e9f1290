import type { Variant } from '../trial/trial.ts';
import { expectedCode, givenCode } from './given-code.ts';
import { brokenGates, isRight } from './is-right.ts';
import type { ScoredTrial, SuiteResult } from './suite-result.ts';

/** A scenario that went badly, in one variant, shown by its worst trial. */
export interface WorstCase {
  scenarioId: string;
  variant: Variant;
  title: string;
  /** The trial that went worst. */
  worst: ScoredTrial;
  /** Its trials that were made, and those of them that are wrong or break a hard gate. */
  trials: number;
  bad: number;
  /** What is wrong with the worst one, most serious first. */
  why: readonly string[];
}

/** What counts how much; a hard gate more than all else together. Between equals the mean of the scorers decides. */
const SERIOUS = { hardGate: 1000, crashed: 500, wrongConfirmed: 300, wrong: 200, always: 100 } as const;

/** The scenarios that went worst, worst first; one that is right throughout and below 1 somewhere comes last, one that is perfect not at all. */
export function worstCases(result: SuiteResult, count = 10): WorstCase[] {
  const made = result.scored.filter(({ trial }) => trial.status !== 'not_run');
  const groups = Map.groupBy(made, ({ trial }) => `${trial.scenarioId} ${trial.variant}`);
  return [...groups.values()]
    .flatMap((trials) => {
      const ranked = trials
        .map((scored) => ({ scored, serious: seriousness(scored, result) }))
        .sort((a, b) => b.serious - a.serious || (a.scored.trial.id < b.scored.trial.id ? -1 : 1));
      const [worst] = ranked;
      if (worst === undefined || worst.serious === 0) return [];
      return [{ worst, bad: ranked.filter(({ serious }) => serious >= SERIOUS.wrong).length, trials: trials.length }];
    })
    .sort((a, b) => b.worst.serious - a.worst.serious || b.bad - a.bad || byId(a.worst.scored, b.worst.scored))
    .slice(0, count)
    .map(({ worst: { scored }, bad, trials }) => ({
      scenarioId: scored.trial.scenarioId,
      variant: scored.trial.variant,
      title: scored.title,
      worst: scored,
      trials,
      bad,
      why: whyBad(scored, result),
    }));
}

const byId = (a: ScoredTrial, b: ScoredTrial) => (a.trial.id < b.trial.id ? -1 : 1);

function seriousness(scored: ScoredTrial, result: SuiteResult): number {
  const right = isRight(scored, result.decidedBy);
  const values = scored.scores.flatMap(({ value }) => value ?? []);
  const lost = values.length === 0 ? 0 : 1 - values.reduce((sum, value) => sum + value, 0) / values.length;
  const wrong = right ? 0 : SERIOUS.wrong + (scored.gate === 'always' ? SERIOUS.always : 0);
  const sure = !right && scored.trial.diagnosis?.rootCauses[0]?.standing === 'confirmed';
  return (
    brokenGates(scored, result.scorers).length * SERIOUS.hardGate +
    (scored.trial.status === 'crashed' ? SERIOUS.crashed : 0) +
    (sure ? SERIOUS.wrongConfirmed : 0) +
    wrong +
    lost
  );
}

/** Sentences for whoever mends it: what broke, what was taken for what, then what each scorer misses. */
export function whyBad(scored: ScoredTrial, result: SuiteResult): string[] {
  const { trial, scores } = scored;
  const broken = brokenGates(scored, result.scorers);
  const standing = trial.diagnosis?.rootCauses[0]?.standing;
  const below = scores
    .filter(({ scorer, value }) => value !== null && value < 1 && !broken.includes(scorer))
    .sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
  return [
    ...(trial.status === 'crashed' ? [`crashed: ${trial.why ?? 'nobody said why'}`] : []),
    ...broken.map((name) => `breaks ${name}: ${scores.find(({ scorer }) => scorer === name)?.detail ?? ''}`),
    ...(isRight(scored, result.decidedBy) === false && trial.status === 'ran'
      ? [`expected ${expectedCode(scored)}, given ${givenCode(scored)}${standing ? `, ${standing}` : ''}`]
      : []),
    ...below.map(({ scorer, value, detail }) => `${scorer} ${(value ?? 0).toFixed(2)}: ${detail}`),
  ];
}
