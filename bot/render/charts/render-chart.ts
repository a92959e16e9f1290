import type { Language } from '../../../knowledge/bilingual.ts';
import { fontOptions, missingFrom, openChartFont } from '../fonts/chart-font.ts';
import type { ChartData } from './chart-data.ts';
import { drawChart } from './draw-chart.ts';
import type { ChartLook } from './drawn-chart.ts';
import { type ColourScheme, PALETTES } from './palette.ts';
import { readable, svgOf } from './svg-of.ts';

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
  const { title, alt, spec } = readable(drawChart(data, look), language);
  const svg = await svgOf(spec);
  const missing = missingFrom(chartFont, svg);
  if (missing.length > 0) onMissing?.(missing);
  const { Resvg } = await import('@resvg/resvg-js');
  const drawn = new Resvg(svg, { font: fontOptions(chartFont), fitTo: { mode: 'zoom', value: ZOOM } }).render();
  return { title, alt, svg, png: drawn.asPng() };
}
