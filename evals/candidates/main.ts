import { randomInt } from 'node:crypto';
import path from 'node:path';
import { Command } from 'commander';
import { visibleText } from '../../bot/render/visible-text.ts';
import { UsageError } from '../../bot/terminal/terminal-io.ts';
import { unusableCode } from '../../bot/terminal/unusable.ts';
import { makeCandidate } from './make-candidate.ts';

const MAX_SEED = 2 ** 32;
const REVIEW = path.join('evals', 'candidates', 'review');

const program = new Command('eval:candidate')
  .description(
    'makes a candidate for a scenario of a case that people found wrong, or resolved: masked, to be reviewed',
  )
  .argument('<case>', 'case_… (as "wherefore cases" lists them), or a file candidates/case_….json of the bot')
  .option('--capture <dir>', 'the capture of what was read (wherefore capture); without it there is no scenario yet')
  .option('--to <dir>', 'folder for candidates', REVIEW)
  .option('--rename', 'other hosts, users, queues, jobs, paths and times, in the capture and all that names them')
  .option('--person <names...>', 'names of people to be taken out everywhere')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const given = program.opts<{ capture?: string; to: string; rename?: boolean; person?: string[] }>();
try {
  process.loadEnvFile('.env');
} catch {
  // No .env is the usual case: the store is where it is without one.
}
try {
  const { folder, hasCapture, leaks } = await makeCandidate({
    of: program.args[0] ?? '',
    capture: given.capture ?? null,
    to: given.to,
    people: given.person ?? [],
    // Drawn anew and kept nowhere: whoever knows the seed can undo the renaming.
    renameSeed: given.rename === true ? randomInt(1, MAX_SEED) : null,
    environment: process.env,
  });
  console.log(folder);
  for (const leak of leaks) console.error(`it would tell the answer: ${visibleText(leak)}`);
  if (hasCapture) console.error('a candidate, to be reviewed: REVIEW.md says how');
  else console.error('no scenario yet: it has no capture (REVIEW.md says how to record one)');
} catch (error) {
  if (unusableCode(error) === null || !(error instanceof Error)) throw error;
  for (const line of error instanceof UsageError ? error.problems : [error.message])
    console.error(`eval:candidate: ${visibleText(line)}`);
  process.exitCode = 2;
}
