/** What the command line may touch outside: replaced in tests. */
export interface TerminalIo {
  environment: Readonly<Record<string, string | undefined>>;
  /** Standard output: the answer and nothing else. */
  write(text: string): void;
  /** Standard error: progress and errors. */
  writeError(text: string): void;
  isTerminal: boolean;
  columns: number;
  /** Read `.env` beside the working directory first, as the product started by a person does. */
  loadEnvironmentFile: boolean;
}

/** Exit codes of DESIGN §8. */
export const EXIT = { ok: 0, ours: 1, unusable: 2 } as const;

/** What the person gave cannot be used: a path, a flag, a setting. Becomes exit code 2. */
export class UsageError extends Error {}
