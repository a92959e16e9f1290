import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { ChartFontError, fontOptions, openChartFont } from '../fonts/chart-font.ts';
import { CHARTS, LEDGER, TIMELINE } from './chart-fixture.ts';
import { PALETTES } from './palette.ts';
import { renderChart } from './render-chart.ts';

/** Pixels of the words' colour in the band of the title, the upper 56 rows of a picture at 2×. */
async function titlePixels(svg: string): Promise<number> {
  const font = fontOptions(await openChartFont());
  const { pixels, width } = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: 2 } }).render();
  let dark = 0;
  for (let at = 0; at < 56 * width * 4; at += 4) if ((pixels[at] ?? 255) < 100) dark += 1;
  return dark;
}

describe('renderChart', () => {
  it.each(CHARTS.map((data) => [data.kind, data] as const))(
    'draws %s in both schemes and languages',
    async (_, data) => {
      for (const language of ['en', 'zh'] as const) {
        for (const scheme of ['light', 'dark'] as const) {
          const missing: string[] = [];
          const { svg, png, alt, title } = await renderChart(data, {
            language,
            scheme,
            onMissing: (found) => missing.push(...found),
          });
          expect([...png.subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
          expect(svg).toContain(`fill="${PALETTES[scheme].paper}"`);
          expect(svg).toContain(title.replaceAll('&', '&amp;'));
          expect(alt).not.toBe('');
          expect(missing).toEqual([]);
          // Twice the width of 720.
          expect(new DataView(png.buffer, png.byteOffset).getUint32(16)).toBe(1_440);
        }
      }
    },
  );

  it('really draws a Chinese title', async () => {
    const { svg, title } = await renderChart(LEDGER, { language: 'zh', scheme: 'light' });
    const drawn = await titlePixels(svg);
    const without = await titlePixels(svg.replaceAll(title, ''));
    const boxes = await titlePixels(svg.replaceAll(title, '龘'.repeat([...title].length)));
    expect(drawn - without).toBeGreaterThan(1_000);
    expect(Math.abs(drawn - boxes)).toBeGreaterThan(200);
  });

  it('says which characters the font lacks', async () => {
    const missing: string[] = [];
    const [first, ...others] = TIMELINE.links;
    if (!first) throw new Error('no link');
    const data = { ...TIMELINE, links: [{ ...first, statement: '任务龘 failed' }, ...others] };
    await renderChart(data, { language: 'zh', scheme: 'light', onMissing: (found) => missing.push(...found) });
    expect(missing).toEqual(['龘']);
  });

  it('is an error with a font that is not there, never a picture without words', async () => {
    const drawn = renderChart(LEDGER, { language: 'en', scheme: 'light', font: '/no/such/font.otf' });
    await expect(drawn).rejects.toThrow(ChartFontError);
  });

  it('shows hostile text as text', async () => {
    const [first, ...others] = TIMELINE.links;
    if (!first) throw new Error('no link');
    const statement = '</text><script>alert(1)</script> \u202e\u001b[31m "datum.x" & fill="#ffffff"';
    const { svg, alt } = await renderChart(
      { ...TIMELINE, links: [{ ...first, statement }, ...others] },
      { language: 'en', scheme: 'dark' },
    );
    expect(svg).not.toMatch(/<script|[\u001b\u202e]/);
    expect(svg).toContain('&lt;/text&gt;');
    expect(alt).not.toMatch(/[\u001b\u202e]/);
  });

  it('fetches nothing: no image, no link, no address but the name space', async () => {
    for (const data of CHARTS) {
      const { svg } = await renderChart(data, { language: 'en', scheme: 'light' });
      expect(svg.replaceAll(/xmlns(?::xlink)?="http:\/\/www\.w3\.org\/[\w/]+"/g, '')).not.toMatch(
        /https?:|<image|href|@import|url\(/,
      );
    }
  });
});

describe('the packages of the charts', () => {
  it('are imported when the first chart is drawn, not before', () => {
    for (const room of [
      import.meta.dirname,
      path.join(import.meta.dirname, '..', 'fonts'),
      path.join(import.meta.dirname, '..'),
    ]) {
      for (const file of readdirSync(room).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
        const source = readFileSync(path.join(room, file), 'utf8');
        expect(source, file).not.toMatch(/^import (?!type )[^;]*'(?:vega|vega-lite|@resvg\/resvg-js)'/m);
      }
    }
  });
});
