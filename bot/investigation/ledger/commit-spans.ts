import type { SparkRun, SqlExecutionFacts } from '../../../tools/spark/facts.ts';
import { planNodes } from '../../../tools/spark/measures/plan-nodes.ts';

/** A span of time, milliseconds since the epoch. */
interface Span {
  from: number;
  until: number;
}

/**
 * Commands that write: names of plan nodes of Spark 2.x to 4.x (`org.apache.spark.sql.execution.command`, `…datasources`,
 * `…datasources.v2`) and of the Delta, Iceberg and Hudi extensions that follow the same names.
 */
const WRITE_COMMAND =
  /(?:InsertInto|TableAsSelect|WriteFiles|WriteToDataSource|SaveIntoDataSource|AppendData|OverwriteByExpression|OverwritePartitions|ReplaceData|WriteDelta|WriteIntoDelta|MergeInto|InsertIntoHoodie)/;

/**
 * From the end of a write command's last job to the end of its SQL execution: the driver renames and commits the output
 * (`real-servers.md`: a slow commit runs after the last JobEnd and before SQLExecutionEnd).
 */
export function commitSpans(run: SparkRun, to: number): Span[] {
  const lastJobEnd = new Map<number, number>();
  const jobRuns = new Set<number>();
  for (const job of run.jobs) {
    if (job.sqlExecutionId === null) continue;
    if (job.endedAt === null) jobRuns.add(job.sqlExecutionId);
    else lastJobEnd.set(job.sqlExecutionId, Math.max(job.endedAt, lastJobEnd.get(job.sqlExecutionId) ?? 0));
  }
  const spans: Span[] = [];
  for (const execution of run.sqlExecutions) {
    const from = lastJobEnd.get(execution.id);
    if (from === undefined || jobRuns.has(execution.id) || !writes(execution)) continue;
    const until = execution.endedAt ?? to;
    if (until > from) spans.push({ from, until });
  }
  return spans;
}

/** True when the execution's plan holds a command that writes. */
function writes(execution: SqlExecutionFacts): boolean {
  if (execution.plan) return [...planNodes(execution.plan)].some(({ name }) => WRITE_COMMAND.test(name));
  return WRITE_COMMAND.test(execution.physicalPlan.slice(0, 20_000));
}
