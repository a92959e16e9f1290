import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import { visibleText } from '../render/visible-text.ts';

/** Tag characters and variation selectors carry text that no screen shows. */
const UNSEEN = /[\u{e0000}-\u{e01ef}]|[\ufe00-\ufe0f]|[\u180b-\u180e]|\u3164|\uffa0/gu;

/**
 * Foreign text as a model may see it: secrets masked, one line, at most so many characters, what acts unseen (control, bidi,
 * zero-width) printed as its code, and the brackets of chat templates and markup broken.
 */
export function shownText(text: string, maxCharacters: number): string {
  // Cut first: masking and printing cost time by length; the margin keeps a secret at the edge whole.
  const near = text.length > maxCharacters * 4 ? text.slice(0, maxCharacters * 4) : text;
  const shown = visibleText(maskSecrets(near))
    .replace(UNSEEN, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`)
    .replace(/<\|/g, '‹|')
    .replace(/\|>/g, '|›')
    .replace(/\[(\/?(?:INST|SYS))\]/gi, '‹$1›')
    .replace(/ {2,}/g, ' ');
  return shown.length <= maxCharacters ? shown : `${shown.slice(0, maxCharacters - 1)}…`;
}

/** A value as one line of JSON in which no bracket of markup stands. */
export function asJsonLine(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c').replace(/>/g, '\\u003e');
}
