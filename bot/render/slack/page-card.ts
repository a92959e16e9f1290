import type { Language } from '../../../knowledge/bilingual.ts';
import { sections } from './blocks.ts';
import type { Card } from './card.ts';
import { fitCard } from './fit-card.ts';
import { link, mrkdwn } from './mrkdwn.ts';

/** The address of a case's page, for whoever asked for it. */
export function pageCard({ url, language }: { url: string; language: Language }): Card {
  const [open, note] =
    language === 'zh'
      ? ['打开案例页面', '链接只给你，十分钟内有效。']
      : ['Open the case page', 'The link is for you alone and works for ten minutes.'];
  return fitCard(open, [{ blocks: sections([mrkdwn`${link(url, open)} · ${note}`]), rank: 0 }], language);
}
