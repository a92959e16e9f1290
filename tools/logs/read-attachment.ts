import { count, plural, were } from '../evidence/spoken-figures.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { readHead, readText } from '../platform/read-text.ts';
import { classifyLog, HEAD_BYTES, type LogClass, type NoLog } from './classify-log.ts';
import type { LogFacts } from './log-facts.ts';
import { milestoneOf } from './milestones.ts';
import { readLog } from './read-log.ts';
import { readRecords } from './read-records.ts';
import { SIGNATURES } from './signatures/index.ts';

/** A text up to this size is kept whole: who pastes something means it. */
const WHOLE_BYTES = 1 << 20;
const MAX_RECORDS = 4_000;
const TAIL_RECORDS = 12;

const NOT_READ: Readonly<Partial<Record<NoLog, { en: string; zh: string }>>> = {
  empty: { en: 'is empty', zh: '是空的' },
  binary: { en: 'is binary and was not read as text', zh: '是二进制文件，未按文本读取' },
  event_log: { en: 'is a Spark event log and is read as one, not as text', zh: '是 Spark 事件日志，不按文本读取' },
};

/**
 * What the asker pasted or attached, as logs: everything in it has provenance `asker`, whatever it looks like, so it can make a cause
 * likely but proves nothing that only the platform's own files can prove.
 *
 * @param index the attachment's number, from 1, for the sentences that tell what was not read
 */
export async function readAttachment(file: PlatformFile, index: number): Promise<LogFacts[]> {
  const head = await readHead(file, HEAD_BYTES);
  const as = asAsker(classifyLog(head, Buffer.alloc(0)));
  const reason = as.is === 'no_log' ? (NOT_READ[as.what] ?? null) : null;
  if (as.is === 'no_log' && reason !== null) {
    const skipped = [{ en: `attachment ${index} ${reason.en}`, zh: `附件 ${index} ${reason.zh}` }];
    return [{ ...emptyFacts(file), skipped }];
  }
  const log =
    as.is === 'log' ? as : ({ is: 'log', writer: 'asker', provenance: 'asker', keys: {}, aggregated: false } as const);
  const { text, truncated } = await readText(file, WHOLE_BYTES);
  if (truncated || log.aggregated) {
    const literals = SIGNATURES.flatMap((signature) => signature.literals);
    return told(await readLog(file, { known: log, literals }), index);
  }
  return told([wholeText(file, log, text)], index);
}

/** What was skipped, with the attachment it was skipped of. */
function told(logs: readonly LogFacts[], index: number): LogFacts[] {
  return logs.map((log) => ({
    ...log,
    skipped: log.skipped.map(({ en, zh }) => ({ en: `attachment ${index}: ${en}`, zh: `附件 ${index}：${zh}` })),
  }));
}

/** Kernel text keeps its writer; other text without one is the asker's own. */
function asAsker(as: LogClass): LogClass {
  if (as.is === 'no_log') {
    if (as.what !== 'kernel') return as;
    return { is: 'log', writer: 'kernel', provenance: 'asker', keys: {}, aggregated: false };
  }
  return { ...as, writer: as.writer === 'unknown' && !as.aggregated ? 'asker' : as.writer, provenance: 'asker' };
}

function wholeText(file: PlatformFile, as: LogClass & { is: 'log' }, text: string): LogFacts {
  const { writer, keys } = as;
  const all = readRecords(text, { source: file.source, writer, provenance: 'asker', area: 'logs', keys });
  const records = all.slice(0, MAX_RECORDS);
  const left = all.length - records.length;
  const times = all.flatMap(({ at }) => at ?? []);
  return {
    ...emptyFacts(file),
    toLine: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    writer,
    keys,
    firstAt: times[0] ?? null,
    lastAt: times.at(-1) ?? null,
    recordCount: all.length,
    records,
    tail: all.slice(-TAIL_RECORDS),
    milestones: records.map(milestoneOf).filter((milestone) => milestone !== null),
    skipped:
      left === 0
        ? []
        : [
            {
              en: `${plural(left, 'further record')} ${were(left)} left out`,
              zh: `另有 ${count(left)} 条记录未保留`,
            },
          ],
  };
}

function emptyFacts(file: PlatformFile): LogFacts {
  return {
    source: file.source,
    fromLine: 1,
    toLine: 1,
    writer: 'asker',
    keys: {},
    firstAt: null,
    lastAt: null,
    recordCount: 0,
    records: [],
    tail: [],
    milestones: [],
    skipped: [],
  };
}
