import type { Language } from '../../../knowledge/bilingual.ts';
import type { Certain } from '../../investigation/what-is-certain.ts';
import type { Certain as CertainOnCard } from '../../render/slack/working-card.ts';

const STATES: Readonly<Record<Certain['state'], { en: string; zh: string } | null>> = {
  failed: { en: 'failed', zh: '失败' },
  killed: { en: 'killed', zh: '被终止' },
  succeeded: { en: 'succeeded', zh: '成功' },
  running: { en: 'running', zh: '运行中' },
  waiting: { en: 'waiting', zh: '等待中' },
  unknown: null,
};

/** What is certain, in one language, as a card takes it. */
export function certainFor({ subject, state, lines }: Certain, language: Language): CertainOnCard {
  return {
    subject,
    state: STATES[state]?.[language] ?? null,
    lines: lines.map(({ text, source }) => ({ text: text[language], source })),
  };
}
