import type { TopLevelSpec } from 'vega-lite';
import type { ChartLook } from './drawn-chart.ts';

/** Pictures below this width are for phones: less beside the bars, more room for figures. */
export const NARROW_PX = 500;

/** Size of words in a chart, pixels. */
export const WORDS_PX = 13;

/**
 * Fonts by name, the first that is there: the bundled one where a picture is drawn, the reader's own on a page. A configured font is
 * the renderer's default, which stands in for all of them.
 */
const FAMILIES = 'Wherefore Sans SC, system-ui, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif';

/** What all charts share: size, background, words and rules in the colours of the scheme. */
export function chartFrame(
  { palette, width, titled }: ChartLook,
  title: string,
  heightPx: number,
): Pick<TopLevelSpec, 'config' | 'background' | 'padding'> & { width: number; height: number; title?: string } {
  const padding = titled ? PICTURE_PADDING_PX : PAGE_PADDING_PX;
  return {
    width: width - 2 * padding,
    height: heightPx,
    padding,
    background: palette.paper,
    ...(titled ? { title } : {}),
    config: {
      font: FAMILIES,
      // Who does not see the picture gets its words, not a list of its marks.
      aria: false,
      autosize: { type: 'fit-x', contains: 'padding' },
      // The bundled font has one weight.
      title: { color: palette.ink, fontSize: 16, fontWeight: 'normal', anchor: 'start', frame: 'bounds', offset: 12 },
      axis: {
        labelColor: palette.ink,
        labelFontSize: WORDS_PX,
        titleColor: palette.soft,
        titleFontSize: WORDS_PX,
        titleFontWeight: 'normal',
        domainColor: palette.usual,
        tickColor: palette.usual,
        gridColor: palette.line,
      },
      legend: {
        labelColor: palette.ink,
        labelFontSize: WORDS_PX,
        orient: 'top',
        title: null,
        symbolSize: 140,
        symbolStrokeWidth: 1.5,
        offset: 6,
        padding: 0,
      },
      text: { color: palette.ink, fontSize: WORDS_PX },
      view: { stroke: null },
    },
  };
}

/** A picture stands alone; on a page the drawing begins where the words do. */
const PICTURE_PADDING_PX = 12;
const PAGE_PADDING_PX = 2;
