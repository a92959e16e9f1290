import type { SparkRun } from '../facts.ts';

const SIZE_FACTORS: Readonly<Record<string, number>> = {
  b: 1,
  k: 1024,
  kb: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
  t: 1024 ** 4,
  tb: 1024 ** 4,
  p: 1024 ** 5,
  pb: 1024 ** 5,
};

const TIME_FACTORS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The value a setting had in the run, `null` when it was not set. Own properties only: keys come from outside. */
export function settingOf(run: SparkRun, key: string): string | null {
  const settings = run.environment.spark;
  return Object.hasOwn(settings, key) ? (settings[key] ?? null) : null;
}

/**
 * A size in bytes as Spark reads it (`JavaUtils.byteStringAs`, 3.5): a number with an optional unit, a bare number counting
 * in `bareUnit`. `null` for anything else, also for fractions, which Spark refuses.
 */
export function parseSize(text: string, bareUnit: 'b' | 'k' | 'm' = 'b'): number | null {
  const match = /^\s*(-?\d{1,15})\s*([a-z]{0,2})\s*$/i.exec(text);
  const factor = match && SIZE_FACTORS[(match[2] || bareUnit).toLowerCase()];
  return match && factor ? Number(match[1]) * factor : null;
}

/** A duration in milliseconds as Spark reads it (`JavaUtils.timeStringAs`, 3.5); a bare number counts in `bareUnit`. */
export function parseTime(text: string, bareUnit: 'ms' | 's' = 's'): number | null {
  const match = /^\s*(-?\d{1,15})\s*([a-z]{0,3})\s*$/i.exec(text);
  const factor = match && TIME_FACTORS[(match[2] || bareUnit).toLowerCase()];
  return match && factor ? Number(match[1]) * factor : null;
}

/** Size setting in bytes, or `fallback` (Spark's default) when absent or unreadable. */
export function sizeSetting(run: SparkRun, key: string, fallback: number, bareUnit: 'b' | 'k' | 'm' = 'b'): number {
  const text = settingOf(run, key);
  return (text === null ? null : parseSize(text, bareUnit)) ?? fallback;
}

/** Time setting in milliseconds, or `fallback`. */
export function timeSetting(run: SparkRun, key: string, fallback: number, bareUnit: 'ms' | 's' = 's'): number {
  const text = settingOf(run, key);
  return (text === null ? null : parseTime(text, bareUnit)) ?? fallback;
}

/** Whole-number setting, or `fallback`. */
export function countSetting(run: SparkRun, key: string, fallback: number): number {
  const text = settingOf(run, key);
  return text !== null && /^\s*-?\d{1,15}\s*$/.test(text) ? Number(text) : fallback;
}

/** Boolean setting, or `fallback`; Spark takes `true` and `false` in any case. */
export function booleanSetting(run: SparkRun, key: string, fallback: boolean): boolean {
  const text = settingOf(run, key)?.trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : fallback;
}

/** Whether the run's version is at least `major.minor`; `false` when the version is unknown. */
export function sparkAtLeast(run: SparkRun, major: number, minor: number): boolean {
  const match = /^(\d{1,4})\.(\d{1,4})/.exec(run.sparkVersion ?? '');
  if (!match) return false;
  const have = Number(match[1]);
  return have > major || (have === major && Number(match[2]) >= minor);
}

/** Adaptive execution in force: the setting, else the default of the version (on since 3.2). */
export function adaptiveEnabled(run: SparkRun): boolean {
  return booleanSetting(run, 'spark.sql.adaptive.enabled', sparkAtLeast(run, 3, 2));
}
