import type { HostMemoryFacts } from '../../tools/host/host-memory-facts.ts';
import { limitOf, newestReading, usageOf } from '../../tools/memory/group-values.ts';
import type { Hypothesis } from './joining/hypothesis.ts';

/** Memory of one control group over time, against its limit. */
export interface MemoryCourse {
  host: string | null;
  /** As the kernel prints the group's path. */
  group: string;
  limitBytes: number;
  /** Ascending in time, at most `MOST_SAMPLES`; milliseconds since the epoch. */
  points: readonly { at: number; bytes: number }[];
}

/** Two samples are a line between two dots: they show no course. */
const LEAST_SAMPLES = 3;
const MOST_SAMPLES = 300;
const MOST_COURSES = 8;

/**
 * The groups that were sampled often enough to show a course: those that a cause names, then those of the run. Others of the host
 * are not kept.
 *
 * @param own groups of the run that is asked about
 */
export function memoryCourses(
  hosts: readonly HostMemoryFacts[],
  causes: readonly Hypothesis[],
  own: ReadonlySet<string>,
): MemoryCourse[] {
  const named = new Set(causes.flatMap(({ roots }) => roots.flatMap(groupsNamed)));
  const courses = hosts.flatMap(({ host, groups }) =>
    groups.flatMap((facts): MemoryCourse[] => {
      if (!named.has(facts.path) && !own.has(facts.path)) return [];
      const limit = newestReading(facts, limitOf);
      if (!limit || !Number.isFinite(limit.value) || limit.value <= 0) return [];
      const points = facts.samples.flatMap(({ at, readings }) => {
        const usage = usageOf(readings);
        return at === null || !usage ? [] : [{ at, bytes: usage.value }];
      });
      if (points.length < LEAST_SAMPLES) return [];
      return [{ host, group: facts.path, limitBytes: limit.value, points: thinned(points) }];
    }),
  );
  return courses.sort((a, b) => Number(named.has(b.group)) - Number(named.has(a.group))).slice(0, MOST_COURSES);
}

function groupsNamed({ keys, values }: Hypothesis['root']): string[] {
  const full = values.fullGroup;
  return [...(typeof full === 'string' ? [full] : []), ...(keys.cgroupPath === undefined ? [] : [keys.cgroupPath])];
}

/** Evenly spread samples of many; the highest of each stretch, so that no peak is lost. */
function thinned(points: readonly { at: number; bytes: number }[]): { at: number; bytes: number }[] {
  const stretch = Math.ceil(points.length / MOST_SAMPLES);
  return Array.from({ length: Math.ceil(points.length / stretch) }, (_, at) =>
    points.slice(at * stretch, (at + 1) * stretch).reduce((a, b) => (b.bytes > a.bytes ? b : a)),
  );
}
