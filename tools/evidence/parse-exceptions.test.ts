import { describe, expect, it } from 'vitest';
import { parseExceptions } from './parse-exceptions.ts';

const classes = (text: string) => parseExceptions(text).map((link) => link.className);

describe('parseExceptions', () => {
  it('follows causes to the deepest and leaves suppressed ones out', () => {
    const text = `java.util.concurrent.ExecutionException: outer
	at a.B.c(B.java:1)
	at a.B.d(B.java:2)
	Suppressed: java.io.IOException: while closing
		at a.B.close(B.java:3)
	Caused by: java.io.EOFException: inside the suppressed one
		at a.B.close(B.java:4)
Caused by: java.io.IOException: middle
	... 12 more
Caused by: java.lang.OutOfMemoryError: Java heap space
	at java.base/java.util.Arrays.copyOf(Arrays.java:3537) ~[?:?]
	... 30 more`;
    const links = parseExceptions(text);
    expect(links.map((link) => link.className)).toEqual([
      'java.util.concurrent.ExecutionException',
      'java.io.IOException',
      'java.lang.OutOfMemoryError',
    ]);
    expect(links[0]?.frames).toEqual(['at a.B.c(B.java:1)', 'at a.B.d(B.java:2)']);
    expect(links[2]?.message).toBe('Java heap space');
    expect(links[2]?.frames).toEqual(['at java.base/java.util.Arrays.copyOf(Arrays.java:3537) ~[?:?]']);
  });

  it('unwraps what a message quotes: question q001', () => {
    const text =
      'org.apache.spark.shuffle.FetchFailedException: Failure while fetching StreamChunkId{streamId=700120076154, chunkIndex=1026}: java.io.IOException: Out of memory\n' +
      '\tat sun.nio.ch.FileDispatcherImpl.read0(Native Method)';
    expect(parseExceptions(text)).toEqual([
      {
        className: 'org.apache.spark.shuffle.FetchFailedException',
        message: 'Failure while fetching StreamChunkId{streamId=700120076154, chunkIndex=1026}',
        frames: [],
      },
      {
        className: 'java.io.IOException',
        message: 'Out of memory',
        frames: ['at sun.nio.ch.FileDispatcherImpl.read0(Native Method)'],
      },
    ]);
  });

  it('unwraps a header that the asker wrapped over two lines: question q007', () => {
    const text = `org.apache.spark.SparkException: Job aborted due to stage failure: Task 1 in stage 9.0 failed 1 times, most recent failure: Lost task 1.0
in stage 9.0 (TID 408, localhost, executor driver): org.apache.spark.SparkException: Python worker exited unexpectedly (crashed)
        at org.apache.spark.api.python.BasePythonRunner$ReaderIterator$$anonfun$3.applyOrElse(PythonRunner.scala:490)`;
    const links = parseExceptions(text);
    expect(links.at(-1)?.message).toContain('Python worker exited unexpectedly (crashed)');
    expect(links.at(-1)?.frames).toHaveLength(1);
  });

  it('does not name a quoted cause twice when it comes again as Caused by', () => {
    const text = `Exception in thread "main" org.apache.spark.SparkException: Job aborted due to stage failure: Lost task 0.3 in stage 1.0 (TID 3) (h executor 1): java.io.IOException: disk
	at a.B.c(B.java:1)

Driver stacktrace:
	at org.apache.spark.scheduler.DAGScheduler.x(DAGScheduler.scala:1)
Caused by: java.io.IOException: disk
	at a.B.c(B.java:1)`;
    expect(classes(text)).toEqual(['org.apache.spark.SparkException', 'java.io.IOException']);
    expect(parseExceptions(text)[0]?.frames).toEqual([
      'at org.apache.spark.scheduler.DAGScheduler.x(DAGScheduler.scala:1)',
    ]);
  });

  it('reads both classes of a RemoteException', () => {
    expect(
      classes(
        'org.apache.hadoop.ipc.RemoteException(org.apache.hadoop.hdfs.server.namenode.SafeModeException): Cannot create file',
      ),
    ).toEqual(['org.apache.hadoop.ipc.RemoteException', 'org.apache.hadoop.hdfs.server.namenode.SafeModeException']);
  });

  it('puts the outermost of chained Python tracebacks first', () => {
    const text = `Traceback (most recent call last):
  File "a.py", line 1, in f
    x
KeyError: 'id'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "b.py", line 2, in g
    y
    ^
ValueError: bad row
second line of the message

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "c.py", line 3, in <module>
acme.errors.JobFailed: gave up`;
    const links = parseExceptions(text);
    expect(links.map((link) => link.className)).toEqual(['acme.errors.JobFailed', 'ValueError', 'KeyError']);
    expect(links[1]?.message).toBe('bad row\nsecond line of the message');
    expect(links[2]?.frames).toEqual(['File "a.py", line 1, in f']);
  });

  it('finds the Python error inside a task failure of the driver', () => {
    const text = `Lost task 0.0 in stage 5.0 (TID 8) (bd-node12 executor 1): org.apache.spark.api.python.PythonException: Traceback (most recent call last):
  File "/x/worker.py", line 1247, in main
    process()
ZeroDivisionError: float division by zero

	at org.apache.spark.api.python.BasePythonRunner$ReaderIterator.handlePythonException(PythonRunner.scala:572)
	at org.apache.spark.InterruptibleIterator.hasNext(InterruptibleIterator.scala:37)`;
    const links = parseExceptions(text);
    expect(links.map((link) => link.className)).toEqual([
      'org.apache.spark.api.python.PythonException',
      'ZeroDivisionError',
    ]);
    expect(links[0]?.frames).toHaveLength(2);
    expect(links[1]?.message).toBe('float division by zero');
  });

  it('goes on from a Py4JJavaError into the Java exception', () => {
    const text = `Traceback (most recent call last):
  File "job.py", line 9, in <module>
py4j.protocol.Py4JJavaError: An error occurred while calling o71.save.
: org.apache.spark.SparkException: Job aborted.
	at org.apache.spark.sql.Foo.bar(Foo.scala:1)
Caused by: java.io.FileNotFoundException: File does not exist: /a`;
    expect(classes(text)).toEqual([
      'py4j.protocol.Py4JJavaError',
      'org.apache.spark.SparkException',
      'java.io.FileNotFoundException',
    ]);
  });

  it('gives what a pasted middle of a trace still shows: question q045', () => {
    const text = `        at org.apache.hadoop.hive.ql.metadata.Hive.getAllDatabases(Hive.java:1234)
Caused by: java.lang.reflect.InvocationTargetException
Caused by: MetaException(message:Version information not found in metastore. )
        at org.apache.hadoop.hive.metastore.ObjectStore.checkSchema(ObjectStore.java:6664)`;
    const links = parseExceptions(text);
    expect(links.map((link) => link.className)).toEqual([
      'java.lang.reflect.InvocationTargetException',
      'MetaException',
    ]);
    expect(links[1]?.message).toContain('Version information not found');
  });

  it('accepts a class without an exception name only with frames behind it', () => {
    expect(classes('org.acme.Oops: broke\n\tat a.B.c(B.java:1)')).toEqual(['org.acme.Oops']);
    expect(classes('org.acme.Oops: broke\nmore text')).toEqual([]);
    expect(classes('spark.executor.memory: 4g')).toEqual([]);
    expect(classes('all is well, no errors found')).toEqual([]);
  });

  it('stays quick and bounded on hostile text', () => {
    const started = performance.now();
    const links = parseExceptions(
      `${'a.'.repeat(200_000)}Exception: ${'x: a.B.CException'.repeat(20_000)}\n${'Caused by: a.BException: m\n'.repeat(10_000)}`,
    );
    expect(links.length).toBeLessThanOrEqual(32);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('finds the Python error that a PythonException quotes at its very start', () => {
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
    expect(parseExceptions('Caused by: '.repeat(20_000)).length).toBeLessThanOrEqual(32);
  });
});
