import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { RunCollector } from './collect-run.ts';
import type { OpenEventLog } from './open-event-log.ts';
import type { ScannedTasks } from './scan-log.ts';

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
    case 'bomb':
      return [
        {
          en: `${source} unpacks to more than 1,000 times its size, which no event log does; reading was stopped`,
          zh: `${source} 解压后超过原大小的 1000 倍，不可能是正常的事件日志，已停止读取`,
        },
      ];
  }
}

/** Sentences on what was skipped or not understood, for the answer. */
export function notesOnLog(
  log: ScannedTasks,
  { brokenLines, endsAlone }: { brokenLines: number; endsAlone: number },
  collector: RunCollector,
  careful: boolean,
): Bilingual[] {
  const notes: Bilingual[] = [];
  const note = (when: boolean, en: string, zh: string) => {
    if (when) notes.push({ en, zh });
  };
  note(
    brokenLines > 0,
    `${brokenLines} lines of the event log are not readable events`,
    `事件日志中有 ${brokenLines} 行无法解析`,
  );
  note(
    log.tooLongLines > 0,
    `${log.tooLongLines} lines longer than 16 MiB were skipped`,
    `有 ${log.tooLongLines} 行超过 16 MiB，已跳过`,
  );
  const version = collector.application.result().sparkVersion ?? '';
  note(
    Number.parseInt(version, 10) > NEWEST_MAJOR,
    `the log was written by Spark ${version}, newer than any this reader was tried with`,
    `该日志由 Spark ${version} 写入，比本工具验证过的版本更新`,
  );
  const unknown = [...collector.unknownEvents.keys()];
  note(
    unknown.length > 0,
    `events of ${unknown.length} unknown kinds were passed over (${unknown.slice(0, 5).join(', ')})`,
    `跳过了 ${unknown.length} 种未知事件（${unknown.slice(0, 5).join('、')}）`,
  );
  note(
    endsAlone > 0,
    `${endsAlone} task ends have no start: the listener queue dropped events or the log's beginning is missing`,
    `${endsAlone} 个任务只有结束没有开始：监听队列丢弃了事件，或日志开头缺失`,
  );
  const plans = collector.sql.droppedPlans();
  note(plans > 0, `the plans of ${plans} short SQL executions were not kept`, `${plans} 个较短 SQL 的执行计划未保留`);
  const texts = collector.failures.dropped();
  note(texts > 0, `${texts} further failure texts were not kept`, `另有 ${texts} 条失败信息未保留`);
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
