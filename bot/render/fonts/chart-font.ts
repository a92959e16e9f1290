import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FontFacts, readFont } from './read-font.ts';

/** The font that lies beside the code, where none is configured. */
export const BUNDLED_FONT = path.join(import.meta.dirname, 'wherefore-sans-sc-regular.otf');

/** A font that charts are drawn with, proven to draw. */
export interface ChartFont extends FontFacts {
  file: string;
}

/** A font cannot be used; the message is for whoever configured it. */
export class ChartFontError extends Error {}

const opened = new Map<string, Promise<ChartFont>>();

/**
 * Opens a font and proves that letters and Chinese characters are really drawn with it: the renderer leaves out what it cannot draw
 * without a word. Done once for each file.
 *
 * @param file a TTF, OTF or TTC; absent: the bundled one
 * @throws ChartFontError when it is missing, no font, or draws no letters or no Chinese
 */
export function openChartFont(file: string = BUNDLED_FONT): Promise<ChartFont> {
  const known = opened.get(file);
  if (known) return known;
  const font = openAndProve(file);
  opened.set(file, font);
  // A file that is put right later can be opened later.
  font.catch(() => opened.delete(file));
  return font;
}

async function openAndProve(file: string): Promise<ChartFont> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new ChartFontError(`the font for charts cannot be read: ${file} (${error.code ?? error.message})`);
  });
  const font = { ...factsOf(bytes, file), file };
  for (const [sample, what] of SAMPLES) {
    const pixels = font.has(sample.codePointAt(0) ?? 0) ? await darkPixels(sample, font) : 0;
    if (pixels < LEAST_PIXELS)
      throw new ChartFontError(`the font for charts draws no ${what}: ${file} (${font.family}); name one that does`);
  }
  return font;
}

function factsOf(bytes: Uint8Array, file: string): FontFacts {
  try {
    return readFont(bytes);
  } catch (error) {
    const why = error instanceof RangeError ? 'it is cut short or damaged' : (error as Error).message;
    throw new ChartFontError(`the font for charts cannot be used: ${file}: ${why}`);
  }
}

const SAMPLES = [
  ['W', 'Latin letters'],
  ['题', 'Chinese characters'],
] as const;
/** At 40 pixels a letter or a character is drawn with hundreds of dark pixels. */
const SAMPLE_SIZE = 40;
const LEAST_PIXELS = 60;

/** How many dark pixels a text is drawn with, black on white. */
async function darkPixels(text: string, font: ChartFont): Promise<number> {
  const { Resvg } = await import('@resvg/resvg-js');
  const size = 2 * SAMPLE_SIZE;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><text x="10" y="55" font-size="${SAMPLE_SIZE}">${text}</text></svg>`;
  const { pixels } = new Resvg(svg, { font: fontOptions(font), background: '#ffffff' }).render();
  let dark = 0;
  for (let at = 0; at < pixels.length; at += 4) if ((pixels[at] ?? 255) < 128) dark += 1;
  return dark;
}

/** The renderer's options for one font and no other. */
export function fontOptions({ file, family }: ChartFont) {
  return { fontFiles: [file], loadSystemFonts: false, defaultFontFamily: family, sansSerifFamily: family };
}

/** Characters of a text that a font does not have, each once. */
export function missingFrom(font: FontFacts, text: string): string[] {
  return [...new Set(text)].filter((character) => character > ' ' && !font.has(character.codePointAt(0) ?? 0));
}
