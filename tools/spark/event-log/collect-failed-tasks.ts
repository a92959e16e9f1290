import type { TaskFacts } from '../facts.ts';
import { type EventLine, quoteFrom } from './event-line.ts';
import type { FailureTexts } from './failure-texts.ts';
import { flagAt, isObject, type JsonObject, listAt, numberAt, objectAt, textAt } from './json-fields.ts';
import { reasonClassOf } from './task-row-of-event.ts';

const MAX_KEPT = 200;
const MAX_REASON = 4_096;

/** A failed, killed or lost attempt kept whole; its status and times are read from its row. */
export type KeptFailure = Pick<TaskFacts, 'row' | 'reasonClass' | 'reasonText' | 'quote' | 'metricsQuote'>;

/** Keeps the ends of tasks that did not succeed. */
export interface FailedTaskCollector {
  add(event: JsonObject, line: EventLine, row: number): void;
  readonly kept: readonly KeptFailure[];
}

export function collectFailedTasks(failures: FailureTexts): FailedTaskCollector {
  const kept: KeptFailure[] = [];

  function add(event: JsonObject, line: EventLine, row: number): void {
    const reasonClass = reasonClassOf(event);
    const reason = objectAt(event, 'Task End Reason');
    const text = reasonTextOf(reasonClass, reason);
    const info = objectAt(event, 'Task Info');
    if (kept.length < MAX_KEPT) {
      kept.push({
        row,
        reasonClass,
        reasonText: text.slice(0, MAX_REASON),
        quote: quoteFrom(line, '"Task Info":'),
        metricsQuote: line.bytes.includes('"Task Metrics":') ? quoteFrom(line, '"Task Metrics":') : null,
      });
    }
    // A kill on purpose is no failure: speculation's losing twin, a stage cancelled for another one's failure.
    if (reasonClass === 'TaskKilled' || reasonClass === 'Resubmitted') return;
    failures.add({
      text,
      at: numberAt(info, 'Finish Time') || null,
      level: 'error',
      keys: {
        executorId: textAt(info, 'Executor ID') ?? '',
        host: textAt(info, 'Host') ?? '',
        stageId: numberAt(event, 'Stage ID') ?? -1,
        stageAttempt: numberAt(event, 'Stage Attempt ID') ?? 0,
        taskId: numberAt(info, 'Task ID') ?? -1,
      },
      quote: quoteFrom(line, '"Task End Reason":'),
    });
  }

  return { add, kept };
}

/**
 * The reason in Spark's own words (TaskEndReason.toErrorString, 1.3–4.0), so that what reads logs reads this too: the log
 * line `Lost task …: ` is followed by exactly this text.
 */
export function reasonTextOf(reasonClass: string, reason: JsonObject | null): string {
  switch (reasonClass) {
    case 'ExceptionFailure':
      return textAt(reason, 'Full Stack Trace') || exceptionText(reason);
    case 'FetchFailed':
      return fetchFailedText(reason);
    case 'ExecutorLostFailure': {
      const cause = textAt(reason, 'Loss Reason');
      const byApp =
        flagAt(reason, 'Exit Caused By App') === false
          ? 'unrelated to the running tasks'
          : 'caused by one of the running tasks';
      const tail = cause === null ? '' : ` Reason: ${cause}`;
      return `ExecutorLostFailure (executor ${textAt(reason, 'Executor ID') ?? ''} exited ${byApp})${tail}`;
    }
    case 'TaskKilled':
      return `TaskKilled (${textAt(reason, 'Kill Reason') ?? 'unknown reason'})`;
    case 'TaskCommitDenied':
      return `TaskCommitDenied (Driver denied task commit) for job: ${numberAt(reason, 'Job ID') ?? ''}, partition: ${
        numberAt(reason, 'Partition ID') ?? ''
      }, attemptNumber: ${numberAt(reason, 'Attempt Number') ?? ''}`;
    case 'TaskResultLost':
      return 'TaskResultLost (result lost from block manager)';
    case 'Resubmitted':
      return 'Resubmitted (resubmitted due to lost executor)';
    default:
      return reasonClass === 'UnknownReason' ? 'UnknownReason' : reasonClass;
  }
}

function exceptionText(reason: JsonObject | null): string {
  const head = `${textAt(reason, 'Class Name') ?? ''}: ${textAt(reason, 'Description') ?? ''}`;
  const frames: string[] = [];
  for (const frame of listAt(reason, 'Stack Trace').slice(0, 200)) {
    if (!isObject(frame)) continue;
    const place = `${textAt(frame, 'File Name') ?? 'Unknown Source'}:${numberAt(frame, 'Line Number') ?? ''}`;
    frames.push(`\tat ${textAt(frame, 'Declaring Class') ?? ''}.${textAt(frame, 'Method Name') ?? ''}(${place})`);
  }
  return [head, ...frames].join('\n');
}

function fetchFailedText(reason: JsonObject | null): string {
  const address = objectAt(reason, 'Block Manager Address');
  const from =
    address === null
      ? 'null'
      : `BlockManagerId(${textAt(address, 'Executor ID') ?? ''}, ${textAt(address, 'Host') ?? ''}, ${numberAt(address, 'Port') ?? ''}, None)`;
  const part = (name: string) => numberAt(reason, name) ?? '';
  return `FetchFailed(${from}, shuffleId=${part('Shuffle ID')}, mapIndex=${part('Map Index')}, mapId=${part('Map ID')}, reduceId=${part(
    'Reduce ID',
  )}, message=\n${textAt(reason, 'Message') ?? ''}\n)`;
}
