import type { Language } from '../../../knowledge/bilingual.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import type { Diagnosis, RootCause } from '../../investigation/diagnosis.ts';
import { type ChainLine, chainLines, citationsOf, eventLines } from '../chain-lines.ts';
import { changeRows } from '../change-rows.ts';
import { headlineOf, inBrackets, isFault } from '../headline.ts';
import { LABELS, STANDING_NAMES } from '../labels.ts';
import { costLine, readingRows } from '../reading-rows.ts';
import { ruledOutRows } from '../ruled-out-rows.ts';
import { shortIds } from '../short-names.ts';
import { theoryRows } from '../theory-rows.ts';
import { whatIfRows } from '../what-if-rows.ts';
import { context, image, sections } from './blocks.ts';
import { CARD_WORDS, STANDING_SIGNS } from './card-words.ts';
import type { CardPart } from './fit-card.ts';
import { ledgerBlocks } from './ledger-blocks.ts';
import { bold, bulleted, code, escaped, joined, link, type Mrkdwn, mrkdwn, webAddress } from './mrkdwn.ts';
import { placeIn } from './place-in.ts';
import { remedyLines } from './remedy-lines.ts';
import { saidInThread } from './said-in-thread.ts';

/** A picture of a card, uploaded before. */
export interface CardChart {
  fileId: string;
  alt: string;
  title: string;
  /** `ledger`: it stands in the place of the table. */
  kind?: string;
}

/** Rows of one list told on a card; the case page and the evidence have the rest. */
const TOLD = {
  chain: 8,
  events: 10,
  ruledOut: 3,
  changes: 5,
  whatIf: 2,
  needed: 4,
  also: 3,
  theories: 4,
  passages: 6,
  sources: 8,
};
const IDS_TOLD = 6;
const LONGEST = 420;

/** A diagnosis as parts of a card, in the order of reading: cause, who, fix; then how it went, the figures, what was read. */
export function diagnosisParts(
  diagnosis: Diagnosis,
  charts: readonly CardChart[] = [],
  caseId: string | null = null,
): CardPart[] {
  if (diagnosis.refusal) {
    const said = [escaped(diagnosis.summary), escaped(diagnosis.refusal.statement)];
    return [
      { blocks: sections(said, { expand: true }), rank: 0 },
      { blocks: context([escaped(costOf(diagnosis, caseId))]), rank: 1 },
    ];
  }
  const pictures = charts.flatMap((chart) => image(chart));
  const drawn = charts.some(({ kind }) => kind === 'ledger') && pictures.length > 0;
  return [
    { blocks: sections(top(diagnosis), { expand: true }), rank: 0 },
    { blocks: sections(toDecide(diagnosis), { expand: true }), rank: 1 },
    { blocks: sections(remedyLines(diagnosis), { expand: true }), rank: 0 },
    { blocks: sections(diagnosis.explanation === undefined ? [] : [escaped(diagnosis.explanation)]), rank: 5 },
    { blocks: sections(howItWent(diagnosis)), rank: 2 },
    { blocks: context(sourceRows(diagnosis)), rank: 3 },
    { blocks: pictures, rank: 4 },
    { blocks: drawn ? [] : ledgerBlocks(diagnosis), rank: 3 },
    { blocks: sections(differences(diagnosis)), rank: 4 },
    { blocks: sections(besides(diagnosis)), rank: 6 },
    { blocks: context(written(diagnosis)), rank: 5 },
    { blocks: context(footer(diagnosis, caseId)), rank: 1 },
  ];
}

/** The point without markup, for notifications. */
export function pointOf(diagnosis: Diagnosis): string {
  const words = LABELS[diagnosis.question.language];
  const told = headlineOf(diagnosis);
  if (!told) return [diagnosis.summary, diagnosis.refusal?.statement ?? ''].join('\n').trim();
  const [cause] = diagnosis.rootCauses;
  const fix = cause?.remediations.find(({ by }) => by !== 'platform') ?? cause?.remediations[0];
  return [
    shorten(diagnosis.summary, LONGEST),
    `${words.why}${words.colon}${shorten(told.statement, LONGEST)}${inBrackets(told.standing, diagnosis.question.language)}`,
    `${words.who}${words.colon}${told.who}`,
    ...(fix ? [`${words.doIt}${words.colon}${shorten(fix.statement, LONGEST)}`] : []),
  ].join('\n');
}

