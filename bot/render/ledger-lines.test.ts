import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { ledgerLines } from './ledger-lines.ts';
import type { LedgerRow, LedgerTable } from './ledger-rows.ts';

function row(name: string, ms: number, deltaMs: number | null, bar = 0): LedgerRow {
  return { account: 'rest', name, ms, baselineMs: deltaMs === null ? null : ms - deltaMs, deltaMs, bar };
}

const COMPARED: LedgerTable = {
  rows: [row('skew tail', 113_000, 113_000, 1), row('computing', 49_000, -1_000, 0.5)],
  total: row('total', 162_000, 112_000),
  tenths: false,
};
const ALONE: LedgerTable = {
  rows: [row('skew tail', 113_000, null, 1)],
  total: row('total', 113_000, null),
  tenths: false,
};

describe('ledgerLines', () => {
  it('has the three columns under their heads, and a bar that fills the line', () => {
    const { head, lines } = ledgerLines(COMPARED, 'en', 80);
    expect(head?.split(/\s{2,}/).filter(Boolean)).toEqual(['this run', 'usual', 'more']);
    expect(lines[0]).toMatch(/^ {2}skew tail +1:53 +0:00 +\+1:53 {2}█+$/);
    expect(stringWidth(lines[0] ?? '')).toBe(80);
    expect(lines[2]).toMatch(/^ {2}total +2:42 +0:50 +\+1:52$/);
  });

  it('has one column without a comparison, and no head', () => {
    const { head, lines } = ledgerLines(ALONE, 'en', 80);
    expect(head).toBeNull();
    expect(lines[0]).toMatch(/^ {2}skew tail +1:53 {2}█+$/);
    expect(stringWidth(lines[0] ?? '')).toBe(80);
  });

  it('leaves out what is usual, then the difference, where there is no room', () => {
    expect(ledgerLines(COMPARED, 'en', 40).lines[0]).toMatch(/^ {2}skew tail +1:53 +\+1:53 {2}█+$/);
    expect(ledgerLines(COMPARED, 'en', 24).lines[0]).toMatch(/^ {2}skew tail +1:53$/);
  });

  it('never runs over, however long the run or the name', () => {
    const huge = row('等待 shuffle 拉取的时间', 9_000_000_000_000, 9_000_000_000_000, 1);
    const table = { rows: [huge], total: huge, tenths: false };
    for (const columns of [60, 80, 100]) {
      const { head, lines } = ledgerLines(table, 'zh', columns);
      for (const line of [head ?? '', ...lines]) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }
  });
});
