import { describe, expect, it } from 'vitest';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';
import { costLine, readingRows } from './reading-rows.ts';

const base = { ...hostileDiagnosis('en'), skipped: [], checked: [], notChecked: [] };

describe('readingRows', () => {
  it('tells what was looked at, what had no data, and why something could not be asked', () => {
    const rows = readingRows({
      ...base,
      checked: ['spark', 'memory'],
      notChecked: [
        { area: 'yarn', why: 'x', reason: 'no_data' },
        { area: 'cache', why: 'x', reason: 'absent' },
        { area: 'storage', why: 'rm did not answer', reason: 'failed' },
      ],
    });
    expect(rows).toEqual([
      { label: 'Checked', text: 'Spark, kernel and memory' },
      { label: 'Not checked', text: 'YARN, cache (no data at hand)' },
      { label: 'Not checked', text: 'disks: rm did not answer' },
    ]);
  });

  it('tells four notes and counts the rest; what the summary says already is not said again', () => {
    const skipped = ['n1.', 'n2', 'n3', 'n4', 'n5', 'n6', 'told above'];
    expect(readingRows({ ...base, summary: 'x told above y', skipped })).toEqual([
      { label: 'Notes', text: 'n1; n2; n3; n4; 2 more' },
    ]);
    expect(readingRows(base)).toEqual([]);
  });
});

describe('costLine', () => {
  it('has time, reads, model and the id of the case', () => {
    const costs = { ...base.costs, durationMs: 1_200, toolCalls: 7 };
    expect(costLine({ ...base, costs })).toBe('1.2 s, 7 reads, no model · inv_hostile0');
    expect(costLine({ ...base, costs: { ...costs, modelCalls: 3 } })).toContain('3 × model');
  });
});
