import { settingOf } from '../../../knowledge/causes/settings.ts';
import type { CaseWords } from './case-words.ts';
import { contentWords } from './case-words.ts';

/** Names as machines have them: parts joined by signs, letters with digits, capitals inside. */
const NAME =
  /(?<![A-Za-z0-9_])(?:-XX:[+-]?\w{2,60}|[A-Za-z0-9_‹][\w$]{0,120}(?:[._\-/:$=@][\w$]{1,120}){1,40}|[A-Za-z]+_?\d{2,}\w*|[A-Z][a-z]+(?:[A-Z][a-z0-9]+)+\w{0,60}|\/[\w.\-/]{2,300})/g;
const CLOCK_OR_FIGURE = /^(?:\d[\d,.:/-]*(?:[a-z]{1,3})?|\d{4}-\d\d-\d\dT[\d:.]+Z?)$/i;
const VERSION = /^\d+(?:\.\d+){2,}$/;
const HYPHENATED = /^[a-z]+(?:[-/][a-z]+){1,4}$/i;
const PREFIXES = new Set([
  'non',
  'pre',
  're',
  'out',
  'of',
  'over',
  'up',
  'to',
  'well',
  'own',
  'long',
  'short',
  'on',
  'off',
  'in',
  'by',
  'and',
  'or',
  'per',
  'co',
  'sub',
  'self',
  'one',
  'two',
  'end',
  'full',
  'known',
  'term',
  'high',
  'low',
  'old',
  'new',
  'time',
  'based',
  'related',
  'level',
  'side',
  'specific',
  'wide',
  'time',
]);
const SETTING_LIKE =
  /^(?:spark|yarn|mapreduce|hadoop|dfs|hive|celeborn|alluxio|flink|taskmanager|jobmanager|execution|state|kubernetes|airflow|core|scheduler|vm|kernel|fs|ipc|io)\.[a-zA-Z][\w.-]+$|^-XX:/;

/** A name in a text that nobody read: what it is taken for, and the name. */
export interface UnknownName {
  kind: 'setting' | 'name';
  name: string;
}

/** Ids, hosts, paths, classes and settings of a text that do not stand in the case, each once. */
export function unknownNames(text: string, words: CaseWords): UnknownName[] {
  const found = new Map<string, UnknownName>();
  for (const [raw] of text.matchAll(NAME)) {
    const name = raw.replace(/[.:=/-]+$/, '');
    const kind = kindOf(name, words);
    if (kind !== null) found.set(name, { kind, name });
  }
  return [...found.values()];
}

function kindOf(name: string, words: CaseWords): UnknownName['kind'] | null {
  if (words.names.has(name)) return null;
  if (isDomain(name)) return 'name';
  if (VERSION.test(name)) return standsIn(name, words.platformText) ? null : 'name';
  if (CLOCK_OR_FIGURE.test(name)) return null;
  const key = name.split('=')[0] ?? name;
  if (settingOf(key) !== undefined || SETTING_LIKE.test(key)) return words.settings.has(key) ? null : 'setting';
  if (HYPHENATED.test(name)) return name.split(/[-/]/).every((part) => isHouseWord(part, words)) ? null : 'name';
  const parts = name.split(/[:=@]/).filter((part) => part !== '');
  if (parts.length > 1 && parts.every((part) => CLOCK_OR_FIGURE.test(part) || kindOf(part, words) === null))
    return null;
  if (parts.length === 1 && /^[A-Za-z]+$/.test(name) && isHouseWord(name, words)) return null;
  // Words of the platform's own records, such as classes; ids and hosts only where findings are keyed by them: anybody can print one.
  return /^[A-Za-z$]+(?:\.[A-Za-z$]+)*$/.test(name) && standsIn(name, words.platformText) ? null : 'name';
}

function isHouseWord(part: string, { house, told }: CaseWords): boolean {
  if (PREFIXES.has(part.toLowerCase())) return true;
  const content = contentWords(part);
  return content.length === 0 ? part.length <= 3 : content.every((word) => house.has(word) || told.has(word));
}

/** A host of the world, or an address: known only as a name that findings are keyed by. */
function isDomain(name: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/.test(name)) return true;
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|example|test|cn|dev|ai|co|ru|xyz|info|top|site|app|cloud|sh|me|local|internal|invalid)(?:[:/].*)?$/i.test(
    name,
  );
}

/** As a whole: `node1` does not stand in `node12`. */
function standsIn(name: string, text: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!/[A-Za-z0-9_]/.test(text[at - 1] ?? ' ') && !/[A-Za-z0-9_]/.test(text[at + name.length] ?? ' ')) return true;
  }
  return false;
}
