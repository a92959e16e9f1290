import { describe, expect, it } from 'vitest';
import { CHART_DATA, type ChartData } from './chart-data.ts';
import { CHARTS, LEDGER, MEMORY_COURSE, MEMORY_MOMENT, TASK_TIMES, TIMELINE } from './chart-fixture.ts';
import { drawChart } from './draw-chart.ts';
import type { ChartLook } from './drawn-chart.ts';
import { PALETTES } from './palette.ts';

const LOOK: ChartLook = { language: 'en', palette: PALETTES.light, width: 720, titled: true };

/** Every value of a declaration under a name, wherever it stands. */
function all(spec: unknown, name: string): unknown[] {
  if (spec === null || typeof spec !== 'object') return [];
  return Object.entries(spec).flatMap(([key, value]) => [...(key === name ? [value] : []), ...all(value, name)]);
}

/** Rows of all data of a declaration. */
function rows(data: ChartData, look: ChartLook = LOOK): Record<string, unknown>[] {
  return all(drawChart(data, look).spec, 'values').flat() as Record<string, unknown>[];
}

describe.each(CHARTS.map((data) => [data.kind, data] as const))('a chart of %s', (_, data) => {
  it('is drawn from data of the contract, in both languages and sizes', () => {
    expect(CHART_DATA.parse(JSON.parse(JSON.stringify(data)))).toEqual(data);
    for (const language of ['en', 'zh'] as const) {
      for (const width of [720, 332]) {
        const { title, alt, spec } = drawChart(data, { ...LOOK, language, width });
        expect(/[一-鿿]/.test(title)).toBe(language === 'zh');
        expect(alt.length).toBeGreaterThan(title.length);
        expect(spec.background).toBe(PALETTES.light.paper);
      }
    }
  });

  it('fetches nothing and links to nothing', () => {
    const { spec } = drawChart(data, LOOK);
    for (const name of ['url', 'href', 'loader', 'tooltip']) expect(all(spec, name)).toEqual([]);
  });

  it('has its title in a picture and none on a page', () => {
    expect(drawChart(data, LOOK).spec.title).toBe(drawChart(data, LOOK).title);
    expect(drawChart(data, { ...LOOK, titled: false }).spec.title).toBeUndefined();
  });
});

describe('the ledger', () => {
  it('shows this run beside the usual one, account by account, with its figures', () => {
    const shown = rows(LEDGER).map(({ account, run, figure }) => `${account} ${run} ${figure}`);
    expect(shown.slice(0, 2)).toEqual(['skew tail this run 1:53', 'skew tail usual 0:00']);
    expect(shown).toHaveLength(6);
    expect(drawChart(LEDGER, LOOK).alt).toContain('skew tail 1 min 53 s (usually 15 ms)');
  });

  it('tells the usual run apart by its outline, not by colour alone', () => {
    const ranges = all(drawChart(LEDGER, LOOK).spec, 'range');
    expect(ranges).toContainEqual([PALETTES.light.bar, PALETTES.light.paper]);
    expect(ranges).toContainEqual([PALETTES.light.bar, PALETTES.light.usual]);
  });

  it('has one bar for each account, and no legend, without a comparison', () => {
    const alone = { ...LEDGER, usualMs: null, rows: LEDGER.rows.map((row) => ({ ...row, usualMs: null })) };
    expect(rows(alone)).toHaveLength(3);
    expect(drawChart(alone, { ...LOOK, language: 'zh' }).title).toBe('时间去哪了：共 3 分 3 秒');
  });
});

describe('the task times', () => {
  it('mark the longest task and the median, in the unit that fits', () => {
    const shown = rows(TASK_TIMES);
    expect(shown.filter(({ isLongest }) => isLongest)).toMatchObject([{ ms: 155_000, time: 155 }]);
    expect(shown.map(({ label }) => label).filter(Boolean)).toEqual([
      'median 4.9 s',
      'median 4.9 s',
      'longest: task 7, 2 min 35 s, read 9 MiB',
    ]);
    const hours = { ...TASK_TIMES, longest: { ...TASK_TIMES.longest, ms: 3 * 3_600_000 } };
    expect(JSON.stringify(drawChart(hours, LOOK).spec)).toContain('task duration (h)');
    expect(drawChart(TASK_TIMES, { ...LOOK, language: 'zh' }).alt).toBe(
      '任务时长分布图，阶段 6 共 6 个任务：中位数 4.9 秒，最长的任务 7 在 dn-12 上用了 2 分 35 秒，读取 9 MiB，中位数为 730 KiB。',
    );
  });
});

describe('memory against its limit', () => {
  it('shows who held what, and who was killed, by name', () => {
    const shown = rows(MEMORY_MOMENT).flatMap(({ name, figure }) => (name === undefined ? [] : [`${name} ${figure}`]));
    expect(shown).toEqual(['all in use 420 MiB', 'killed: python3 (pid 19972) 288.2 MiB', 'java 150.8 MiB']);
    expect(rows(MEMORY_MOMENT).map(({ label }) => label)).toContain('limit 420 MiB');
  });

  it('shows the course, the limit across and the kill', () => {
    const shown = rows(MEMORY_COURSE);
    expect(shown.filter(({ used }) => used !== undefined)).toHaveLength(3);
    expect(shown.find(({ limit }) => limit !== undefined)?.limit).toBeCloseTo(420, 5);
    expect(shown).toContainEqual({ at: MEMORY_COURSE.killedAt });
    expect(drawChart(MEMORY_COURSE, LOOK).alt).toContain('From 11:29:17 to 11:29:27 (UTC)');
  });

  it('draws no kill that lies outside of what is shown', () => {
    const shown = rows({ ...MEMORY_COURSE, killedAt: 1 });
    expect(shown.filter((row) => Object.keys(row).join() === 'at')).toEqual([]);
  });
});

describe('the timeline', () => {
  it('has the links in the order of time, with clocks, and roles that differ by shape', () => {
    const spec = drawChart(TIMELINE, LOOK).spec;
    const marks = rows(TIMELINE).slice(0, 3);
    expect(marks.map(({ role }) => role)).toEqual(['root', 'between', 'symptom']);
    expect(marks.map(({ text }) => (text as string[])[0]?.slice(0, 8))).toEqual(['11:29:17', '11:29:18', '11:29:22']);
    expect(all(spec, 'range')).toContainEqual(['diamond', 'circle', 'square']);
  });

  it('puts the words where the room is, and cuts long ones', () => {
    const long = { ...TIMELINE, links: TIMELINE.links.map((link) => ({ ...link, statement: 'word '.repeat(70) })) };
    for (const row of rows(long, { ...LOOK, width: 332 }).slice(0, 3)) {
      expect((row.text as string[]).length).toBeLessThanOrEqual(3);
      for (const line of row.text as string[]) expect(line.length).toBeLessThan(60);
    }
    expect(
      rows(TIMELINE)
        .slice(0, 3)
        .map(({ side }) => side),
    ).toEqual(['right', 'right', 'left']);
  });
});
