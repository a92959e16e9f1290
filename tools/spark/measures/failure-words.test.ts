import { expect, test } from 'vitest';
import { cancelledOnPurpose, contextStopped, exceptionClassOf, firstSentence } from './failure-words.ts';

test('echoes of a stopped context', () => {
  for (const reason of [
    'Job 6 cancelled because SparkContext was shut down',
    'java.lang.IllegalStateException: Cannot call methods on a stopped SparkContext.',
    'Stage cancelled because SparkContext was shut down',
  ]) {
    expect(contextStopped(reason), reason).toBe(true);
  }
  expect(contextStopped('Job aborted due to stage failure: Task 1 in stage 5.0 failed 4 times')).toBe(false);
});

test('what was taken back on purpose', () => {
  for (const reason of [
    'Job 3 cancelled ',
    'Stage cancelled: x',
    'org.apache.spark.SparkException: [SPARK_JOB_CANCELLED] Job 3 cancelled as part of cancellation of all jobs',
  ]) {
    expect(cancelledOnPurpose(reason), reason).toBe(true);
  }
  expect(cancelledOnPurpose('Job aborted: user cancelled nothing')).toBe(false);
});

test('the deepest exception before the stack', () => {
  expect(
    exceptionClassOf(
      'Job aborted due to stage failure: Lost task 0.3 in stage 1.0 (TID 7) (h executor 1): java.lang.NoClassDefFoundError: com/acme/G\n\tat a.b.CException',
    ),
  ).toBe('java.lang.NoClassDefFoundError');
  expect(exceptionClassOf('Total size of serialized results')).toBeUndefined();
});

test('the first line, cut; the last line of a Python traceback in its place', () => {
  expect(firstSentence('a\nb')).toBe('a');
  expect(firstSentence('x'.repeat(999))).toHaveLength(300);
  const python =
    'org.apache.spark.api.python.PythonException: Traceback (most recent call last):\n  File "a.py", line 3\n    x\nValueError: bad\n\n\tat org.x';
  expect(firstSentence(python)).toBe('org.apache.spark.api.python.PythonException: ValueError: bad');
  expect(firstSentence('PythonException: Traceback (most recent call last):')).toBe(
    'PythonException: Traceback (most recent call last):',
  );
});
