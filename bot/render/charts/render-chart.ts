import stringWidth from 'string-width';
import type { TopLevelSpec } from 'vega-lite';
import type { Language } from '../../../knowledge/bilingual.ts';
import { fontOptions, missingFrom, openChartFont } from '../fonts/chart-font.ts';
import { visibleText } from '../visible-text.ts';
import type { ChartData } from './chart-data.ts';
import { drawChart } from './draw-chart.ts';
import type { ChartLook } from './drawn-chart.ts';
import { type ColourScheme, PALETTES } from './palette.ts';

/** How a chart is wanted as a picture. */
export interface PictureWish {
  language: Language;
  scheme: ColourScheme;
  /** A TTF, OTF or TTC that has Chinese; absent: the bundled one. */
  font?: string;
  /** Told each time that a text has characters that the font lacks; they are drawn as empty boxes. */
  onMissing?: (characters: readonly string[]) => void;
}

/** A chart as a picture. */
export interface Picture {
  title: string;
  /** What it tells, with its figures, for who does not see it. */
  alt: string;
  svg: string;
  /** Twice as large as the SVG, for dense screens. */
  png: Uint8Array;
}

/** Width of a picture, pixels; Slack shows images at up to about this width. */
const PICTURE_PX = 720;
const ZOOM = 2;

/**
 * Draws one chart as SVG and PNG. The packages are loaded at the first chart: who draws none does not pay for them.
 *
 * @throws ChartFontError when the font cannot draw
 */
export async function renderChart(
  data: ChartData,
  { language, scheme, font, onMissing }: PictureWish,
): Promise<Picture> {
  const chartFont = await openChartFont(font);
  const look: ChartLook = { language, palette: PALETTES[scheme], width: PICTURE_PX, titled: true };
  const { title, alt, spec } = drawChart(visible(data), look);
  const svg = await svgOf(spec);
  const missing = missingFrom(chartFont, svg);
  if (missing.length > 0) onMissing?.(missing);
  const { Resvg } = await import('@resvg/resvg-js');
  const drawn = new Resvg(svg, { font: fontOptions(chartFont), fitTo: { mode: 'zoom', value: ZOOM } }).render();
  return { title, alt, svg, png: drawn.asPng() };
}

/** A chart as SVG text; no network, no canvas. */
export async function svgOf(spec: TopLevelSpec): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const metrics: unknown = Reflect.get(vega, 'textMetrics');
  if (metrics !== null && typeof metrics === 'object') Object.assign(metrics, { width: widthOf });
  const silent = vega.logger(vega.None);
  const view = new vega.View(vega.parse(compile(spec, { logger: silent }).spec), { renderer: 'none', logger: silent });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** Widths of Noto Sans, as a share of the size: a Chinese character takes a whole, a letter or figure a little more than a half. */
const CELL = 0.5;
const LETTER = 0.57;

/** Without a canvas Vega guesses 0.8 of the size for every character, which places words wrongly in both languages. */
function widthOf(item: { fontSize?: number; text?: unknown }, text: unknown = item.text): number {
  const size = item.fontSize ?? 11;
  let width = 0;
  for (const character of String(text ?? '')) {
    const cells = stringWidth(character);
    width += cells === 2 ? 2 * CELL : LETTER;
  }
  return width * size;
}

/** All text of the data without characters that act instead of being read. */
function visible<Value>(value: Value): Value {
  if (typeof value === 'string') return visibleText(value) as Value;
  if (Array.isArray(value)) return value.map(visible) as Value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, visible(inner)])) as Value;
}
