import { type DestinationStream, type Logger, pino } from 'pino';
import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';

/** A logger of JSON lines; its shape is that of `SlackLog` and `OutletLog`. */
export type Log = Logger;

/** Never of use for what went wrong, and long. */
const LONGEST = 2_000;

/**
 * Structured logs, one JSON object a line, with ISO times. Every text in them is masked of secrets, whoever wrote it: a token in an
 * error's message is the usual way it gets out.
 */
export function openLog(level: 'debug' | 'info' | 'warn' | 'error', to: DestinationStream): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => masked(fields) as Record<string, unknown>,
      },
      hooks: {
        logMethod(given, method) {
          const args = given.map((one) => (typeof one === 'string' ? maskSecrets(one).slice(0, LONGEST) : one));
          method.apply(this, args as Parameters<typeof method>);
        },
      },
    },
    to,
  );
}

/** What may be told of an error: its kind and its first line. Stacks hold paths, and the cause of a cause is rarely read. */
export function toldError(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as NodeJS.ErrnoException;
  // What a parser says quotes what it could not read: a stored case, a message.
  const said = error instanceof SyntaxError ? '' : (error.message.split('\n', 1)[0] ?? '');
  return { error: error.name, why: said.slice(0, 300), ...(code === undefined ? {} : { code: String(code) }) };
}

const DEPTH = 4;

function masked(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskSecrets(value).slice(0, LONGEST);
  if (value instanceof Error) return masked(toldError(value), depth);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= DEPTH) return '…';
  if (Array.isArray(value)) return value.slice(0, 20).map((one) => masked(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, masked(one, depth + 1)]));
}
