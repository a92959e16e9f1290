/** Light or dark background. */
export type ColourScheme = 'light' | 'dark';

/** Colours by what they are for. All are plain hexadecimal, and no two of one scheme are the same: a page puts names in their place. */
export interface Palette {
  /** Behind everything. */
  paper: string;
  /** Words. */
  ink: string;
  /** Words beside the point: axes, notes. */
  soft: string;
  /** Grid and rules that carry nothing. */
  line: string;
  /** This run; what was used. */
  bar: string;
  /** What is usual, drawn as an outline. */
  usual: string;
  /** A limit, a kill, the longest task. */
  alarm: string;
  /** Standing: confirmed. */
  ok: string;
  /** Standing: likely, not proven. */
  mid: string;
}

/** The palette of charts and pages. Contrast is held by a test: words 4.5:1 (WCAG 2.2, 1.4.3), what is drawn 3:1 (1.4.11). */
export const PALETTES: Readonly<Record<ColourScheme, Palette>> = {
  light: {
    paper: '#ffffff',
    ink: '#1c1f23',
    soft: '#5b6470',
    line: '#d8dde3',
    bar: '#2f6fb2',
    usual: '#6d7784',
    alarm: '#b3261e',
    ok: '#1b7f4d',
    mid: '#9a5b00',
  },
  dark: {
    paper: '#16191d',
    ink: '#e6e8eb',
    soft: '#a3acb8',
    line: '#353b43',
    bar: '#6ca8e6',
    usual: '#8f99a6',
    alarm: '#ff8a80',
    ok: '#5fd39a',
    mid: '#f0b35a',
  },
};
