import { describe, expect, it } from 'vitest';
import { button, buttonValue, readButtonValue, readRowId, rowId } from './button.ts';

describe('what a button carries', () => {
  it.each([
    { caseId: 'case_0a1b2c3d4e', diagnosis: 'inv_0f' },
    { caseId: 'case_0a1b2c3d4e', diagnosis: null },
    { caseId: null, diagnosis: null },
  ])('comes back from its value and its row: %j', (about) => {
    expect(readButtonValue(buttonValue(about))).toEqual({ ...about, from: 0 });
    expect(readButtonValue(buttonValue(about, 12)).from).toBe(12);
    expect(readRowId(rowId(about))).toEqual(about);
  });

  it('is nothing where it was made up', () => {
    expect(readButtonValue('case_<x> inv_../.. -9')).toEqual({ caseId: null, diagnosis: null, from: 0 });
    expect(readButtonValue('x'.repeat(100_000))).toEqual({ caseId: null, diagnosis: null, from: 0 });
    expect(readRowId('someone else')).toBeNull();
    expect(buttonValue({ caseId: 'a b', diagnosis: 'c\n' })).toBe('- -');
  });

  it('is named by its action', () => {
    expect(button('helpful', 'Helpful', 'case_1 -')).toMatchObject({
      action_id: 'wherefore:helpful',
      value: 'case_1 -',
    });
  });
});
