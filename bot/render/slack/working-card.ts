import type { Language } from '../../../knowledge/bilingual.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import { shortIds, shortSource } from '../short-names.ts';
import { actions, context, sections } from './blocks.ts';
import { type ButtonAbout, button, buttonValue } from './button.ts';
import type { Card } from './card.ts';
import { CARD_WORDS } from './card-words.ts';
import { fitCard } from './fit-card.ts';
import { bold, bulleted, code, escaped, joined, type Mrkdwn, mrkdwn, plainText } from './mrkdwn.ts';

/** What the platform itself says of the subject, before anything is worked out. */
export interface Certain {
  subject: { id: string; name: string | null } | null;
  /** As the platform words it: `FAILED`. */
  state: string | null;
  /** Statements with where they stand. */
  lines: readonly { text: string; source: string }[];
}

/** One thing that is read. */
export interface WorkStep {
  text: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
}

const STEP_SIGNS = { waiting: '○', running: '◌', done: '✓', failed: '✕' } as const;
/** Steps and certain lines told; earlier steps are counted. */
const STEPS_TOLD = 6;
const CERTAIN_TOLD = 5;
const LONGEST = 300;

/**
 * While it is worked on: what is certain already, what is being read, and a way to stop.
 *
 * @param asked the question as it was asked
 * @param cancel what the button to cancel is about; null: no button
 */
export function workingCard({
  asked,
  certain,
  steps,
  language,
  cancel,
}: {
  asked: string;
  certain: Certain | null;
  steps: readonly WorkStep[];
  language: Language;
  cancel: ButtonAbout | null;
}): Card {
  const zh = language === 'zh';
  const words = CARD_WORDS[language];
  const name = certain?.subject ? (certain.subject.name ?? certain.subject.id) : null;
  const now = steps.find(({ state }) => state === 'running')?.text ?? null;
  const status = zh ? '正在查' : 'Looking into it';
  const about = name === null ? escaped(shorten(plainText(asked), 140)) : code(shorten(name, 200));
  const sure = certain ? certainRows(certain, zh) : [];
  return fitCard(
    [`${status}${zh ? '：' : ': '}${name ?? shorten(asked, 140)}`, ...(now === null ? [] : [now])].join('\n'),
    [
      { blocks: sections([mrkdwn`${bold(status)}  ${about}`, ...sure], { expand: true }), rank: 0 },
      { blocks: context(stepRows(steps, language)), rank: 1 },
      { blocks: cancel ? actions([button('cancel', words.cancel, buttonValue(cancel))]) : [], rank: 0 },
    ],
    language,
  );
}

function certainRows({ subject, state, lines }: Certain, zh: boolean): Mrkdwn[] {
  const id = subject?.name && subject.name !== subject.id ? [code(shorten(subject.id, 200))] : [];
  const own =
    state === null ? id : [mrkdwn`${zh ? '平台记录的状态' : 'The platform says'} ${code(shorten(state, 60))}`, ...id];
  const told = lines
    .slice(0, CERTAIN_TOLD)
    .map(({ text, source }) => mrkdwn`${shorten(shortIds(text), LONGEST)}  ${code(shorten(shortSource(source), 80))}`);
  const rows = [...(own.length > 0 ? [joined(own, ' · ')] : []), ...told];
  return rows.length === 0 ? [] : [bold(zh ? '已经确定' : 'Certain so far'), ...bulleted(rows)];
}

function stepRows(steps: readonly WorkStep[], language: Language): Mrkdwn[] {
  const shown = steps.slice(-STEPS_TOLD);
  const earlier = steps.length - shown.length;
  return [
    ...(earlier > 0 ? [escaped(language === 'zh' ? `✓ 之前已完成 ${earlier} 步` : `✓ ${earlier} steps before`)] : []),
    ...shown.map(({ text, state }) => {
      const said = shorten(text, LONGEST);
      return state === 'running' ? mrkdwn`${STEP_SIGNS.running} ${bold(said)}` : mrkdwn`${STEP_SIGNS[state]} ${said}`;
    }),
  ];
}
