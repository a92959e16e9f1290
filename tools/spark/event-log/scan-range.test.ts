import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { taskLines, tinyLog } from '../fixtures/tiny-log.ts';
import { mergeRange } from './merge-ranges.ts';
import { logScanner, type ScannedTasks } from './scan-log.ts';
import { rangeScanner, type ScannedRange } from './scan-range.ts';

const lines = [
  ...tinyLog(6).slice(0, -3),
  taskLines(40, { executor: 'other' }).start,
  taskLines(41, { executor: 'other', reason: { Reason: 'TaskKilled', 'Kill Reason': 'x' } }).end,
  '',
  'no JSON',
  ...tinyLog(6).slice(-3),
];

let folder: string;
let realPath: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-range-'));
  realPath = path.join(folder, 'log');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Everything that scanning a log gives, in a form to compare. */
interface Seen {
  tasks: ScannedTasks;
  handedOn: string[];
}

function inOnePiece(content: Buffer): Seen {
  const handedOn: string[] = [];
  const scanner = logScanner({
    line: (bytes, line, offset, last) => handedOn.push(`${line} ${offset} ${last} ${bytes}`),
    failedTask: (_, bytes, line, offset, row) => handedOn.push(`${line} ${offset} row ${row} ${bytes}`),
  });
  const file = scanner.openFile(0);
  file.feed(content);
  file.finish();
  return { tasks: scanner.tasks, handedOn };
}

function inRanges(bounds: readonly number[], size: number): Seen {
  const { tasks } = logScanner({ line: () => undefined, failedTask: () => undefined });
  const handedOn: string[] = [];
  let linesBefore = 0;
  const scan = rangeScanner(false);
  for (let at = 0; at + 1 < bounds.length; at += 1) {
    const range: ScannedRange = scan({
      file: 0,
      realPath,
      start: bounds[at] ?? 0,
      end: bounds[at + 1] ?? size,
      fileEnd: size,
    });
    const firstRow = mergeRange(tasks, range, linesBefore);
    for (const { from, to, line, offset, last, row } of range.handedOn) {
      const bytes = Buffer.from(range.bytes.subarray(from, to));
      const kind = row === null ? last : `row ${firstRow + row}`;
      handedOn.push(`${line + linesBefore} ${offset} ${kind} ${bytes}`);
    }
    linesBefore += range.lines;
  }
  return { tasks, handedOn };
}

function comparable({ tasks, handedOn }: Seen) {
  const columns = tasks.rows.columns();
  const named = (column: ArrayLike<number>, texts: readonly string[]) => Array.from(column, (index) => texts[index]);
  return {
    handedOn,
    numbers: Object.fromEntries(
      Object.entries(columns)
        .filter(([name]) => !['executor', 'host', 'locality', 'reason'].includes(name))
        .map(([name, column]) => [name, [...column]]),
    ),
    executors: named(columns.executor, tasks.strings.executors.texts),
    hosts: named(columns.host, tasks.strings.hosts.texts),
    reasons: named(columns.reason, tasks.strings.reasons.texts),
    started: Object.fromEntries(Object.entries(tasks.started.columns()).map(([name, column]) => [name, [...column]])),
    lines: tasks.lines,
  };
}

describe('scanRange and mergeRange', () => {
  it.each([
    ['with', `${lines.join('\n')}\n`],
    ['without', lines.join('\n')],
  ])('give the same as one piece wherever the log is cut, %s a line feed at its end', (_, text) => {
    const content = Buffer.from(text);
    writeFileSync(realPath, content);
    const whole = comparable(inOnePiece(content));
    expect(whole.numbers.taskId).toEqual([0, 1, 2, 3, 4, 5, 41]);
    for (let cut = 1; cut < content.length; cut += 37) {
      expect(comparable(inRanges([0, cut, content.length], content.length))).toEqual(whole);
    }
    const many = Array.from({ length: 40 }, (_unused, at) => Math.floor((at * content.length) / 39));
    expect(comparable(inRanges(many, content.length))).toEqual(whole);
  });

  it('cuts exactly before and behind a line feed', () => {
    const content = Buffer.from(`${lines.join('\n')}\n`);
    writeFileSync(realPath, content);
    const whole = comparable(inOnePiece(content));
    let at = 0;
    for (const line of lines) {
      at += Buffer.byteLength(line) + 1;
      for (const cut of [at - 1, at, at + 1].filter((bound) => bound < content.length)) {
        expect(comparable(inRanges([0, cut, content.length], content.length))).toEqual(whole);
      }
    }
  });
});
