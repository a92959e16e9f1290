import stringWidth from 'string-width';
import type { TopLevelSpec } from 'vega-lite';
import type { Language } from '../../../knowledge/bilingual.ts';
import { visibleText } from '../visible-text.ts';

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

/**
 * A chart with its words as they can be drawn: without characters that act instead of being read, and where the words are English
 * without those that fonts for Chinese draw wide.
 */
export function readable<Value>(value: Value, language: Language): Value {
  if (typeof value === 'string') {
    const text = visibleText(value);
    return (
      language === 'zh'
        ? text.replace(/(?<=[!-~])…/g, '...')
        : text.replace(/[…“”‘’—]/g, (sign) => NARROW[sign] ?? sign)
    ) as Value;
  }
  if (Array.isArray(value)) return value.map((inner) => readable(inner, language)) as Value;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, readable(inner, language)]);
  return Object.fromEntries(entries) as Value;
}

const NARROW: Readonly<Record<string, string>> = { '…': '...', '“': '"', '”': '"', '‘': "'", '’': "'", '—': '-' };
