import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Symptom } from '../../evidence/finding.ts';
import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature, SignatureMatch } from '../signature.ts';
import { cutExcerpt } from './cut-excerpt.ts';
import { wholeWords } from './whole-words.ts';

/** Named groups of the pattern that matched; absent ones are `undefined`. */
export type Groups = Readonly<Record<string, string | undefined>>;

/** What a signature adds to the plain statement, read out of the text that matched. */
export type Details = Partial<Omit<SignatureMatch, 'statement' | 'excerpt'>> & { statement?: Bilingual };

/** A signature as data: one or more patterns, the sentence they mean, and what the groups tell. */
export interface StatementSpec extends Omit<Signature, 'match'> {
  /**
   * The fixed words of the statement, with groups for its figures. Several patterns: the first that matches counts. They
   * run on the whole record, so every repetition in them is bounded.
   */
  pattern: RegExp | readonly RegExp[];
  /** Words that make it something else: the signature does not match a record that holds them. */
  unless?: RegExp;
  /** The sentence for a person; a function where the figures belong into it. */
  say: Bilingual | ((groups: Groups) => Bilingual);
  /** The text only suggests the cause, whoever wrote it. */
  inferredOnly?: boolean;
  /** Kind of complete statement the text is, as the catalogue lists it. */
  completeStatement?: string;
  /** Reads keys, figures or another code out of the match; `null`: on a second look it is not this. */
  read?(groups: Groups, record: TextRecord, at: number): Details | null;
}

/** Makes a signature out of its data. The pattern's flags must not include `g` or `y` (the signature keeps no state). */
export function statementSignature(spec: StatementSpec): Signature {
  const patterns = spec.pattern instanceof RegExp ? [spec.pattern] : spec.pattern;
  return {
    id: spec.id,
    code: spec.code,
    ...(spec.symptom ? { symptom: spec.symptom } : {}),
    ...(spec.echo ? { echo: true } : {}),
    literals: spec.literals,
    observedFrom: spec.observedFrom,
    ...(spec.ignoredFrom ? { ignoredFrom: spec.ignoredFrom } : {}),
    rank: spec.rank,
    seenIn: spec.seenIn,
    match: (record) => matchStatement(spec, patterns, record),
  };
}

function matchStatement(spec: StatementSpec, patterns: readonly RegExp[], record: TextRecord): SignatureMatch | null {
  if (!spec.literals.some((literal) => record.text.includes(literal))) return null;
  const found = firstMatch(patterns, record.text);
  if (!found || spec.unless?.test(record.text)) return null;
  const groups: Groups = found.groups ?? {};
  const details = spec.read ? spec.read(groups, record, found.index) : {};
  if (!details) return null;
  return {
    excerpt: cutExcerpt(record.text, found.index, found.index + found[0].length),
    ...(spec.inferredOnly ? { inferredOnly: true } : {}),
    ...(spec.completeStatement ? { completeStatement: spec.completeStatement } : {}),
    ...details,
    statement:
      details.statement ??
      (typeof spec.say === 'function' ? spec.say(wholeWords(groups, record.text, found.index)) : spec.say),
  };
}

function firstMatch(patterns: readonly RegExp[], text: string): RegExpExecArray | null {
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    if (found) return found;
  }
  return null;
}

/** Shorthand for the common parts of a symptom: no code, says only what was seen. */
export interface SymptomSpec extends Omit<StatementSpec, 'code' | 'symptom'> {
  symptom: Symptom;
}

/** A signature of something that needs an explanation and is none itself. */
export function symptomSignature(spec: SymptomSpec): Signature {
  return statementSignature({ ...spec, code: null });
}
