import type { Quote } from '../../evidence/quote.ts';
import type { JobFacts } from '../facts.ts';
import { boundedRoom } from './bounded-room.ts';
import { type EventLine, quoteFrom, quoteLine } from './event-line.ts';
import type { FailureTexts } from './failure-texts.ts';
import { isObject, type JsonObject, listAt, numberAt, numbersOf, objectAt, textAt, toNumber } from './json-fields.ts';

const MAX_DESCRIPTION = 2_048;

interface OpenJob {
  id: number;
  submittedAt: number | null;
  endedAt: number | null;
  result: JobFacts['result'];
  failureReason: string | null;
  stageIds: number[];
  sqlExecutionId: number | null;
  description: string | null;
  start: Quote | null;
  end: Quote | null;
}

/** What JobStart and JobEnd tell. */
export interface JobCollector {
  started(event: JsonObject, line: EventLine): void;
  ended(event: JsonObject, line: EventLine): void;
  /** Jobs that named a stage, and the SQL execution of the first. */
  jobsOf(stageId: number): readonly number[];
  sqlExecutionOf(jobId: number): number | null;
  /** Events of jobs that found no room. */
  leftOut(): number;
  result(): JobFacts[];
}

export function collectJobs(failures: FailureTexts): JobCollector {
  const all: OpenJob[] = [];
  const jobs = new Map<number, OpenJob>();
  const byStage = new Map<number, number[]>();
  const room = boundedRoom();

  function job(id: number): OpenJob | null {
    const known = jobs.get(id);
    if (known) return known;
    if (!room.take()) return null;
    const made: OpenJob = {
      id,
      submittedAt: null,
      endedAt: null,
      result: 'running',
      failureReason: null,
      stageIds: [],
      sqlExecutionId: null,
      description: null,
      start: null,
      end: null,
    };
    jobs.set(id, made);
    all.push(made);
    return made;
  }

  function started(event: JsonObject, line: EventLine): void {
    const id = numberAt(event, 'Job ID');
    if (id === null) return;
    // An id that has ended starts anew only where logs were joined by hand: a job of its own.
    if (jobs.get(id)?.endedAt) jobs.delete(id);
    const open = job(id);
    if (open === null) return;
    const properties = objectAt(event, 'Properties');
    const infos = listAt(event, 'Stage Infos').filter(isObject);
    open.submittedAt = numberAt(event, 'Submission Time');
    open.stageIds = numbersOf(listAt(event, 'Stage IDs'));
    if (open.stageIds.length === 0) open.stageIds = infos.map((info) => numberAt(info, 'Stage ID') ?? -1);
    open.sqlExecutionId = toNumber(properties?.['spark.sql.execution.id']);
    open.description = descriptionOf(properties, infos);
    open.start = quoteLine(line);
    for (const stageId of open.stageIds) {
      const others = byStage.get(stageId);
      if (others) others.push(id);
      else byStage.set(stageId, [id]);
    }
  }

  function ended(event: JsonObject, line: EventLine): void {
    const id = numberAt(event, 'Job ID');
    if (id === null) return;
    const open = job(id);
    if (open === null) return;
    const result = objectAt(event, 'Job Result');
    open.endedAt = numberAt(event, 'Completion Time');
    open.result = textAt(result, 'Result') === 'JobSucceeded' ? 'succeeded' : 'failed';
    open.end = quoteLine(line);
    if (open.result === 'succeeded') return;
    open.failureReason = textAt(objectAt(result, 'Exception'), 'Message') ?? textAt(result, 'Result') ?? '';
    failures.add({
      text: open.failureReason,
      at: open.endedAt,
      level: 'error',
      keys: { jobId: id, ...(open.sqlExecutionId === null ? {} : { sqlExecutionId: open.sqlExecutionId }) },
      quote: quoteFrom(line, '"Job ID"'),
    });
  }

  return {
    started,
    ended,
    jobsOf: (stageId) => byStage.get(stageId) ?? [],
    sqlExecutionOf: (jobId) => jobs.get(jobId)?.sqlExecutionId ?? null,
    leftOut: room.refused,
    result: () => all.map(({ start, end, ...facts }) => ({ ...facts, quotes: { start, end } })),
  };
}

/** The user's own description, else the call site: the name of the job's last stage. */
function descriptionOf(properties: JsonObject | null, infos: readonly JsonObject[]): string | null {
  const own = textAt(properties, 'spark.job.description');
  if (own !== null) return own.slice(0, MAX_DESCRIPTION);
  let last: JsonObject | null = null;
  for (const info of infos) {
    if (last === null || (numberAt(info, 'Stage ID') ?? -1) > (numberAt(last, 'Stage ID') ?? -1)) last = info;
  }
  return textAt(properties, 'callSite.short') ?? textAt(last, 'Stage Name');
}
