import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { chaosTable } from './chaos-table.ts';
import { breachesOf } from './judge-answers.ts';
import { type ChaosOutcome, runChaos } from './run-chaos.ts';
import { SET_UPS } from './set-ups.ts';

function whole(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a whole number from 1 on');
  return number;
}

const program = new Command('slack:chaos')
  .description(
    'asks while bots are killed and Slack is in trouble; every question has to be answered once or told so once',
  )
  .option('--questions <n>', 'questions in each set-up', whole, 500)
  .option('--seed <n>', 'of the questions, the kills and the faults', whole, 7)
  .option('--kill-every <seconds>', 'between a bot that is there and its kill, on average', Number, 7)
  .option('--ask-every <seconds>', 'between two questions, on average', Number, 0.4)
  .option('--set-up <n>', `only one: ${SET_UPS.map(({ name }, at) => `${at + 1} ${name}`).join('; ')}`, whole)
  .option(
    '--from <folder>',
    'the capture to answer from',
    path.join(import.meta.dirname, '../../../bot/demo/failed-run'),
  )
  .option('--complaints', 'show what the bots logged as warnings and errors')
  .parse();
const given = program.opts<{
  questions: number;
  seed: number;
  killEvery: number;
  askEvery: number;
  setUp?: number;
  from: string;
  complaints?: boolean;
}>();

const outcomes: ChaosOutcome[] = [];
for (const setUp of given.setUp === undefined ? SET_UPS : SET_UPS.slice(given.setUp - 1, given.setUp)) {
  console.log(`\n${setUp.name}: ${given.questions} questions, seed ${given.seed}`);
  const outcome = await runChaos(setUp, {
    questions: given.questions,
    seed: given.seed,
    askEveryMs: given.askEvery * 1000,
    killEveryMs: given.killEvery * 1000,
    kills: { least: Math.ceil(given.questions / 25), most: Math.ceil(given.questions / 8) },
    settleMs: 240_000,
    from: given.from,
    isIndexed: true,
    say: (line) => console.log(`  ${line}`),
  });
  outcomes.push(outcome);
  for (const breach of breachesOf(outcome.judged)) console.log(`  BREACH ${breach}`);
  if (given.complaints)
    for (const [line, count] of [...outcome.complaints].sort((a, b) => b[1] - a[1]).slice(0, 40))
      console.log(`  ${String(count).padStart(4)} × ${line}`);
}
console.log(`\n${chaosTable(outcomes)}`);
const isBroken = ({ judged, leftProcesses }: ChaosOutcome) => breachesOf(judged).length > 0 || leftProcesses > 0;
process.exitCode = outcomes.some(isBroken) ? 1 : 0;
