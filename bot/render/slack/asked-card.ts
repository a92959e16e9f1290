import type { Language } from '../../../knowledge/bilingual.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import { sections } from './blocks.ts';
import type { Card } from './card.ts';
import { fitCard } from './fit-card.ts';
import { escaped, mrkdwn, person, quoted } from './mrkdwn.ts';

/** A command has no message of its own: this one stands for it, and the answer hangs on it. */
export function askedCard({ user, asked, language }: { user: string; asked: string; language: Language }): Card {
  const says = language === 'zh' ? ' 问：' : ' asks:';
  const said = shorten(asked, 600);
  return fitCard(
    said,
    [{ blocks: sections([mrkdwn`${person(user)}${escaped(says)}`, quoted(said)], { expand: true }), rank: 0 }],
    language,
  );
}
