import type { Language } from '../../../knowledge/bilingual.ts';
import { escapeHtml } from '../escape-html.ts';
import type { ChartData, ChartKind } from './chart-data.ts';
import { drawChart } from './draw-chart.ts';
import { PALETTES } from './palette.ts';
import { readable, svgOf } from './svg-of.ts';

/** A chart for a page: two drawings, of which the style of the page shows the one that fits. */
export interface PageChart {
  kind: ChartKind;
  title: string;
  alt: string;
  /** SVG elements; their colours are the page's own properties (`var(--ink)`), their words text in the reader's fonts. */
  wide: string;
  narrow: string;
}

/** Widths of the drawings, pixels: the column of the page on a screen, and on a phone of 360. */
const WIDE_PX = 760;
const NARROW_PX = 332;

/** Draws charts for the page of a case. */
export async function drawForPage(charts: readonly ChartData[], language: Language): Promise<PageChart[]> {
  const drawn: PageChart[] = [];
  for (const data of charts) {
    const [wide, narrow] = [WIDE_PX, NARROW_PX].map((width) =>
      readable(drawChart(data, { language, palette: PALETTES.light, width, titled: false }), language),
    );
    if (!wide || !narrow) continue;
    const { title, alt } = wide;
    drawn.push({
      kind: data.kind,
      title,
      alt,
      wide: onPage(await svgOf(wide.spec), 'wide', alt),
      narrow: onPage(await svgOf(narrow.spec), 'narrow', alt),
    });
  }
  return drawn;
}

const COLOURS = Object.entries(PALETTES.light);
/** Words that look like this are changed as well, and stay words: the writer of SVG has escaped what could end them. */
const COLOUR = /(fill|stroke)="(#[0-9a-f]{6})"/g;
const FAMILY = / font-family="[^"]*"/g;
const SIZE = / version="1\.1" class="marks" width="[\d.]+" height="[\d.]+"/;

/** The drawing as part of a page: its colours by name, its fonts the page's, as wide as there is room. */
function onPage(svg: string, fit: 'wide' | 'narrow', alt: string): string {
  return svg
    .replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', '')
    .replace(SIZE, () => ` class="${fit}" role="img" aria-label="${escapeHtml(alt)}"`)
    .replace(FAMILY, '')
    .replace(COLOUR, (whole, attribute: string, colour: string) => {
      const name = COLOURS.find(([, value]) => value === colour)?.[0];
      return name === undefined ? whole : `${attribute}="var(--${name})"`;
    });
}
