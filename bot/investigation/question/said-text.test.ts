import { describe, expect, it } from 'vitest';
import { saidText } from './said-text.ts';

describe('saidText', () => {
  it('blanks fenced code, also when the fence stays open', () => {
    expect(saidText('why ```is it GC?``` fail').replace(/\s+/g, ' ')).toBe('why fail');
    expect(saidText('why fail ```is it GC?').trim()).toBe('why fail');
  });

  it.each([
    '26/11/21 11:41:40 ERROR TaskSetManager: x',
    '2026-11-21 11:41:40,123 WARN x',
    '[2026-11-21T11:41:40.123+0000] {task.py:1} INFO - x',
    '[ 2306.075817] cgroup: fork rejected',
    'Jan 25 15:25:20 es14 kernel: java invoked oom-killer',
    '\tat org.apache.spark.Foo.bar(Foo.scala:1)',
    'Caused by: java.io.IOException: x',
    'org.apache.spark.SparkException: Job aborted',
    'Traceback (most recent call last):',
    '  File "x.py", line 3',
    'ERROR: something',
    '> quoted',
    '$ yarn logs',
  ])('blanks the printed line %s', (line) => {
    expect(
      saidText(`why?\n${line}\nplease`)
        .split('\n')
        .map((part) => part.trim()),
    ).toEqual(['why?', '', 'please']);
  });

  it.each([
    'java.lang.OutOfMemoryError in feature store job, why?',
    'Error of mine',
    'at night it fails',
    '20 executors died',
  ])('keeps %s', (line) => {
    expect(saidText(line)).toBe(line);
  });

  it('keeps beginning and end of a long text', () => {
    const said = saidText(`first ${'x '.repeat(50_000)} last`);
    expect(said.length).toBeLessThanOrEqual(20_001);
    expect(said).toMatch(/^first [\s\S]* last$/);
  });
});
