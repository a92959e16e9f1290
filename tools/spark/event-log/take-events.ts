import type { RunCollector } from './collect-run.ts';
import { shortEventName } from './event-name.ts';
import { hasIdentity } from './has-identity.ts';
import { type JsonObject, textAt } from './json-fields.ts';
import { parseEvent, parseJson } from './parse-event.ts';

/** Counts of the lines that are not tasks' starts and ends. */
export interface LineCounts {
  /** Events of any kind. */
  events: number;
  /** Lines that are no JSON, but for a broken last one. */
  unreadable: number;
  /** Lines that are JSON but no events, or events that do not say what they are about. */
  strange: number;
  /** Last lines of a part that are no JSON: cut off while they were written, as a running application leaves one. */
  cutOff: number;
  /** Zero bytes at the ends of lines: what a file system leaves of a file that was open when its host went down. */
  zeroBytes: number;
}

/** Parses the lines a scanner hands on and gives their events to the collectors, in the order of the log. */
export interface EventTaker {
  readonly counts: LineCounts;
  line(bytes: Buffer, source: string, line: number, offset: number, last: boolean): void;
  /** A task's end other than success; parsed here when only its bytes are at hand. */
  failedTask(event: JsonObject | null, bytes: Buffer, source: string, line: number, offset: number, row: number): void;
}

export function eventTaker(collector: RunCollector): EventTaker {
  const counts: LineCounts = { events: 0, unreadable: 0, strange: 0, cutOff: 0, zeroBytes: 0 };
  return {
    counts,
    line(given, source, line, offset, last) {
      const bytes = withoutZeros(given);
      counts.zeroBytes += given.length - bytes.length;
      if (bytes.length === 0) return;
      const event = parseEvent(bytes);
      const name = shortEventName(textAt(event, 'Event') ?? '');
      if (event === null && parseJson(bytes) === undefined) {
        if (last) counts.cutOff += 1;
        else counts.unreadable += 1;
      } else if (event === null || name === '' || name === 'SparkListenerTaskEnd' || !hasIdentity(name, event)) {
        counts.strange += 1;
      } else {
        counts.events += 1;
        collector.event(name, event, { source, line, offset, bytes });
      }
    },
    failedTask(event, bytes, source, line, offset, row) {
      const parsed = event ?? parseEvent(bytes);
      if (parsed !== null) collector.failedTasks.add(parsed, { source, line, offset, bytes }, row);
    },
  };
}

/** A line without the zeros at its end. */
function withoutZeros(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return end === bytes.length ? bytes : bytes.subarray(0, end);
}
