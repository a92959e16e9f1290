import { describe, expect, it } from 'vitest';
import { type DemoCase, type DemoName, demoCase } from '../../investigation/fixtures/demo-case.ts';
import { CHART_DATA, type ChartData, MOST_TASKS_DRAWN } from './chart-data.ts';
import { chartsOf } from './charts-of.ts';

const cases = new Map<DemoName, Promise<DemoCase>>();
function demo(name: DemoName): Promise<DemoCase> {
  const known = cases.get(name) ?? demoCase(name);
  cases.set(name, known);
  return known;
}

async function chartsFor(name: DemoName): Promise<ChartData[]> {
  const { investigation, diagnosis } = await demo(name);
  return chartsOf(investigation, diagnosis);
}

describe('chartsOf', () => {
  it('gives a slow run its ledger beside the usual one, and the times of the stage that is skewed', async () => {
    const [ledger, times, ...more] = await chartsFor('slow-run');
    expect(more).toEqual([]);
    const { diagnosis } = await demo('slow-run');
    if (ledger?.kind !== 'ledger' || times?.kind !== 'task-times') throw new Error('other charts');
    expect(ledger.rows.reduce((sum, { ms }) => sum + ms, 0)).toBe(diagnosis.ledger?.wallClockMs);
    expect(ledger.rows[0]?.account).toBe('skew_tail');
    expect(times.stageId).toBe(6);
    expect(times.sortedMs).toHaveLength(times.taskCount);
    expect(times.sortedMs.at(-1)).toBe(times.longest.ms);
    expect(times.longest.readBytes).toBeGreaterThan(5 * (times.longest.medianReadBytes ?? 0));
  });

  it('gives a killed run the memory of what was full, and its chain in the order of time', async () => {
    const [memory, timeline, ...more] = await chartsFor('failed-run');
    expect(more).toEqual([]);
    if (memory?.kind !== 'memory-against-limit' || timeline?.kind !== 'timeline') throw new Error('other charts');
    expect(memory.limitBytes).toBe(768 * 2 ** 20);
    expect(memory.holders.map(({ part }) => part)).toEqual(['whole', 'killed']);
    expect(timeline.links[0]?.role).toBe('root');
    expect(timeline.links.map(({ at }) => at)).toEqual(timeline.links.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  it('gives plain JSON of a few kilobytes that any process can draw from', async () => {
    for (const name of ['slow-run', 'failed-run'] as const) {
      const charts = await chartsFor(name);
      const text = JSON.stringify(charts);
      expect(text.length).toBeLessThan(16_000);
      expect(CHART_DATA.array().parse(JSON.parse(text))).toEqual(charts);
    }
  });

  it('makes no chart that has nothing to show', async () => {
    const { investigation, diagnosis } = await demo('slow-run');
    const refused = { ...diagnosis, outcome: 'refused' as const };
    expect(chartsOf(investigation, refused)).toEqual([]);
    const putDown = { ...investigation, run: null, comparison: null };
    expect(chartsOf(putDown, diagnosis).map(({ kind }) => kind)).toEqual(['ledger']);
    expect(chartsOf(putDown, { ...diagnosis, ledger: null })).toEqual([]);
    const failed = await demo('failed-run');
    const open = { ...failed.diagnosis, outcome: 'needs_more' as const };
    expect(chartsOf(failed.investigation, open)).toEqual([]);
  });

  it('draws no timeline of which the cause has no time, nor one of a single moment', async () => {
    const { investigation, diagnosis } = await demo('failed-run');
    const [cause] = diagnosis.rootCauses;
    if (!cause) throw new Error('no cause');
    const withTimes = (at: (place: number) => string | null) => ({
      ...diagnosis,
      rootCauses: [{ ...cause, chain: cause.chain.map((link, place) => ({ ...link, at: at(place) })) }],
    });
    const kinds = (changed: typeof diagnosis) => chartsOf(investigation, changed).map(({ kind }) => kind);
    const last = cause.chain.length - 1;
    expect(kinds(withTimes((place) => (place === last ? null : '2026-11-21T11:29:17Z')))).not.toContain('timeline');
    expect(kinds(withTimes(() => '2026-11-21T11:29:17Z'))).not.toContain('timeline');
    expect(kinds(withTimes((place) => `2026-11-21T11:29:1${place % 10}Z`))).toContain('timeline');
  });

  it('keeps the longest task of a stage with more tasks than are drawn', async () => {
    const { investigation, diagnosis } = await demo('slow-run');
    const { run } = investigation;
    if (!run) throw new Error('no run');
    const row = run.stages.findIndex(({ stageId }) => stageId === 6);
    const length = 5_000;
    const column = (value: (at: number) => number) => Float64Array.from({ length }, (_, at) => value(at));
    const tasks = {
      ...run.tasks,
      length,
      stage: Int32Array.from({ length }, () => row),
      status: new Uint8Array(length),
      host: new Int32Array(length),
      index: Int32Array.from({ length }, (_, at) => at),
      launchedAt: column(() => 0),
      finishedAt: column((at) => (at === 1_234 ? 900_000 : 1_000 + at)),
      inputBytes: column(() => 0),
      shuffleReadBytes: column(() => 0),
    };
    const times = chartsOf({ ...investigation, run: { ...run, tasks } }, diagnosis).find(
      (data) => data.kind === 'task-times',
    );
    expect(times).toMatchObject({ taskCount: length, longest: { index: 1_234, ms: 900_000, readBytes: null } });
    expect(times?.sortedMs).toHaveLength(MOST_TASKS_DRAWN);
    expect(times?.sortedMs.at(-1)).toBe(900_000);
  });
});
