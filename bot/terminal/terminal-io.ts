/** What the command line may touch outside: replaced in tests. */
export interface TerminalIo {
  environment: Readonly<Record<string, string | undefined>>;
  /** Standard output: the answer and nothing else. */
  write(text: string): void;
  /** Standard error: progress and errors. */
  writeError(text: string): void;
  /** Standard input, for `--attach -`. */
  input: AsyncIterable<Uint8Array>;
  /** Somebody types at standard input. */
  inputIsTerminal: boolean;
  isTerminal: boolean;
  columns: number;
  /** Read `.env` beside the working directory first, as the product started by a person does. */
  loadEnvironmentFile: boolean;
  /** Where a progress bar may be drawn: standard error when a person looks at it. */
  progressTo?: NodeJS.WritableStream;
  /** Streams of a process that a command starts; absent: what it writes is handed to `write` and `writeError`. */
  childStreams?: 'inherit';
  /** Ends a command that runs until it is stopped; without it the process has to be ended. */
  stop?: AbortSignal;
  /** Told by a command that ends by itself, in order, when `stop` is aborted. */
  willStop?(): void;
}

/** Exit codes of DESIGN §8. */
export const EXIT = { ok: 0, ours: 1, unusable: 2 } as const;

/** Which kind of thing cannot be used, for `{ "error": { "code" } }`. */
export type UnusableCode = 'unusable_flag' | 'unusable_path' | 'unusable_setting' | 'unusable_input';

/** What the person gave cannot be used: a path, a flag, a setting. Becomes exit code 2. */
export class UsageError extends Error {
  readonly code: UnusableCode;
  /** One sentence for each thing that cannot be used. */
  readonly problems: readonly string[];

  constructor(problems: string | readonly string[], code: UnusableCode = 'unusable_input') {
    const all = typeof problems === 'string' ? [problems] : problems;
    super(all.join('; '));
    this.code = code;
    this.problems = all;
  }
}

/** ANSI colours are for a terminal that has them and a person who did not turn them off (no-color.org). */
export function mayColour(io: TerminalIo): boolean {
  const { NO_COLOR, TERM } = io.environment;
  return io.isTerminal && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
}
