import { visibleText } from '../visible-text.ts';

/** Text in Slack's markup, built here alone: what was read stands in it as text and as nothing else. */
export interface Mrkdwn {
  readonly mrkdwn: string;
}

/** Signs that stand for marks of the markup, which has no escape for them: they look alike and mean nothing. */
const LOOKALIKES: Readonly<Record<string, string>> = { '`': 'ˋ', '*': '∗', '~': '∼', _: 'ˍ' };

/** Addresses of the web in running text are told, not offered: only `link` makes one that opens. */
const ADDRESS = /\b(https?):\/\//gi;
/** Words that call a whole channel where Slack is asked to find names in text. */
const CALLS = /@(?=(?:here|channel|everyone|group)(?![A-Za-z0-9]))/gi;

/**
 * Text that was read, as markup that shows it: control characters visible, nothing formats, mentions or links. Slack takes marks only
 * at the edge of a word, so that `dwd_order_wide` keeps its signs.
 */
export function escaped(text: string): Mrkdwn {
  const unmarked = plainText(text)
    .replaceAll('_…_', '…')
    .replace(/[`*~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (sign) => LOOKALIKES[sign] ?? sign);
  return { mrkdwn: entities(unmarked) };
}

/** Text for `plain_text`: nothing calls people and no address becomes a link. */
export function plainText(text: string): string {
  return visibleText(text.toWellFormed()).replace(CALLS, '＠').replace(ADDRESS, '$1[:]//');
}

/** Builds markup: texts are escaped, markup is taken as it is. */
export function mrkdwn(parts: TemplateStringsArray, ...values: readonly (string | number | Mrkdwn)[]): Mrkdwn {
  const told = values.map((value) => (typeof value === 'object' ? value : escaped(String(value))).mrkdwn);
  return { mrkdwn: String.raw({ raw: parts }, ...told) };
}

export function bold(text: string): Mrkdwn {
  const inner = escaped(text.trim()).mrkdwn;
  return { mrkdwn: inner === '' ? '' : `*${inner}*` };
}

/** A piece of code on one line; back ticks inside cannot end it, addresses stand in it as they are. */
export function code(text: string): Mrkdwn {
  const inner = visibleText(text.toWellFormed()).replaceAll('`', 'ˋ').trim();
  return { mrkdwn: inner === '' ? '' : `\`${entities(inner)}\`` };
}

/** Lines of one text, each indented as a list's entry. */
export function bulleted(rows: readonly Mrkdwn[]): Mrkdwn[] {
  return rows.map((row) => mrkdwn`•  ${row}`);
}

/** A link that opens, for addresses of evidence, runbooks and our own pages; anything but http and https is told as text. */
export function link(url: string, text: string): Mrkdwn {
  const address = webAddress(url);
  if (address === null) return escaped(text === '' ? url : text);
  const shown = escaped(text === '' ? url : text).mrkdwn.replaceAll('|', '¦');
  return { mrkdwn: `<${address}|${shown}>` };
}

/** An address that Slack may open, in the form it takes it; null for everything else. */
export function webAddress(url: string): string | null {
  if (url.length > MOST_URL || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  if (parsed.username !== '' || parsed.password !== '') return null;
  return entities(parsed.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E'));
}

const MOST_URL = 2_000;

/** Calls one person by id; whatever is no id of a person is text. */
export function person(user: string): Mrkdwn {
  return /^[UW][A-Z0-9]{2,20}$/.test(user) ? { mrkdwn: `<@${user}>` } : escaped(user);
}

/** Lines as one text. */
export function lines(rows: readonly Mrkdwn[]): Mrkdwn {
  return { mrkdwn: rows.map((row) => row.mrkdwn).join('\n') };
}

/** Pieces on one line. */
export function joined(pieces: readonly Mrkdwn[], between: string): Mrkdwn {
  return { mrkdwn: pieces.map((piece) => piece.mrkdwn).join(escaped(between).mrkdwn) };
}

/** One line set apart as somebody's own words. */
export function quoted(text: string): Mrkdwn {
  return { mrkdwn: `> ${escaped(text).mrkdwn}` };
}

/** Text of a notification, which Slack reads as markup too; its lines stay lines. */
export function notificationText(text: string): Mrkdwn {
  return lines(text.split('\n').map(escaped));
}

/** Markup of at most so many characters: cut before an escape or a link, never within, and ended by `…`. */
export function cutMrkdwn({ mrkdwn: text }: Mrkdwn, most: number): Mrkdwn {
  if (text.length <= most) return { mrkdwn: text };
  let end = most - 2;
  if (/[\ud800-\udbff]/.test(text[end - 1] ?? '')) end -= 1;
  const open = text.lastIndexOf('<', end - 1);
  if (open > text.lastIndexOf('>', end - 1)) end = open;
  const entity = text.lastIndexOf('&', end - 1);
  if (entity >= 0 && entity > end - LONGEST_ENTITY && !text.slice(entity, end).includes(';')) end = entity;
  const head = text.slice(0, end);
  // A piece of code that is open would swallow what follows.
  const closes = (head.split('`').length - 1) % 2 === 1 ? '`' : '';
  return { mrkdwn: `${head}${closes}…` };
}

const LONGEST_ENTITY = '&amp;'.length;

/** The three signs Slack wants escaped (docs.slack.dev/messaging/formatting-message-text). */
function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
