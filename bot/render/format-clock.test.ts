import { describe, expect, it } from 'vitest';
import { formatClock } from './format-clock.ts';

describe('formatClock', () => {
  it('is minutes and seconds, hours where there are some', () => {
    expect(formatClock(0)).toBe('0:00');
    expect(formatClock(59_499)).toBe('0:59');
    expect(formatClock(59_500)).toBe('1:00');
    expect(formatClock(3_599_600)).toBe('1:00:00');
    expect(formatClock(6_720_000)).toBe('1:52:00');
    expect(formatClock(360_000_000)).toBe('100:00:00');
  });

  it('has tenths where asked for', () => {
    expect(formatClock(7_449, true)).toBe('0:07.4');
    expect(formatClock(59_960, true)).toBe('1:00.0');
  });

  it('has a sign below zero, and none for what rounds to zero', () => {
    expect(formatClock(-61_000)).toBe('-1:01');
    expect(formatClock(-400)).toBe('0:00');
    expect(formatClock(-40, true)).toBe('0:00.0');
  });
});
