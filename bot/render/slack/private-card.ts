import type { Language } from '../../../knowledge/bilingual.ts';
import { sections } from './blocks.ts';
import type { Card } from './card.ts';
import { fitCard } from './fit-card.ts';
import { mrkdwn, person } from './mrkdwn.ts';

/** Stands in a thread where not everybody may read the answer: it was given to the asker alone. */
export function privateCard({ user, language }: { user: string; language: Language }): Card {
  const text =
    language === 'zh'
      ? '这里不是每个人都有权查看这个作业，回答只发给了提问者。'
      : 'Not everybody here may see this job: the answer went to the asker alone.';
  return fitCard(text, [{ blocks: sections([mrkdwn`${person(user)} ${text}`]), rank: 0 }], language);
}
