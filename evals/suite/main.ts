import { rmSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { BaselineError, readBaseline } from '../baseline/baseline.ts';
import { baselineOf } from '../baseline/baseline-of.ts';
import { compareWithBaseline } from '../baseline/compare-with-baseline.ts';
import { judgeGates } from '../baseline/judge-gates.ts';
import { readyForPromotion, recordCleanRuns } from '../baseline/record-clean-runs.ts';
import { writeBaseline } from '../baseline/write-baseline.ts';
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
  .addOption(new Option('--workers <n>', 'side by side').argParser(whole).default(2))
  .option('--to <dir>', 'folder for trials and reports', path.join('.wherefore', 'evals'))
  .option('--max-usd <usd>', 'live: the most that all of it may cost, what an earlier run cost among it', positive)
  .option('--per-minute <n>', 'live: questions a minute', positive)
  .option('--update-baseline', 'agrees to what changed: writes evals/baseline/baseline.json')
  .option('--no-gate', 'tells what would block, and ends well')
  .option('--resume', 'make only what is missing in that folder')
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
  gate: boolean;
  resume?: boolean;
}>();

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
  shards: given.workers,
});
if (!plan.success) {
  for (const { path: at, message } of plan.error.issues) console.error(`eval: ${at.join('.')}: ${message}`);
  process.exit(2);
}
if (!given.resume) rmSync(plan.data.folder, { recursive: true, force: true });
try {
  const result = await runSuite(plan.data, modelName(process.env), (line) => console.error(line));
  const baseline = readBaseline();
  const difference = compareWithBaseline(result, baseline);
  const verdict = judgeGates(result, difference);
  for (const { kind, id, why } of verdict.faults) console.log(`BLOCKED ${kind} ${id ?? ''}: ${why}`);
  if (given.updateBaseline) {
    const kept = recordCleanRuns(baselineOf(result, baseline), result);
    writeBaseline(kept);
    for (const id of readyForPromotion(kept, result))
      console.log(`ready to be always right: npm run eval -- --promote ${id}`);
  }
  console.log(verdict.passed ? 'all gates passed' : `${verdict.faults.length} faults`);
  if (given.gate && !verdict.passed && !given.updateBaseline) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof SuiteError || error instanceof BaselineError || error instanceof ScenarioError)) throw error;
  console.error(`eval: ${error.message}`);
  process.exitCode = 2;
}
