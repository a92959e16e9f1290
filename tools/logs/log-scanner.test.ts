import { describe, expect, it } from 'vitest';
import { orderedRecords, PROCESS_LIMITS } from './kept-records.ts';
import { learnLayout } from './line-layout.ts';
import { LogScanner } from './log-scanner.ts';
import type { ScanPlan } from './scan-plan.ts';
import { triggerSet } from './trigger-set.ts';

function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

const PIECES = [
  (n: number) => `26/11/21 10:00:02 INFO Executor: Running task ${n}.0 in stage 1.0 (TID ${n})\n`,
  (n: number) =>
    `26/11/21 10:00:03 WARN TaskSetManager: Lost task ${n}.0 in stage 1.0 (TID ${n}) (h${n} executor 3): java.io.IOException: disk ${n}\n\tat a.B.c(B.java:1)\n`,
  (n: number) =>
    `26/11/21 10:00:04 ERROR Executor: Exception in task ${n}.0 in stage 1.0 (TID ${n})\njava.lang.RuntimeException: x\n\tat a.B.c(B.java:1)\nCaused by: java.io.EOFException: y\n`,
  () => 'a print without a prefix\n',
  () => '\n',
  (n: number) => `26/11/21 10:00:05 INFO DAGScheduler: Job ${n} finished: collect at A.scala:1, took ${n}.5 s\n`,
  () => 'Traceback (most recent call last):\n  File "a.py", line 1, in f\nValueError: 坏了\n',
  (n: number) => `${'long '.repeat(n * 40)}\n`,
];

function logOf(seed: number, pieces: number): Buffer {
  const next = numbers(seed);
  return Buffer.from(Array.from({ length: pieces }, (_, n) => PIECES[next(PIECES.length)]?.(n % 90) ?? '').join(''));
}

function aggregatedOf(seed: number): Buffer {
  const section = (id: number) => {
    const body = logOf(seed + id, 60).toString();
    return `Container: container_1795256295743_0006_01_00000${id} on h${id}_45454\nLogAggregationType: AGGREGATED\n====\nLogType:stderr\nLogLength:${Buffer.byteLength(body)}\nLogContents:\n${body}\nEnd of LogType:stderr\n****\n\n`;
  };
  return Buffer.from([1, 2, 3, 4, 5].map(section).join(''));
}

function scan(content: Buffer, sections: ScanPlan['sections'], chunk: (at: number) => number) {
  const plan: ScanPlan = {
    origin: { source: 's', writer: 'spark_driver', provenance: 'engine', area: 'logs', keys: {} },
    layout: learnLayout(content.subarray(0, 20_000).toString()),
    limits: PROCESS_LIMITS,
    sections,
    fromStart: true,
  };
  const choice = {
    writer: 'spark_driver' as const,
    aggregated: sections === 'aggregated',
    literals: ['disk '],
    ids: [],
  };
  const scanner = new LogScanner(plan, triggerSet(choice, content.subarray(0, 1000)), content.length);
  for (let at = 0; at < content.length; ) {
    const copied = content.copy(scanner.window.free(), 0, at, Math.min(content.length, at + chunk(at)));
    scanner.filled(copied);
    at += copied;
  }
  return scanner.end().map(({ kept, ...section }) => ({ ...section, kept: orderedRecords(kept, {}) }));
}

describe('LogScanner', () => {
  it('finds the same however the bytes come in', () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const next = numbers(seed);
      const content = logOf(seed, 1_500);
      const whole = scan(content, 'runs', () => content.length);
      expect(whole[0]?.kept.length).toBeGreaterThan(20);
      expect(scan(content, 'runs', () => 1 + next(20_000))).toEqual(whole);
      expect(scan(content, 'runs', () => 1 + next(90))).toEqual(whole);
    }
  });

  it('finds the same sections however the bytes come in', () => {
    const next = numbers(3);
    const content = aggregatedOf(11);
    const whole = scan(content, 'aggregated', () => content.length);
    expect(whole.map(({ keys }) => keys.containerId?.slice(-1))).toEqual(['1', '2', '3', '4', '5']);
    expect(scan(content, 'aggregated', () => 1 + next(3_000))).toEqual(whole);
  });

  it('quotes what stands in the log, at the place it says', () => {
    const content = logOf(9, 1_000);
    const lines = content.toString().split('\n');
    const [section] = scan(content, 'runs', () => 4_096);
    for (const { quote } of section?.kept ?? []) {
      expect(lines.slice(quote.fromLine - 1, quote.toLine).join('\n')).toContain(quote.excerpt);
      if (quote.offset !== undefined) {
        expect(content.toString('utf8', quote.offset, quote.offset + Buffer.byteLength(quote.excerpt))).toBe(
          quote.excerpt,
        );
      }
    }
    expect(section?.lines).toBe(lines.length - 1);
  });
});
