import { Command } from 'commander';
import { UsageError } from './terminal-io.ts';

/** Commands that the product will have and this version does not: they say so instead of "unknown command". */
const LATER = {
  eval: 'the eval suite behind one command; until then: npm run eval',
} as const;

/** One command for each name, each ending with exit code 2 and a sentence. */
export function laterCommands(): Command[] {
  return Object.entries(LATER).map(([name, what]) =>
    new Command(name)
      .description(`not in this version: ${what}`)
      .allowUnknownOption()
      .action(() => {
        throw new UsageError(`"wherefore ${name}" is not in this version (${what})`);
      }),
  );
}
