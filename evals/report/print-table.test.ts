import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../../bot/render/hostile-diagnosis-fixture.ts';
import { makeReport } from './make-report.ts';
import { printTable, tableLines } from './print-table.ts';
import { madeUpResult } from './suite-result-fixture.ts';

const TABLE = { title: '', note: '', figures: [1] };

describe('a report in a terminal', () => {
  it('aligns words to the left and figures to the right', () => {
    const lines = tableLines(
      {
        ...TABLE,
        head: ['tag', 'of'],
        rows: [
          ['spark', '7'],
          ['中文', '123'],
        ],
      },
      80,
    );
    expect(lines).toEqual(['tag     of', '─────  ───', 'spark    7', '中文   123']);
  });

  it('breaks sentences of the last column into lines of its own, and says when it cuts', () => {
    const lines = tableLines(
      { ...TABLE, figures: [], head: ['case', 'why'], rows: [['a', 'one two three '.repeat(30)]] },
      60,
    );
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.slice(3).every((line) => line.startsWith('      '))).toBe(true);
    expect(lines.at(-1)).toContain('…');
  });

  it.each([60, 100, 160])('is at most %d columns wide, whatever texts do, and acts on no screen', (columns) => {
    const hostile = { question: HOSTILE, given: 'kernel.global_oom' } as const;
    const result = madeUpResult([
      { askId: `long-${'x'.repeat(300)}/asked-1`, ...hostile },
      { askId: `b-${HOSTILE}`, status: 'not_run' },
    ]);
    const lines: string[] = [];
    printTable(makeReport(result, { baseline: null }), (line) => lines.push(line), columns);
    const tables = lines.filter((line) => !line.startsWith('==')).slice(0, -5);
    expect(tables.filter((line) => stringWidth(line) > columns)).toEqual([]);
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b\u202e]/);
  });

  it('ends with the verdict, where the eye is, and leaves long tables to the page', () => {
    const many = Array.from({ length: 60 }, (_, at) => ({
      askId: `a-${at}-x/asked-1`,
      given: 'kernel.global_oom' as const,
    }));
    const lines: string[] = [];
    printTable(makeReport(madeUpResult(many), { baseline: null }), (line) => lines.push(line), 100);
    expect(lines.at(-1)).toContain('gates: BLOCKED by 60 faults');
    expect(lines).toContain('… and 20 more: see the page');
  });
});
