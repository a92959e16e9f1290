import type { TextRecord } from '../evidence/text-record.ts';

export type Level = TextRecord['level'];

const LEVELS: Readonly<Record<string, Level>> = {
  TRACE: 'trace',
  FINEST: 'trace',
  FINER: 'trace',
  DEBUG: 'debug',
  FINE: 'debug',
  INFO: 'info',
  NOTICE: 'info',
  WARN: 'warn',
  WARNING: 'warn',
  ERROR: 'error',
  SEVERE: 'error',
  CRITICAL: 'fatal',
  FATAL: 'fatal',
};

/** The level a word names, whatever its case and framework (log4j, logback, java.util.logging, Python); else `undefined`. */
export function levelOf(word: string): Level | undefined {
  const upper = word.toUpperCase();
  return Object.hasOwn(LEVELS, upper) ? LEVELS[upper] : undefined;
}

/** True for warnings and worse. */
export function isWarningOrWorse(level: Level): boolean {
  return level === 'warn' || level === 'error' || level === 'fatal';
}
