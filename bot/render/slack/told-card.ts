import type { Bilingual, Language } from '../../../knowledge/bilingual.ts';
import { sections } from './blocks.ts';
import type { Card } from './card.ts';
import { fitCard } from './fit-card.ts';
import { escaped } from './mrkdwn.ts';

/** Why there is no answer, or not yet. */
export type Told =
  /** Also where the asker may not see it: the words are the same. */
  | { kind: 'not_found' }
  | { kind: 'too_much' }
  /** An error of ours, by the id it stands under in the log. */
  | { kind: 'error'; id: string }
  | { kind: 'interrupted' }
  | { kind: 'taken_up_again' }
  | { kind: 'cancelled' }
  | { kind: 'unreadable_file'; name: string }
  /** The settings or the question do not allow it: the sentence says what to do. */
  | { kind: 'cannot_ask'; why: string }
  | { kind: 'no_case' }
  | { kind: 'nothing_to_cancel' }
  | { kind: 'thanks' }
  /** Of somebody whom the answer did not help: a person takes over. */
  | { kind: 'thanks_handed' }
  /** Asked for once more. */
  | { kind: 'stands_above' }
  /** How many questions of the asker wait or are worked on. */
  | { kind: 'waiting'; count: number }
  | { kind: 'nothing_configured' };

/** A short word about a question that gets no answer, or gets it later. */
export function toldCard({ reason, language }: { reason: Told; language: Language }): Card {
  const text = wordsOf(reason)[language];
  return fitCard(text, [{ blocks: sections([escaped(text)]), rank: 0 }], language);
}

function wordsOf(reason: Told): Bilingual {
  switch (reason.kind) {
    case 'not_found':
      return {
        en: 'I find no such job or case, or it is not one that you can see. Check the name or the id, or ask its owner.',
        zh: '没有找到这个作业或案例，或者它不在你可查看的范围内。请核对名字或 id，或联系其负责人。',
      };
    case 'too_much':
      return {
        en: 'You have many questions waiting already. Ask again when one of them is answered.',
        zh: '你已有多个问题在排队。等其中一个有了答案再问即可。',
      };
    case 'error':
      return {
        en: `Something failed on my side, not in your job (error ${reason.id}). Ask again; if it fails again, tell support this id.`,
        zh: `是我这边出了错，不是你的作业（错误编号 ${reason.id}）。请再问一次；如果还不行，把这个编号告诉支持人员。`,
      };
    case 'interrupted':
      return {
        en: 'I was restarted while I worked on this and did not finish. Please ask once more.',
        zh: '处理到一半时我被重启了，没有查完。请再问一次。',
      };
    case 'taken_up_again':
      return {
        en: 'I was restarted while I worked on this; I have taken it up again.',
        zh: '处理到一半时我被重启了，现在已接着查。',
      };
    case 'cancelled':
      return { en: 'Cancelled. Nothing more is read for this question.', zh: '已取消，不再为这个问题读取任何内容。' };
    case 'unreadable_file':
      return {
        en: `I could not read ${reason.name}. I read text, logs, .gz and .zip of them, and Spark event logs.`,
        zh: `无法读取 ${reason.name}。我能读文本、日志、它们的 .gz 或 .zip，以及 Spark 事件日志。`,
      };
    case 'cannot_ask':
      return { en: `I cannot look into this as it is asked: ${reason.why}`, zh: `按现在的问法无法查：${reason.why}` };
    case 'no_case':
      return {
        en: 'There is no case yet to do this with: ask a question first.',
        zh: '这里还没有案例：请先提一个问题。',
      };
    case 'nothing_to_cancel':
      return {
        en: 'Nothing that you asked is waiting or being worked on here.',
        zh: '这里没有你正在排队或处理中的问题。',
      };
    case 'thanks':
      return { en: 'Thank you, noted.', zh: '谢谢，已记下。' };
    case 'thanks_handed':
      return {
        en: 'Thank you, noted. The case goes to the support team; what they do is told in the thread.',
        zh: '谢谢，已记下。案例已转给支持团队，处理进展会在讨论里更新。',
      };
    case 'stands_above':
      return { en: 'It stands in this thread already, further up.', zh: '已经在这个讨论里了，往上翻就能看到。' };
    case 'waiting':
      if (reason.count < 1)
        return {
          en: 'Nothing that you asked is waiting or being worked on.',
          zh: '你没有正在排队或处理中的问题。',
        };
      return {
        en: `${reason.count} ${reason.count === 1 ? 'question of yours is' : 'questions of yours are'} waiting or being worked on; each answer comes where it was asked.`,
        zh: `你有 ${reason.count} 个问题正在排队或处理中，答案会出现在各自提问的地方。`,
      };
    case 'nothing_configured':
      return {
        en: 'No platform is set up for me yet, so I can look nothing up. Attach a log, or ask the platform team to set one up.',
        zh: '还没有给我配置任何平台，查不到东西。可以直接附上日志，或请平台团队配置。',
      };
  }
}
