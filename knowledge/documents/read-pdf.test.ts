import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Document } from './document.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { readDocument } from './read-document.ts';

const FIXTURES = path.join(import.meta.dirname, 'fixtures');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const hasHanFont = (): boolean => {
  try {
    return execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false;
  }
};

async function read(bytes: Uint8Array, limits = DOCUMENT_LIMITS): Promise<Document> {
  const { document, failed } = await readDocument(bytes, 'a.pdf', limits);
  if (failed !== undefined) throw new Error(failed);
  return document;
}
const fixture = (name: string) => readFileSync(path.join(FIXTURES, name));

describe('PDFs printed before', () => {
  it('of LibreOffice in two columns are read in the order of the columns, broken Chinese lines put together', async () => {
    const { sections } = await read(fixture('columns-writer.pdf'));
    const [{ text, page, anchor } = { text: '', page: 0, anchor: '' }] = sections;
    expect([sections.length, page, anchor]).toEqual([1, 1, 'page=1']);
    expect(text).toContain('It does so every\nthree seconds');
    expect(text).toContain('先通知应用主控，宽限期过后再强制回收这些容器。');
    expect(text.indexOf('user interface draws')).toBeLessThan(text.indexOf('抢占由公平调度器发起'));
  });

  it('of Chromium come with the ordinary characters for their radicals, and with their pages', async () => {
    const { sections } = await read(fixture('radicals-chromium.pdf'));
    expect(sections.map(({ page, text }) => [page, text])).toEqual([
      [1, '第一页：大表手册\n马上见车门风险，长期食用鱼'],
      [2, '第二页：鬼龟齐龙'],
    ]);
  });

  it('that are encrypted, cut off or no PDF are refused with the reason', async () => {
    const failed = async (bytes: Uint8Array) => (await readDocument(bytes, 'a.pdf')).failed;
    expect(await failed(fixture('encrypted-writer.pdf'))).toBe('the PDF is encrypted: a password is needed to read it');
    expect(await failed(fixture('columns-writer.pdf').subarray(0, 9_000))).toMatch(/broken or cut off|no text/);
    expect(await failed(Buffer.from('%PDF-1.7\n'))).toMatch(/broken or cut off/);
  });

  it('are read up to the limit of pages', async () => {
    const { sections, notes } = await read(fixture('radicals-chromium.pdf'), { ...DOCUMENT_LIMITS, pages: 1 });
    expect(sections).toHaveLength(1);
    expect(notes).toEqual(['only the first 1 of 2 pages are read']);
  });
});

describe.skipIf(CHROMIUM === undefined || !hasHanFont())('PDFs that Chromium prints here', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-pdf-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const printed = (name: string): Uint8Array => {
    const to = path.join(folder, `${name}.pdf`);
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-pdf-header-footer',
      `--user-data-dir=${folder}/user`,
    ];
    execFileSync(CHROMIUM ?? '', [...flags, `--print-to-pdf=${to}`, path.join(FIXTURES, `${name}.html`)], {
      stdio: 'ignore',
      timeout: 100_000,
    });
    return readFileSync(to);
  };

  it('slides: one section each with its title and page, pictures named', async () => {
    const { sections, notes, meta } = await read(printed('slides'));
    expect(meta.title.zh).toBe('平台值班培训');
    expect(sections.map(({ page, headingPath }) => [page, ...headingPath])).toEqual([
      [1, '容器内存不足'],
      [2, 'Shuffle service restarts'],
      [4, '队列与抢占'],
    ]);
    expect(sections[0]?.text).toContain('马上重启没有用，先看风险页面');
    expect(notes).toEqual(['no text, a picture or a scan perhaps: page 3']);
  });

  it('two columns, English and Chinese, in their order', async () => {
    const [{ text } = { text: '' }] = (await read(printed('columns'))).sections;
    expect(text).toContain('A container that is above its limit is\nkilled with exit status');
    expect(text).toContain('先通知应用主控，宽限期过后再强制回收这些容器。');
    expect(text.indexOf('user interface draws')).toBeLessThan(text.indexOf('抢占由公平调度器发起'));
  });
});
