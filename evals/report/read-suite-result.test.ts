import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeReport } from './make-report.ts';
import { readSuiteResult } from './read-suite-result.ts';
import { madeUpResult } from './suite-result-fixture.ts';
import { writeReports } from './write-reports.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-result-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the result of an earlier run', () => {
  it('is read from its folder or its file', () => {
    const result = madeUpResult([{}]);
    writeReports(makeReport(result, { baseline: null }), folder);
    expect(readSuiteResult(folder)).toEqual(result);
    expect(readSuiteResult(path.join(folder, 'result.json'))).toEqual(result);
  });

  it.each([
    ['{"schemaVersion": 1', 'JSON'],
    [JSON.stringify({ ...madeUpResult([]), schemaVersion: 2 }), 'schemaVersion'],
    [JSON.stringify({ ...madeUpResult([]), scored: [{}] }), 'trial'],
  ])('that is none is an error: %s', (text, named) => {
    const file = path.join(folder, 'other.json');
    writeFileSync(file, text);
    expect(() => readSuiteResult(file)).toThrow(named);
  });

  it('that is not there is an error', () => {
    expect(() => readSuiteResult(path.join(folder, 'none'))).toThrow('no such file');
  });
});
