import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { type TerminalIo, UsageError } from './terminal-io.ts';

/** Where a checkout has its evals; an installed package and the image have none. */
const EVALS_FOLDER = path.join(import.meta.dirname, '..', '..', 'evals');
/** As a shell says it of a process that was stopped. */
const STOPPED = 130;

/**
 * `wherefore eval …`: the eval suite of the checkout, started as a process of its own with the same arguments. Nothing here imports it: imports
 * point from the evals to the product. Whatever stands behind the name is the suite's, `--help` too.
 *
 * @param folder of the evals
 */
export function evalCommand(
  io: TerminalIo,
  finish: (exitCode: number) => void,
  folder: string = EVALS_FOLDER,
): Command {
  return new Command('eval')
    .description(
      'the eval suite of a checkout: every scenario put to the product, scored (eval --help shows its options)',
    )
    .argument('[arguments...]', 'as "npm run eval --" takes them')
    .allowUnknownOption()
    .action(async (given: string[]) => {
      const main = path.join(folder, 'suite', 'main.ts');
      if (!existsSync(main))
        throw new UsageError(
          'the evals are not part of this installation: they come with a checkout of the repository (there: npm ci, then wherefore eval)',
        );
      finish(await runChild(main, given, path.dirname(folder), io));
    });
}

/** Runs it to its end; what it writes is handed on as it comes. */
async function runChild(main: string, given: readonly string[], cwd: string, io: TerminalIo): Promise<number> {
  io.willStop?.();
  const child = spawn(process.execPath, [main, ...given], {
    // Reports, results and the workers' settings are found from the checkout.
    cwd,
    env: { ...io.environment },
    stdio: io.childStreams ?? ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => io.write(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => io.writeError(text));
  const stop = () => child.kill('SIGTERM');
  if (io.stop?.aborted) stop();
  io.stop?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? STOPPED));
    });
  } finally {
    io.stop?.removeEventListener('abort', stop);
  }
}
