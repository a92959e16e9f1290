import type { Language } from '../../../knowledge/bilingual.ts';
import { actions, context, sections } from './blocks.ts';
import { type ButtonAbout, button, buttonValue } from './button.ts';
import type { Card } from './card.ts';
import { CARD_WORDS } from './card-words.ts';
import { fitCard } from './fit-card.ts';
import { escaped } from './mrkdwn.ts';

/**
 * Stored, and waiting: how many questions are before it.
 *
 * @param cancel what the button to cancel is about; null: no button
 */
export function queuedCard({
  ahead,
  language,
  cancel = null,
}: {
  ahead: number;
  language: Language;
  cancel?: ButtonAbout | null;
}): Card {
  const zh = language === 'zh';
  const count = Math.max(0, Math.trunc(ahead));
  const text =
    count === 0
      ? zh
        ? '收到，马上开始查。'
        : 'Got it. I start in a moment.'
      : zh
        ? `收到。前面还有 ${count} 个问题，轮到时自动开始。`
        : `Got it. ${count} ${count === 1 ? 'question is' : 'questions are'} before yours; I start by myself.`;
  const kept = zh ? '问题已保存，不会丢失。' : 'Your question is stored and will not get lost.';
  const words = CARD_WORDS[language];
  return fitCard(
    text,
    [
      { blocks: sections([escaped(text)]), rank: 0 },
      { blocks: context([escaped(kept)]), rank: 1 },
      { blocks: cancel ? actions([button('cancel', words.cancel, buttonValue(cancel))]) : [], rank: 0 },
    ],
    language,
  );
}
