import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';
import { ledgerRows } from './ledger-rows.ts';

type Account = NonNullable<Diagnosis['ledger']>['accounts'][number]['account'];

function diagnosis(
  accounts: readonly [Account, number][],
  unexplainedMs: number,
  deltas: readonly [Account, number][] | null = null,
): Diagnosis {
  const wallClockMs = accounts.reduce((sum, [, ms]) => sum + ms, unexplainedMs);
  return {
    ...hostileDiagnosis('en'),
    ledger: {
      wallClockMs,
      unexplainedMs,
      accounts: accounts.map(([account, ms]) => ({ account, ms, stages: [], evidence: [] })),
    },
    comparison: deltas && {
      with: ['app-1'],
      baseline: 'run',
      accounts: deltas.map(([account, deltaMs]) => ({ account, deltaMs })),
      changes: [],
      unexplainedDeltaMs: 0,
    },
  };
}

describe('ledgerRows', () => {
  it('adds up: the rows to the total, this run less the difference to what is usual', () => {
    const table = ledgerRows(
      diagnosis(
        [
          ['compute', 60_000],
          ['gc', 30_000],
          ['commit', 100],
        ],
        9_900,
        [
          ['gc', 25_000],
          ['queue_wait', -7_000],
        ],
      ),
      'en',
    );
    const rows = table?.rows ?? [];
    for (const field of ['ms', 'baselineMs', 'deltaMs'] as const)
      expect(rows.reduce((sum, row) => sum + (row[field] ?? 0), 0)).toBe(table?.total[field]);
    expect(table?.total.ms).toBe(100_000);
    for (const row of rows) expect(row.ms - (row.deltaMs ?? 0)).toBe(row.baselineMs);
    expect(rows[0]?.name).toBe('garbage collection');
    expect(rows.map(({ name }) => name)).toContain('unexplained');
  });

  it('sums up what is small', () => {
    const table = ledgerRows(
      diagnosis(
        [
          ['compute', 98_500],
          ['gc', 1_000],
          ['commit', 500],
        ],
        0,
      ),
      'en',
    );
    expect(table?.rows.map(({ name, ms }) => [name, ms])).toEqual([
      ['computing', 98_500],
      ['rest', 1_500],
    ]);
    expect(table?.rows.every(({ deltaMs }) => deltaMs === null)).toBe(true);
    expect(table?.rows[0]?.bar).toBe(1);
  });

  it('tells short runs to the tenth, and nothing of a run without time', () => {
    expect(ledgerRows(diagnosis([['compute', 119_000]], 0), 'en')?.tenths).toBe(true);
    expect(ledgerRows(diagnosis([['compute', 121_000]], 0), 'en')?.tenths).toBe(false);
    expect(ledgerRows(diagnosis([], 0), 'en')).toBeNull();
    expect(ledgerRows({ ...diagnosis([], 0), ledger: null }, 'en')).toBeNull();
  });
});
