import type { Provenance } from '../../../knowledge/provenance.ts';
import type { JoinKeys } from '../../evidence/join-keys.ts';
import { parseExceptions } from '../../evidence/parse-exceptions.ts';
import type { Quote } from '../../evidence/quote.ts';
import type { TextRecord } from '../../evidence/text-record.ts';
import type { ExecutorFacts } from '../facts.ts';

/** More different texts than this in one run tell nothing new: the rest is counted by `dropped`. */
const MAX_RECORDS = 300;
const MAX_TEXT = 65_536;

/** What one failure said: the text, whom it is about, when, and where it stands. */
export interface FailureText {
  text: string;
  keys: JoinKeys;
  at: number | null;
  level: 'warn' | 'error';
  quote: Quote;
}

/** Gathers what failed, folding texts that differ in digits only. */
export interface FailureTexts {
  add(failure: FailureText): void;
  /** The records in order of first appearance, with the application's and the executor's own keys added. */
  records(
    application: JoinKeys,
    executors: ReadonlyMap<string, Pick<ExecutorFacts, 'containerId' | 'podName'>>,
    provenance: Provenance,
  ): TextRecord[];
  /** Texts that found no room. */
  dropped(): number;
}

export function failureTexts(): FailureTexts {
  const kept = new Map<string, FailureText & { count: number; lastAt: number | null; order: number }>();
  let order = 0;
  let dropped = 0;

  function add(failure: FailureText): void {
    order += 1;
    const key = foldingKey(failure.text);
    const earlier = kept.get(key);
    if (earlier) {
      earlier.count += 1;
      earlier.lastAt = Math.max(earlier.lastAt ?? 0, failure.at ?? 0) || null;
    } else if (kept.size < MAX_RECORDS) {
      kept.set(key, { ...failure, text: failure.text.slice(0, MAX_TEXT), count: 1, lastAt: failure.at, order });
    } else {
      dropped += 1;
    }
  }

  const records: FailureTexts['records'] = (application, executors, provenance) => {
    const executorKeys = ({ executorId }: JoinKeys): JoinKeys => {
      const executor = executorId === undefined ? undefined : executors.get(executorId);
      return {
        ...(executor?.containerId ? { containerId: executor.containerId } : {}),
        ...(executor?.podName ? { podName: executor.podName } : {}),
      };
    };
    return [...kept.values()].map(({ text, keys, at, level, quote, count, lastAt, order: position }) => ({
      area: 'spark',
      writer: 'spark_event_log',
      provenance,
      keys: { ...application, ...executorKeys(keys), ...keys },
      at,
      level,
      logger: '',
      thread: '',
      message: text.slice(0, Math.max(0, text.indexOf('\n')) || 2_000),
      text,
      exceptions: parseExceptions(text),
      quote,
      count,
      lastAt,
      order: position,
    }));
  };

  return { add, records, dropped: () => dropped };
}

/** Two texts with the same key tell the same thing: digits aside, and only their first kilobytes. */
function foldingKey(text: string): string {
  return text.slice(0, 4_096).replace(/\d+/g, '#');
}