/** What happened, why, who has to act, and the asker's own guesses. */
function top(diagnosis: Diagnosis): Mrkdwn[] {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const told = headlineOf(diagnosis);
  const [cause] = diagnosis.rootCauses;
  const rows = [told ? bold(shorten(diagnosis.summary, 700)) : escaped(shorten(diagnosis.summary, 1_200))];
  if (told && cause) {
    // The sign and its word stay on one line.
    const standing = bold(`${STANDING_SIGNS[cause.standing]}\u00a0${told.standing}`);
    const proof = told.proof.flatMap(({ ids }) => ids);
    rows.push(mrkdwn`${bold(words.why)}  ${shorten(shortIds(told.statement), 700)}  ${standing}${cited(proof)}`);
    rows.push(mrkdwn`${bold(words.who)}  ${shorten(told.who, LONGEST)}`);
  }
  for (const { label, said, why } of theoryRows(diagnosis).slice(0, TOLD.theories)) {
    const guess = said.map((text) => `“${shorten(text, 160)}”`).join(words.list);
    rows.push(mrkdwn`${bold(label)}  ${guess}${words.colon}${shorten(why, LONGEST)}`);
  }
  return rows;
}

/** Without an answer: what is there, what it could be, and what would decide it. */
function toDecide(diagnosis: Diagnosis): Mrkdwn[] {
  const words = LABELS[diagnosis.question.language];
  const rows: Mrkdwn[] = [];
  const [unknown, ...candidates] = diagnosis.rootCauses;
  if (diagnosis.outcome === 'needs_more' && unknown) {
    const seen = chainLines(diagnosis, unknown).map(chainRow);
    rows.push(...titled(words.shows, counted(seen, TOLD.chain, diagnosis)));
    const possible = candidates.map(({ statement }) => escaped(shorten(statement, LONGEST)));
    rows.push(...titled(words.candidates, counted(possible, TOLD.also, diagnosis)));
  }
  const needed = diagnosis.needed.slice(0, TOLD.needed).map(({ what, how }, at) => {
    const shown = shorten(saidInThread(how, diagnosis.question.language), LONGEST);
    return mrkdwn`${at + 1}.  ${shorten(what, LONGEST)}\n       ${shown}`;
  });
  if (needed.length > 0) rows.push(bold(words.decide), ...needed);
  return rows;
}

function howItWent(diagnosis: Diagnosis): Mrkdwn[] {
  const { language } = diagnosis.question;
  const words = CARD_WORDS[language];
  const events = eventLines(diagnosis).map(chainRow);
  const rows = events.length === 0 ? [] : [bold(words.happened), ...counted(events, TOLD.events, diagnosis)];
  const [cause] = diagnosis.rootCauses;
  if (!cause || cause.chain.length === 0 || cause.code === 'unknown.insufficient_evidence') return rows;
  if (isFault(cause) && cause.chain.length < 2) return rows;
  const chain = chainLines(diagnosis, cause);
  const title = isFault(cause) ? words.howItWent : LABELS[language].proof;
  return [...rows, bold(title), ...chainRows(chain, diagnosis, isFault(cause))];
}

/** Symptom first, root last: of a long chain the middle goes, never the root. */
function chainRows(chain: readonly ChainLine[], { question }: Diagnosis, linked: boolean): Mrkdwn[] {
  const rows = chain.map((line, at) => (linked && at > 0 ? mrkdwn`↳  ${chainRow(line)}` : chainRow(line)));
  if (rows.length <= TOLD.chain) return rows;
  const left = rows.length - TOLD.chain + 1;
  const more = escaped(CARD_WORDS[question.language].moreLinks(left));
  return [...rows.slice(0, TOLD.chain - 3), more, ...rows.slice(-2)];
}

function chainRow({ clock, statement, citations }: ChainLine): Mrkdwn {
  const ids = citations.flatMap((citation) => citation.ids);
  const proof = ids.length === 0 ? '' : `  [${ids.slice(0, IDS_TOLD).join(' ')}${ids.length > IDS_TOLD ? ' …' : ''}]`;
  return mrkdwn`${clock === '' ? '' : `${clock}  `}${statement}${proof}`;
}

/** Where the evidence of the lines above stands: small, below them. */
function sourceRows(diagnosis: Diagnosis): Mrkdwn[] {
  const { language } = diagnosis.question;
  const [cause] = diagnosis.rootCauses;
  const links = [...(diagnosis.events ?? []).slice(0, TOLD.events), ...(cause?.chain ?? []).toReversed()];
  const all = citationsOf(
    diagnosis,
    links.flatMap(({ evidence }) => evidence),
  );
  const root = new Set(links[0]?.evidence);
  const first = [...all.filter(({ ids }) => ids.some((id) => root.has(id))), ...all];
  const told = [...new Set(first)].slice(0, TOLD.sources).sort((a, b) => all.indexOf(a) - all.indexOf(b));
  const rows = told.map(({ ids, where }) => mrkdwn`${code(spanOf(ids))} ${placeIn(shorten(where, 90), language)}`);
  const left = all.length - told.length;
  return [joined([...rows, ...(left > 0 ? [escaped(CARD_WORDS[language].moreLinks(left))] : [])], '  ·  ')];
}

