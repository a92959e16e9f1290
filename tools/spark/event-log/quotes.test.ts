import { globSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_EXCERPT_BYTES, type Quote } from '../../evidence/quote.ts';
import { fileAt, HAS_SHARED, SHARED } from '../fixtures/shared-data.ts';
import { readEventLog } from '../read-event-log.ts';
import { partOfFile } from './log-part.ts';
import { openEventLog } from './open-event-log.ts';

const LOGS = HAS_SHARED
  ? [
      ...globSync('eventlogs/*/**/*', { cwd: SHARED }).filter((name) => !/LICENSES|nds_q66/.test(name)),
      ...globSync('captures/*/capture/hdfs/spark-history/**/*', { cwd: SHARED }),
    ]
      .map((name) => path.join(SHARED, name))
      .filter((name) => statSync(name).isFile() && statSync(name).size > 0)
  : [];

/** Every quote anywhere in a value. */
function* quotesIn(value: unknown): Generator<Quote> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if ('excerpt' in value) yield value as Quote;
  else for (const inner of Object.values(value)) yield* quotesIn(inner);
}

describe.skipIf(!HAS_SHARED)('every quote of every recorded log (shared)', () => {
  it('is byte for byte at its place', async () => {
    let quotes = 0;
    for (const name of LOGS) {
      const outcome = await readEventLog([fileAt(name)]);
      if (outcome.outcome !== 'ok') continue;
      const chunks: Buffer[] = [];
      for await (const chunk of (await openEventLog(partOfFile(fileAt(name)))).chunks) chunks.push(Buffer.from(chunk));
      const content = Buffer.concat(chunks);
      const lines = content.toString('utf8').split('\n');
      for (const { excerpt, fromLine, toLine, offset = -1 } of quotesIn(outcome.value)) {
        quotes += 1;
        const line = lines[fromLine - 1] ?? '';
        if (!line.includes(excerpt) || excerpt === '') throw new Error(`${name}:${fromLine}: ${excerpt.slice(0, 80)}`);
        expect(toLine).toBe(fromLine);
        expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(MAX_EXCERPT_BYTES);
        const start = Buffer.from(line.slice(0, 60));
        expect(content.subarray(offset, offset + start.length).equals(start)).toBe(true);
      }
    }
    expect(quotes).toBeGreaterThan(5_000);
  }, 60_000);
});
