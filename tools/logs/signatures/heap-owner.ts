import type { TextRecord } from '../../evidence/text-record.ts';

/** Whose heap a text is about: the driver's (or that of a JVM that runs everything), an executor's, or it cannot be told. */
export type HeapOwner = 'driver' | 'executor' | 'unknown';

const LOCAL_MODE = /\blocalhost, executor driver\b|\bexecutor driver\)/;
const TOLD_OF_A_TASK =
  /\bLost task \d{1,9}\.\d{1,4} in stage|\bTID \d{1,12}\)? ?[,)(]|Executor task launch worker|executor\.Executor\$TaskRunner|scheduler\.(?:ShuffleMap|Result)Task|mapred\.YarnChild|\bAttemptID:attempt_|runtime\.taskmanager\.Task|TaskExecutor\b/;
const DRIVER_THREAD =
  /^(?:main|Driver|dag-scheduler|dispatcher-event-loop|dispatcher-CoarseGrainedScheduler|task-result-getter|broadcast-exchange|spark-listener-group|SparkListenerBus|Thread-\d|block-manager-ask|shuffle-exchange|subquery-)/;
const DRIVER_FRAMES =
  /Exception in thread "(?:main|Driver|dag-scheduler|dispatcher-event-loop|task-result-getter|broadcast-exchange|spark-listener|SparkListenerBus)|scheduler\.DAGScheduler|Dataset\.collect|collectFromPlan|collectToPython|deploy\.SparkSubmit|exchange\.BroadcastExchangeExec|SparkExecuteStatementOperation|history\.FsHistoryProvider|TaskResultGetter|rdd\.RDD\.collect|Py4JJavaError: An error occurred while calling/;

/**
 * Tells whose heap it was. What the text says of a task comes first (a driver's log quotes what ran out in an executor),
 * then the thread, the frames, and last the writer of the log.
 */
export function heapOwner(record: TextRecord, at: number): HeapOwner {
  const before = record.text.slice(0, at);
  if (LOCAL_MODE.test(before) || isTaskOfLocalMode(record)) return 'driver';
  if (TOLD_OF_A_TASK.test(before) || /^Executor task launch/.test(record.thread)) return 'executor';
  if (record.writer === 'spark_executor') return 'executor';
  if (DRIVER_THREAD.test(record.thread) && record.writer !== 'flink') return 'driver';
  const after = record.text.slice(at, at + 6000);
  if (TOLD_OF_A_TASK.test(after)) return LOCAL_MODE.test(after) ? 'driver' : 'executor';
  if (DRIVER_FRAMES.test(before) || DRIVER_FRAMES.test(after)) return 'driver';
  if (record.writer === 'spark_driver' || record.writer === 'spark_application_master') return 'driver';
  if (record.writer === 'flink') return 'executor';
  // A query that failed outside any task: its error was thrown in the driver (a task's error comes with "Lost task …").
  return record.writer === 'spark_event_log' && isOfAQueryAlone(record) ? 'driver' : 'unknown';
}

/** A task that runs in the driver's own JVM: its executor is called `driver`, or its thread logs into the driver's log. */
function isTaskOfLocalMode({ keys, writer, thread, logger }: TextRecord): boolean {
  if (keys.executorId === 'driver') return true;
  const runsTasks = /^Executor task launch/.test(thread) || /(?:^|\.)Executor$/.test(logger);
  return writer === 'spark_driver' && runsTasks;
}

function isOfAQueryAlone({ keys }: TextRecord): boolean {
  return (
    keys.sqlExecutionId !== undefined &&
    keys.jobId === undefined &&
    keys.stageId === undefined &&
    keys.taskId === undefined &&
    keys.executorId === undefined
  );
}
