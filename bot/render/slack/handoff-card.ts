import type { ActionsBlockElement } from '@slack/types';
import type { Bilingual, Language } from '../../../knowledge/bilingual.ts';
import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import { CAUSE_CODES } from '../../../knowledge/causes/cause-codes.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import { citationsOf } from '../chain-lines.ts';
import { headlineOf } from '../headline.ts';
import { LABELS } from '../labels.ts';
import { ruledOutRows } from '../ruled-out-rows.ts';
import { shortIds } from '../short-names.ts';
import { theoryRows } from '../theory-rows.ts';
import { actions, type CardBlock, context, image, plain, sections } from './blocks.ts';
import { actionId, button, buttonValue, rowId } from './button.ts';
import type { Card } from './card.ts';
import { CARD_WORDS, STANDING_SIGNS } from './card-words.ts';
import { fitCard } from './fit-card.ts';
import type { HandoffReason, HandoffState, HandoffView } from './handoff-view.ts';
import { bold, bulleted, code, escaped, joined, link, type Mrkdwn, mrkdwn, person, quoted } from './mrkdwn.ts';
import { placeIn } from './place-in.ts';
import { remedyLines } from './remedy-lines.ts';
import { saidInThread } from './said-in-thread.ts';

const REASONS: Readonly<Record<HandoffReason, Bilingual>> = {
  asked: { en: 'asked for a person', zh: '请求人工支持' },
  inconclusive_twice: { en: 'asked twice without a proven cause', zh: '问了两次仍未查实根因' },
  not_helpful: { en: 'the answer did not help', zh: '答复没有帮助' },
  platform: { en: 'the cause lies with the platform', zh: '根因在平台一侧' },
};

const WORDS = {
  en: {
    title: 'Hand-off',
    about: 'about',
    asked: 'Asked',
    by: 'by',
    open: 'open, nobody has it yet',
    taken: 'taken by',
    resolved: 'resolved by',
    back: 'back at the bot, by',
    fixed: 'What fixed it',
    cause: 'Cause',
    note: 'Note',
    missing: 'Missing',
    soFar: 'Cause so far',
    nothing: 'no diagnosis was made',
    thread: 'thread of the question',
    page: 'case page',
    support: 'support thread',
    lineOpen:
      'The support team has been called; question, cause so far and evidence went along. You are told here who takes it and what fixed it.',
    choose: 'Hand to …',
    someone: 'somebody',
  },
  zh: {
    title: '转人工',
    about: '关于',
    asked: '提问',
    by: '提问人',
    open: '待处理，还没有人接手',
    taken: '已接手：',
    resolved: '已解决：',
    back: '已交还机器人：',
    fixed: '解决办法',
    cause: '根因',
    note: '备注',
    missing: '缺少',
    soFar: '目前的根因',
    nothing: '还没有诊断结果',
    thread: '提问的讨论',
    page: '案例页',
    support: '支持频道的讨论',
    lineOpen: '已通知支持团队，问题、目前的结论和证据都已带上。谁接手、怎么解决，会在这里告诉你。',
    choose: '转给……',
    someone: '某人',
  },
} as const satisfies Record<Language, object>;

/** How it stands, as a sign that needs no colour. */
const STATE_SIGNS = { open: '○', taken: '◐', resolved: '✓', back_to_bot: '↩' } as const;
const OTHERS_TOLD = 12;
const EVIDENCE_TOLD = 3;
const EXCERPT = 300;
const LONGEST = 420;

/** The card of a hand-off in the support channel: everything a person needs to go on, and how it stands. */
export function handoffCard(view: HandoffView): Card {
  const { language, diagnosis, question, charts } = view;
  const words = WORDS[language];
  const about = diagnosis?.subject ? (diagnosis.subject.name ?? diagnosis.subject.id) : null;
  const title = about === null ? bold(words.title) : mrkdwn`${bold(words.title)}  ${code(shorten(about, 160))}`;
  const asked = mrkdwn`${person(view.askedBy)} · ${momentOf(view.askedAt)} · ${REASONS[view.reason][language]}`;
  const head = [title, ...stateLines(view.state, language), asked, quoted(shorten(question, 700))];
  if (view.note !== null) head.push(mrkdwn`${bold(words.note)}  ${shorten(view.note, LONGEST)}`);
  return fitCard(
    [
      `${words.title}${about === null ? '' : ` ${about}`}`,
      stateText(view.state, language),
      shorten(question, LONGEST),
    ].join('\n'),
    [
      { blocks: sections(head, { expand: true }), rank: 0 },
      { blocks: sections(othersLines(view)), rank: 0 },
      { blocks: sections(soFar(view), { expand: true }), rank: 0 },
      { blocks: diagnosis ? sections(remedyLines(diagnosis, 'support')) : [], rank: 2 },
      { blocks: evidenceBlocks(view), rank: 3 },
      { blocks: sections(besides(view)), rank: 4 },
      { blocks: charts.flatMap((chart) => image(chart)), rank: 5 },
      { blocks: context([links(view)]), rank: 1 },
      { blocks: buttons(view), rank: 0 },
    ],
    language,
  );
}

