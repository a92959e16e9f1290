import { describe, expect, it } from 'vitest';
import type { TextRecord } from '../evidence/text-record.ts';
import { quoteOfRecord } from './quote-of-record.ts';
import { readRecords } from './read-records.ts';

const ORIGIN = {
  source: 'hosts/h/x.log',
  writer: 'spark_driver',
  provenance: 'engine',
  area: 'logs',
  keys: {},
} as const;

function firstRecord(text: string, firstLine = 1): TextRecord {
  return readRecords(text, { ...ORIGIN, firstLine })[0] as TextRecord;
}

/** What the gate does: the lines named, read again. */
function linesOf(text: string, from: number, to: number, firstLine = 1): string {
  return text
    .split('\n')
    .slice(from - firstLine, to - firstLine + 1)
    .join('\n');
}

describe('quoteOfRecord', () => {
  it('names the very line inside a stack trace', () => {
    const text =
      '26/11/21 10:00:00 ERROR Executor: Exception in task 1.0\njava.io.IOException: spill failed\n\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: No space left on device\n\tat d.E.f(E.java:2)';
    const quote = quoteOfRecord(firstRecord(text, 101), 'Caused by: java.io.IOException: No space left on device');
    expect([quote.fromLine, quote.toLine]).toEqual([104, 104]);
    expect(linesOf(text, quote.fromLine, quote.toLine, 101)).toContain(quote.excerpt);
  });

  it('names the line far behind the part that the reader quoted', () => {
    const text = `26/11/21 10:00:00 ERROR X: x\n${'\tat a.b.c.D.e(D.java:1)\n'.repeat(400)}Caused by: java.io.IOException: No space left on device`;
    const quote = quoteOfRecord(firstRecord(text), 'Caused by: java.io.IOException: No space left on device');
    expect(quote.fromLine).toBe(402);
    expect(linesOf(text, quote.fromLine, quote.toLine)).toBe(quote.excerpt);
  });

  it('moves the byte offset with the line', () => {
    const record = firstRecord('26/11/21 10:00:00 ERROR X: 错误\njava.io.IOException: 二\n\tat third.a.b(C.java:1)');
    const withOffset = { ...record, quote: { ...record.quote, offset: 1000 } };
    const quote = quoteOfRecord(withOffset, '\tat third.a.b(C.java:1)');
    expect(quote.offset).toBe(1000 + Buffer.byteLength(record.text.slice(0, record.text.indexOf('\tat third'))));
  });

  it('quotes only what stands in the source when the record was decoded from an answer', () => {
    const body = JSON.stringify({
      app: { diagnostics: 'Job aborted:\nFile "/a/b" failed: No space left on device here' },
    });
    const record: TextRecord = {
      ...firstRecord('x'),
      text: 'Job aborted:\nFile "/a/b" failed: No space left on device here',
      quote: { source: 'http/yarn-rm/app.json', fromLine: 1, toLine: 1, excerpt: body },
    };
    const quote = quoteOfRecord(record, 'File "/a/b" failed: No space left on device here');
    expect(quote.excerpt).toContain('No space left on device');
    expect(body).toContain(quote.excerpt);
    expect([quote.fromLine, quote.toLine]).toEqual([1, 1]);
  });

  it("falls back to the reader's quote when nothing of the piece can be shown", () => {
    const record: TextRecord = {
      ...firstRecord('x'),
      text: '甲\n乙',
      quote: { source: 'http/x.json', fromLine: 3, toLine: 5, excerpt: '"diagnostics": "…"' },
    };
    expect(quoteOfRecord(record, '乙')).toEqual(record.quote);
  });
});
