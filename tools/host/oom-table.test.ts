import { describe, expect, it } from 'vitest';
import { pageTableBytes, readTableHeader, readTableRow } from './oom-table.ts';

const SIX_EIGHT =
  '[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name';
const FIVE = '[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name';
const THREE_TEN = '[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name';
const FOUR_FOURTEEN = '[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name';

describe('process table', () => {
  it.each([
    [
      '6.8 and later',
      SIX_EIGHT,
      '[  22224]     0 22224   702232   105686   100448     5238         0  1036288        0             0 java',
      1036288,
    ],
    ['5.x', FIVE, '[  22224]     0 22224   702232   105686  1036288        0             0 java', 1036288],
    ['3.10', THREE_TEN, '[22224]     0 22224   702232   105686     253        0             0 java', 253 * 4096],
    [
      '4.14',
      FOUR_FOURTEEN,
      '[22224]     0 22224   702232   105686     250       3        0             0 java',
      253 * 4096,
    ],
  ])('reads rows by the header of %s', (_, header, line, pgtables) => {
    const row = readTableRow(line, readTableHeader(header));
    expect(row?.pid).toBe(22224);
    expect(row?.comm).toBe('java');
    expect(row?.counts.get('rss')).toBe(105686);
    expect(row?.counts.get('oom_score_adj')).toBe(0);
    expect(pageTableBytes(row?.counts ?? new Map(), 4096)).toBe(pgtables);
  });

  it('keeps a name of numbers and blanks apart from the columns', () => {
    const row = readTableRow(
      '[  7]     0     7   10   20   4096        0             -999 7 7 7',
      readTableHeader(FIVE),
    );
    expect(row?.comm).toBe('7 7 7');
    expect(row?.counts.get('oom_score_adj')).toBe(-999);
  });

  it('guesses the columns of rows whose header was cut off', () => {
    const row = readTableRow('[   1963]     0  1963   180433     1827   184320        0          -999 runc', null);
    expect(row?.counts.get('rss')).toBe(1827);
    expect(row?.counts.get('oom_score_adj')).toBe(-999);
    expect(row?.comm).toBe('runc');
  });

  it('refuses what is no row and no header', () => {
    expect(readTableHeader('[  pid  ] whatever name')).toBeNull();
    expect(readTableRow('[ 22224] something else', null)).toBeNull();
    expect(readTableRow('[ 22224]   0 1 2', null)).toBeNull();
  });
});
