import { describe, expect, it } from 'vitest';
import { parseDirectoryError, parseDiskReports } from './parse-disk-report.ts';

describe('parseDiskReports', () => {
  it('reads a full directory with its threshold (recorded)', () => {
    const report =
      '1/2 local-dirs usable space is below configured utilization percentage/no more usable space [ /mnt/data2/yarn/local : used space above threshold of 90.0% ] ; ';
    expect(parseDiskReports(report)).toEqual([
      { kind: 'full', paths: ['/mnt/data2/yarn/local'], failed: 1, total: 2, thresholdPercent: 90 },
    ]);
  });

  it('tells full from bad in one report (typed)', () => {
    const report =
      '1/2 local-dirs have errors:  [ /d1/local : Directory is not writable: /d1/local ] ; 1/1 log-dirs usable space is below configured utilization percentage/no more usable space [ /d2/logs : used space above threshold of 98.5% ] ';
    expect(
      parseDiskReports(report).map(({ kind, paths, thresholdPercent }) => ({ kind, paths, thresholdPercent })),
    ).toEqual([
      { kind: 'bad', paths: ['/d1/local'], thresholdPercent: null },
      { kind: 'full', paths: ['/d2/logs'], thresholdPercent: 98.5 },
    ]);
  });

  it('does not know the reason of the 2.x report, and finds nothing in good or other reports', () => {
    expect(
      parseDiskReports('1/1 local-dirs are bad: /hadoop/local; 1/1 log-dirs are bad: /hadoop/logs').map((r) => r.kind),
    ).toEqual(['unknown', 'unknown']);
    expect(parseDiskReports('2/2 local-dirs are good: /a,/b; 1/1 log-dirs are good: /c')).toEqual([]);
    expect(parseDiskReports('')).toEqual([]);
  });
});

describe('parseDirectoryError', () => {
  it('reads the NodeManager’s line about one directory', () => {
    expect(
      parseDirectoryError(
        'Directory /mnt/d2 error, used space above threshold of 90.0%, removing from list of valid directories',
      ),
    ).toMatchObject({ kind: 'full', paths: ['/mnt/d2'], thresholdPercent: 90 });
    expect(
      parseDirectoryError(
        'Directory /mnt/d2 error, Directory is not writable: /mnt/d2, removing from list of valid directories',
      ),
    ).toMatchObject({ kind: 'bad' });
    expect(parseDirectoryError('Directory /mnt/d2 passed disk check, adding to list of valid directories.')).toBeNull();
  });
});
