import { shorten } from '../../tools/evidence/shorten.ts';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { LABELS } from './labels.ts';
import { shortIds, shortSource } from './short-names.ts';

/** Pieces of one source that stand behind one statement. */
export interface Citation {
  /** `e3`, `e4`: ids of the evidence. */
  ids: string[];
  /** `nm-0217 dmesg.txt, lines 80, 94`. */
  where: string;
}

/** One line of "how it went", ready for any face. */
export interface ChainLine {
  /** `HH:MM:SS` in UTC, or `''` when the link has no time. */
  clock: string;
  statement: string;
  citations: Citation[];
}

/** Longer words of a log are cut inside the chain; the evidence has them whole. */
const MAX_STATEMENT = 180;
/** An event is told with whose it was and why, and there is no line above it that says more. */
const MAX_EVENT = 320;
/** A first clause shorter than this says too little to stand alone. */
const LEAST_CLAUSE = 24;
const CLAUSE_END = /; |；|\. (?=[A-Z])|。/;

/**
 * The chain of a root cause as lines, symptom first, root last. Every line says what happened with its figures; of the root, whose
 * whole statement stands above the chain in every face, only the first clause.
 */
export function chainLines(diagnosis: Diagnosis, cause: RootCause): ChainLine[] {
  return cause.chain.map((link) => {
    const rest = link.statement.startsWith(cause.statement) ? link.statement.slice(cause.statement.length) : null;
    const isRoot = rest !== null && cause.chain.length > 1 && !/^(?:none|unknown)\./.test(cause.code);
    return {
      clock: link.at ? link.at.slice(11, 19) : '',
      statement:
        shortIds(shorten(isRoot ? firstClause(cause.statement) + rest : link.statement, MAX_STATEMENT)) +
        inferred(link.joinedOn, diagnosis.question.language),
      citations: citationsOf(diagnosis, link.evidence),
    };
  });
}

/** What `joinedOn` of a link ends in that no key joins with the one above it. */
const INFERRED = / \(inferred\)$/;

/** A link that is only inferred says so in every face, and from what. */
function inferred(joinedOn: string | undefined, language: Diagnosis['question']['language']): string {
  if (joinedOn === undefined || !INFERRED.test(joinedOn)) return '';
  const on = joinedOn.replace(INFERRED, '');
  const words = LABELS[language];
  return `${language === 'zh' ? '' : ' '}${words.from}${words.inferredFrom}${words.colon}${on === 'host' ? words.hostAndTime : on}${words.to}`;
}

/**
 * What happened on the thing that was asked about, in the order of time, as lines. Empty where the answer shows the same as its
 * proof: how a healthy queue stands, what is there of an open case.
 */
export function eventLines(diagnosis: Diagnosis): ChainLine[] {
  if (diagnosis.outcome !== 'answered') return [];
  return (diagnosis.events ?? []).map(({ at, statement, evidence }) => ({
    clock: at ? at.slice(11, 19) : '',
    statement: shortIds(shorten(statement, MAX_EVENT)),
    citations: citationsOf(diagnosis, evidence),
  }));
}

/** What happened, without what follows from it. */
function firstClause(statement: string): string {
  const end = CLAUSE_END.exec(statement)?.index ?? statement.length;
  return end < LEAST_CLAUSE ? statement : statement.slice(0, end);
}

/** The sources behind a statement, each once, in the order of the evidence. */
export function citationsOf(diagnosis: Pick<Diagnosis, 'evidence'>, ids: readonly string[]): Citation[] {
  const cited = diagnosis.evidence.filter(({ id }) => ids.includes(id));
  return [...Map.groupBy(cited, ({ source }) => source)].map(([source, pieces]) => ({
    ids: pieces.map(({ id }) => id),
    where: `${shortSource(source)}, ${linesOf(pieces.map(({ locator }) => locator))}`,
  }));
}

/** `line 4`, `lines 4, 9-12`: each place once. */
function linesOf(locators: readonly string[]): string {
  const places = [...new Set(locators.map((locator) => locator.replace(/^lines? /, '')))];
  return `${places.length > 1 || places[0]?.includes('-') ? 'lines' : 'line'} ${places.join(', ')}`;
}
