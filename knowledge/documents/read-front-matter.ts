import { parse } from 'yaml';
import { CAUSE_CODES } from '../causes/cause-codes.ts';
import type { DocumentMeta } from './document.ts';
import { GROUP_NAME } from './group-name.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { withoutInvisible } from './without-invisible.ts';

/** What stands above the text of a document, read, and the text below it. */
export interface FrontMatter {
  meta: DocumentMeta;
  /** The document without its front matter. */
  body: string;
  /** Lines before the body, so that a line number of the body can be told as one of the file. */
  bodyLine: number;
  /** What could not be used, one line each. */
  notes: string[];
  /** Why the document must not be shown at all: it restricts its readers in a way that cannot be understood, or is a draft. */
  refused: string | null;
}

/** Most words in a list of the front matter; more is a mistake or an attack on the search. */
const MOST_WORDS = 100;
const MOST_WORD_CHARS = 300;
/** Symptoms of each language that are searched: the built-in runbooks have some twelve. A longer list would match everything. */
const MOST_SYMPTOMS = 40;
const DRAFT = 'a draft: it is left out until "status: draft" is taken away';
const CODES: ReadonlySet<string> = new Set(CAUSE_CODES);

/**
 * Reads the YAML between two lines `---` at the beginning. It may be absent; wrong types and unknown codes are notes. An
 * `audience` that cannot be understood refuses the document: to show it to everyone would be the wrong guess. So does
 * `status: draft`, which `wherefore draft` writes: nobody has read it yet.
 */
export function readFrontMatter(text: string, audience: readonly string[] = ['everyone']): FrontMatter {
  const notes: string[] = [];
  const cut = /^\s{0,8}---[ \t]*\n/.exec(text);
  const end = cut ? /^(?:---|\.\.\.)[ \t]*$/m.exec(text.slice(cut[0].length)) : null;
  if (!cut || !end || end.index > DOCUMENT_LIMITS.frontMatterChars) {
    const begun = cut ? text.slice(cut[0].length, cut[0].length + DOCUMENT_LIMITS.frontMatterChars) : '';
    const refused = refusedFor(begun, 'front matter has no end, or is too long');
    return { meta: emptyMeta(audience), body: text, bodyLine: 0, notes, refused };
  }
  const written = text.slice(cut[0].length, cut[0].length + end.index);
  const bodyAt = cut[0].length + end.index + end[0].length;
  const rest = {
    body: text.slice(bodyAt).replace(/^\n/, ''),
    bodyLine: text.slice(0, bodyAt).split('\n').length,
    notes,
  };
  let value: unknown;
  try {
    // Few aliases: a handful of them can unfold to gigabytes.
    value = parse(written, { maxAliasCount: 10, logLevel: 'error' });
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    const problem = `front matter is no YAML: ${why}`;
    return { ...rest, meta: emptyMeta(audience), notes: [problem], refused: refusedFor(written, problem) };
  }
  // A line and text between two rules is no front matter but a document that begins with a rule.
  if (value !== null && typeof value === 'string')
    return { meta: emptyMeta(audience), body: text, bodyLine: 0, notes, refused: null };
  if (!isRecord(value)) {
    const problem = 'front matter is not a list of names and values';
    if (value !== null) notes.push(problem);
    return { ...rest, meta: emptyMeta(audience), refused: refusedFor(written, problem) };
  }
  const name = Object.keys(value).find((key) => key.toLowerCase() === 'audience') ?? 'audience';
  const allowed = audienceOf(value[name], audience);
  const meta = { ...metaOf(value, notes), audience: allowed ?? ['nobody'] };
  const isDraft = String(value.status).trim().toLowerCase() === 'draft';
  const unread = 'audience in the front matter is not a list of names; who may read it cannot be told';
  return { ...rest, meta, refused: allowed === null ? unread : isDraft ? DRAFT : null };
}

