import { runCommandLine } from './run-command-line.ts';
import type { TerminalIo } from './terminal-io.ts';

/** What one command line answered. */
export interface Answered {
  exitCode: number;
  out: string;
  err: string;
}

/** Test harness: one command line with nothing of this machine's environment; `input` stands for standard input. */
export async function answered(
  argv: readonly string[],
  more: Partial<TerminalIo> & { text?: string } = {},
): Promise<Answered> {
  const { text = '', ...io } = more;
  let out = '';
  let err = '';
  const exitCode = await runCommandLine(argv, {
    environment: {},
    write: (piece) => {
      out += piece;
    },
    writeError: (piece) => {
      err += piece;
    },
    input: (async function* () {
      yield Buffer.from(text);
    })(),
    inputIsTerminal: false,
    isTerminal: false,
    columns: 80,
    loadEnvironmentFile: false,
    ...io,
  });
  return { exitCode, out, err };
}