/** `e6-e8` for three and more in a row; of many the first few. */
function spanOf(ids: readonly string[]): string {
  const numbers = ids.map((id) => Number(id.slice(1)));
  const inRow = numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0) + 1);
  if (inRow && ids.length > 2) return `${ids[0]}-${ids.at(-1)}`;
  return ids.length > IDS_TOLD ? `${ids.slice(0, IDS_TOLD).join(' ')} …` : ids.join(' ');
}

/** Against other runs, and without each culprit. */
function differences(diagnosis: Diagnosis): Mrkdwn[] {
  const words = LABELS[diagnosis.question.language];
  const without = whatIfRows(diagnosis)
    .slice(0, TOLD.whatIf)
    .map((row) => mrkdwn`${bold(words.without)}  ${shorten(row, LONGEST)}`);
  const changes = changeRows(diagnosis).map((row) => escaped(shorten(row, LONGEST)));
  return [...without, ...titled(words.changed, counted(changes, TOLD.changes, diagnosis))];
}

/** What else was seen, and what it was not. */
function besides(diagnosis: Diagnosis): Mrkdwn[] {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const more = diagnosis.outcome === 'needs_more' ? [] : diagnosis.rootCauses.slice(1);
  const also = more.map((cause: RootCause) =>
    escaped(`${shorten(cause.statement, LONGEST)}${inBrackets(STANDING_NAMES[language][cause.standing], language)}`),
  );
  const not = ruledOutRows(diagnosis).map((row) => escaped(shorten(shortIds(row), LONGEST)));
  return [
    ...titled(words.also, counted(also, TOLD.also, diagnosis)),
    ...titled(words.ruledOut, counted(not, TOLD.ruledOut, diagnosis)),
  ];
}

/** Runbooks: what opens is a link, one to a line; what lies in a repository is told by its place, one line for each document. */
function written(diagnosis: Diagnosis): Mrkdwn[] {
  const words = LABELS[diagnosis.question.language];
  const told = diagnosis.passages.slice(0, TOLD.passages);
  const opened = told.filter(({ url }) => webAddress(url) !== null);
  const links = opened.map(
    ({ id, title, url, page }) => mrkdwn`${code(id)} ${link(url, title ?? url)}${pageOf(page, words)}`,
  );
  const places = Map.groupBy(
    told.filter((passage) => !opened.includes(passage)),
    ({ url }) => url.replace(/#.*$/s, ''),
  );
  const files = [...places].map(([place, passages]) => {
    const titles = passages.map(
      ({ id, title, page }) => mrkdwn`${code(id)} ${shorten(title ?? '', 120)}${pageOf(page, words)}`,
    );
    return mrkdwn`${joined(titles, ' · ')}  (${shorten(place, 160)})`;
  });
  return links.length + files.length === 0 ? [] : [bold(words.passages), ...links, ...files];
}

function pageOf(page: number | undefined, words: (typeof LABELS)[Language]): string {
  return page === undefined ? '' : `${words.list}${words.page} ${page}`;
}

function footer(diagnosis: Diagnosis, caseId: string | null): Mrkdwn[] {
  const { language } = diagnosis.question;
  const colon = LABELS[language].colon;
  const rows = readingRows(diagnosis)
    .slice(0, 6)
    .map(({ label, text }) => escaped(`${label}${colon}${shorten(text, LONGEST)}`));
  return [...rows, escaped(costOf(diagnosis, caseId))];
}

function costOf(diagnosis: Diagnosis, caseId: string | null): string {
  return caseId === null ? costLine(diagnosis) : `${costLine(diagnosis)} · ${shorten(caseId, 80)}`;
}

function cited(ids: readonly string[]): Mrkdwn {
  return ids.length === 0 ? mrkdwn`` : mrkdwn`  ${code(ids.slice(0, 6).join(' '))}`;
}

function titled(title: string, rows: readonly Mrkdwn[]): Mrkdwn[] {
  return rows.length === 0 ? [] : [bold(title), ...bulleted(rows)];
}

function counted(rows: readonly Mrkdwn[], most: number, { question }: Diagnosis): Mrkdwn[] {
  if (rows.length <= most) return [...rows];
  return [...rows.slice(0, most), escaped(CARD_WORDS[question.language].moreRows(rows.length - most))];
}