/** The line in the asker's own thread: that somebody has it, who, and what fixed it. */
export function handoffLineCard(view: HandoffView): Card {
  const { language, state, supportUrl } = view;
  const words = WORDS[language];
  const rows = state.kind === 'open' ? [mrkdwn`${STATE_SIGNS.open} ${words.lineOpen}`] : stateLines(state, language);
  const more = supportUrl === null ? [] : [link(supportUrl, words.support)];
  const others = othersText(view);
  return fitCard(
    state.kind === 'open' ? words.lineOpen : stateText(state, language),
    [
      { blocks: sections(rows, { expand: true }), rank: 0 },
      { blocks: context([...(others === null ? [] : [escaped(others)]), ...more]), rank: 1 },
    ],
    language,
  );
}

function stateLines(state: HandoffState, language: Language): Mrkdwn[] {
  const words = WORDS[language];
  const sign = STATE_SIGNS[state.kind];
  if (state.kind === 'open') return [mrkdwn`${sign} ${bold(words.open)}`];
  const what = { taken: words.taken, resolved: words.resolved, back_to_bot: words.back }[state.kind];
  const line = mrkdwn`${sign} ${bold(what)} ${person(state.by)} · ${momentOf(state.at)}`;
  if (state.kind !== 'resolved') return [line];
  const cause = causeTitle(state.code, language);
  return [
    line,
    mrkdwn`${bold(words.fixed)}  ${shorten(state.fixedBy, 700)}`,
    ...(cause === null ? [] : [mrkdwn`${bold(words.cause)}  ${cause}`]),
    ...(state.note === null ? [] : [mrkdwn`${bold(words.note)}  ${shorten(state.note, LONGEST)}`]),
  ];
}

/** How it stands without markup: ids of people mean nothing to a reader, the card calls them by name. */
function stateText(state: HandoffState, language: Language): string {
  const words = WORDS[language];
  if (state.kind === 'open') return words.open;
  const what = { taken: words.taken, resolved: words.resolved, back_to_bot: words.back }[state.kind];
  const fixed =
    state.kind === 'resolved' ? `\n${words.fixed}${LABELS[language].colon}${shorten(state.fixedBy, LONGEST)}` : '';
  return `${what} ${words.someone}${fixed}`;
}

/** The title of a cause that was chosen; a code that is none is told as it is. */
function causeTitle(given: string | null, language: Language): string | null {
  const known = CAUSE_CODES.find((cause) => cause === given);
  return known ? causeOf(known).title[language] : given === null ? null : shorten(given, 80);
}

function othersText({ others, shared, since, language }: HandoffView): string | null {
  if (others.length === 0 || shared === null || since === null) return null;
  return CARD_WORDS[language].others(others.length, shorten(shared, 120), clockOf(since));
}

/** `12 others ask about node2 since 10:02`, with links to their threads. */
function othersLines(view: HandoffView): Mrkdwn[] {
  const text = othersText(view);
  if (text === null) return [];
  const told = view.others.slice(0, OTHERS_TOLD).map(({ user, subject, threadUrl }) => {
    const what = threadUrl === null ? escaped(shorten(subject, 120)) : link(threadUrl, shorten(subject, 120));
    return mrkdwn`${what} ${person(user)}`;
  });
  const left = view.others.length - told.length;
  const more = left > 0 ? [escaped(CARD_WORDS[view.language].moreRows(left))] : [];
  return [bold(text), joined([...told, ...more], '  ·  ')];
}

