import type { Bilingual } from '../../../knowledge/bilingual.ts';
import { bytes, count, plural, were } from '../../evidence/spoken-figures.ts';
import { unpackLimitNote } from '../../platform/unpack-limit.ts';
import { MOST_KEPT } from './bounded-room.ts';
import type { RunCollector } from './collect-run.ts';
import type { OpenEventLog } from './open-event-log.ts';
import type { ScannedTasks } from './scan-log.ts';
import { MAX_LINE_BYTES } from './split-lines.ts';
import type { LineCounts } from './take-events.ts';

/** The newest major version whose event log was tried. */
const NEWEST_MAJOR = 4;

/** Sentences on how a file's bytes ended, when they did not end as they should. */
export function noteOnEnd(source: string, end: ReturnType<OpenEventLog['end']>): Bilingual[] {
  switch (end) {
    case 'whole':
      return [];
    case 'cut':
      return [
        {
          en: `${source} stops in the middle of its compressed data; what came before was read`,
          zh: `${source} 的压缩数据中途截断，此前的内容已读取`,
        },
      ];
    case 'damaged':
      return [
        {
          en: `${source} holds compressed data that is damaged; what came before was read`,
          zh: `${source} 的压缩数据已损坏，损坏处之前的内容已读取`,
        },
      ];
    default:
      return [unpackLimitNote(end, source)];
  }
}

/** Sentences on lines that could not be read as events. */
function notesOnLines(log: ScannedTasks, { unreadable, strange, cutOff, zeroBytes }: LineCounts): Bilingual[] {
  const broken = unreadable + strange;
  const [tooLong, longest] = [log.tooLongLines, bytes(MAX_LINE_BYTES)];
  return [
    {
      when: broken,
      en: `${plural(broken, 'line')} of the event log ${broken === 1 ? 'is no readable event' : 'are not readable events'}`,
      zh: `事件日志中有 ${count(broken)} 行无法解析`,
    },
    {
      when: tooLong,
      en: `${plural(tooLong, 'line')} longer than ${longest} ${were(tooLong)} skipped`,
      zh: `有 ${count(tooLong)} 行超过 ${longest}，已跳过`,
    },
    {
      when: cutOff,
      en:
        cutOff === 1
          ? 'the last line of the event log is cut off in the middle and was left out (1 line)'
          : `the last lines of the event log's parts are cut off in the middle and were left out (${plural(cutOff, 'line')})`,
      zh:
        cutOff === 1
          ? '事件日志的最后一行不完整（1 行），未读取'
          : `事件日志各部分的最后一行不完整（${count(cutOff)} 行），未读取`,
    },
    {
      when: zeroBytes,
      en: `${plural(zeroBytes, 'zero byte')} in the event log ${were(zeroBytes)} passed over, as a host that went down leaves them`,
      zh: `事件日志中有 ${count(zeroBytes)} 个零字节，已跳过（主机突然宕机时会留下这样的内容）`,
    },
  ]
    .filter(({ when }) => when > 0)
    .map(({ en, zh }) => ({ en, zh }));
}

/** Sentences on what was skipped or not understood, for the answer. */
export function notesOnLog(
  log: ScannedTasks,
  counts: LineCounts,
  endsAlone: number,
  collector: RunCollector,
  careful: boolean,
): Bilingual[] {
  const notes: Bilingual[] = notesOnLines(log, counts);
  const note = (when: boolean, en: string, zh: string) => {
    if (when) notes.push({ en, zh });
  };
  const version = collector.application.result().sparkVersion ?? '';
  note(
    Number.parseInt(version, 10) > NEWEST_MAJOR,
    `the log was written by Spark ${version}, newer than any this reader was tried with`,
    `该日志由 Spark ${version} 写入，比本工具验证过的版本更新`,
  );
  const unknown = [...collector.unknownEvents.keys()];
  note(
    unknown.length > 0,
    `events of ${plural(unknown.length, 'unknown kind')} were passed over (${unknown.slice(0, 5).join(', ')})`,
    `跳过了 ${unknown.length} 种未知事件（${unknown.slice(0, 5).join('、')}）`,
  );
  note(
    endsAlone > 0,
    `${plural(endsAlone, 'task end')} ${endsAlone === 1 ? 'has' : 'have'} no start: the listener queue dropped events or the log's beginning is missing`,
    `${count(endsAlone)} 个任务只有结束没有开始：监听队列丢弃了事件，或日志开头缺失`,
  );
  const plans = collector.sql.droppedPlans();
  note(
    plans > 0,
    `the plans of ${plural(plans, 'short SQL execution')} were not kept`,
    `${count(plans)} 个较短 SQL 的执行计划未保留`,
  );
  const { jobs, stages, executors, sql } = collector;
  const leftOut = [jobs, stages, executors, sql].reduce((sum, collected) => sum + collected.leftOut(), 0);
  note(
    leftOut > 0,
    `${plural(leftOut, 'event')} of jobs, stages, executors or queries beyond the first ${count(MOST_KEPT)} of a kind ${were(leftOut)} left out`,
    `作业、阶段、executor 或查询超过各自前 ${count(MOST_KEPT)} 个的部分，有 ${count(leftOut)} 个事件未读取`,
  );
  const texts = collector.failures.dropped();
  note(
    texts > 0,
    `${plural(texts, 'further failure text')} ${were(texts)} not kept`,
    `另有 ${count(texts)} 条失败信息未保留`,
  );
  note(
    careful,
    'the log is written in an unusual form and was parsed line by line',
    '该日志的写法与常见格式不同，已逐行完整解析',
  );
  return notes;
}

/** Sentences on a rolling log's parts. */
export function notesOnParts(compacted: boolean, missing: readonly number[]): Bilingual[] {
  const notes: Bilingual[] = [];
  if (compacted) {
    notes.push({
      en: 'the log was compacted: finished jobs, stages, tasks and dead executors of its earlier part are gone',
      zh: '该日志经过压实（compaction）：早期已完成的作业、阶段、任务和已退出的 executor 已被删除',
    });
  }
  if (missing.length > 0) {
    const numbers = missing.slice(0, 10).join(', ');
    const plural = missing.length > 1;
    notes.push({
      en: `${plural ? 'parts' : 'part'} ${numbers} of the rolling log ${plural ? 'are' : 'is'} missing`,
      zh: `滚动日志缺少第 ${numbers} 部分`,
    });
  }
  return notes;
}
