import { describe, expect, it } from 'vitest';
import type { TextRecord } from '../evidence/text-record.ts';
import { KeptRecords, mergeKept, orderedRecords, PROCESS_LIMITS } from './kept-records.ts';

function record(order: number, text = `line ${order}`): TextRecord {
  return {
    area: 'logs',
    writer: 'spark_driver',
    provenance: 'engine',
    keys: {},
    at: order * 1000,
    level: 'error',
    logger: '',
    thread: '',
    message: text,
    text,
    exceptions: [],
    quote: { source: 's', fromLine: order, toLine: order, excerpt: text },
    count: 1,
    lastAt: order * 1000,
    order,
  };
}

const LIMITS = {
  ...PROCESS_LIMITS,
  perText: { ...PROCESS_LIMITS.perText, failure: 2 },
  records: { ...PROCESS_LIMITS.records, failure: 3 },
};
const LAST = '26/11/21 10:00:00 ERROR A: x';

function keep(kept: KeptRecords, key: number, order: number): boolean {
  const wanted = kept.wants(key, 'failure', () => LAST);
  if (wanted) kept.add(key, 'failure', [record(order)]);
  return wanted;
}

describe('KeptRecords', () => {
  it('keeps the first of a text, counts the rest on the first one', () => {
    const kept = new KeptRecords(LIMITS);
    expect([1, 2, 3, 4].map((order) => keep(kept, 9, order))).toEqual([true, true, false, false]);
    const records = orderedRecords(kept.summary(), {});
    expect(records.map(({ order, count }) => [order, count])).toEqual([
      [1, 3],
      [2, 1],
    ]);
    expect(records[0]?.lastAt).toBe(Date.UTC(2026, 10, 21, 10));
  });

  it('stops at its limit and says how many it left out', () => {
    const kept = new KeptRecords(LIMITS);
    const wanted = Array.from({ length: 9 }, (_, order) => keep(kept, order, order));
    // The limit is 3, twice that for texts that are new.
    expect(wanted).toEqual([true, true, true, true, true, true, false, false, false]);
    expect(kept.summary().overLimit).toBe(3);
    expect(kept.wants(77, 'milestone', () => LAST)).toBe(true);
  });

  it('joins pieces in order, within the limit for one text', () => {
    const pieces = [1, 10].map((start) => {
      const kept = new KeptRecords(LIMITS);
      for (let order = start; order < start + 3; order += 1) keep(kept, 9, order);
      return kept.summary();
    });
    const merged = orderedRecords(mergeKept(pieces, LIMITS), {});
    expect(merged.map(({ order }) => order)).toEqual([1, 2]);
    expect(merged.reduce((sum, { count }) => sum + count, 0)).toBe(6);
  });
});
