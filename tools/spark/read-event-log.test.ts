import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
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

describe('a log that was typed for the test', () => {
  it('gives every fact of a run that went well', async () => {
    const run = await runOf(tinyLog(3));
    expect(run.sparkVersion).toBe('3.5.6');
    expect(run.application).toMatchObject({
      id: 'application_1700000000000_0001',
      name: 'tiny',
      platform: 'yarn',
      startedAt: 1_700_000_000_000,
      endedAt: 1_700_000_001_300,
      interactive: false,
    });
    expect(run.environment.system['sun.java.command']).toContain('SparkSubmit');
    expect(run.executors).toMatchObject([{ id: '1', host: 'host-1', cores: 2, removedAt: null }]);
    expect(run.jobs).toMatchObject([
      { id: 0, result: 'succeeded', stageIds: [0], description: 'count at Job.scala:1' },
    ]);
    expect(run.stages).toMatchObject([
      { stageId: 0, status: 'succeeded', jobIds: [0], attempts: { succeeded: 3, failed: 0 }, locality: { ANY: 3 } },
    ]);
    expect(run.stages[0]?.runMs).toEqual({ min: 90, p25: 90, p50: 90, p75: 90, p95: 90, max: 90, sum: 270 });
    expect(run.stages[0]?.cpuMs?.p50).toBe(40);
    expect(run.stages[0]?.hosts).toMatchObject([{ host: 'host-1', tasks: 3, medianRunMs: 90, medianGcMs: 3 }]);
    expect([...run.tasks.taskId]).toEqual([0, 1, 2]);
    expect([...run.tasks.executor]).toEqual([0, 0, 0]);
    expect(run.completeness).toMatchObject({ end: 'ended', openTasks: 0, unreadableLines: 0, notes: [] });
    expect(run.completeness.lastEventAt).toBe(1_700_000_001_300);
  });

  it('ends a log without any task at the last event it has', async () => {
    const run = await runOf(tinyLog(3).slice(0, 5), 'no-tasks');
    expect(run.completeness).toMatchObject({ firstEventAt: 1_700_000_000_000, lastEventAt: 1_700_000_000_900 });
  });

  it('quotes byte for byte from the line and offset it names', async () => {
    const lines = tinyLog(2);
    const run = await runOf(lines);
    const quotes = [
      run.application.quotes.end,
      run.environment.quote,
      run.executors[0]?.quotes.added,
      run.jobs[0]?.quotes.start,
      run.stages[0]?.quotes.completed,
      ...run.keptTasks.flatMap((task) => [task.quote, task.metricsQuote]),
    ];
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    for (const quote of quotes) {
      if (!quote) throw new Error('a quote is missing');
      const line = lines[quote.fromLine - 1] ?? '';
      expect(line).toContain(quote.excerpt);
      expect(bytes.subarray(quote.offset, (quote.offset ?? 0) + Buffer.byteLength(line)).toString()).toBe(line);
    }
    expect(run.keptTasks[0]?.quote.excerpt).toMatch(/^"Task Info":\{"Task ID":0,/);
    expect(run.keptTasks[0]?.metricsQuote?.excerpt).toMatch(/^"Task Metrics":\{"Executor Run Time":90/);
  });

  it('keeps a failed task with its error, and folds errors that differ in digits', async () => {
    const reason = (tries: number) => ({
      Reason: 'ExceptionFailure',
      'Class Name': 'java.io.IOException',
      Description: 'x',
      'Full Stack Trace': `java.io.IOException: No space left, try ${tries}\n\tat a.B.c(B.java:1)\nCaused by: java.lang.Error: deep\n`,
    });
    const lines = tinyLog(1);
    const failed = [11, 12].flatMap((id) => Object.values(taskLines(id, { reason: reason(id) })));
    const run = await runOf([...lines.slice(0, 6), ...failed, ...lines.slice(6)]);
    expect(run.stages[0]?.attempts).toMatchObject({ succeeded: 1, failed: 2 });
    expect(run.stages[0]?.failuresByReason).toEqual({ ExceptionFailure: 2 });
    expect(run.failureTexts).toHaveLength(1);
    expect(run.failureTexts[0]).toMatchObject({
      count: 2,
      provenance: 'engine',
      writer: 'spark_event_log',
      keys: { applicationId: 'application_1700000000000_0001', taskId: 11, executorId: '1', stageId: 0 },
    });
    expect(run.failureTexts[0]?.exceptions.map((link) => link.className)).toEqual([
      'java.io.IOException',
      'java.lang.Error',
    ]);
    const kept = run.keptTasks.find((task) => task.taskId === 11);
    expect(kept).toMatchObject({ status: 'failed', reasonClass: 'ExceptionFailure' });
  });

  it('takes a task without an end for lost when its executor went away, else for running', async () => {
    const lines = tinyLog(1);
    const open = [20, 21].map((id) => taskLines(id, { executor: id === 20 ? '1' : '2' }).start);
    const removed = eventLine('SparkListenerExecutorRemoved', {
      Timestamp: 1_700_000_001_100,
      'Executor ID': '1',
      'Removed Reason': 'Executor heartbeat timed out after 130000 ms',
    });
    const run = await runOf([...lines.slice(0, 8), ...open, removed]);
    const statusOf = (id: number) => run.tasks.status[run.tasks.taskId.indexOf(id)];
    expect(statusOf(20)).toBe(TASK_STATUS.lost);
    expect(statusOf(21)).toBe(TASK_STATUS.running);
    expect(run.completeness).toMatchObject({ end: 'cut', openTasks: 2 });
    expect(run.executors[0]).toMatchObject({ removalKind: 'heartbeat', removedAt: 1_700_000_001_100 });
    expect(run.keptTasks.find((task) => task.taskId === 21)?.quote.excerpt).toContain('"Task ID":21');
  });

  it('counts a success that was resubmitted as lost, without a second attempt', async () => {
    const lines = tinyLog(2);
    const again = taskLines(1, { reason: { Reason: 'Resubmitted' } }).end;
    const run = await runOf([...lines.slice(0, -3), again, ...lines.slice(-3)]);
    expect(run.tasks.length).toBe(2);
    expect(run.stages[0]?.attempts).toMatchObject({ succeeded: 1, failed: 1 });
  });

  it('folds a removal that is told twice', async () => {
    const removal = (at: number, reason: string) =>
      eventLine('SparkListenerExecutorRemoved', { Timestamp: at, 'Executor ID': '1', 'Removed Reason': reason });
    const text = 'Container container_1700000000000_0001_01_000002 on host: h was preempted.';
    const run = await runOf([
      ...tinyLog(1).slice(0, -1),
      removal(1_700_000_001_250, 'Executor Process Lost'),
      removal(1_700_000_001_260, text),
    ]);
    expect(run.executors).toHaveLength(1);
    expect(run.executors[0]).toMatchObject({
      removedAt: 1_700_000_001_250,
      removalKind: 'preempted',
      removalReason: text,
      containerId: 'container_1700000000000_0001_01_000002',
    });
  });
});

describe('what no log should do to the reader', () => {
  it('reads around a giant line, odd JSON and a broken last line', async () => {
    const lines = tinyLog(2);
    const giant = `{"Event":"SparkListenerTaskEnd","Stage ID":0,"x":"${'a'.repeat(17 << 20)}"}`;
    const deep = `{"Event":"SparkListenerJobStart","Job ID":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const odd =
      '{"__proto__":{"polluted":1},"Event":"SparkListenerEnvironmentUpdate","Spark Properties":{"__proto__":"x"}}';
    const content = [...lines.slice(0, 4), giant, deep, odd, 'null', '[]', '{"Event":7}', ...lines.slice(4)].join('\n');
    const outcome = await readEventLog([written('odd', `${content}\n{"Event":"SparkListenerTaskE`)]);
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    expect(outcome.value.tasks.length).toBe(2);
    expect(outcome.value.stages[0]?.attempts.succeeded).toBe(2);
    // The giant line, the job whose id is 50,000 deep, `null`, `[]` and the event without a name; the last line is told apart.
    expect(outcome.value.completeness.unreadableLines).toBe(5);
    expect(outcome.value.completeness.notes.map((note) => note.en)).toEqual([
      '4 lines of the event log are not readable events',
      '1 line longer than 16 MiB was skipped',
      'the last line of the event log is cut off in the middle and was left out (1 line)',
    ]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each([
    ['behind the last line', '', 0],
    ['in place of the rest of the last line', '{"Event":"SparkListenerTaskE', 1],
  ])('counts the zeros that a lost host leaves %s', async (_, last, cutOff) => {
    const content = `${tinyLog(2).join('\n')}\n${last}${'\0'.repeat(70_000)}`;
    const outcome = await readEventLog([written('zeros', content)]);
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    const { notes, unreadableLines } = outcome.value.completeness;
    expect(unreadableLines).toBe(0);
    expect(notes.filter(({ en }) => /cut off in the middle/.test(en))).toHaveLength(cutOff);
    expect(notes.map(({ en }) => en)).toContain(
      '70,000 zero bytes in the event log were passed over, as a host that went down leaves them',
    );
    expect(outcome.value.tasks.length).toBe(2);
  });

  it('takes an end of the application that zeros follow on its line', async () => {
    const outcome = await readEventLog([written('zeros', `${tinyLog(1).join('\n')}${'\0'.repeat(9)}`)]);
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    expect(outcome.value.completeness.end).toBe('ended');
    expect(outcome.value.completeness.notes.map(({ en }) => en)).toEqual([
      '9 zero bytes in the event log were passed over, as a host that went down leaves them',
    ]);
  });

  it('counts a known event that does not say what it is about, however deep it is', async () => {
    const lines = tinyLog(1);
    const deep = `{"Event":"SparkListenerStageCompleted","Stage Info":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`;
    const run = await runOf([...lines.slice(0, 3), deep, ...lines.slice(3)]);
    expect(run.completeness.unreadableLines).toBe(1);
    expect(run.completeness.notes.map(({ en }) => en)).toEqual(['1 line of the event log is no readable event']);
  });

  it('reads a future version and unknown events, and says so', async () => {
    const lines = tinyLog(1).map((line) => line.replace('"3.5.6"', '"7.0.0"'));
    const run = await runOf([
      ...lines.slice(0, -1),
      eventLine('org.apache.spark.NewThing', { a: 1 }),
      ...lines.slice(-1),
    ]);
    expect(run.tasks.length).toBe(1);
    expect(run.completeness.unknownEvents).toEqual({ NewThing: 1 });
    const notes = run.completeness.notes.map((note) => note.en).join('\n');
    expect(notes).toContain('Spark 7.0.0');
    expect(notes).toContain('NewThing');
  });

  it('parses every line in full when the fast reader is wrong about a log', async () => {
    // Legal JSON, but the key stands twice: JSON takes the last one, the fast reader both.
    const lines = tinyLog(2).map((line) =>
      line.replace('"Executor Run Time":90', '"Executor Run Time":90,"Inner":{"Executor Run Time":17}'),
    );
    const run = await runOf(lines);
    expect(run.stages[0]?.runMs?.p50).toBe(90);
    expect(run.completeness.notes.map((note) => note.en).join()).toContain('unusual form');
  });

  it.each([
    ['an empty file', '', 'no_data', 'is empty'],
    ['a text file', 'hello\nworld\n', 'failed', 'none of its 2 lines'],
    ['JSON that is no event', '{"a":1}\n', 'failed', 'no Spark event log'],
    ['a binary file', Buffer.from([0, 1, 2, 3, 250, 251, 10, 0]), 'failed', 'binary file'],
    ['a zip', Buffer.from('PK\u0003\u0004rest'), 'failed', 'zip file'],
    ['an LZ4 frame', Buffer.from([0x04, 0x22, 0x4d, 0x18, 1, 2]), 'failed', 'LZ4 frame'],
    [
      'gzip with nothing behind its header',
      Buffer.from([0x1f, 0x8b, 0x08, 0, 0]),
      'failed',
      'nothing in it can be unpacked',
    ],
  ])('says what %s is', async (_, content, outcome, words) => {
    const read = await readEventLog([written('bad', content)]);
    expect(read.outcome).toBe(outcome);
    expect(JSON.stringify(read)).toContain(words);
  });

  it('says that it stopped at a bomb', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(300 << 20, 'a')));
    const read = await readEventLog([written('bomb', bomb)]);
    expect(read.outcome).toBe('failed');
    expect(JSON.stringify(read)).toContain('100 times its size');
  });

  it('says that a file cannot be opened', async () => {
    const file = { ...written('gone', 'x'), realPath: path.join(folder, 'nowhere') };
    const read = await readEventLog([file]);
    expect(read).toMatchObject({ outcome: 'failed', retryable: false });
  });

  it('stops when it is told to', async () => {
    await expect(
      readEventLog([written('long', tinyLog(5).join('\n'))], { signal: AbortSignal.abort() }),
    ).rejects.toThrow();
  });

  it('gives facts for a log cut anywhere, never more than the whole has', async () => {
    const content = Buffer.from(`${tinyLog(4).join('\n')}\n`);
    for (let cut = 61; cut < content.length; cut += 97) {
      const outcome = await readEventLog([written('cut', content.subarray(0, cut))]);
      if (outcome.outcome !== 'ok') throw new Error(`cut at ${cut}: ${JSON.stringify(outcome)}`);
      expect(outcome.value.completeness.bytesRead).toBe(cut);
      expect(outcome.value.tasks.length).toBeLessThanOrEqual(4);
      expect(outcome.value.completeness.unreadableLines).toBe(0);
    }
  });
});

describe('threads', () => {
  it('give the same facts as none, in the same order', async () => {
    const lines = tinyLog(1_500);
    const killed = taskLines(5_000, { reason: { Reason: 'TaskKilled', 'Kill Reason': 'another attempt succeeded' } });
    const open = taskLines(5_001).start;
    const file = written(
      'threads',
      `${[...lines.slice(0, 900), killed.start, killed.end, open, ...lines.slice(900)].join('\n')}\n`,
    );
    const alone = await readEventLog([file], { workers: 0 });
    const together = await readEventLog([file], { workers: 2 });
    expect(together).toEqual(alone);
    if (together.outcome !== 'ok') throw new Error('not read');
    expect(together.value.tasks.length).toBe(1_502);
    expect(together.value.keptTasks.find(({ taskId }) => taskId === 5_000)?.status).toBe('killed');
  });
});

describe('rolling parts', () => {
  const lines = tinyLog(4);
  const first = `${lines.slice(0, 9).join('\n')}\n`;
  const second = `${lines.slice(9).join('\n')}\n`;

  it('reads them in the order of their numbers and names each line by its own file', async () => {
    const parts = [written('events_10_app', second), written('appstatus_app', ''), written('events_9_app', first)];
    const outcome = await readEventLog(parts);
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    expect(outcome.value.sources).toEqual(['events_9_app', 'events_10_app']);
    expect(outcome.value.tasks.length).toBe(4);
    expect(outcome.value.completeness).toMatchObject({
      end: 'ended',
      openTasks: 0,
      missingParts: [1, 2, 3, 4, 5, 6, 7, 8],
    });
    expect(outcome.value.application.quotes.end).toMatchObject({
      source: 'events_10_app',
      fromLine: lines.length - 9,
    });
  });

  it('takes a compacted part for all before it and says what that loses', async () => {
    const outcome = await readEventLog([
      written('events_1_app', 'never read\n'),
      written('events_2_app.compact', first),
      written('events_3_app', second),
    ]);
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    expect(outcome.value.completeness).toMatchObject({ compacted: true, missingParts: [], unreadableLines: 0 });
    expect(outcome.value.completeness.notes[0]?.en).toContain('compacted');
  });
});
