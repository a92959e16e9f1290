import { Command } from 'commander';
import { BaselineError, readBaseline } from '../baseline/baseline.ts';
import { makeReport } from './make-report.ts';
import { printTable } from './print-table.ts';
import { readSuiteResult, SuiteResultError } from './read-suite-result.ts';
import { writeReports } from './write-reports.ts';

const program = new Command('eval:report')
  .description('tells a run of the suite again: its table, Markdown, JSON and page')
  .argument('<run>', 'folder of the run, or its result.json')
  .option('--earlier <run>', 'an earlier run of live to compare with')
  .option('--to <dir>', 'where the reports are written; nothing is written without it')
  .parse();
const { earlier, to } = program.opts<{ earlier?: string; to?: string }>();

try {
  const result = readSuiteResult(program.args[0] ?? '');
  const report = makeReport(result, {
    baseline: readBaseline(),
    earlier: earlier === undefined ? null : readSuiteResult(earlier),
  });
  printTable(report, console.log, process.stdout.columns);
  if (to !== undefined) console.log(`\n${writeReports(report, to)}`);
} catch (error) {
  if (!(error instanceof SuiteResultError || error instanceof BaselineError)) throw error;
  console.error(`eval:report: ${error.message}`);
  process.exitCode = 2;
}
