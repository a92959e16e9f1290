import type { Bilingual, Language } from '../../../knowledge/bilingual.ts';
import { sections } from './blocks.ts';
import type { Card } from './card.ts';
import { fitCard } from './fit-card.ts';
import { escaped } from './mrkdwn.ts';

/** Why there is no answer, or not yet. */
export type Told =
  /** Also where the asker may not see it: the words are the same. */
  | { kind: 'not_found' }
  /** An error of ours, by the id it stands under in the log. */
  | { kind: 'error'; id: string }
  | { kind: 'cancelled' }
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
  | { kind: 'waiting'; count: number };

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
    case 'error':
      return {
        en: `Something failed on my side, not in your job (error ${reason.id}). Ask again; if it fails again, tell support this id.`,
        zh: `是我这边出了错，不是你的作业（错误编号 ${reason.id}）。请再问一次；如果还不行，把这个编号告诉支持人员。`,
      };
    case 'cancelled':
      return { en: 'Cancelled. Nothing more is read for this question.', zh: '已取消，不再为这个问题读取任何内容。' };
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
  }
}
