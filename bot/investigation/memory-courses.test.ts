import { describe, expect, it } from 'vitest';
import { emptyHostMemoryFacts, type HostMemoryFacts } from '../../tools/host/host-memory-facts.ts';
import type { Hypothesis } from './joining/hypothesis.ts';
import { memoryCourses } from './memory-courses.ts';

const reading = (value: number) => ({ value, source: 'hosts/nm-1/memory', line: 1, text: String(value) });

/** A host with one group, sampled with these usages a second apart. */
function host(path: string, usages: readonly number[], limit = 1_000): HostMemoryFacts {
  const samples = usages.map((usage, at) => ({
    at: at * 1_000,
    copy: '',
    pids: [],
    readings: new Map([
      ['memory.usage_in_bytes', reading(usage)],
      ['memory.limit_in_bytes', reading(limit)],
    ]),
  }));
  return { ...emptyHostMemoryFacts('nm-1'), groups: [{ path, version: 1, identity: { kind: 'other' }, samples }] };
}

const naming = (cgroupPath: string) =>
  [{ roots: [{ keys: { cgroupPath }, values: {} }] }] as unknown as readonly Hypothesis[];

describe('memoryCourses', () => {
  it('keeps the groups that a cause names first, then those of the run, and no others', () => {
    const hosts = [host('/own', [1, 2, 3]), host('/named', [4, 5, 6]), host('/other', [7, 8, 9])];
    const courses = memoryCourses(hosts, naming('/named'), new Set(['/own']));
    expect(courses.map(({ group }) => group)).toEqual(['/named', '/own']);
    expect(courses[0]).toMatchObject({ host: 'nm-1', limitBytes: 1_000, points: [{ at: 0, bytes: 4 }, {}, {}] });
  });

  it('makes no course of two samples, nor without a limit', () => {
    expect(memoryCourses([host('/g', [1, 2])], naming('/g'), new Set())).toEqual([]);
    expect(memoryCourses([host('/g', [1, 2, 3], Number.POSITIVE_INFINITY)], naming('/g'), new Set())).toEqual([]);
  });

  it('thins a long course and keeps its peak', () => {
    const usages = Array.from({ length: 5_000 }, (_, at) => (at === 3_333 ? 999 : 10));
    const [course] = memoryCourses([host('/g', usages)], naming('/g'), new Set());
    expect(course?.points.length).toBeLessThanOrEqual(300);
    expect(course?.points).toContainEqual({ at: 3_333_000, bytes: 999 });
  });
});
