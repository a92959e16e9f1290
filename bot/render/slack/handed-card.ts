import type { Bilingual, Language } from '../../../knowledge/bilingual.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import { sections } from './blocks.ts';
import type { Card } from './card.ts';
import { fitCard } from './fit-card.ts';
import { escaped } from './mrkdwn.ts';

/** What became of a wish for support, or of a step of a hand-off. */
export type Handed =
  | { kind: 'handed_over' | 'known' | 'no_channel' | 'no_case' }
  /** It was resolved after the failure that is asked about; `at` is ISO 8601. */
  | { kind: 'resolved_since'; at: string; fixedBy: string }
  | { kind: 'done' | 'unchanged' | 'closed' | 'not_here' | 'no_hand_off' | 'not_mine' }
  | { kind: 'bad_input'; field: string };

/** A word to whoever pressed the button; what everybody should know stands in the threads. */
export function handedCard({ handed, language }: { handed: Handed; language: Language }): Card {
  const text = wordsOf(handed)[language];
  return fitCard(text, [{ blocks: sections([escaped(text)]), rank: 0 }], language);
}

function wordsOf(handed: Handed): Bilingual {
  switch (handed.kind) {
    case 'handed_over':
      return {
        en: 'Handed over to the support team, with everything found so far. What they do is told here.',
        zh: '已转给支持团队，并附上目前查到的全部内容。处理进展会在这里更新。',
      };
    case 'known':
      return {
        en: 'The support team has this already; what they do is told in the thread.',
        zh: '支持团队已经收到，处理进展会在这个讨论里更新。',
      };
    case 'resolved_since':
      return {
        en: `This was resolved at ${handed.at.slice(11, 16)} UTC: ${shorten(handed.fixedBy, 400)} Run it again; if it fails again, ask for support once more.`,
        zh: `这个问题已在 ${handed.at.slice(11, 16)} UTC 解决：${shorten(handed.fixedBy, 400)} 请重跑一次；如果还失败，再转一次人工。`,
      };
    case 'no_channel':
      return {
        en: 'No support channel is set up for me, so nothing was sent. Your case is kept; ask the platform team to set one up.',
        zh: '还没有给我配置支持频道，没有发出任何内容。案例已保存，请联系平台团队配置。',
      };
    case 'no_case':
    case 'no_hand_off':
      return {
        en: 'There is no case here to hand over: ask a question first.',
        zh: '这里没有可以转交的案例：请先提问。',
      };
    case 'done':
      return { en: 'Done.', zh: '已完成。' };
    case 'unchanged':
      return { en: 'It stood so already.', zh: '状态本来就是这样。' };
    case 'closed':
      return { en: 'It is resolved; nothing changes any more.', zh: '已经解决，不再变更。' };
    case 'not_here':
      return { en: 'This is done in the support channel.', zh: '请在支持频道里操作。' };
    case 'bad_input':
      return {
        en: `Something is missing or not right in the form: ${handed.field}.`,
        zh: `表单里有一项缺失或不对：${handed.field}。`,
      };
    case 'not_mine':
      return { en: 'This button does nothing any more.', zh: '这个按钮已不起作用。' };
  }
}
