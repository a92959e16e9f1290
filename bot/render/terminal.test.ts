import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { demoCase } from '../investigation/fixtures/demo-case.ts';
import { HOSTILE, hostileDiagnosis, LONG_WORD } from './hostile-diagnosis-fixture.ts';
import { renderTerminal } from './terminal.ts';

const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const diagnoses = new Map<string, Diagnosis>();

beforeAll(async () => {
  for (const language of ['en', 'zh'] as const) {
    for (const name of ['failed-run', 'slow-run'] as const) {
      diagnoses.set(`${name} ${language}`, (await demoCase(name, language)).diagnosis);
      diagnoses.set(`open ${name} ${language}`, (await demoCase(name, language, 'why did it fail?')).diagnosis);
    }
    diagnoses.set(`hostile ${language}`, hostileDiagnosis(language));
    diagnoses.set(`hostile open ${language}`, hostileDiagnosis(language, 'needs_more'));
    const refused = { reason: 'out_of_scope', statement: `${HOSTILE} ${LONG_WORD}` };
    diagnoses.set(`refused ${language}`, { ...hostileDiagnosis(language), outcome: 'refused', refusal: refused });
  }
});

const NAMES = ['en', 'zh'].flatMap((language) =>
  ['failed-run', 'slow-run', 'open failed-run', 'open slow-run', 'hostile', 'hostile open', 'refused'].map(
    (name) => `${name} ${language}`,
  ),
);
const of = (name: string) => diagnoses.get(name) as Diagnosis;

describe.each(NAMES)('the terminal face of %s', (name) => {
  it.each([40, 80, 100])('is never wider than %i columns', (columns) => {
    const lines = renderTerminal(of(name), { columns }).split('\n');
    expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
  });

  it('is at most 80 columns wide when nothing is said of the width', () => {
    const widths = renderTerminal(of(name))
      .split('\n')
      .map((line) => stringWidth(line));
    expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  });

  it('holds nothing that acts on the screen without colour, and bold and dim alone with it', () => {
    expect(renderTerminal(of(name))).not.toMatch(ACTING);
    const coloured = renderTerminal(of(name), { colour: true });
    expect(coloured.replace(/\u001b\[(?:1|2|22)m/g, '')).toBe(renderTerminal(of(name)));
  });

  it('has no line with blanks at its end, no two empty lines in a row, one end', () => {
    const text = renderTerminal(of(name));
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toMatch(/\n\n\n/);
    expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
  });
});

describe('what a reader gets', () => {
  it('of the failed run: cause, chain with the kernel’s line, value to set', () => {
    const text = renderTerminal(of('failed-run en'));
    expect(text).toContain('Root cause: killed by the');
    expect(text).toMatch(/dmesg\.txt, line/);
    expect(text).toMatch(/spark\.executor\.memoryOverhead: 256m → 512m/);
    expect(text).not.toContain('Where the time went');
  });

  it('of the slow run: the ledger with its total', () => {
    expect(renderTerminal(of('slow-run en'))).toMatch(/total\s+3:03\s+1:11\s+\+1:53/);
    expect(renderTerminal(of('slow-run zh'))).toMatch(/合计\s+3:03\s+1:11\s+\+1:53/);
  });

  it('of hostile text: all of it, made visible', () => {
    const text = renderTerminal(of('hostile en')).replace(/\s+/g, ' ');
    expect(text).toContain('\\u001b[31mred\\u001b[0m');
    expect(text).toContain('\\u202eesrever\\u202c');
    expect(text).toContain('<script>alert(1)</script>');
  });
});
