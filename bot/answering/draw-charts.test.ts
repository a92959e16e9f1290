import { expect, it } from 'vitest';
import { smallDiagnosis } from '../escalation/escalation-fixture.ts';
import { CHARTS } from '../render/charts/chart-fixture.ts';
import { drawCharts, drawKeptCharts } from './draw-charts.ts';
import { facesOf, keptCaseText } from './kept-case-fixture.ts';

const isPng = (bytes: Uint8Array) => Buffer.from(bytes).subarray(1, 4).toString() === 'PNG';

it('draws the first two pictures, with words for who does not see them', async () => {
  expect(CHARTS.length).toBeGreaterThan(2);
  const drawn = await drawCharts(CHARTS, 'en', null);
  expect(drawn.map(({ kind }) => kind)).toEqual(CHARTS.slice(0, 2).map(({ kind }) => kind));
  expect(drawn.every(({ png, title, alt }) => isPng(png) && title !== '' && alt !== '')).toBe(true);
});

it('leaves out what cannot be drawn', async () => {
  expect(await drawCharts(CHARTS, 'en', '/no/such/font.otf')).toEqual([]);
});

it('draws those of a kept diagnosis, and none of one that the case does not hold', async () => {
  const kept = keptCaseText('case_0123456789', facesOf(smallDiagnosis({ id: 'inv_1' })), {
    charts: CHARTS.slice(0, 1),
  });
  const drawn = await drawKeptCharts({ kept, diagnosis: 'inv_1', language: 'zh' }, null);
  expect(drawn.map(({ kind }) => kind)).toEqual([CHARTS[0]?.kind]);
  expect(await drawKeptCharts({ kept, diagnosis: 'inv_2', language: 'zh' }, null)).toEqual([]);
});
