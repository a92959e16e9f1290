import type { GroupFacts, GroupSample } from '../host/cgroup-facts.ts';
import type { Reading, Readings } from '../host/readings.ts';

/** Two samples of a group, one after the other. */
export interface Interval {
  before: GroupSample;
  after: GroupSample;
  /** Seconds between them; `null` when one of the two has no time. */
  seconds: number | null;
}

/** Neighbouring samples in order of time. */
export function intervalsOf(group: GroupFacts): Interval[] {
  return group.samples.slice(1).flatMap((after, index): Interval[] => {
    const before = group.samples[index];
    if (!before) return [];
    const seconds = before.at !== null && after.at !== null ? (after.at - before.at) / 1000 : null;
    return [{ before, after, seconds: seconds !== null && seconds > 0 ? seconds : null }];
  });
}

/** The widest stretch of samples that all have a time, as one interval. */
export function timedSpan(group: GroupFacts): Interval | null {
  const timed = group.samples.filter((sample) => sample.at !== null && sample.copy === '');
  const [before, after] = [timed[0], timed.at(-1)];
  if (!before || !after || before === after) return null;
  const seconds = ((after.at ?? 0) - (before.at ?? 0)) / 1000;
  return seconds > 0 ? { before, after, seconds } : null;
}

/** How much a counter rose over an interval, with the two lines; `null` when it is missing or fell (the group is new). */
export function riseOf(
  interval: Interval,
  question: (readings: Readings) => Reading | null,
): { rise: number; before: Reading; after: Reading } | null {
  const before = question(interval.before.readings);
  const after = question(interval.after.readings);
  if (!before || !after || after.value < before.value) return null;
  return { rise: after.value - before.value, before, after };
}
