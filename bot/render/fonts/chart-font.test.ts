import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLED_FONT, ChartFontError, missingFrom, openChartFont } from './chart-font.ts';
import { gb2312Han, OTHER_RANGES, productHan } from './list-characters.ts';
import { readFont } from './read-font.ts';

/** Debian's `fonts-dejavu-core` and `fonts-noto-cjk`. */
const LATIN_ONLY = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
const WHOLE_NOTO = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wherefore-font-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, bytes: Uint8Array | string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}

describe('the bundled font', () => {
  it('draws letters and Chinese, and goes by a name of its own', async () => {
    const font = await openChartFont();
    expect(font.family).toBe('Wherefore Sans SC');
    expect(font.file).toBe(BUNDLED_FONT);
  });

  it('is small, and its licence lies beside it', async () => {
    expect((await stat(BUNDLED_FONT)).size).toBeLessThan(2 << 20);
    const licence = await readFile(path.join(path.dirname(BUNDLED_FONT), 'OFL.txt'), 'utf8');
    expect(licence).toContain('SIL OPEN FONT LICENSE Version 1.1');
    expect(licence).toContain('2014-2021 Adobe');
  });

  it('has every Chinese character of the product’s own texts, and all of GB 2312', async () => {
    const font = await openChartFont();
    const own = productHan();
    expect(own.length).toBeGreaterThan(800);
    expect(missingFrom(font, own.join(''))).toEqual([]);
    expect(gb2312Han()).toHaveLength(6_763);
    expect(missingFrom(font, gb2312Han().join(''))).toEqual([]);
  });

  it('has letters, figures, punctuation and arrows', async () => {
    const font = await openChartFont();
    expect(OTHER_RANGES[0]).toEqual([0x20, 0x7e]);
    const text = Array.from({ length: 0x5f }, (_, at) => String.fromCharCode(0x20 + at)).join('');
    expect(missingFrom(font, `${text}…–—·×≥≤→←•“”‘’│─█，。、；：？！（）「」《》％￥`)).toEqual([]);
  });

  it('knows what it has not', async () => {
    expect(missingFrom(await openChartFont(), '任务龘 done 😀 龘')).toEqual(['龘', '😀']);
  });
});

describe('a font that cannot draw', () => {
  it('is refused where it is missing', async () => {
    const opened = openChartFont(path.join(folder, 'none.otf'));
    await expect(opened).rejects.toThrow(ChartFontError);
    await expect(opened).rejects.toThrow(/cannot be read: .*none\.otf \(ENOENT\)/);
  });

  it('is refused where it is no font, a web font, or cut short', async () => {
    await expect(openChartFont(await fileOf('a.otf', 'no font at all'))).rejects.toThrow(ChartFontError);
    await expect(openChartFont(await fileOf('a.woff2', 'wOF2 and more'))).rejects.toThrow(/web fonts cannot/);
    await expect(openChartFont(await fileOf('empty.ttf', ''))).rejects.toThrow(/damaged/);
    const whole = await readFile(BUNDLED_FONT);
    await expect(openChartFont(await fileOf('cut.otf', whole.subarray(0, 300)))).rejects.toThrow(ChartFontError);
  });

  it('is refused where its table of characters promises what its drawings do not hold', async () => {
    const bytes = Uint8Array.from(await readFile(BUNDLED_FONT));
    const view = new DataView(bytes.buffer);
    for (let table = 0; table < view.getUint16(4); table += 1) {
      const record = 12 + 16 * table;
      if (String.fromCharCode(...bytes.subarray(record, record + 4)) === 'CFF ')
        bytes.fill(0, view.getUint32(record + 8), view.getUint32(record + 8) + view.getUint32(record + 12));
    }
    await expect(openChartFont(await fileOf('hollow.otf', bytes))).rejects.toThrow(/draws no Latin letters/);
  });

  it.skipIf(!existsSync(LATIN_ONLY))('is refused where it has no Chinese (fonts-dejavu-core)', async () => {
    await expect(openChartFont(LATIN_ONLY)).rejects.toThrow(/draws no Chinese characters: .*DejaVu Sans/);
  });

  it('can be put right and opened again', async () => {
    const file = await fileOf('later.otf', '');
    await expect(openChartFont(file)).rejects.toThrow();
    await writeFile(file, await readFile(BUNDLED_FONT));
    expect((await openChartFont(file)).family).toBe('Wherefore Sans SC');
  });
});

describe('a collection of fonts', () => {
  it.skipIf(!existsSync(WHOLE_NOTO))('goes by its simplified Chinese face (fonts-noto-cjk)', async () => {
    const font = await openChartFont(WHOLE_NOTO);
    expect(font.family).toBe('Noto Sans CJK SC');
    expect(missingFrom(font, '任务龘')).toEqual([]);
  });
});

describe('readFont', () => {
  it('ends on hostile bytes', async () => {
    const whole = await readFile(BUNDLED_FONT);
    for (let seed = 1; seed <= 40; seed += 1) {
      const bytes = Uint8Array.from(whole.subarray(0, 4_096));
      for (let at = 4; at < 400; at += 1) if ((at * seed) % 7 === 0) bytes[at] = (at * seed * 31) % 256;
      try {
        readFont(bytes).has(0x4e00);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }
  });
});
