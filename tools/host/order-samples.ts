/** Something sampled: when, and the counters in it that can only rise. */
export interface Sampled {
  at: number | null;
  /** `''` for the newest copy of the file, a suffix for a copy of unknown time. */
  copy: string;
}

/**
 * Puts samples in order of time. Samples with a time come first in that order, then the file itself (the end of the
 * recording); a copy of unknown time is put where its counters fit, and left out when they fit nowhere (the group or
 * device was made anew).
 *
 * @param counters counters of a sample that only rise, by name
 */
export function orderSamples<T extends Sampled>(
  samples: readonly T[],
  counters: (sample: T) => ReadonlyMap<string, number>,
): T[] {
  const timed = samples.filter((sample) => sample.at !== null && sample.copy === '');
  const latest = samples.filter((sample) => sample.at === null && sample.copy === '');
  const ordered = [...timed.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)), ...latest];
  const copies = samples.filter((sample) => sample.copy !== '').sort((a, b) => (a.copy < b.copy ? -1 : 1));
  for (const copy of copies) insert(ordered, copy, counters);
  return ordered;
}

function insert<T>(ordered: T[], copy: T, counters: (sample: T) => ReadonlyMap<string, number>): void {
  const own = counters(copy);
  let at = ordered.findIndex((sample) => notAbove(own, counters(sample)) && !notAbove(counters(sample), own));
  if (at === -1) at = ordered.length;
  const before = ordered[at - 1];
  if (before === undefined || notAbove(counters(before), own)) ordered.splice(at, 0, copy);
}

function notAbove(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  for (const [name, value] of a) {
    const other = b.get(name);
    if (other !== undefined && value > other) return false;
  }
  return true;
}
