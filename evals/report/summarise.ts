import { brierScore, type Forecast } from '../statistics/brier-score.ts';
import { calibrationError, calibrationTable } from '../statistics/calibration-table.ts';
import { clusteredShare } from '../statistics/clustered-share.ts';
import { confusionTable } from '../statistics/confusion-table.ts';
import { coverageRisk } from '../statistics/coverage-risk.ts';
import type { Share } from '../statistics/interval.ts';
import { meanPassPower } from '../statistics/pass-power.ts';
import { VARIANTS, type Variant } from '../trial/trial.ts';
import { confidenceOf } from './confidence-of.ts';
import { costsOf } from './costs-of.ts';
import { cutsOf } from './cuts-of.ts';
import { expectedCode, givenCode, groupOf, isFirstTrue } from './given-code.ts';
import { isRight } from './is-right.ts';
import { hardGatesOf, scorersOf } from './scorers-of.ts';
import type { ScoredTrial, SuiteResult } from './suite-result.ts';
import type { Summary, VariantSummary } from './summary.ts';

/** The figures of a run. What was not run is in none of them, and named. */
export function summarise(result: SuiteResult): Summary {
  return {
    variants: VARIANTS.filter((variant) => result.variants.includes(variant)).map((variant) =>
      ofVariant(variant, result),
    ),
    notRun: result.scored
      .filter(({ trial }) => trial.status === 'not_run')
      .map(({ trial }) => ({ id: trial.id, why: trial.why ?? 'nobody said why' })),
  };
}

function ofVariant(variant: Variant, result: SuiteResult): VariantSummary {
  const all = result.scored.filter(({ trial }) => trial.variant === variant);
  const made = all.filter(({ trial }) => trial.status !== 'not_run');
  const judged = made.map((scored) => ({ scored, right: isRight(scored, result.decidedBy) === true }));
  const forecasts = judged.flatMap(({ scored, right }): Forecast[] => {
    const confidence = confidenceOf(scored.trial.diagnosis);
    return confidence === null ? [] : [{ confidence, right }];
  });
  const calibration = calibrationTable(forecasts);
  return {
    variant,
    isAccuracy: variant !== 'scripted',
    incidents: new Set(made.map(({ incident }) => incident)).size,
    asks: new Set(made.map(({ trial }) => trial.askId)).size,
    attempts: Math.max(0, ...made.map(({ trial }) => trial.attempt)),
    trials: made.length,
    crashed: made.filter(({ trial }) => trial.status === 'crashed').length,
    notRun: all.length - made.length,
    right: shareOf(judged, ({ right }) => right, result.seed),
    wrongConfirmed: shareOf(judged, ({ scored, right }) => !right && isSure(scored), result.seed),
    cuts: cutsOf(all, result),
    scorers: scorersOf(made, result),
    hardGates: hardGatesOf(made, result),
    behaviours: confusionTable(made.map((scored) => [scored.expected.behaviour, shownBehaviour(scored)])),
    groups: confusionTable(made.map(groupPair)),
    confusions: confusionsOf(made),
    coverageRisk: coverageRisk(
      judged.map(({ scored, right }) => ({ confidence: confidenceOf(scored.trial.diagnosis), right })),
    ),
    abstained: made.filter(({ trial }) => confidenceOf(trial.diagnosis) === null).length,
    calibration,
    calibrationError: calibrationError(calibration),
    brier: brierScore(forecasts),
    ...repeatsOf(judged),
    costs: costsOf(made),
  };
}

interface Judged {
  scored: ScoredTrial;
  right: boolean;
}

function shareOf(judged: readonly Judged[], is: (judged: Judged) => boolean, seed: number): Share | null {
  const clusters = [...Map.groupBy(judged, ({ scored }) => scored.incident).values()];
  return clusteredShare(
    clusters.map((cluster) => cluster.map(is)),
    seed,
  );
}

const isSure = ({ trial }: ScoredTrial) => trial.diagnosis?.rootCauses[0]?.standing === 'confirmed';

/** In the words of `expected.behaviour`. */
export function shownBehaviour({ trial }: ScoredTrial): string {
  const outcome = trial.diagnosis?.outcome;
  if (outcome === undefined) return 'crashed';
  return outcome === 'answered' ? 'answer' : outcome === 'refused' ? 'refuse' : outcome;
}

function groupPair(scored: ScoredTrial): [string, string] {
  const expected = groupOf(expectedCode(scored));
  return [expected, isFirstTrue(scored) ? expected : groupOf(givenCode(scored))];
}

function confusionsOf(made: readonly ScoredTrial[]): VariantSummary['confusions'] {
  const wrong = made.filter((scored) => !isFirstTrue(scored));
  return confusionTable(wrong.map((scored) => [expectedCode(scored), givenCode(scored)])).map((cell) => {
    const same = wrong.filter((scored) => expectedCode(scored) === cell.expected && givenCode(scored) === cell.given);
    return { ...cell, scenarios: [...new Set(same.map(({ trial }) => trial.scenarioId))].sort() };
  });
}

function repeatsOf(judged: readonly Judged[]): Pick<VariantSummary, 'passPower' | 'flipping'> {
  const asks = [...Map.groupBy(judged, ({ scored }) => scored.trial.askId).values()]
    .map((tries) => ({ right: tries.filter(({ right }) => right).length, tries: tries.length }))
    .filter(({ tries }) => tries > 1);
  const most = Math.max(0, ...asks.map(({ tries }) => tries));
  return {
    passPower: Array.from({ length: most }, (_, at) => ({ k: at + 1, value: meanPassPower(asks, at + 1) ?? 0 })),
    flipping: { asks: asks.filter(({ right, tries }) => right > 0 && right < tries).length, of: asks.length },
  };
}
