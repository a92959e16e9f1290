import { createHash } from 'node:crypto';
import { brokenGates, isRight } from '../report/is-right.ts';
import type { ScoredTrial, SuiteResult } from '../report/suite-result.ts';
import { type Baseline, type BaselineEntry, BaselineError } from './baseline.ts';
import { byBaselineKey } from './deterministic.ts';

/**
 * The baseline that a run becomes. A run of a part (a filter, one variant) takes the place of that part of the former one.
 *
 * @throws BaselineError when something was not run, which would be forgotten, or a part was scored by other scorers
 */
export function baselineOf(result: SuiteResult, former: Baseline | null): Baseline {
  const trials = byBaselineKey(result);
  const notRun = [...trials].filter(([, { trial }]) => trial.status === 'not_run').map(([key]) => key);
  if (notRun.length > 0) throw new BaselineError(`not run, so there is nothing to agree to: ${notRun.join(', ')}`);
  if (trials.size === 0) throw new BaselineError('no deterministic variant was run');
  const kept = Object.entries(former?.entries ?? {}).filter(([key]) => !isRunAgain(key, result));
  const scorers = heldScorers(result);
  // What is not written is 1: a former entry would say so of scorers that were never asked of it.
  if (kept.length > 0 && former?.scorers.join() !== scorers.join()) {
    throw new BaselineError(
      'the scorers are others than those of the baseline: run every deterministic variant, unfiltered',
    );
  }
  const fresh = [...trials].map(([key, scored]) => [key, entryOf(scored, result)] as const);
  return {
    schemaVersion: 1,
    product: { version: result.product.version, commit: result.product.commit },
    scorers,
    cleanRuns: former?.cleanRuns ?? {},
    entries: Object.fromEntries([...kept, ...fresh]),
  };
}

/** A run of everything speaks for all asks of its variants: also of those that are no longer put. */
function isRunAgain(key: string, { filter, variants }: SuiteResult): boolean {
  return filter === null && variants.some((variant) => key.endsWith(` ${variant}`));
}

/** Names of the scorers whose values are held, in their order. */
export function heldScorers({ scorers }: SuiteResult): string[] {
  return scorers.filter(({ isTimed }) => !isTimed).map(({ name }) => name);
}

/** What the baseline keeps of one trial that was run. */
export function entryOf(scored: ScoredTrial, result: SuiteResult): BaselineEntry {
  const { trial, scores } = scored;
  const [first] = trial.diagnosis?.rootCauses ?? [];
  const values = heldScorers(result).map((name) => {
    const value = scores.find(({ scorer }) => scorer === name)?.value ?? null;
    return { name, value: value === null ? null : Math.round(value * 100) / 100 };
  });
  return {
    first: first?.code ?? null,
    standing: first?.standing ?? null,
    outcome: trial.diagnosis?.outcome ?? trial.status,
    right: isRight(scored, result.decidedBy) === true,
    broken: brokenGates(scored, result.scorers).sort(),
    below: Object.fromEntries(
      values.flatMap(({ name, value }) => (value === null || value === 1 ? [] : [[name, value]])),
    ),
    unsaid: values.flatMap(({ name, value }) => (value === null ? [name] : [])).sort(),
    ...(trial.form === 'renamed' ? {} : { asked: hashed(trial.question) }),
  };
}

/** Six digits: enough to see that a question is another one. */
function hashed(question: string): string {
  return createHash('sha256').update(question).digest('hex').slice(0, 6);
}
