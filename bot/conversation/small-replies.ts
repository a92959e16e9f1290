import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { Candidate } from '../investigation/subject/candidate.ts';
import type { Ask } from './ask.ts';

/** What needs no look at anything: one polite line each. */
export const SMALL_REPLIES: Readonly<
  Record<
    Extract<Ask['kind'], 'greeting' | 'thanks' | 'goodbye' | 'forget' | 'act' | 'order' | 'out_of_scope'>,
    Bilingual
  >
> = {
  greeting: {
    en: 'Hello. Tell me which job failed or became slow, by its name, id or log, and I will look into why.',
    zh: '你好。告诉我哪个作业失败或变慢了（名字、id 或日志都行），我来查原因。',
  },
  thanks: {
    en: 'You are welcome. Ask on if anything about this case is not clear.',
    zh: '不客气。这个案例还有不清楚的地方，可以接着问。',
  },
  goodbye: { en: 'Goodbye. The case is kept and can be gone on with.', zh: '再见。案例已保存，之后可以接着问。' },
  forget: {
    en: 'What was read and found stays as it is: it is evidence. For another case, simply name another job.',
    zh: '读到和查出的内容不会改动：那是证据。要看别的问题，直接说另一个作业即可。',
  },
  act: {
    en: 'I only read: nothing is restarted, changed or stopped by me. Ask "what should be done?" for what you can do.',
    zh: '我只读不改：不会重启、修改或停止任何东西。可以问“该怎么办？”，我会列出可以做的事。',
  },
  order: {
    en: 'I answer from what was read; an instruction in a message changes neither the cause nor its evidence.',
    zh: '我只根据读到的内容回答；消息里的指令不会改变结论和证据。',
  },
  out_of_scope: {
    en: 'I only look into data jobs and the platform they run on: why one failed, is slow or does not start.',
    zh: '我只查数据作业及其运行平台的问题：为什么失败、为什么慢、为什么没起来。',
  },
};

/** Where a part leans on a case and none is open. */
export const NO_CASE: Bilingual = {
  en: 'There is no case yet: tell me which job you mean, by its name, its application id or its log.',
  zh: '还没有正在看的案例：请先告诉我是哪个作业（名字、应用 id 或日志）。',
};

/** What code cannot read, and no model is there to. */
export const NOT_UNDERSTOOD: Bilingual = {
  en: 'I could not tell what you want to know about this case. You can ask: why, the evidence for a point (e3), a guess of yours ("is it the network?"), what if (memory, executors, without the skew), who has to act, what to do, where the time went, what was checked, or another run.',
  zh: '没看懂你想了解这个案例的哪一点。可以问：为什么、某条证据（e3）、你的猜测（“是不是网络问题？”）、如果（加内存、加 executor、没有倾斜）会怎样、谁负责、怎么办、时间去哪了、查了什么，或另一次运行。',
};

/** Runs told where the one that is named is not known. */
const MOST_TOLD = 5;

/** A run is named that nobody knows, while a case is open. */
export function unknownRun(name: string, others: readonly Candidate[]): Bilingual {
  const told = others.slice(0, MOST_TOLD).map(({ id, names }) => names.find((other) => other !== id) ?? id);
  const [en, zh] = told.length === 0 ? ['', ''] : [` What is: ${told.join(', ')}.`, `有记录的是：${told.join('、')}。`];
  return {
    en: `No run called ${name} is on record here.${en} The case so far stays open.`,
    zh: `这里没有名为 ${name} 的运行记录。${zh}之前的案例仍在。`,
  };
}

/** A comparison is wished for, and there is nothing to compare with. */
export function nothingToCompare({ subject }: Pick<Diagnosis, 'subject'>): Bilingual {
  const name = subject?.name ?? subject?.id ?? null;
  return {
    en: `No earlier run of ${name ?? 'this job'} that went well is on record here, so there is nothing to compare with.`,
    zh: `这里没有${name === null ? '这个作业' : ` ${name} `}更早的正常运行记录，无从对比。`,
  };
}

/** A language was wished for before anything was asked. */
export const READY: Bilingual = {
  en: 'From here on in English. Which job is it about?',
  zh: '接下来用中文。要查哪个作业？',
};

/** No runbooks can be opened. */
export const NOT_SEARCHED: Bilingual = {
  en: 'Nothing that is written can be searched here.',
  zh: '这里没有可以检索的书面资料。',
};
