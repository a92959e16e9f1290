import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';
import { BUILT_IN_FOLDER } from '../../knowledge/ingestion/collection.ts';
import { draftRunbook } from '../cases/draft-runbook.ts';
import { DIAGNOSIS, type Diagnosis } from '../investigation/diagnosis.ts';
import type { TerminalIo } from './terminal-io.ts';
import { Unusable } from './unusable.ts';

interface DraftOptions {
  fixed: string;
  cause?: string;
  by?: string;
  to: string;
}

/** `wherefore draft ANSWER.json --fixed "…"`: a resolved case as a draft runbook, a file for a person to review. */
export function draftCommand(io: TerminalIo): Command {
  return new Command('draft')
    .description(
      'makes a draft runbook of an answer (ask --json) and of what fixed it, as a file to review; a hand-off resolved in Slack makes one by itself',
    )
    .argument('<answer>', 'the file with the answer')
    .requiredOption('--fixed <text>', 'what fixed it')
    .option('--cause <code>', 'the cause, where it was another than the answer says')
    .option('--by <name>', 'who resolved it')
    .option('--to <dir>', 'folder for drafts', path.join('.wherefore', 'drafts'))
    .action(async (file: string, options: DraftOptions) => {
      const unusable = new Unusable();
      const diagnosis = await answerOf(file, unusable);
      const code = options.cause ?? null;
      if (code !== null && !CAUSE_CODES.some((known) => known === code))
        unusable.add('unusable_flag', `--cause ${code} is no root-cause code ("wherefore causes" lists them)`);
      if (options.fixed.trim() === '') unusable.add('unusable_flag', '--fixed is empty: say what helped');
      if (isWithin(path.resolve(options.to), BUILT_IN_FOLDER))
        unusable.add(
          'unusable_flag',
          `--to ${options.to} lies among the runbooks: a draft is reviewed before it goes there`,
        );
      unusable.throwAll();
      if (diagnosis === null) return;
      const resolvedOn = new Date().toISOString().slice(0, 10);
      const resolved = { diagnosis, fixedBy: options.fixed, code, resolver: options.by ?? null, resolvedOn };
      const { fileName, text, addsTo } = draftRunbook(resolved);
      await mkdir(options.to, { recursive: true });
      const target = path.join(options.to, fileName);
      await writeFile(target, text);
      io.write(`${target}\n`);
      io.writeError(addsTo === null ? 'a new runbook, to be reviewed\n' : `adds to ${addsTo}, to be reviewed\n`);
    });
}

async function answerOf(file: string, unusable: Unusable): Promise<Diagnosis | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    unusable.add('unusable_path', `${file} cannot be read (${error.code ?? 'unknown error'})`);
    return null;
  });
  if (text === null) return null;
  let parsed: ReturnType<typeof DIAGNOSIS.safeParse> | null = null;
  try {
    parsed = DIAGNOSIS.safeParse(JSON.parse(text));
  } catch {
    // Not JSON at all: told below.
  }
  if (parsed?.success) return parsed.data;
  unusable.add('unusable_input', `${file} is no answer of "wherefore ask --json"`);
  return null;
}

function isWithin(folder: string, parent: string): boolean {
  const relative = path.relative(parent, folder);
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
}
