import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readTrials } from '../suite/trial-store.ts';
import { compareWithLabels } from './compare-with-labels.ts';
import { readJudgeSettings } from './judge-settings.ts';
import { judgeTrials } from './judge-trials.ts';
import { readLabels } from './read-labels.ts';
import { sayJudgements } from './say-judgements.ts';

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('a number above 0');
  return number;
}
function whole(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a whole number from 1 on');
  return number;
}

const given = new Command('judge')
  .description('lets a model of another family say how well answers explain; reported only')
  .option('--from <dir>', 'folder of a run of the suite', path.join('.wherefore', 'evals'))
  .option('--seed <n>', 'decides the order of the questions', whole, 1)
  .option('--labelled', 'only answers that have a label')
  .option('--max-usd <usd>', 'the most that all of it may cost', positive)
  .parse()
  .opts<{ from: string; seed: number; labelled?: boolean; maxUsd?: number }>();

const problems: string[] = [];
const settings = readJudgeSettings(process.env, problems);
const trials = readTrials(path.resolve(given.from)).map(({ trial }) => trial);
const isPriced = settings !== null && Object.hasOwn(settings.prices, settings.strongModel);
if (given.maxUsd !== undefined && settings !== null && !isPriced)
  problems.push('--max-usd: WHEREFORE_JUDGE_PRICES does not name the model, so that its cost is not known');
if (trials.length === 0) problems.push(`${given.from} holds no trials: npm run eval makes them`);
if (settings === null && problems.length === 0) problems.push('no judge: WHEREFORE_JUDGE_URL is not set');
if (settings === null || problems.length > 0) {
  for (const problem of problems) console.error(`judge: ${problem}`);
  process.exitCode = 2;
} else {
  const labels = readLabels();
  const labelled = new Set(labels.labels.map(({ ask }) => ask));
  const judged = await judgeTrials(
    trials,
    settings,
    { seed: given.seed, only: given.labelled ? labelled : null, maxUsd: given.maxUsd ?? null },
    AbortSignal.any([]),
  );
  for (const line of sayJudgements(judged, compareWithLabels(labels, judged), labels)) console.log(line);
}
