import { listAt, numberAt, numbersOf, textAt } from '../event-log/json-fields.ts';
import type { JobFacts, SqlExecutionFacts } from '../facts.ts';
import { type RestItem, restTime } from './rest-answers.ts';

/** Jobs out of `/jobs`, oldest first; the SQL execution of each by what the executions name. */
export function jobsOf(items: readonly RestItem[], executions: readonly SqlExecutionFacts[]): JobFacts[] {
  const executionOf = new Map<number, number>();
  for (const execution of executions) for (const job of execution.jobIds) executionOf.set(job, execution.id);
  const jobs = items.flatMap((item) => {
    const { json } = item;
    const id = numberAt(json, 'jobId');
    if (id === null) return [];
    const status = textAt(json, 'status');
    const endedAt = restTime(json.completionTime);
    const quote = item.quote();
    const job: JobFacts = {
      id,
      submittedAt: restTime(json.submissionTime),
      endedAt,
      result: status === 'SUCCEEDED' ? 'succeeded' : status === 'FAILED' ? 'failed' : 'running',
      failureReason: null,
      stageIds: numbersOf(listAt(json, 'stageIds')).sort((a, b) => a - b),
      sqlExecutionId: executionOf.get(id) ?? null,
      description: textAt(json, 'description') ?? textAt(json, 'name'),
      quotes: { start: quote, end: endedAt === null ? null : quote },
    };
    return [job];
  });
  return jobs.sort((a, b) => a.id - b.id);
}
