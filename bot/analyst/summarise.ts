import { causeOf } from '../../knowledge/causes/catalogue.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { formatDuration } from '../render/format-duration.ts';
import { spokenSubject } from './subject-of.ts';

/** Two or three sentences in the asker's language: what became of the run, and the cause in one line. */
export function summarise(investigation: Investigation): string {
  const { language, verdict } = investigation;
  if (verdict === 'needs_more') return needsMore(investigation);
  const opening = openingOf(investigation);
  const [first] = investigation.causes;
  if (verdict !== 'answered' || !first) return `${opening}${closing(investigation)}`;
  const cause = causeOf(first.code).title[language];
  return language === 'zh' ? `${opening}根因:${cause}。` : `${opening} Root cause: ${lower(cause)}.`;
}

function openingOf(investigation: Investigation): string {
  const { end, language, ledger, comparison } = investigation;
  const subject = spokenSubject(investigation);
  const lasted = end.startedAt !== null && end.at !== null && end.at > end.startedAt ? end.at - end.startedAt : null;
  const took = ledger?.wallClockMs ?? lasted;
  const duration = took === null ? null : formatDuration(took, language);
  const clock = end.at === null ? null : `${new Date(end.at).toISOString().slice(11, 19)} UTC`;
  const usual = comparison ? usualRange(comparison.baselineWallClockMs, language) : null;
  if (language === 'zh') {
    const state = {
      failed: '失败',
      killed: '被终止',
      succeeded: '已正常结束',
      running: '还在运行',
      waiting: '还在等待',
      unknown: '',
    }[end.state];
    const parts = [
      state === ''
        ? `关于 ${subject}`
        : `${subject} ${clock && end.state !== 'running' && end.state !== 'waiting' ? `于 ${clock} ` : ''}${state}`,
      duration ? `${end.state === 'running' || end.state === 'waiting' ? '已经' : '用时'} ${duration}` : '',
      usual ? `平时 ${usual}` : '',
    ];
    return `${parts.filter((part) => part !== '').join(',')}。`;
  }
  const state = {
    failed: 'failed',
    killed: 'was ended',
    succeeded: 'ended well',
    running: 'is still running',
    waiting: 'is still waiting',
    unknown: '',
  }[end.state];
  const at = clock && end.state !== 'running' && end.state !== 'waiting' && state !== '' ? ` at ${clock}` : '';
  const after = duration ? ` after ${duration}` : '';
  return `${state === '' ? `About ${subject === 'The run' ? 'the run' : subject}` : `${subject} ${state}`}${at}${after}${usual ? ` (usually ${usual})` : ''}.`;
}

function usualRange(walls: readonly number[], language: Investigation['language']): string | null {
  if (walls.length === 0) return null;
  const shortest = formatDuration(Math.min(...walls), language);
  const longest = formatDuration(Math.max(...walls), language);
  return shortest === longest ? shortest : `${shortest} – ${longest}`;
}

function closing(investigation: Investigation): string {
  const { language, verdict, end } = investigation;
  if (verdict === 'still_running') {
    return language === 'zh'
      ? '没有看到阻塞或故障的证据,现在不必终止它;下面是目前的进展。'
      : ' Nothing that was read shows it blocked or broken, so there is no reason to end it; this is its progress so far.';
  }
  if (end.state === 'succeeded') {
    return language === 'zh'
      ? '记录里没有对它有害的事件,结果完整,不需要重跑。'
      : ' Nothing harmful to it is on record: its work is complete and need not be run again.';
  }
  return language === 'zh' ? '没有发现问题。' : ' Nothing is wrong with it.';
}

function needsMore(investigation: Investigation): string {
  const { language, subject } = investigation;
  if (subject.kind === 'unknown_id') {
    return language === 'zh'
      ? `在能读到的记录里没有找到 ${subject.id}(不存在,或无权查看)。`
      : `${subject.id} is not in anything that could be read (it does not exist, or may not be seen).`;
  }
  if (subject.kind === 'ambiguous') {
    const names = subject.candidates
      .slice(0, 6)
      .map((candidate) => `${candidate.names[0] ?? ''} ${candidate.id}`.trim());
    return language === 'zh'
      ? `有 ${subject.candidates.length} 次运行都可能是你问的:${names.join('、')}。请说明是哪一个。`
      : `${subject.candidates.length} runs could be meant: ${names.join(', ')}. Please say which one.`;
  }
  if (subject.kind === 'unknown_name' && investigation.causes.length === 0) {
    return language === 'zh'
      ? `没有名为 ${subject.name} 的运行。`
      : `No run called ${subject.name} is in anything that could be read.`;
  }
  const name = spokenSubject(investigation);
  return language === 'zh'
    ? `现有材料还不能确定${subject.kind === 'chosen' ? ` ${name} ` : ''}的原因,不做猜测。`
    : `What is there does not decide ${subject.kind === 'chosen' ? `why ${name} went wrong` : 'the cause'}, and I won't guess.`;
}

function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
