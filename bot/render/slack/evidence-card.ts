import { shorten } from '../../../tools/evidence/shorten.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { LABELS } from '../labels.ts';
import { shortSource } from '../short-names.ts';
import { actions, context, preformatted, sections } from './blocks.ts';
import { button, buttonValue } from './button.ts';
import type { Card } from './card.ts';
import { CARD_WORDS } from './card-words.ts';
import { type CardPart, fitCard, textLength } from './fit-card.ts';
import { bold, code, escaped, mrkdwn } from './mrkdwn.ts';
import { placeIn } from './place-in.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

/** Pieces on one card at the most, and characters of them together: what a message takes, with room for the rest of the card. */
const PIECES = 6;
const ROOM = SLACK_LIMITS.messageBlocksText - 1_000;
const EXCERPT = 2_100;

/**
 * Evidence word for word, with its place and who wrote it; "More" brings the next pieces.
 *
 * @param ids only these; none: all, those of the cause first
 * @param from pieces shown before
 */
export function evidenceCard({
  diagnosis,
  caseId,
  ids = [],
  from = 0,
}: {
  diagnosis: Diagnosis;
  caseId: string;
  ids?: readonly string[];
  from?: number;
}): Card {
  const { language } = diagnosis.question;
  const words = CARD_WORDS[language];
  const all = ids.length > 0 ? diagnosis.evidence.filter(({ id }) => ids.includes(id)) : rootFirst(diagnosis);
  const start = Math.max(0, Math.min(Math.trunc(from), all.length));
  const shown = pageOf(all.slice(start, start + PIECES), diagnosis);
  if (shown.length === 0)
    return fitCard(words.noEvidence, [{ blocks: sections([escaped(words.noEvidence)]), rank: 0 }], language);
  const end = start + shown.length;
  const title = `${LABELS[language].evidence} ${words.evidenceOf(start + 1, end, all.length)}`;
  const about = { caseId, diagnosis: diagnosis.id };
  return fitCard(
    [
      title,
      ...shown.map(({ piece: { id, source, locator } }) => `${id} ${shorten(shortSource(source), 110)}, ${locator}`),
    ].join('\n'),
    [
      { blocks: sections([bold(title)]), rank: 0 },
      ...shown.map(({ part }) => part),
      {
        blocks:
          end < all.length && ids.length === 0
            ? actions([button('evidence', `${words.more} (${all.length - end})`, buttonValue(about, end))])
            : [],
        rank: 0,
      },
    ],
    language,
  );
}

/** As many pieces as one message takes, the first in any case. */
function pageOf(
  pieces: Diagnosis['evidence'],
  diagnosis: Diagnosis,
): { piece: Diagnosis['evidence'][number]; part: CardPart }[] {
  let room: number = ROOM;
  const drawn = pieces.map((piece) => ({ piece, part: pieceOf(piece, diagnosis) }));
  const most = drawn.findIndex(({ part }, at) => {
    room -= textLength(part.blocks);
    return at > 0 && room < 0;
  });
  return most === -1 ? drawn : drawn.slice(0, most);
}

function pieceOf(piece: Diagnosis['evidence'][number], { question: { language } }: Diagnosis): CardPart {
  const { id, source, locator, provenance, at, excerpt } = piece;
  const place = placeIn(locator, language);
  const rows = [mrkdwn`${code(id)}  ${bold(shorten(shortSource(source), 110))}  ${place}`];
  const by = `${CARD_WORDS[language].writtenBy}${LABELS[language].colon}${provenance.replaceAll('_', ' ')}`;
  const when = at === null ? '' : ` · ${at}`;
  return {
    blocks: [
      ...sections(rows),
      preformatted(excerpt, EXCERPT),
      ...context([mrkdwn`${by}${when}  ${code(cutMiddle(source))}`]),
    ],
    rank: 1,
  };
}

/** A path says most at its ends. */
function cutMiddle(source: string): string {
  return source.length <= LONGEST_PATH
    ? source
    : `${source.slice(0, LONGEST_PATH / 3)}…${source.slice((-LONGEST_PATH * 2) / 3)}`;
}

const LONGEST_PATH = 210;

/** What proves the cause comes first, then the rest in its order. */
function rootFirst({ evidence, rootCauses }: Diagnosis): Diagnosis['evidence'] {
  const root = new Set(rootCauses[0]?.chain.at(-1)?.evidence ?? []);
  return [...evidence.filter(({ id }) => root.has(id)), ...evidence.filter(({ id }) => !root.has(id))];
}
