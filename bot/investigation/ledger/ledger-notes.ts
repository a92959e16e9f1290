import type { Bilingual } from '../../../knowledge/bilingual.ts';
import { plural } from '../../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { AttemptBreakdown } from './attempt-breakdown.ts';
import type { SweptTime } from './sweep.ts';
import type { Timeline } from './timeline.ts';

/** What had to be clipped, estimated or left open, for the answer. */
export function ledgerNotes(timeline: Timeline, breakdown: AttemptBreakdown, swept: SweptTime): Bilingual[] {
  const { run } = timeline;
  const notes: Bilingual[] = [];
  const end = endNote(timeline);
  if (end) notes.push(end);
  if (breakdown.clippedMs >= 1) notes.push(clippedNote(breakdown));
  if (breakdown.writeRate !== null && someSpill(run)) notes.push(spillNote(breakdown.writeRate));
  if (timeline.fates.withoutEnd > 0) {
    const count = timeline.fates.withoutEnd;
    notes.push({
      en: `${plural(count, 'task attempt')} ${count === 1 ? 'has' : 'have'} no end in the record; such an attempt ended when its executor went or with the record.`,
      zh: `${count} 个任务尝试没有结束记录，按其执行器离开的时刻或记录的末尾计算结束时间。`,
    });
  }
  if (!timeline.executors.known && run.tasks.length > 0) {
    notes.push({
      en: 'The record does not tell of executors; only running tasks count as capacity, so idle cores cannot be seen.',
      zh: '记录中没有执行器信息，只能把正在运行的任务当作容量，因此看不到空闲的核。',
    });
  }
  if (swept.waitingForUser > 0) {
    notes.push({
      en: 'Times without any query or job in an interactive application are booked as idle: it waited for its user or for data.',
      zh: '交互式应用中没有查询和作业的时间记为空闲：它在等待用户或数据。',
    });
  }
  if (run.completeness.compacted || run.completeness.missingParts.length > 0) {
    notes.push({
      en: 'Parts of the event log are missing; times of what they held appear as driver time.',
      zh: '事件日志有缺失，缺失部分的时间会显示为驱动程序时间。',
    });
  }
  return notes;
}

function endNote({ window, run }: Timeline): Bilingual | null {
  switch (window.end) {
    case 'application_end':
      return null;
    case 'now':
      return { en: 'The run has not ended; booked up to now.', zh: '运行尚未结束，账目截至当前时刻。' };
    case 'platform':
      return {
        en: 'The log stops before the end the platform reports; the time between is unexplained.',
        zh: '日志在平台记录的结束时间之前就停止了，两者之间的时间无法解释。',
      };
    default:
      return run.completeness.end === 'in_progress'
        ? { en: 'The run has not ended; booked up to its last event.', zh: '运行尚未结束，账目截至最后一个事件。' }
        : {
            en: 'The log has no end of the application; booked up to its last event.',
            zh: '日志没有应用结束事件，账目截至最后一个事件。',
          };
  }
}

function clippedNote({ clippedMs, clippedAttempts }: AttemptBreakdown): Bilingual {
  const ms = Math.round(clippedMs);
  return {
    en: `${plural(clippedAttempts, 'task attempt')} ${clippedAttempts === 1 ? 'reports durations that exceed its' : 'report durations that exceed their'} own time; ${ms} ms of that were cut off.`,
    zh: `${clippedAttempts} 个任务尝试上报的时长超过其自身时间，已截去 ${ms} 毫秒。`,
  };
}

function spillNote(writeRate: number): Bilingual {
  const rate = Math.max(1, Math.round(writeRate));
  return {
    en: `Spill has no duration of its own; it is estimated from the bytes spilled and this run's shuffle write rate of ${rate} bytes per ms.`,
    zh: `溢写没有独立的耗时指标，按溢写字节数和本次运行的 shuffle 写速率（每毫秒 ${rate} 字节）估算。`,
  };
}

function someSpill(run: SparkRun): boolean {
  for (let row = 0; row < run.tasks.length; row++) if ((run.tasks.diskSpilledBytes[row] as number) > 0) return true;
  return false;
}
