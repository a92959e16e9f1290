import { rmSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { SCENARIOS_FOLDER } from '../scenario/read-scenarios.ts';
import { FORMS } from '../trial/ask.ts';
import { VARIANTS } from '../trial/trial.ts';
import { EVERYTHING, PLAN } from './plan.ts';
import { runSuite, SuiteError } from './run-suite.ts';

function whole(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a whole number from 1 on');
  return number;
}
const list = (value: string) => value.split(',').filter((part) => part !== '');

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
  shards: given.workers,
});
if (!plan.success) {
  for (const { path: at, message } of plan.error.issues) console.error(`eval: ${at.join('.')}: ${message}`);
  process.exit(2);
}
if (!given.resume) rmSync(plan.data.folder, { recursive: true, force: true });
try {
  const result = await runSuite(plan.data, null, (line) => console.error(line));
  console.log(result.scored.length);
} catch (error) {
  if (!(error instanceof SuiteError)) throw error;
  console.error(`eval: ${error.message}`);
  process.exitCode = 1;
}
