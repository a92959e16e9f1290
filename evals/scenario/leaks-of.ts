import path from 'node:path';
import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';
import type { Scenario } from './scenario.ts';
import { storedFiles } from './stored-files.ts';

/** What only a recorder's notes would hold: codes of the catalogue, keys of scenario and incident files. */
export const NOTES = new RegExp(
  `(?<![\\w.])(?:${CAUSE_CODES.map((code) => code.replace('.', '\\.')).join('|')})(?![\\w.])|mustNotCode|alsoRight|"acceptable"|gateBecause|rootCause"`,
);

/** How the questions of a scenario tell its answer, in sentences; empty: they do not. */
export function leaksOfQuestions({ id, title, questions }: Pick<Scenario, 'id' | 'title' | 'questions'>): string[] {
  const texts = questions.map(({ text }) => text);
  const leaks = texts.flatMap((text) => [
    ...CAUSE_CODES.filter((code) => text.includes(code)).map((code) => `a question holds the code ${code}`),
    ...(text.includes(id) ? ['a question holds the id of the scenario'] : []),
    ...(text.toLowerCase().includes(title.toLowerCase()) ? ['a question holds the title'] : []),
  ]);
  return new Set(texts).size === texts.length ? leaks : [...leaks, 'a question stands there twice'];
}

/** How the id, the names of the files of the capture or their content tell the answer, in sentences; empty: they do not. */
export async function leaksOfCapture({
  id,
  folder,
  expected,
}: Pick<Scenario, 'id' | 'folder' | 'expected'>): Promise<string[]> {
  const files = storedFiles(path.join(folder, 'capture'));
  if (files.length === 0) return ['the capture is empty'];
  const words = expected.causes.map((code) => code.split('.')[1] ?? '').filter((word) => word.length > 8);
  // Names under proc, sys and http are the kernel's and the services' own.
  const chosen = files.map(({ name }) => name).filter((name) => !/(?:^http|\/proc|\/sys)\//.test(name));
  const leaks = [id, ...chosen].flatMap((name) => {
    const told = words.filter((word) => name.includes(word) || name.includes(word.replaceAll('_', '-')));
    const notes = /incident|scenario\.ya?ml|truth/.test(name) ? ['the recorder’s notes'] : [];
    return [...told, ...notes].map((what) => `the name ${name} tells ${what}`);
  });
  for (const file of files) {
    const found = NOTES.exec((await file.read()).toString('latin1'));
    if (found) leaks.push(`${file.name}: ${found[0]}`);
  }
  return leaks;
}
