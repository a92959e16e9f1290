/** Where the way out to Slack tells of itself; a pino logger is one. Never given tokens or what people wrote. */
export interface OutletLog {
  info(fields: Readonly<Record<string, string | number | boolean>>, message: string): void;
  warn(fields: Readonly<Record<string, string | number | boolean>>, message: string): void;
}