/** Why a document is not shown whose front matter cannot be read but names readers; null: it names none. */
function refusedFor(written: string, problem: string): string | null {
  return /^[ \t{,-]*["']?audience["']?[ \t]*:/im.test(written) ? `${problem}; who may read it cannot be told` : null;
}

/** A document that says nothing about itself. */
export function emptyMeta(audience: readonly string[]): DocumentMeta {
  return {
    title: { en: null, zh: null },
    codes: [],
    areas: [],
    engines: {},
    symptoms: { en: [], zh: [] },
    owner: null,
    reviewed: null,
    audience: audience.length > 0 ? audience : ['everyone'],
  };
}

/** A title under the language it is written in. */
export function titleIn(text: string): DocumentMeta['title'] {
  return /\p{Script=Han}/u.test(text) ? { en: null, zh: text } : { en: text, zh: null };
}

function metaOf(value: Record<string, unknown>, notes: string[]): Omit<DocumentMeta, 'audience'> {
  const codes = wordsOf(value.codes ?? value.code, 'codes', notes);
  const unknown = codes.filter((code) => !CODES.has(code));
  if (unknown.length > 0) notes.push(`codes not in the catalogue: ${unknown.join(', ')}`);
  const title = perLanguage(value.title, 'title', notes);
  const told = perLanguage(value.symptoms, 'symptoms', notes);
  if (Math.max(told.en.length, told.zh.length) > MOST_SYMPTOMS)
    notes.push(`symptoms: only the first ${MOST_SYMPTOMS} of a language are used`);
  const symptoms = { en: told.en.slice(0, MOST_SYMPTOMS), zh: told.zh.slice(0, MOST_SYMPTOMS) };
  return {
    title: { en: title.en[0] ?? null, zh: title.zh[0] ?? null },
    codes: codes.filter((code) => CODES.has(code)),
    areas: wordsOf(value.areas ?? value.area, 'areas', notes),
    engines: enginesOf(value.engines, notes),
    symptoms,
    owner: wordOf(value.owner, 'owner', notes),
    reviewed: dayOf(value.reviewed, notes),
  };
}

/** `{ en, zh }`, or words under the language each is written in. */
function perLanguage(value: unknown, name: string, notes: string[]): { en: string[]; zh: string[] } {
  if (isRecord(value)) {
    const other = Object.keys(value).filter((key) => key !== 'en' && key !== 'zh');
    if (other.length > 0) notes.push(`${name}: languages are en and zh, not ${clipped(other.join(', '))}`);
    return { en: wordsOf(value.en, `${name}.en`, notes, false), zh: wordsOf(value.zh, `${name}.zh`, notes, false) };
  }
  const words = wordsOf(value, name, notes, false);
  return {
    en: words.filter((word) => titleIn(word).zh === null),
    zh: words.filter((word) => titleIn(word).zh !== null),
  };
}

function enginesOf(value: unknown, notes: string[]): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) {
    notes.push('engines: an engine and its versions were expected, such as { spark: "3.5" }');
    return {};
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_WORDS)
      .flatMap(([engine, versions]) => {
        const word = wordOf(versions, `engines.${clipped(engine)}`, notes);
        return word === null ? [] : [[clipped(engine), word]];
      }),
  );
}

function audienceOf(value: unknown, otherwise: readonly string[]): readonly string[] | null {
  if (value === undefined) return otherwise.length > 0 ? otherwise : ['everyone'];
  const problems: string[] = [];
  const words = wordsOf(value, 'audience', problems);
  const names = words.every((word) => GROUP_NAME.test(word));
  return problems.length === 0 && words.length > 0 && names ? words : null;
}

/** A list of words; one word alone, or words with commas between them where `split`, is a list too. */
function wordsOf(value: unknown, name: string, notes: string[], split = true): string[] {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : typeof value === 'string' && split ? value.split(/[,，、]/) : [value];
  if (list.length > MOST_WORDS) notes.push(`${name}: only the first ${MOST_WORDS} are used`);
  return list.slice(0, MOST_WORDS).flatMap((one: unknown) => {
    const word = wordOf(one, name, notes);
    return word === null ? [] : [word];
  });
}

function wordOf(value: unknown, name: string, notes: string[]): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' && typeof value !== 'number') {
    notes.push(`${name}: words were expected`);
    return null;
  }
  const word = clipped(String(value));
  return word === '' ? null : word;
}

function dayOf(value: unknown, notes: string[]): string | null {
  if (value === undefined || value === null) return null;
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  notes.push('reviewed: a day such as 2026-11-21 was expected');
  return null;
}

function clipped(text: string): string {
  return withoutInvisible(text).replace(/\s+/g, ' ').trim().slice(0, MOST_WORD_CHARS);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
