import type { RunCollector } from './collect-run.ts';
import { shortEventName } from './event-name.ts';
import { type JsonObject, textAt } from './json-fields.ts';
import { parseEvent, parseJson } from './parse-event.ts';

/** Counts of the lines that are not tasks' starts and ends. */
export interface LineCounts {
  /** Events of any kind. */
  events: number;
  /** Lines that are no JSON; a broken last line is not counted, a running application leaves one. */
  unreadable: number;
  /** Lines that are JSON but no events. */
  strange: number;
}

/** Parses the lines a scanner hands on and gives their events to the collectors, in the order of the log. */
export interface EventTaker {
  readonly counts: LineCounts;
  line(bytes: Buffer, source: string, line: number, offset: number, last: boolean): void;
  /** A task's end other than success; parsed here when only its bytes are at hand. */
  failedTask(event: JsonObject | null, bytes: Buffer, source: string, line: number, offset: number, row: number): void;
}

export function eventTaker(collector: RunCollector): EventTaker {
  const counts: LineCounts = { events: 0, unreadable: 0, strange: 0 };
  return {
    counts,
    line(bytes, source, line, offset, last) {
      const event = parseEvent(bytes);
      const name = shortEventName(textAt(event, 'Event') ?? '');
      if (event !== null && name !== '' && name !== 'SparkListenerTaskEnd') {
        counts.events += 1;
        collector.event(name, event, { source, line, offset, bytes });
      } else if (event !== null || parseJson(bytes) !== undefined) counts.strange += 1;
      else if (!last) counts.unreadable += 1;
    },
    failedTask(event, bytes, source, line, offset, row) {
      const parsed = event ?? parseEvent(bytes);
      if (parsed !== null) collector.failedTasks.add(parsed, { source, line, offset, bytes }, row);
    },
  };
}
