import { globSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { HAS_SHARED, SHARED } from '../fixtures/shared-data.ts';
import { taskLines } from '../fixtures/tiny-log.ts';
import { partOfFile } from './log-part.ts';
import { openEventLog } from './open-event-log.ts';
import { parseEvent } from './parse-event.ts';
import { TASK_END_PREFIX, taskEndScanner } from './scan-task-end.ts';
import { stringTable } from './string-table.ts';
import { reasonClassOf, type TaskStrings, taskRowOfEvent } from './task-row-of-event.ts';
import { FIELD, ROW_WIDTH, TASK_ROW, TOLD_FIELDS } from './task-rows.ts';

function tables(): TaskStrings {
  return { executors: stringTable(), hosts: stringTable(), localities: stringTable(), reasons: stringTable() };
}

function scanner() {
  const strings = tables();
  const peaks = { names: stringTable(), byExecutor: [] as (Float64Array | undefined)[] };
  const scan = taskEndScanner(strings, peaks);
  const row = new Float64Array(ROW_WIDTH);
  return {
    strings,
    peaks,
    /** The row of a line, `null` when it was refused. */
    row(text: string | Buffer) {
      const bytes = Buffer.from(text);
      return scan(bytes, 0, bytes.length, row) ? row : null;
    },
  };
}

function parsedRow(bytes: Buffer, strings: TaskStrings): Float64Array {
  const row = new Float64Array(ROW_WIDTH);
  const event = parseEvent(bytes);
  if (event === null || !taskRowOfEvent(event, row, strings)) throw new Error('no task');
  return row;
}

async function linesOf(realPath: string): Promise<Buffer[]> {
  const file = {
    source: 'x',
    realPath,
    origin: 'hdfs',
    path: '/x',
    storedBytes: statSync(realPath).size,
    wrapping: 'none',
  } as const;
  const chunks: Buffer[] = [];
  for await (const chunk of (await openEventLog(partOfFile(file))).chunks) chunks.push(Buffer.from(chunk));
  const content = Buffer.concat(chunks);
  const lines: Buffer[] = [];
  let at = 0;
  for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, at)) {
    lines.push(content.subarray(at, end));
    at = end + 1;
  }
  return lines.filter((line) => line.subarray(0, TASK_END_PREFIX.length).equals(TASK_END_PREFIX));
}

const LOGS = HAS_SHARED
  ? [
      ...globSync('eventlogs/*/**/*', { cwd: SHARED }).filter((name) => !name.includes('LICENSES')),
      ...globSync('captures/*/capture/hdfs/spark-history/**/*', { cwd: SHARED }),
    ].filter((name) => statSync(path.join(SHARED, name)).isFile())
  : [];

describe.skipIf(!HAS_SHARED)('every task end of every recorded log (shared)', () => {
  it('is read by bytes as the JSON parser reads it, or refused; successes hardly ever', async () => {
    let successes = 0;
    let refused = 0;
    for (const name of LOGS) {
      const { row, strings } = scanner();
      for (const line of await linesOf(path.join(SHARED, name))) {
        const event = parseEvent(line);
        if (event === null) continue;
        const success = reasonClassOf(event) === 'Success';
        const read = row(line);
        if (success) successes += 1;
        if (read === null) {
          if (success) refused += 1;
          continue;
        }
        const expected = parsedRow(line, strings);
        for (const field of TOLD_FIELDS) {
          if (!Object.is(read[field], expected[field])) {
            throw new Error(`${name}: ${TASK_ROW[field]} is ${read[field]}, not ${expected[field]}`);
          }
        }
      }
    }
    expect(successes).toBeGreaterThan(20_000);
    expect(refused).toBe(0);
  }, 60_000);
});

describe('taskEndScanner', () => {
  const { end } = taskLines(7, { durationMs: 500 });

  it('jumps over the accumulables and reads what stands on both sides', () => {
    const one = scanner();
    const row = one.row(end.replace('"Accumulables":[', `"Accumulables":[{"ID":1,"Value":"${'x'.repeat(9_000)}"},`));
    expect(row?.[FIELD.taskId]).toBe(7);
    expect(row?.[FIELD.runMs]).toBe(490);
    expect(row?.[FIELD.cpuMs]).toBe(40);
    expect(one.strings.executors.texts[row?.[FIELD.executor] ?? -1]).toBe('1');
  });

  it('refuses what it might read wrongly', () => {
    const one = scanner();
    const lines = [
      end.replace('"Success"', '"ExceptionFailure"'),
      end.replace('"host-1"', '"host\\u00e4"'),
      end.replace(':490', ':490.5'),
      end.replace(':490', ':4e2'),
      end.replace(':490', ':4900000000000000000'),
      end.replace(']},"Task Metrics"', '],"More":[]},"Task Metrics"'),
      end.slice(0, -1),
      end.slice(0, 200),
      end.replace('"Executor ID":"1"', '"Executor ID":1'),
      end.replace('"Task ID":7', '"Task Name":7'),
    ];
    for (const line of lines) {
      one.row(end);
      const event = parseEvent(Buffer.from(line));
      const row = one.row(line);
      // Refused, or read exactly as the parser reads it.
      if (row !== null && event !== null) {
        const expected = parsedRow(Buffer.from(line), one.strings);
        for (const field of TOLD_FIELDS) expect(row[field]).toBe(expected[field]);
      } else expect(row).toBeNull();
    }
  });

  it('leaves nothing of one form of metrics behind when the next line has another', () => {
    const one = scanner();
    const wide = end.replace('"JVM GC Time":3', '"JVM GC Time":3,"Memory Bytes Spilled":5,"Disk Bytes Spilled":6');
    const none = end.replace(/,"Task Metrics":\{.*\}\}$/, '}');
    for (const line of [wide, end, none, wide, none, end, wide]) {
      const row = one.row(line);
      if (line === none) {
        // Without metrics behind them the end of the accumulables is not known: the parser's work.
        expect(row).toBeNull();
        continue;
      }
      const expected = parsedRow(Buffer.from(line), one.strings);
      for (const field of TOLD_FIELDS) expect(row?.[field]).toBe(expected[field]);
    }
  });

  it('keeps the highest executor metrics by executor', () => {
    const one = scanner();
    const withMetrics = (heap: number, executor: string) =>
      taskLines(1, { executor }).end.replace(
        '},"Task Metrics"',
        `},"Task Executor Metrics":{"JVMHeapMemory":${heap},"DirectPoolMemory":-1},"Task Metrics"`,
      );
    for (const [heap, executor] of [
      [10, 'a'],
      [30, 'a'],
      [20, 'a'],
      [5, 'b'],
    ] as const) {
      expect(one.row(withMetrics(heap, executor))).not.toBeNull();
    }
    const heap = one.peaks.names.texts.indexOf('JVMHeapMemory');
    const direct = one.peaks.names.texts.indexOf('DirectPoolMemory');
    expect(one.peaks.byExecutor.map((peaks) => peaks?.[heap])).toEqual([30, 5]);
    expect(one.peaks.byExecutor.map((peaks) => peaks?.[direct])).toEqual([0, 0]);
  });
});
