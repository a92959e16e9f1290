import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startVitest } from 'vitest/node';
import { type Product, type SuiteResult, scorerInfo } from '../report/suite-result.ts';
import { readScenarios } from '../scenario/read-scenarios.ts';
import { SCORERS } from '../scorers/index.ts';
import { DECIDED_BY } from './decided-by.ts';
import { PLAN_VARIABLE, type Plan, spokenFilter } from './plan.ts';
import { plannedTrials } from './planned-trials.ts';
import { productOf } from './product-of.ts';
import { progressReporter } from './progress-reporter.ts';
import { readTrials } from './trial-store.ts';

/** The checkout: the suite may be started from anywhere. */
const ROOT = path.join(import.meta.dirname, '..', '..');

/** A plan that chooses nothing, or workers that did not come to their end. */
export class SuiteError extends Error {}

/**
 * Makes every trial of a plan that was not made before, by workers of vitest, and gives all of them. What a worker could not even begin is an
 * error, not a result with holes.
 *
 * @throws SuiteError when the plan chooses nothing, or trials are missing at the end
 */
export async function runSuite(plan: Plan, model: string | null, write: (line: string) => void): Promise<SuiteResult> {
  const planned = plannedTrials(plan, readScenarios(plan.scenarios));
  if (planned.length === 0) throw new SuiteError('nothing fits what was chosen');
  const product = productOf(model);
  begin(plan.folder, { product, seed: plan.seed });
  const startedAt = new Date();
  const planFile = path.join(plan.folder, 'plan.json');
  writeFileSync(planFile, JSON.stringify(plan, null, 2));
  process.env[PLAN_VARIABLE] = planFile;
  const vitest = await startVitest('test', [], {
    root: ROOT,
    config: path.join(ROOT, 'vitest.config.ts'),
    project: Array.from({ length: plan.shards }, (_, shard) => `evals-${shard + 1}`),
    reporters: [progressReporter(planned.length, write)],
    watch: false,
    run: true,
  });
  const broken = vitest.state.getUnhandledErrors();
  const files = vitest.state.getFiles().filter(({ result }) => (result?.errors?.length ?? 0) > 0);
  await vitest.close();
  // What failed in a trial is told by the gates; vitest's own verdict is not the suite's.
  process.exitCode = 0;
  const ids = new Set(planned.map(({ ask, variant, attempt }) => `${ask.id} ${variant} #${attempt}`));
  const scored = readTrials(plan.folder).filter(({ trial }) => ids.has(trial.id));
  if (scored.length < ids.size) {
    const why = [...broken, ...files.flatMap(({ result }) => result?.errors ?? [])]
      .map((error) => (error as Error).message)
      .join('; ');
    throw new SuiteError(
      `${ids.size - scored.length} of ${ids.size} trials were not made${why === '' ? '' : `: ${why}`}`,
    );
  }
  return {
    schemaVersion: 1,
    product,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    seed: plan.seed,
    variants: plan.variants,
    filter: spokenFilter(plan.filter),
    scorers: SCORERS.map(scorerInfo),
    decidedBy: DECIDED_BY,
    scored,
  };
}

/**
 * Notes what is evaluated. A run that is taken up again has to be of the same: trials of two products are no result.
 *
 * @throws SuiteError when the folder holds trials of another product or seed
 */
function begin(folder: string, of: { product: Product; seed: number }): void {
  const file = path.join(folder, 'run.json');
  const text = `${JSON.stringify(of, null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') !== text)
    throw new SuiteError(`${folder} holds trials of another product, model or seed: they cannot be taken up again`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
}
