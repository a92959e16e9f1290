import type { Button } from '@slack/types';
import type { Language } from '../../../knowledge/bilingual.ts';
import type { Turn } from '../../conversation/thread.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { actions, context, sections } from './blocks.ts';
import { button, buttonValue } from './button.ts';
import type { Card } from './card.ts';
import { CARD_WORDS } from './card-words.ts';
import { type CardChart, diagnosisParts, pointOf } from './diagnosis-parts.ts';
import { type CardPart, fitCard } from './fit-card.ts';
import { escaped, link, type Mrkdwn, mrkdwn, quoted, webAddress } from './mrkdwn.ts';
import { replyParts } from './reply-parts.ts';

/** Others who ask about the same. */
export interface SharedIncident {
  others: number;
  /** ISO 8601. */
  sinceIso: string;
  /** What they share: `node2`. */
  what: string;
  /** Link to the support team's thread; null: none that the asker can open. */
  link: string | null;
}

/** What the answer of one turn is made from. */
export interface AnswerView {
  turn: Turn;
  /** `Conversation.diagnosis`. */
  diagnosisOf(id: string, language: Language): Diagnosis | null;
  /** `Conversation.evidence()`. */
  evidence: Diagnosis['evidence'];
  caseId: string;
  charts: readonly CardChart[];
  /** The case page where it is served; null: the button fetches it. */
  pageUrl: string | null;
  incident: SharedIncident | null;
  /** What else has to be said, in the language of the answer: files that were not read. */
  notes: readonly string[];
}

/** The answer of one turn: short first (cause, who, fix), proof under it. Replies without a diagnosis are small. */
export function answerCard(view: AnswerView): Card {
  const { turn, diagnosisOf, evidence, caseId, charts, pageUrl } = view;
  const language = turn.replies[0]?.language ?? 'en';
  const parts: CardPart[] = [];
  const points: string[] = [];
  let given: Diagnosis | null = null;
  for (const reply of turn.replies) {
    const diagnosis = reply.diagnosis === null ? null : diagnosisOf(reply.diagnosis, reply.language);
    if (turn.replies.length > 1) parts.push({ blocks: sections([quoted(reply.asked.slice(0, 160))]), rank: 1 });
    parts.push(...replyParts(reply, evidence, diagnosis !== null));
    if (diagnosis) parts.push(...diagnosisParts(diagnosis, given === null ? charts : [], caseId));
    points.push(diagnosis ? pointOf(diagnosis) : reply.text);
    given ??= diagnosis;
  }
  return fitCard(
    points.filter((point) => point !== '').join('\n\n'),
    [
      { blocks: context(sharedBy(view.incident, language)), rank: 0 },
      ...parts,
      { blocks: context(view.notes.slice(0, 6).map((note) => escaped(note.slice(0, 400)))), rank: 0 },
      ...(given === null ? (saysLittle(turn) ? [] : smallRow(caseId, language)) : rows(given, caseId, pageUrl)),
    ],
    language,
  );
}

/** Replies to what was no question about a case: nothing to thank for, nothing to hand over. */
const LITTLE: ReadonlySet<string> = new Set([
  'greeting',
  'thanks',
  'goodbye',
  'forget',
  'order',
  'out_of_scope',
  'in_language',
]);

function saysLittle({ replies }: Turn): boolean {
  return replies.every(({ kind, diagnosis }) => diagnosis === null && LITTLE.has(kind));
}

/** Others with the same trouble are told first: whoever asks need not look for a fault of their own. */
function sharedBy(incident: SharedIncident | null, language: Language): Mrkdwn[] {
  if (!incident || incident.others < 1) return [];
  const words = CARD_WORDS[language];
  const text = words.others(Math.trunc(incident.others), incident.what.slice(0, 120), clockOf(incident.sinceIso));
  return [incident.link === null ? escaped(text) : mrkdwn`${text} · ${link(incident.link, words.supportThread)}`];
}

/** `10:02`, in UTC as every time of a card. */
function clockOf(iso: string): string {
  return /^\d{4}-\d\d-\d\dT(\d\d:\d\d)/.exec(iso)?.[1] ?? '–';
}

function rows(diagnosis: Diagnosis, caseId: string, pageUrl: string | null): CardPart[] {
  const { language } = diagnosis.question;
  const words = CARD_WORDS[language];
  const value = buttonValue({ caseId, diagnosis: diagnosis.id });
  const address = pageUrl === null || webAddress(pageUrl) === null ? {} : { url: pageUrl };
  const further: Button[] = [
    ...(diagnosis.evidence.length > 0 ? [button('evidence', words.evidence, value)] : []),
    ...(comparable(diagnosis) ? [button('compare', words.compare, value)] : []),
    button('page', words.page, value, address),
    button('recheck', words.recheck, value),
  ];
  return [
    { blocks: actions(opinions(value, language, liesWithPlatform(diagnosis))), rank: 0 },
    { blocks: diagnosis.outcome === 'refused' ? [] : actions(further), rank: 0 },
  ];
}

function smallRow(caseId: string, language: Language): CardPart[] {
  return [{ blocks: actions(opinions(buttonValue({ caseId, diagnosis: null }), language)), rank: 0 }];
}

/** The asker can do nothing about it: whoever can is one press away. */
function liesWithPlatform({ rootCauses: [cause] }: Diagnosis): boolean {
  return cause?.responsibility === 'platform' && cause.standing === 'confirmed';
}

function opinions(value: string, language: Language, needsSupport = false): Button[] {
  const words = CARD_WORDS[language];
  return [
    button('helpful', words.helpful, value),
    button('not_helpful', words.notHelpful, value),
    button('support', words.support, value, needsSupport ? { style: 'primary' } : {}),
  ];
}

/** Kinds of subjects that run again under the same name. */
const RUNS: ReadonlySet<string> = new Set(['spark_application', 'yarn_application', 'flink_job', 'workflow_run']);

/** A run that has ended, that has a name to find earlier ones by, and that was not compared yet. */
function comparable({ subject, comparison, runState }: Diagnosis): boolean {
  if (!subject || comparison !== null || !RUNS.has(subject.kind)) return false;
  return subject.name !== undefined && (runState === 'failed' || runState === 'killed' || runState === 'succeeded');
}
