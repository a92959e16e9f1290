import type { Language } from '../../knowledge/bilingual.ts';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import { duration } from '../../tools/evidence/spoken-figures.ts';
import type { Investigation } from '../investigation/investigation.ts';
import type { RunEnd } from '../investigation/joining/run-end.ts';
import { spokenSubject } from './subject-of.ts';
import { whyOpen } from './why-open.ts';
import { withinSentence } from './within-sentence.ts';

/** Two or three sentences in the asker's language: what became of the run, and the cause in one line. */
export function summarise(investigation: Investigation): string {
  if (investigation.report) return investigation.report.summary[investigation.language];
  return anotherJob(investigation) + whichRun(investigation) + summaryOf(investigation);
}

/** Whoever asks about a job that nobody knows is told that the answer is about the only one there is. */
function anotherJob({ subject, language }: Investigation): string {
  if (subject.kind !== 'chosen' || subject.insteadOf === undefined) return '';
  return language === 'zh'
    ? `没有找到名为 ${subject.insteadOf} 的运行，以下说的是唯一能看到的作业。`
    : `No run called ${subject.insteadOf} was found; this is about the only job there is. `;
}

/** Whoever hands in several logs of one job is told which one the answer is about, and why that one. */
function whichRun({ subject, language }: Investigation): string {
  if (subject.kind !== 'chosen' || subject.ofSeveral === undefined) return '';
  const { runs, taken } = subject.ofSeveral;
  const { startedAt } = subject.candidate;
  const clock = startedAt === null ? '' : `${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (language === 'zh')
    return `给出了该作业的 ${runs} 次运行，以下说的是${TAKEN.zh[taken]}${clock && `（${clock} 开始）`}。`;
  return `Of the ${runs} runs of this job that were given, this is about the ${TAKEN.en[taken]} one${clock && `, started ${clock}`}. `;
}

const TAKEN = {
  en: { failed: 'failed', longest: 'slowest', latest: 'latest' },
  zh: { failed: '失败的那次', longest: '最慢的那次', latest: '最近的那次' },
} as const;

function summaryOf(investigation: Investigation): string {
  const { language, verdict } = investigation;
  if (verdict === 'needs_more') return whyOpen(investigation);
  const [first] = investigation.causes;
  if (verdict !== 'answered' || !first) return openingOf(investigation) + closing(investigation);
  const title = causeOf(first.code).title[language];
  if (investigation.end.state === 'unknown' && investigation.run === null) return ofUnknownEnd(investigation, title);
  const cause = language === 'zh' ? title : withinSentence(title);
  return `${openingOf(investigation)}${CAUSE_IS[language][first.standing === 'confirmed' ? 'proven' : 'likely']}${cause}${language === 'zh' ? '。' : '.'}`;
}

const CAUSE_IS = {
  en: { proven: ' Root cause: ', likely: ' Most likely cause: ' },
  zh: { proven: '根因：', likely: '最可能的原因：' },
} as const;

/** Nothing tells how it ended: only whom the cause concerns. */
function ofUnknownEnd(investigation: Investigation, title: string): string {
  const { kind } = investigation.subject;
  const subject = kind === 'chosen' || kind === 'unknown_id' ? spokenSubject(investigation) : null;
  if (investigation.language === 'zh') return `${subject ?? '原因'}：${title}。`;
  return subject === null ? `${title}.` : `${subject}: ${withinSentence(title)}.`;
}

const STATE: Readonly<Record<Language, Readonly<Record<RunEnd['state'], string>>>> = {
  en: {
    failed: 'failed',
    killed: 'was ended',
    succeeded: 'ended well',
    running: 'is still running',
    waiting: 'is still waiting',
    unknown: 'has a log without an end, written to until',
  },
  zh: {
    failed: '失败',
    killed: '被终止',
    succeeded: '已正常结束',
    running: '还在运行',
    waiting: '还在等待',
    unknown: '的日志没有结束记录，最后写到',
  },
};

function openingOf(investigation: Investigation): string {
  const { end, language, ledger, comparison } = investigation;
  const subject = spokenSubject(investigation);
  const state = STATE[language][end.state];
  const goesOn = end.state === 'running' || end.state === 'waiting';
  const clock = end.at === null || goesOn ? null : `${new Date(end.at).toISOString().slice(11, 19)} UTC`;
  const lasted = end.startedAt !== null && end.at !== null && end.at > end.startedAt ? end.at - end.startedAt : null;
  const took = ledger?.wallClockMs ?? lasted;
  const lastedWords = took === null ? null : duration(took)[language];
  const usual = comparison ? usualRange(comparison.baselineWallClockMs, language) : null;
  if (language === 'zh') {
    const when = end.state === 'unknown' ? `${state} ${clock ?? '未知时刻'}` : `${clock ? `于 ${clock} ` : ''}${state}`;
    const parts = [
      `${subject} ${when}`,
      lastedWords ? `${goesOn ? '已经' : '用时'} ${lastedWords}` : '',
      usual ? `平时 ${usual}` : '',
    ];
    return `${parts.filter((part) => part !== '').join('，')}。`;
  }
  const at = end.state === 'unknown' ? ` ${clock ?? 'an unknown time'}` : clock ? ` at ${clock}` : '';
  return `${subject} ${state}${at}${lastedWords ? ` after ${lastedWords}` : ''}${usual ? ` (usually ${usual})` : ''}.`;
}

function usualRange(walls: readonly number[], language: Language): string | null {
  if (walls.length === 0) return null;
  const shortest = duration(Math.min(...walls))[language];
  const longest = duration(Math.max(...walls))[language];
  return shortest === longest ? shortest : `${shortest} – ${longest}`;
}

function closing({ language, verdict, end }: Investigation): string {
  if (verdict === 'still_running') {
    return language === 'zh'
      ? '没有看到阻塞或故障的证据，现在不必终止它。'
      : ' Nothing that was read shows it blocked or broken, so there is no reason to end it.';
  }
  if (end.state === 'succeeded') {
    return language === 'zh'
      ? '记录里没有对它有害的事件，结果完整，不需要重跑。'
      : ' Nothing harmful to it is on record: its work is complete and need not be run again.';
  }
  return language === 'zh' ? '没有发现问题。' : ' Nothing is wrong with it.';
}
