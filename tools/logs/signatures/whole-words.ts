import { shorten } from '../../evidence/shorten.ts';

type Words = Readonly<Record<string, string | undefined>>;

const IN_WORD = /[\p{L}\p{N}_]/u;

/**
 * The groups of a match as a person may read them: running text that a pattern's bound cut in the middle of a word ends with the
 * word before. Ids, paths and figures (no spaces) stay as they are.
 *
 * @param text what the pattern ran on
 * @param at index of the match in it
 */
export function wholeWords(groups: Words, text: string, at: number): Words {
  const spoken: Record<string, string | undefined> = {};
  for (const [name, group] of Object.entries(groups)) {
    spoken[name] = group !== undefined && isCut(group, text, at) ? shorten(`${group}_`, group.length) : group;
  }
  return spoken;
}

function isCut(group: string, text: string, at: number): boolean {
  if (!/\s/.test(group) || !IN_WORD.test(group.at(-1) ?? '')) return false;
  const start = text.indexOf(group, at);
  return start >= 0 && IN_WORD.test(text[start + group.length] ?? '');
}
