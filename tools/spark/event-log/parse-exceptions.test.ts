import { describe, expect, it } from 'vitest';
import { parseExceptions } from './parse-exceptions.ts';

describe('parseExceptions', () => {
  it('follows the causes of a Java trace', () => {
    const links = parseExceptions(
      'org.apache.spark.SparkException: Task failed while writing rows\n\tat a.B.c(B.java:1)\n\t... 3 more\nCaused by: java.io.IOException: No space left on device\n\tat x.Y.z(Y.java:2)\n',
    );
    expect(links).toEqual([
      {
        className: 'org.apache.spark.SparkException',
        message: 'Task failed while writing rows',
        frames: ['at a.B.c(B.java:1)', '... 3 more'],
      },
      { className: 'java.io.IOException', message: 'No space left on device', frames: ['at x.Y.z(Y.java:2)'] },
    ]);
  });

  it('finds the Python error inside', () => {
    const links = parseExceptions(
      'org.apache.spark.api.python.PythonException: Traceback (most recent call last):\n  File "a.py", line 1, in f\n    x\nZeroDivisionError: division by zero\n\n\tat a.B.c(B.java:1)\n',
    );
    expect(links).toMatchObject([
      { className: 'org.apache.spark.api.python.PythonException', frames: ['at a.B.c(B.java:1)'] },
      { className: 'ZeroDivisionError', message: 'division by zero', frames: ['File "a.py", line 1, in f'] },
    ]);
  });

  it('finds the exception that a reason of Spark names behind its own words', () => {
    const links = parseExceptions(
      'Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: Lost task 0.3 in stage 1.0 (TID 8) (bd-node13 executor 4): java.lang.NoClassDefFoundError: com/acme/geo/GeoHash\n\tat com.acme.A.b(A.java:9)\nCaused by: java.lang.ClassNotFoundException: com.acme.geo.GeoHash\n',
    );
    expect(links.map((link) => link.className)).toEqual([
      'java.lang.NoClassDefFoundError',
      'java.lang.ClassNotFoundException',
    ]);
    expect(links[0]?.message).toBe('com/acme/geo/GeoHash');
  });

  it('takes plain sentences for no exception, and ends on hostile text', () => {
    expect(parseExceptions('Executor heartbeat timed out after 130000 ms')).toEqual([]);
    expect(parseExceptions(`${'a.'.repeat(50_000)}: x`)).toEqual([]);
    expect(parseExceptions('Caused by: '.repeat(20_000)).length).toBeLessThanOrEqual(12);
  });
});
