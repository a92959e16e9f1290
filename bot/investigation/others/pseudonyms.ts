import type { Language } from '../../../knowledge/bilingual.ts';

/**
 * What stands for a run that the asker may not read while an investigation joins its facts: as well-formed as the true id, so that a
 * container still belongs to its application, and of a cluster that began in the year 2286, so that it is nobody's.
 */
const CLUSTER = '9999999999999';
const WIDTH = 4;

/** `application_9999999999999_0003`. */
export function otherApplication(number: number): string {
  return `application_${CLUSTER}_${padded(number)}`;
}

/** The cluster's and application's part of any YARN id (`container_<this>_01_000002`). */
export function otherYarnPart(number: number): string {
  return `${CLUSTER}_${padded(number)}`;
}

/** The name or any other word of such a run. */
export function otherName(number: number): string {
  return `other-run-9999${padded(number)}`;
}

/** Somebody whose runs the asker may not read. */
export function otherUser(number: number): string {
  return `other-user-9999${padded(number)}`;
}

function padded(number: number): string {
  return String(number).padStart(WIDTH, '0');
}

/** Anything that stands for another's; groups: the run's number in an id, in a name, the user's number. */
const SOURCE =
  '(?:application|appattempt|container|job|task|attempt)_(?:e\\d{1,6}_)?9{13}_(\\d{4,10})(?:_[mr])?(?:_\\d{1,12}){0,3}(?!\\d)' +
  '|other-run-9999(\\d{4,10})|other-user-9999(\\d{4,10})';
const ANY = new RegExp(SOURCE, 'g');
const FIRST = new RegExp(SOURCE);

/** Whether a text names somebody else's run. */
export function namesOther(text: string): boolean {
  return FIRST.test(text);
}

/** The parts of a text around what stands for others. */
export function aroundOthers(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const found of text.matchAll(ANY)) {
    parts.push(text.slice(from, found.index));
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}

/** `A`, `B`, … `Z`, `AA`: a letter is no figure that somebody would have to have measured. */
function letters(number: number): string {
  let rest = Math.max(1, number);
  let said = '';
  while (rest > 0) {
    rest -= 1;
    said = String.fromCharCode(65 + (rest % 26)) + said;
    rest = Math.floor(rest / 26);
  }
  return said;
}

function spoken(whole: string, language: Language, inId?: string, inName?: string, user?: string): string {
  const zh = language === 'zh';
  if (user !== undefined) return zh ? `另一个用户 ${letters(Number(user))}` : `another user ${letters(Number(user))}`;
  const run = letters(Number(inId ?? inName));
  const said = zh ? `另一个应用 ${run}` : `another application ${run}`;
  if (!whole.startsWith('container_')) return said;
  return zh ? `${said} 的容器` : `a container of ${said}`;
}

/** A text as a person reads it: neutral words in the place of others' runs, the same one by the same letter. */
export function sayOthers(text: string, language: Language): string {
  if (!text.includes('9999')) return text;
  return text
    .replace(ANY, (whole, inId?: string, inName?: string, user?: string) => spoken(whole, language, inId, inName, user))
    .replace(/((?:another application|另一个应用) [A-Z]{1,4}) [(（]\1[)）]/g, '$1');
}

/** The same for a piece of what was read: the words that are not the log's own stand in marks. */
export function sayOthersInQuote(text: string): string {
  return text.includes('9999')
    ? text.replace(
        ANY,
        (whole, inId?: string, inName?: string, user?: string) => `‹${spoken(whole, 'en', inId, inName, user)}›`,
      )
    : text;
}

/** The same for every string of a value. */
export function sayOthersIn<Value>(value: Value, language: Language): Value {
  return said(value, language) as Value;
}

function said(value: unknown, language: Language): unknown {
  if (typeof value === 'string') return sayOthers(value, language);
  if (Array.isArray(value)) return value.map((inner) => said(inner, language));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, said(inner, language)]));
}
