import type { TopLevelSpec } from 'vega-lite';
import type { Language } from '../../../knowledge/bilingual.ts';
import type { Palette } from './palette.ts';

/** How a chart is to look. */
export interface ChartLook {
  language: Language;
  palette: Palette;
  /** Width of the whole picture, pixels: 720 for a screen, 340 for a phone. */
  width: number;
  /** With its title in the picture; a page puts it above. */
  titled: boolean;
}

/** A chart as a declaration, with its words. */
export interface DrawnChart {
  title: string;
  /** What the picture tells, in a sentence or two, with its figures. */
  alt: string;
  spec: TopLevelSpec;
}
