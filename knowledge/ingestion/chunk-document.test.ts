import { describe, expect, it } from 'vitest';
import { CHUNK_LIMITS } from '../documents/limits.ts';
import { readDocument } from '../documents/read-document.ts';
import type { Chunk } from './chunk.ts';
import { chunkDocument } from './chunk-document.ts';

async function chunked(markdown: string): Promise<Chunk[]> {
  const { document } = await readDocument(Buffer.from(markdown), 'a.md');
  if (!document) throw new Error('not read');
  const place = {
    documentId: 'team/a.md',
    collection: 'team',
    runbook: 'a',
    version: 'v1',
    url: 'http://w.example/a.md',
  };
  return await chunkDocument(document, place);
}

describe('chunkDocument', () => {
  it('makes one chunk of a short section, with all that a citation needs', async () => {
    const [, second] = await chunked(
      '---\ntitle: {en: A page, zh: 一页}\nsymptoms: [it is slow]\ncodes: [memory.spill]\n---\n# A page\n\nintro\n\n## Do\n\n### 加大内存\n\nso',
    );
    expect(second).toEqual({
      id: 'team/a.md#1',
      documentId: 'team/a.md',
      collection: 'team',
      runbook: 'a',
      title: 'A page 一页',
      section: '加大内存',
      heading: 'Do › 加大内存',
      page: 0,
      position: 1,
      text: 'so',
      symptoms: 'it is slow',
      codes: ['memory.spill'],
      areas: [],
      audience: ['everyone'],
      engines: '{}',
      version: 'v1',
      url: 'http://w.example/a.md#加大内存',
      owner: '',
      reviewed: '',
    });
  });

  it('cuts long Chinese text between sentences, overlapping, nothing lost', async () => {
    const sentences = Array.from({ length: 200 }, (_, at) => `第${at}句说明节点管理器怎样杀死超出内存上限的容器。`);
    const chunks = await chunked(`# 长\n\n${sentences.join('')}`);
    expect(chunks.length).toBeGreaterThan(2);
    for (const { text, section, heading } of chunks) {
      expect(text.length).toBeLessThanOrEqual(CHUNK_LIMITS.chars + 1);
      expect(text.endsWith('。')).toBe(true);
      expect(section).toBe('长');
      expect(heading).toBe('');
    }
    for (const sentence of sentences) expect(chunks.some(({ text }) => text.includes(sentence))).toBe(true);
  });

  it('keeps a code block whole and cuts one that is far too long between lines, its fence repeated', async () => {
    const words = 'words that fill the section up. '.repeat(45);
    const code = Array.from({ length: 40 }, (_, at) => `line ${at} of a script that belongs together`).join('\n');
    const whole = await chunked(`# c\n\n${words}\n\n\`\`\`sh\n${code}\n\`\`\`\n\n${words}`);
    expect(whole.some(({ text }) => text.includes(`\`\`\`sh\n${code}\n\`\`\``))).toBe(true);
    const long = await chunked(`# c\n\n\`\`\`sh\n${code}\n${code}\n${code}\n${code}\n\`\`\``);
    expect(long.length).toBeGreaterThan(1);
    for (const { text } of long) expect(text).toMatch(/^```sh\nline \d+ [\s\S]*\n```$/);
  });

  it('repeats the head of a long table and bounds a line without end', async () => {
    const table = `| key | value |\n|---|---|\n${Array.from({ length: 200 }, (_, at) => `| spark.key.${at} | ${'v'.repeat(20)} |`).join('\n')}`;
    const chunks = await chunked(`# t\n\n${table}\n\n${'x'.repeat(20_000)}`);
    const rows = chunks.filter(({ text }) => text.startsWith('|'));
    expect(rows.length).toBeGreaterThan(2);
    for (const { text } of rows) expect(text.startsWith('| key | value |\n| --- | --- |\n')).toBe(true);
    for (const { text } of chunks) expect(text.length).toBeLessThan(CHUNK_LIMITS.wholeBlockChars);
  });
});
