/** An answer of Slack that refuses: `{ok: false, error, …}`. */
export class SlackError extends Error {
  /** Slack's name of it. */
  readonly error: string;
  /** What stands beside it: `needed`, `provided`, `response_metadata` … */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(error: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.error = error;
    this.extra = extra;
  }
}
