import type { Ask } from './ask.ts';

/** Asked for whoever sends a log without a word. */
const WITHOUT_WORDS = 'Why did this fail?';

/** What is asked about files that came with these words. */
export function questionWithFiles(said: string): string {
  return said.trim() === '' ? WITHOUT_WORDS : said;
}

/**
 * What is asked by a message that brings files: a question of its own keeps its words; words that lean on the open case (“here is the
 * driver log”) mean its run, looked at anew with the files; without a case the words are the question.
 */
export function askedWithFiles(read: readonly Ask[], said: string, hasCase: boolean): readonly Ask[] {
  if (read.some(({ kind }) => kind === 'new_question')) return read;
  if (hasCase) return [{ kind: 'with_files', text: said }];
  return [{ kind: 'new_question', text: questionWithFiles(said) }];
}
