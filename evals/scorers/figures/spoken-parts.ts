import { type Figure, figuresIn } from './figure.ts';

/** What of a text can be held against something. */
export interface SpokenParts {
  figures: Figure[];
  /** Times of day and dates as printed: `11:05:48`, `10:30`, `2026-11-21`. */
  clocks: string[];
  /** Ids, hosts with a number, paths, setting keys, classes, versions: words that nobody says without having read them. */
  names: string[];
}

const CITATION = /\[[ep]\d{1,5}(?:[,，、 ]{1,3}[ep]\d{1,5}){0,30}\]/g;
const CLOCK = /\d{4}-\d\d-\d\d|\d{1,2}:\d\d(?::\d\d)?/;
/** A run of what names are made of; trailing punctuation is the sentence's. */
const WORD = /[A-Za-z0-9_/<$@-][A-Za-z0-9_.:/@$#%=+<>-]*/g;
/** A number, with what clings to it as its unit, is no name; neither are two with a slash between them. */
const PLAIN_NUMBER = /^[-+]?[\d.,]+(?:\/[\d.,]+)?(?:[a-zA-Z]{1,3}|%)?(?:\/s)?$/;
/** `MiB/s` behind its number. */
const UNIT_RATE = /^(?:[KMGT]i?B|B|ms|rows|records)(?:\/s)?$/;

/**
 * A text taken apart. What holds a digit among letters, an inner dot, slash, underscore, at or colon is a name and is held against texts as it
 * stands; every other number is a figure.
 */
export function spokenParts(text: string): SpokenParts {
  let rest = text
    .replace(CITATION, ' ')
    .replace(/(\d\d)T(?=\d\d:)/g, '$1 ')
    // Parts of a second, and the zone.
    .replace(/(?<=:\d\d)[.,]\d{1,9}(?!\d)/g, (part) => ' '.repeat(part.length))
    .replace(/(?<=:\d\d *)Z\b/g, ' ');
  const clocks: string[] = [];
  rest = rest.replace(new RegExp(`(?<![\\w:.-])(?:${CLOCK.source})(?![\\w:]|-\\d)`, 'g'), (clock) => {
    clocks.push(clock);
    return ' '.repeat(clock.length);
  });
  const names: string[] = [];
  rest = rest.replace(WORD, (word) => {
    const name = word.replace(/^[<"'(]+|[.:,;!?>=%+-]+$/g, '');
    if (!isName(name)) return word;
    names.push(name);
    return ' '.repeat(word.length);
  });
  return { figures: figuresIn(rest), clocks, names };
}

function isName(word: string): boolean {
  // `<path>` in a command stands for whatever the reader has there.
  if (word.includes('<')) return false;
  // `3.5.6`, `0.0.0.0`
  if (/^\d+(?:\.\d+){2,}/.test(word)) return true;
  if (word.length < 3 || PLAIN_NUMBER.test(word) || UNIT_RATE.test(word)) return false;
  // Options of tools that an answer tells to run; those of the JVM are settings.
  if (/^--?[A-Za-z]/.test(word)) return /^-(?:XX:|Xm|D)/.test(word);
  if (!/[A-Za-z]/.test(word)) return false;
  return /[A-Za-z_-]\d|\d[A-Za-z_]{2}|[A-Za-z0-9][._@$][A-Za-z0-9]|_[A-Za-z]|^\/[A-Za-z]|[a-z0-9]\/[A-Za-z0-9]|:\/\//.test(
    word,
  );
}
