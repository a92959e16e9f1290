/** Where the way in from Slack tells of itself; a pino logger is one. Never given tokens or what people wrote. */
export interface SlackLog {
  debug(fields: Readonly<Record<string, string | number | boolean>>, message: string): void;
  info(fields: Readonly<Record<string, string | number | boolean>>, message: string): void;
  warn(fields: Readonly<Record<string, string | number | boolean>>, message: string): void;
  error(fields: Readonly<Record<string, string | number | boolean>>, message: string): void;
}
