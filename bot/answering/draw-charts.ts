import type { Language } from '../../knowledge/bilingual.ts';
import { readPlainCase } from '../conversation/plain-case.ts';
import type { ChartData } from '../render/charts/chart-data.ts';
import { renderChart } from '../render/charts/render-chart.ts';
import type { AnswerChart } from './answer-job.ts';

/** The pictures of a kept diagnosis that are wanted. */
export interface ChartsJob {
  /** `writePlainCase` of the conversation. */
  kept: string;
  /** `inv_…` of the diagnosis that they belong to. */
  diagnosis: string;
  language: Language;
}

/** Pictures that one message has room for. */
const MOST_CHARTS = 2;

/**
 * Draws the first pictures of a diagnosis; one that cannot be drawn is left out, the answer has its figures.
 *
 * @param font file of a font; null: the bundled one
 */
export async function drawCharts(
  charts: readonly ChartData[],
  language: Language,
  font: string | null,
): Promise<AnswerChart[]> {
  const wish = { language, scheme: 'light', ...(font === null ? {} : { font }) } as const;
  const pictures: AnswerChart[] = [];
  for (const data of charts.slice(0, MOST_CHARTS)) {
    const picture = await renderChart(data, wish).catch(() => null);
    if (picture) pictures.push({ kind: data.kind, png: picture.png, title: picture.title, alt: picture.alt });
  }
  return pictures;
}

/** The same of a kept case; none where the case does not hold the diagnosis. */
export async function drawKeptCharts(
  { kept, diagnosis, language }: ChartsJob,
  font: string | null,
): Promise<AnswerChart[]> {
  const held = readPlainCase(kept).cases.find(({ faces }) => faces.en.id === diagnosis);
  return await drawCharts(held?.charts ?? [], language, font);
}
