import { describe, expect, it } from 'vitest';
import { buildJob, type JobStage, reduceStage, scanStage, usualPlan } from './fixtures/build-job.ts';
import { logicalStages } from './logical-stages.ts';
import { matchStages } from './match-stages.ts';

function matched(
  slow: Parameters<typeof buildJob>[0],
  base: Parameters<typeof buildJob>[0],
): [number | null, number | null][] {
  const pairs = matchStages(logicalStages(buildJob(slow).run), logicalStages(buildJob(base).run));
  return pairs
    .map(({ slow, base }): [number | null, number | null] => [slow?.stageId ?? null, base?.stageId ?? null])
    .sort((a, b) => (a[0] ?? 99) - (b[0] ?? 99));
}

const renumbered = (stage: JobStage, id: number): JobStage => ({ ...stage, id });

describe('matchStages', () => {
  it('never matches by id: the same job with shifted ids', () => {
    const shifted = [renumbered(scanStage(), 7), renumbered(reduceStage(), 3)];
    expect(matched({ stages: shifted }, {})).toEqual([
      [3, 1],
      [7, 0],
    ]);
  });

  it('never matches by the number of tasks: a scan planned while fewer executors were there', () => {
    expect(matched({ stages: [scanStage({ ms: 30_000 }, 2), reduceStage()] }, {})).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('takes the date out of call sites and relations', () => {
    const day = usualPlan({ day: '2026-11-20' });
    expect(matched({ plan: day }, {})).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('leaves a stage that only one run has', () => {
    const extra = {
      ...reduceStage(),
      id: 2,
      rddNames: ['PythonRDD'],
      sqlExecutionId: null,
      name: 'collect at job.py:3',
    };
    const more = { stages: [scanStage(), reduceStage(), { ...extra, tasks: [{ ms: 100 }] }] };
    expect(matched(more, {})).toEqual([
      [0, 0],
      [1, 1],
      [2, null],
    ]);
  });

  it('pairs repeated stages by their order', () => {
    const loop = (ids: number[]) => ids.map((id) => renumbered(reduceStage(), id));
    expect(matched({ stages: loop([10, 11, 12]) }, { stages: loop([0, 1, 2]) })).toEqual([
      [10, 0],
      [11, 1],
      [12, 2],
    ]);
  });

  it('matches by the call site and the shape where the log has no plans', () => {
    const plain = { plan: null, stages: [scanStage(), reduceStage()] };
    expect(matched(plain, plain)).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('is quick with thousands of stages that are all different', () => {
    const many = (offset: number) =>
      logicalStages(
        buildJob({
          plan: null,
          stages: Array.from({ length: 1500 }, (_, i) => ({
            id: i,
            name: `step${(i * 7 + offset) % 1500} at J.scala:1`,
            tasks: [{ ms: 1 }],
          })),
        }).run,
      );
    const [slow, base] = [many(0), many(3)];
    const before = process.cpuUsage();
    expect(matchStages(slow, base)).toHaveLength(1500);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(5_000);
  });
});
