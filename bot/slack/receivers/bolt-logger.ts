import { type Logger, LogLevel } from '@slack/web-api';
import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';
import type { SlackLog } from '../slack-log.ts';

const MAX_CHARACTERS = 300;

/**
 * Bolt's own log, cut down to warnings and errors: at debug it writes whole messages and the addresses of sockets, which are tickets.
 * What it says in passing of every event without a listener is no warning for anybody.
 */
export function boltLogger(log: SlackLog): Logger {
  const nothing = () => undefined;
  const told = (parts: unknown[]) => {
    const text = parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
    return maskSecrets(text.split('\n')[0] ?? '').slice(0, MAX_CHARACTERS);
  };
  return {
    debug: nothing,
    info: nothing,
    warn: (...parts) => log.warn({ from: 'bolt' }, told(parts)),
    error: (...parts) => log.error({ from: 'bolt' }, told(parts)),
    setLevel: nothing,
    setName: nothing,
    getLevel: () => LogLevel.WARN,
  };
}
