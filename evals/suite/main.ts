import { existsSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { plural } from '../../tools/evidence/spoken-figures.ts';
import { BaselineError, readBaseline } from '../baseline/baseline.ts';
import { baselineOf } from '../baseline/baseline-of.ts';
import { promoteScenario } from '../baseline/promote-scenario.ts';
import { CLEAN_RUNS_NEEDED, recordCleanRuns } from '../baseline/record-clean-runs.ts';
import { writeBaseline } from '../baseline/write-baseline.ts';
import { makeReport } from '../report/make-report.ts';
import { printTable } from '../report/print-table.ts';
import { readSuiteResult, SuiteResultError } from '../report/read-suite-result.ts';
import { writeReports } from '../report/write-reports.ts';
import { SCENARIOS_FOLDER, ScenarioError } from '../scenario/read-scenarios.ts';
import { FORMS } from '../trial/ask.ts';
import { VARIANTS } from '../trial/trial.ts';
import { EVERYTHING, PLAN } from './plan.ts';
import { runSuite, SuiteError } from './run-suite.ts';

function whole(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a whole number from 1 on');
  return number;
}
function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('a number above 0');
  return number;
}
const list = (value: string) => value.split(',').filter((part) => part !== '');

/** As its server calls it; null without one. */
function modelName({ WHEREFORE_MODEL_STRONG, WHEREFORE_MODEL_SMALL }: NodeJS.ProcessEnv): string | null {
  const names = [WHEREFORE_MODEL_STRONG, WHEREFORE_MODEL_SMALL].filter((name) => name !== undefined && name !== '');
  return names.length > 0 ? [...new Set(names)].join(' + ') : null;
}

/** As many projects stand in `vitest.config.ts`. */
const MOST_WORKERS = 8;

const program = new Command('eval')
  .description('puts every scenario to the product and scores what it answers')
  .option('--only <ids>', 'parts of scenario ids, with commas', list, [])
  .option('--tag <tags>', 'tags, with commas', list, [])
  .option('--code <codes>', 'expected codes or their beginnings, with commas', list, [])
  .option('--variant <variants>', `with commas: ${VARIANTS.join(', ')}`, list, ['rules', 'scripted'])
  .option('--form <forms>', `with commas: ${FORMS.join(', ')}`, list, [])
  .option('--language <languages>', 'with commas: en, zh, mixed', list, [])
  .option('--seed <n>', 'decides the new names of renamed captures', whole, 1)
  .option('--attempts <n>', 'how often each question is put to a model', whole, 3)
  .addOption(
    new Option('--workers <n>', 'side by side, 8 at the most')
      .argParser(whole)
      .default(Math.min(MOST_WORKERS, availableParallelism())),
  )
  .option(
    '--to <dir>',
    'folder for trials and reports; what an earlier run left there is replaced',
    path.join('.wherefore', 'evals'),
  )
  .option('--max-usd <usd>', 'live: the most that all of it may cost, what an earlier run cost among it', positive)
  .option('--per-minute <n>', 'live: questions a minute', positive)
  .option('--update-baseline', 'agrees to what changed: writes evals/baseline/baseline.json')
  .option(
    '--promote <ids>',
    'makes these scenarios always right, where clean runs allow it, and runs nothing',
    list,
    [],
  )
  .option('--earlier <run>', 'live: an earlier run to compare with')
  .option('--no-gate', 'tells what would block, and ends well')
  .option('--resume', 'make only what is missing in that folder')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const given = program.opts<{
  only: string[];
  tag: string[];
  code: string[];
  variant: string[];
  form: string[];
  language: string[];
  seed: number;
  attempts: number;
  workers: number;
  to: string;
  maxUsd?: number;
  perMinute?: number;
  updateBaseline?: boolean;
  promote: string[];
  earlier?: string;
  gate: boolean;
  resume?: boolean;
}>();

if (given.promote.length > 0) {
  try {
    for (const id of given.promote) promote(id);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    console.error(`eval: ${error.message}`);
    process.exit(2);
  }
}

/** Only what is told to be a run's folder is emptied: `--to .` shall cost nobody anything. */
function empty(folder: string): void {
  const isRun = existsSync(path.join(folder, 'run.json'));
  if (existsSync(folder) && readdirSync(folder).length > 0 && !isRun) {
    console.error(`eval: ${folder} is not empty and holds no earlier run`);
    process.exit(2);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** @throws BaselineError when there is no such scenario, or it was not clean often enough */
function promote(id: string): void {
  const folder = path.join(SCENARIOS_FOLDER, id);
  if (!/^[a-z0-9-]+$/.test(id) || !existsSync(folder)) throw new BaselineError(`there is no scenario ${id}`);
  const clean = readBaseline()?.cleanRuns[id]?.length ?? 0;
  if (clean < CLEAN_RUNS_NEEDED)
    throw new BaselineError(
      `${id} had ${plural(clean, 'clean run')} with different seeds, and needs ${CLEAN_RUNS_NEEDED}`,
    );
  promoteScenario(folder);
  console.log(`${id} is always right from now on`);
}

const plan = PLAN.safeParse({
  scenarios: SCENARIOS_FOLDER,
  folder: path.resolve(given.to),
  seed: given.seed,
  variants: given.variant,
  attempts: given.attempts,
  filter: {
    ...EVERYTHING,
    ids: given.only,
    tags: given.tag,
    codes: given.code,
    forms: given.form,
    languages: given.language,
  },
  live: { maxUsd: given.maxUsd ?? null, perMinute: given.perMinute ?? null },
  shards: Math.min(MOST_WORKERS, given.workers),
});
if (!plan.success) {
  for (const { path: at, message } of plan.error.issues) console.error(`eval: ${at.join('.')}: ${message}`);
  process.exit(2);
}
if (!given.resume) empty(plan.data.folder);
try {
  const result = await runSuite(plan.data, modelName(process.env), (line) => console.error(line));
  const earlier = given.earlier === undefined ? null : readSuiteResult(given.earlier);
  const report = makeReport(result, { baseline: readBaseline(), earlier });
  const { verdict } = report;
  printTable(report, console.log, process.stdout.columns);
  console.log(`\n${path.relative(process.cwd(), writeReports(report, plan.data.folder))}`);
  if (given.updateBaseline) writeBaseline(recordCleanRuns(baselineOf(result, readBaseline()), result));
  else if (given.gate && !verdict.passed) process.exitCode = 1;
} catch (error) {
  if (
    !(
      error instanceof SuiteError ||
      error instanceof BaselineError ||
      error instanceof ScenarioError ||
      error instanceof SuiteResultError
    )
  )
    throw error;
  console.error(`eval: ${error.message}`);
  process.exitCode = 2;
}
