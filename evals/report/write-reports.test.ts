import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeReport } from './make-report.ts';
import { madeUpResult } from './suite-result-fixture.ts';
import { REPORT_FILES, writeReports } from './write-reports.ts';

it('writes every face, and the result as it was: the same report can be made of it again', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-report-'));
  try {
    const result = madeUpResult([{}, { askId: 'b-2-x/asked-1', given: 'kernel.global_oom' }]);
    const page = writeReports(makeReport(result, { baseline: null }), path.join(folder, 'new'));
    expect(readdirSync(path.join(folder, 'new')).sort()).toEqual(Object.values(REPORT_FILES).sort());
    const read = JSON.parse(readFileSync(path.join(folder, 'new', REPORT_FILES.result), 'utf8'));
    expect(read).toEqual(result);
    const html = readFileSync(page, 'utf8');
    writeReports(makeReport(read, { baseline: null }), folder);
    expect(readFileSync(path.join(folder, REPORT_FILES.page), 'utf8')).toBe(html);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
