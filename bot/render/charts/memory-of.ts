import type { Finding } from '../../../tools/evidence/finding.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import { shortGroup } from '../../../tools/memory/memory-finding.ts';
import type { Investigation } from '../../investigation/investigation.ts';
import type { MemoryData } from './chart-data.ts';

/** Causes that are about memory and a limit. */
const ABOUT_MEMORY = /^(?:memory|kernel)\./;
const MAX_NAME = 120;

/**
 * Memory against the limit that the first cause speaks of: over time where the host was sampled, else who held what when it was
 * full. Null where the cause is not about memory, or names no limit.
 */
export function memoryOf({ causes, memory = [] }: Investigation): MemoryData | null {
  const [cause] = causes;
  if (!cause || !ABOUT_MEMORY.test(cause.code)) return null;
  for (const root of [cause.root, ...cause.roots]) {
    const data = courseOf(root, memory) ?? momentOf(root);
    if (data !== null) return data;
  }
  return null;
}

function courseOf(root: Finding, memory: NonNullable<Investigation['memory']>): MemoryData | null {
  const groups = [root.values.fullGroup, root.keys.cgroupPath];
  const course = memory.find(
    ({ group, host }) => groups.includes(group) && (host ?? root.keys.host) === root.keys.host,
  );
  if (!course) return null;
  return {
    kind: 'memory-against-limit',
    name: shorten(shortGroup(course.group), MAX_NAME),
    host: course.host,
    limitBytes: course.limitBytes,
    points: [...course.points],
    holders: [],
    killedAt: root.keys.pid === undefined ? null : root.at,
  };
}

/** What the rules of memory say about a full group or a container over its limit, by the names of their values. */
function momentOf({ values, keys, at }: Finding): MemoryData | null {
  const size = (name: string) => (typeof values[name] === 'number' ? Math.max(0, values[name]) : null);
  const word = (name: string) => (typeof values[name] === 'string' ? values[name] : null);
  const limitBytes = size('limitBytes');
  const name = word('fullGroup') ?? keys.cgroupPath ?? keys.containerId ?? keys.podName ?? keys.host;
  if (limitBytes === null || limitBytes === 0 || !Number.isFinite(limitBytes) || name === undefined) return null;
  const victim = word('comm');
  const other = word('otherName') ?? word('largestOther');
  const wanted: (readonly [MemoryData['holders'][number]['part'], string, number | null])[] = [
    ['whole', shortGroup(name), size('usageBytes') ?? size('usedBytes') ?? size('peakBytes')],
    ['killed', `${victim ?? ''}${keys.pid === undefined ? '' : ` (pid ${keys.pid})`}`.trim(), size('victimBytes')],
    ['beside', other === null ? '' : shortGroup(other), size('otherBytes') ?? size('largestOtherBytes')],
    // Without a victim's own figure the parts of the container tell what it was made of.
    ...(victim === null
      ? ([
          ['beside', 'java', size('javaBytes')],
          ['beside', 'python', size('pythonBytes')],
        ] as const)
      : []),
  ];
  const holders = wanted.flatMap(([part, holder, bytes]) =>
    bytes === null || bytes === 0 || holder === '' ? [] : [{ part, name: shorten(holder, MAX_NAME), bytes }],
  );
  if (holders.length === 0) return null;
  return {
    kind: 'memory-against-limit',
    name: shorten(shortGroup(name), MAX_NAME),
    host: keys.host ?? null,
    limitBytes,
    points: [],
    holders,
    killedAt: at,
  };
}
