import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileAt, HAS_SHARED, SHARED } from '../../../tools/spark/fixtures/shared-data.ts';
import { readEventLog } from '../../../tools/spark/read-event-log.ts';
import { bookTime } from './book-time.ts';

const ROOT = join(SHARED, 'eventlogs');

function logsUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'LICENSES' ? [] : logsUnder(path);
    return /\.md$/.test(entry.name) || statSync(path).size === 0 ? [] : [path];
  });
}

/** Real event logs of public projects, Spark 1.x to 4.x (see their INDEX.md). */
describe.skipIf(!HAS_SHARED)(`recorded event logs in ${ROOT}`, () => {
  it('are booked to the millisecond, and 95 % of the complete ones leave at most 2 % unexplained', async () => {
    const shares: { log: string; share: number }[] = [];
    for (const path of logsUnder(ROOT)) {
      const outcome = await readEventLog([fileAt(path)]);
      if (outcome.outcome !== 'ok') continue;
      const ledger = bookTime(outcome.value);
      const sum = ledger.accounts.reduce((ms, entry) => ms + entry.ms, ledger.unexplainedMs);
      expect(sum, path).toBe(ledger.wallClockMs);
      for (const entry of ledger.accounts) expect(entry.ms, `${path} ${entry.account}`).toBeGreaterThan(0);
      if (outcome.value.completeness.end !== 'ended' || ledger.wallClockMs === 0) continue;
      shares.push({ log: relative(ROOT, path), share: ledger.unexplainedMs / ledger.wallClockMs });
    }
    expect(shares.length).toBeGreaterThan(30);
    const over = shares.filter(({ share }) => share > 0.02);
    expect(over.length / shares.length, JSON.stringify(over)).toBeLessThanOrEqual(0.05);
  }, 120_000);
});
