import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SparkRun } from './facts.ts';
import { fileAt, HAS_SHARED, SHARED } from './fixtures/shared-data.ts';
import { eventLine, taskLines, tinyLog } from './fixtures/tiny-log.ts';
import { readEventLog } from './read-event-log.ts';
import { TASK_STATUS } from './task-table.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-event-log-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string | Buffer) {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return fileAt(file);
}

async function runOf(lines: readonly string[], name = 'log'): Promise<SparkRun> {
  const outcome = await readEventLog([written(name, `${lines.join('\n')}\n`)]);
  if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** Rows of the tables in INDEX.md: the path and the counts that facts must agree with. */
function indexRows() {
  const text = readFileSync(path.join(SHARED, 'eventlogs', 'INDEX.md'), 'utf8');
  const rows: { file: string; cells: string[] }[] = [];
  let section = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3).trim();
    const cells = line.split('|').map((cell) => cell.trim());
    if (!line.startsWith('| ') || cells[1] === 'Path (under this folder)') continue;
    rows.push({ file: path.join(section, (cells[1] ?? '').split(' ')[0] ?? ''), cells });
  }
  return rows;
}

describe.skipIf(!HAS_SHARED)('every real event log has the counts its index tells (shared/eventlogs)', () => {
  const rows = HAS_SHARED ? indexRows() : [];

  it('knows all of them', () => {
    expect(rows.length).toBeGreaterThanOrEqual(46);
  });

  const readable = rows.filter(({ cells }) => cells[4] !== 'empty' && !cells[1]?.startsWith('invalid_log_file'));

  it.each(readable)('$file', async ({ file, cells }) => {
    const outcome = await readEventLog([fileAt(path.join(SHARED, 'eventlogs', file))]);
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    const run = outcome.value;
    const jobs = { succeeded: 0, failed: 0, running: 0 };
    for (const job of run.jobs) jobs[job.result] += 1;
    const [ok, failed, open] = (cells[8] ?? '').match(/-?\d+/g)?.map(Number) ?? [];
    // A job that ends without a start in this part counts as -1 in the index and as ended in the facts.
    expect(jobs).toEqual({ succeeded: ok, failed, running: Math.max(0, open ?? 0) });

    expect(run.completeness.bytesRead).toBe(numberIn(cells[3]));
    const stages = run.stages.filter((stage) => stage.completedAt !== null || stage.status === 'running');
    expect(stages.length).toBe(numberIn(cells[9]));
    expect(run.stages.filter((stage) => stage.status === 'failed').length).toBe(
      Number(/stages failed: (\d+)/.exec(cells[9] ?? '')?.[1] ?? 0),
    );

    const ended = count(run, (status, finished) => status !== TASK_STATUS.running && finished);
    expect(ended).toBe(numberIn(cells[10]));
    const unsuccessful = count(run, (status, finished) => status !== TASK_STATUS.succeeded && finished);
    expect(unsuccessful).toBe([...(cells[11] ?? '').matchAll(/ x(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0));

    const [added, removed] = (cells[12] ?? '').split('(')[0]?.split('/').map(Number) ?? [];
    expect(run.executors.filter((executor) => executor.addedAt !== null).length).toBe(added);
    expect(run.executors.filter((executor) => executor.removedAt !== null).length).toBe(removed);
    expect(run.sqlExecutions.filter((execution) => execution.quotes.start !== null).length).toBe(
      Number((cells[13] ?? '').split('/')[0]),
    );
    expect(run.completeness.end === 'ended').toBe(cells[14]?.startsWith('yes'));
    if (cells[5] !== 'not stated') expect(run.sparkVersion).toBe(cells[5]);
    const [id, attempt] = (cells[7] ?? '').split(' ');
    expect(run.application.id).toBe(id === 'none' ? null : id);
    if (attempt !== undefined) expect(run.application.attempt).toBe(attempt.replace(/[()]/g, ''));
  });
});

function numberIn(cell: string | undefined): number {
  return Number((cell ?? '').replaceAll(',', '').split(' ')[0]);
}

function count(run: SparkRun, wanted: (status: number, finished: boolean) => boolean): number {
  let total = 0;
  for (let row = 0; row < run.tasks.length; row += 1) {
    if (wanted(run.tasks.status[row] ?? -1, !Number.isNaN(run.tasks.finishedAt[row]))) total += 1;
  }
  return total;
}
