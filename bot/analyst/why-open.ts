import type { Investigation } from '../investigation/investigation.ts';
import type { Candidate } from '../investigation/subject/candidate.ts';
import { spokenSubject } from './subject-of.ts';

/** Runs named when it is not clear which one is meant. */
const RUNS_NAMED = 6;

/** Why there is no answer yet, in one or two sentences: nothing to read, no such run, several runs, or not enough. */
export function whyOpen(investigation: Investigation): string {
  const { language, subject } = investigation;
  const zh = language === 'zh';
  if (subject.kind === 'unknown_id' && !investigation.hasText) {
    return zh
      ? `在能读到的记录里没有找到 ${subject.id}（不存在，或无权查看）。${unreachable(investigation)}`
      : `${subject.id} is not in anything that could be read (it does not exist, or may not be seen).${unreachable(investigation)}`;
  }
  if (subject.kind === 'ambiguous') {
    const count = subject.candidates.length;
    const names = runNames(subject.candidates, zh);
    return zh
      ? `有 ${count} 次运行都可能是你问的：${names}。请说明是哪一个。`
      : `${count} runs could be meant: ${names}. Please say which one.`;
  }
  if (subject.kind === 'unknown_name' && investigation.causes.length === 0) {
    const names = runNames(subject.others, zh);
    return zh
      ? `没有名为 ${subject.name} 的运行。能看到的有：${names}。`
      : `No run called ${subject.name} is in anything that could be read; there are: ${names}.`;
  }
  if (investigation.readNothing && investigation.causes.length === 0) return nothingToRead(investigation);
  const name = subject.kind === 'chosen' || subject.kind === 'unknown_id' ? spokenSubject(investigation) : null;
  return zh
    ? `现有材料还不能确定${name === null ? '' : ` ${name} 的`}原因，不做猜测。`
    : `What is there does not decide ${name === null ? 'the cause' : `why ${name} went wrong`}, and I won't guess.`;
}

function nothingToRead(investigation: Investigation): string {
  const { language, skipped } = investigation;
  const reasons = [...new Set(skipped.map((text) => text[language]))].slice(0, 3);
  if (language === 'zh') {
    return reasons.length > 0
      ? `没有可以读取的内容：${reasons.join('；')}。${unreachable(investigation)}`
      : `没有可以读取的内容：这里没有配置平台，也没有附上任何材料。${unreachable(investigation)}`;
  }
  return reasons.length > 0
    ? `Nothing could be read: ${reasons.join('; ')}.${unreachable(investigation)}`
    : `Nothing could be read: no platform with runs in it is configured here, and nothing was attached.${unreachable(investigation)}`;
}

/** Areas that could not be looked at, as a sentence of its own; empty when there is none. */
function unreachable({ language, notChecked }: Investigation): string {
  const whys = notChecked.filter(({ reason }) => reason === 'failed').map(({ why }) => why[language]);
  if (whys.length === 0) return '';
  return language === 'zh' ? `另外，${whys.join('；')}。` : ` Besides, ${whys.join('; ')}.`;
}

function runNames(candidates: readonly Candidate[], zh: boolean): string {
  const latest = [...candidates].sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
  const names = latest.slice(0, RUNS_NAMED).map(({ names: [name], id, startedAt }) => {
    const called = name === undefined || name === id ? id : `${name} ${id}`;
    const clock = startedAt === null ? null : new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ');
    if (clock === null) return called;
    return zh ? `${called}（${clock} UTC 开始）` : `${called} (started ${clock} UTC)`;
  });
  const more = latest.length - names.length;
  if (more > 0) names.push(zh ? `另有 ${more} 次` : `and ${more} more`);
  return names.join(zh ? '、' : ', ');
}
