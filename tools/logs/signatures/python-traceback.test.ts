import { describe, expect, it } from 'vitest';
import { pythonTracebacks } from './python-traceback.ts';

describe('pythonTracebacks', () => {
  it('reads class, message and the deepest frame of the program', () => {
    const text =
      'Traceback (most recent call last):\n  File "/opt/spark/pyspark.zip/pyspark/worker.py", line 9, in main\n    process()\n  File "/home/u/job.py", line 31, in ratio\n    return a / b\n           ~~^~~\nZeroDivisionError: float division by zero\n';
    expect(pythonTracebacks(text)).toEqual([
      {
        className: 'ZeroDivisionError',
        message: 'float division by zero',
        line: 'ZeroDivisionError: float division by zero',
        at: text.indexOf('ZeroDivisionError'),
        ownFrame: '/home/u/job.py:31 in ratio',
      },
    ]);
  });

  it('knows when only libraries are in the trace', () => {
    const text =
      'Traceback (most recent call last):\n  File "/usr/lib/python3.11/site-packages/x/y.py", line 1, in f\n    g()\nValueError\n';
    expect(pythonTracebacks(text)[0]?.ownFrame).toBeUndefined();
  });

  it('reads each of a chain, the root first', () => {
    const block = (name: string) =>
      `Traceback (most recent call last):\n  File "/home/u/job.py", line 3, in f\n    g()\n${name}: x\n`;
    const text = `${block('KeyError')}\nDuring handling of the above exception, another exception occurred:\n\n${block('RuntimeError')}`;
    expect(pythonTracebacks(text).map(({ className }) => className)).toEqual(['KeyError', 'RuntimeError']);
  });

  it('reads nothing from a trace that was cut off', () => {
    expect(
      pythonTracebacks('Traceback (most recent call last):\n  File "/home/u/job.py", line 3, in f\n    g()'),
    ).toEqual([]);
    expect(pythonTracebacks('Traceback (most recent call last):')).toEqual([]);
  });

  it('is bounded on a text of nothing but beginnings', () => {
    expect(pythonTracebacks('Traceback (most recent call last):\n'.repeat(5000)).length).toBeLessThanOrEqual(20);
  });
});
