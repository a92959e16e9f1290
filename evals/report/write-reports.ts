import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from './make-report.ts';
import { reportPage } from './page/report-page.ts';
import { reportMarkdown } from './report-markdown.ts';

/** What lies in the folder of a run. */
export const REPORT_FILES = {
  /** The run itself: another report can be made of it, and a later run be compared with it. */
  result: 'result.json',
  /** What was worked out of it. */
  summary: 'summary.json',
  markdown: 'report.md',
  page: 'report.html',
} as const;

/** Writes all faces of a report into a folder. @returns the path of the page, for whoever wants to look */
export function writeReports(report: Report, folder: string): string {
  const { result, summary, difference, verdict, ready, live } = report;
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  write(REPORT_FILES.result, `${JSON.stringify(result)}\n`);
  write(REPORT_FILES.summary, `${JSON.stringify({ summary, verdict, difference, ready, live }, null, 2)}\n`);
  write(REPORT_FILES.markdown, reportMarkdown(report));
  write(REPORT_FILES.page, reportPage(report));
  return path.join(folder, REPORT_FILES.page);
}