function soFar({ diagnosis, language }: HandoffView): Mrkdwn[] {
  const words = WORDS[language];
  const { who, colon } = LABELS[language];
  if (!diagnosis) return [mrkdwn`${bold(words.soFar)}  ${words.nothing}`];
  const told = headlineOf(diagnosis);
  const [cause] = diagnosis.rootCauses;
  const rows =
    told && cause
      ? [
          mrkdwn`${bold(words.soFar)}  ${shorten(shortIds(told.statement), 700)}  ${bold(`${STANDING_SIGNS[cause.standing]}\u00a0${told.standing}`)}`,
          mrkdwn`${bold(who)}  ${shorten(told.who, LONGEST)}`,
        ]
      : [mrkdwn`${bold(words.soFar)}  ${shorten(diagnosis.summary, 900)}`];
  const missing = diagnosis.needed
    .slice(0, 4)
    .map(({ what, how }) => escaped(`${shorten(what, 240)}${colon}${shorten(saidInThread(how, language), LONGEST)}`));
  return [...rows, ...(missing.length > 0 ? [bold(words.missing), ...bulleted(missing)] : [])];
}

/** The pieces the root stands on, shortened; all of it is behind the button and on the case page. */
function evidenceBlocks({ diagnosis, language }: HandoffView): CardBlock[] {
  if (!diagnosis) return [];
  const ids = diagnosis.rootCauses[0]?.chain.at(-1)?.evidence ?? [];
  const top = diagnosis.evidence.filter(({ id }) => ids.includes(id)).slice(0, EVIDENCE_TOLD);
  const rows = top.map((piece) => {
    const [place] = citationsOf({ evidence: [piece] }, [piece.id]);
    const excerpt = piece.excerpt.split('\n').slice(0, 3).join(' ');
    return mrkdwn`${code(piece.id)} ${placeIn(shorten(place?.where ?? '', 120), language)}\n       ${code(shorten(excerpt, EXCERPT))}`;
  });
  return rows.length === 0 ? [] : sections([bold(LABELS[language].evidence), ...rows]);
}

function besides({ diagnosis, language }: HandoffView): Mrkdwn[] {
  if (!diagnosis) return [];
  const words = LABELS[language];
  const guessed = theoryRows({
    ...diagnosis,
    theories: diagnosis.theories.filter(({ verdict }) => verdict === 'ruled_out'),
  })
    .slice(0, 3)
    .map(({ said, why }) => escaped(`“${shorten(said.join('”, “'), 160)}”${words.colon}${shorten(why, LONGEST)}`));
  const rows = ruledOutRows(diagnosis)
    .slice(0, 3)
    .map((row) => escaped(shorten(shortIds(row), LONGEST)));
  const all = [...guessed, ...rows];
  return all.length === 0 ? [] : [bold(words.ruledOut), ...bulleted(all)];
}

function links({ threadUrl, pageUrl, caseId, language }: HandoffView): Mrkdwn {
  const words = WORDS[language];
  return joined(
    [
      ...(threadUrl === null ? [] : [link(threadUrl, words.thread)]),
      ...(pageUrl === null ? [] : [link(pageUrl, words.page)]),
      escaped(shorten(caseId, 80)),
    ],
    ' · ',
  );
}

/** What can be done next; after it is resolved only the evidence stays. */
function buttons({ caseId, diagnosis, state, language }: HandoffView): CardBlock[] {
  const words = CARD_WORDS[language];
  const about = { caseId, diagnosis: diagnosis?.id ?? null };
  const value = buttonValue(about);
  const open = state.kind === 'open' || state.kind === 'taken';
  const elements: ActionsBlockElement[] = [
    ...(state.kind === 'open' ? [button('take', words.take, value, { style: 'primary' })] : []),
    ...(open
      ? [
          button('resolve', words.resolve, value, state.kind === 'taken' ? { style: 'primary' } : {}),
          {
            type: 'users_select' as const,
            action_id: actionId('reassign'),
            placeholder: plain(WORDS[language].choose, 75),
          },
          button('back_to_bot', words.backToBot, value),
        ]
      : []),
    ...(diagnosis ? [button('evidence', words.evidence, value)] : []),
  ];
  return actions(elements, rowId(about));
}

/** `2026-11-21 10:02 UTC`. */
function momentOf(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso);
  return parts ? `${parts[1]} ${parts[2]} UTC` : '–';
}

function clockOf(iso: string): string {
  return /^\d{4}-\d\d-\d\dT(\d\d:\d\d)/.exec(iso)?.[1] ?? '–';
}
