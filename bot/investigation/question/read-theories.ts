import { type Clause, splitClauses } from './clauses.ts';
import { ASKING_NEGATION, COMPLAINTS, DENIES, DENYING_ANAPHOR, FUTILE, SUSPECTS } from './polarity-words.ts';
import type { Asks, Theory } from './question.ts';
import { type TheoryEntry, TOPICS, type Topic } from './theory-entry.ts';
import { THEORY_LEXICON } from './theory-lexicon.ts';

const MAX_THEORIES = 8;
const MAX_TEXT = 160;
/** A clause longer than this is a paste; only its beginning is read. */
const MAX_CLAUSE = 600;

interface Found extends Theory {
  at: number;
  /** Only stated, without a word of suspicion: gives way to any other sign about the same cause. */
  statedOnly: boolean;
}

/**
 * The asker's own ideas of the cause, in the order of the text, each code once. An idea needs a named thing and a sign that
 * the asker suspects or denies it; a plain mention ("failed with IOException") is none, but for things that are causes by
 * themselves (`preempted`).
 */
export function readTheories(said: string, asks: Asks): Theory[] {
  if (asks === 'how_to' || asks === 'smalltalk') return [];
  const topics = new Set<Topic>();
  for (const topic of Object.keys(TOPICS) as Topic[]) {
    if (TOPICS[topic].test(said)) topics.add(topic);
  }
  const usable = THEORY_LEXICON.filter(
    (entry) =>
      (!entry.topic || topics.has(entry.topic)) &&
      (!entry.when || (entry.when === 'slowness') === (asks === 'slowness')),
  );
  const found: Found[] = [];
  for (const clause of splitClauses(said)) {
    found.push(...theoriesOf(clause, usable));
    if (DENYING_ANAPHOR.test(clause.text)) denyLast(found, clause);
    else if (FUTILE.test(clause.text) && found.at(-1)?.statedOnly) found.pop();
  }
  return onePerCode(found).slice(0, MAX_THEORIES);
}

function theoriesOf(clause: Clause, entries: readonly TheoryEntry[]): Found[] {
  const found: Found[] = [];
  let open = clause.text.slice(0, MAX_CLAUSE);
  for (const entry of entries) {
    const match = entry.names.exec(open);
    if (!match) continue;
    const rest = blanked(clause.text.slice(0, MAX_CLAUSE), match);
    open = blanked(open, match);
    const polarity = polarityOf(entry, clause, rest);
    if (!polarity) continue;
    const statedOnly = entry.stated === true && polarity === 'suspects' && !clause.asks && !SUSPECTS.test(clause.text);
    const at = clause.start + match.index;
    const { code, reason, family } = entry;
    found.push({
      text: quoted(clause.text, match.index),
      code,
      polarity,
      at,
      statedOnly,
      ...(reason === undefined ? {} : { reason }),
      ...(family === undefined ? {} : { family }),
    });
  }
  return found;
}

/** Whether the clause without the named thing suspects, denies, or only mentions. */
function polarityOf(entry: TheoryEntry, clause: Clause, rest: string): Theory['polarity'] | null {
  if (entry.polarity) return entry.polarity;
  if (ASKING_NEGATION.test(clause.text)) return 'suspects';
  if (DENIES.test(rest.replace(COMPLAINTS, ' '))) return 'denies';
  if (clause.asks || SUSPECTS.test(clause.text) || entry.stated) return 'suspects';
  return null;
}

function blanked(text: string, match: RegExpExecArray): string {
  return text.slice(0, match.index) + ' '.repeat(match[0].length) + text.slice(match.index + match[0].length);
}

/** The clause as written, cut around the named thing when it is long. */
function quoted(clause: string, at: number): string {
  const from = clause.length <= MAX_TEXT ? 0 : Math.max(0, at - MAX_TEXT / 2);
  return clause
    .slice(from, from + MAX_TEXT)
    .replace(/^(?:\s|[,.，。])*(?:(?:and|or|but|so|但是?|不过|而且)\s)?/i, '')
    .trim();
}

/** The clause denies the last thing that was only stated: what `that` stands for. */
function denyLast(found: Found[], clause: Clause): void {
  const last = found.findLast((theory) => theory.statedOnly);
  if (last)
    found.push({ ...last, polarity: 'denies', text: quoted(clause.text, 0), at: clause.start, statedOnly: false });
}

/** A code that is both suspected and denied counts as suspected: that is what must be answered. */
function onePerCode(found: readonly Found[]): Theory[] {
  const kept = new Map<string, Found>();
  for (const theory of [...found].sort((a, b) => a.at - b.at)) {
    const key = theory.code ?? `text:${theory.text}`;
    const known = kept.get(key);
    if (!known) kept.set(key, theory);
    else if (
      known.statedOnly ||
      (known.polarity === 'denies' && theory.polarity === 'suspects' && !theory.statedOnly)
    ) {
      kept.set(key, { ...theory, at: known.at });
    }
  }
  return [...kept.values()].sort((a, b) => a.at - b.at).map(({ at: _, statedOnly: __, ...theory }) => theory);
}
