import { type JsonObject, numberAt, objectAt, textAt } from './json-fields.ts';

type Check = (event: JsonObject) => boolean;

const namesJob: Check = (event) => numberAt(event, 'Job ID') !== null;
const namesStage: Check = (event) => numberAt(objectAt(event, 'Stage Info'), 'Stage ID') !== null;
const namesExecutor: Check = (event) => textAt(event, 'Executor ID') !== null;
const namesExecution: Check = (event) => numberAt(event, 'executionId') !== null;

/** What an event says it is about, for events that mean nothing without (JsonProtocol.scala, Spark 1.0 to 4.1). */
const IDENTITY: Readonly<Record<string, Check>> = {
  SparkListenerJobStart: namesJob,
  SparkListenerJobEnd: namesJob,
  SparkListenerStageSubmitted: namesStage,
  SparkListenerStageCompleted: namesStage,
  SparkListenerExecutorAdded: namesExecutor,
  SparkListenerExecutorRemoved: namesExecutor,
  SparkListenerSQLExecutionStart: namesExecution,
  SparkListenerSQLExecutionEnd: namesExecution,
};

/** False for an event that does not say which job, stage, executor or query it is about: its line is broken or made up. */
export function hasIdentity(name: string, event: JsonObject): boolean {
  return !Object.hasOwn(IDENTITY, name) || (IDENTITY[name]?.(event) ?? true);
}
