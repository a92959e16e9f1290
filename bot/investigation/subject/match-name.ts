import { normaliseJobName } from '../comparison/normalise-job-name.ts';

/** A job's name as people say it: lower case, the folder of a script dropped, without file ending, date and hour. */
export function spokenName(name: string): string {
  return normaliseJobName(name.replace(/^.*\//, '')).toLowerCase();
}

/**
 * How well a name that was said fits a name that a run goes by: 1 the very name, 0.9 the same but for date and ending, less
 * when only the leading words agree (`dau_report_daily` for `dau_report`), 0 when nothing does.
 */
export function nameFit(said: string, name: string): number {
  if (said.toLowerCase() === name.toLowerCase()) return 1;
  const a = spokenName(said);
  const b = spokenName(name);
  if (a === b) return 0.9;
  const wordsA = a.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const wordsB = b.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const shorter = Math.min(wordsA.length, wordsB.length);
  let leading = 0;
  while (leading < shorter && wordsA[leading] === wordsB[leading]) leading += 1;
  if (leading >= 2 || (leading === 1 && shorter === 1 && (wordsA[0]?.length ?? 0) >= 5)) {
    return 0.4 + (0.4 * leading) / Math.max(wordsA.length, wordsB.length);
  }
  return 0;
}
