import type { YarnApplication } from './application-facts.ts';
import type { YarnScope } from './facts.ts';

/** How well an application's name fits a job's name as people say it: 3 the same, 2 but for its period, 1 a part of it. */
type NameFit = 0 | 1 | 2 | 3;

/** A run that fits a name. */
export interface NamedRun {
  application: YarnApplication;
  fit: NameFit;
  /** True when it ran within the asked window. */
  inWindow: boolean;
}

/** Words for how often a job runs; people add and drop them freely. */
const PERIOD_WORDS: ReadonlySet<string> = new Set(
  'daily hourly weekly monthly day hour week month di df hi hf hh dd 1d 1h d h'.split(' '),
);

/**
 * Runs whose name fits, best first: by fit, then in the window, then the latest. A script's path and ending, dates, hours and
 * run numbers in the name do not matter. The first is the run that DESIGN §8 means ("the latest run that overlaps the asked
 * window"); `outcome` puts runs that ended so before the others when the question says how it ended.
 */
export function matchApplicationName(
  applications: readonly YarnApplication[],
  name: string,
  options: { window?: YarnScope['window']; outcome?: YarnScope['outcome'] } = {},
): NamedRun[] {
  const wanted = nameWords(name);
  if (wanted.length === 0) return [];
  return applications
    .flatMap((application) => {
      const fit = fitOf(wanted, nameWords(application.name));
      return fit === 0 ? [] : [{ application, fit, inWindow: overlaps(application, options.window) }];
    })
    .sort(
      (a, b) =>
        b.fit - a.fit ||
        Number(b.inWindow) - Number(a.inWindow) ||
        Number(ended(b.application, options.outcome)) - Number(ended(a.application, options.outcome)) ||
        (b.application.startedAt ?? 0) - (a.application.startedAt ?? 0),
    );
}

/** The words of a job's name without path, file ending, dates, hours and numbers of runs. */
export function nameWords(name: string): string[] {
  const file = name.trim().slice(0, 500).split('/').at(-1) ?? '';
  const bare = file.replace(/\.(?:py|jar|sql|sh|scala|r|ipynb)$/i, '');
  const words = bare
    .replace(/\b(?:19|20)\d{2}[-_.]?\d{2}[-_.]?\d{2}(?:[-_.T ]?\d{2}){0,3}\b|(?:19|20)\d{6}(?:\d{2}){0,3}/g, ' ')
    .split(/[\s_\-.:=#()[\]]+/)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== '');
  while (words.length > 1 && /^\d{1,10}$/.test(words.at(-1) ?? '')) words.pop();
  return words;
}

function fitOf(wanted: readonly string[], given: readonly string[]): NameFit {
  if (given.length === 0) return 0;
  if (same(wanted, given)) return 3;
  const [bareWanted, bareGiven] = [wanted, given].map((words) => words.filter((word) => !PERIOD_WORDS.has(word)));
  if (!bareWanted || !bareGiven || bareWanted.length === 0 || bareGiven.length === 0) return 0;
  if (same(bareWanted, bareGiven)) return 2;
  const [short, long] = bareWanted.length < bareGiven.length ? [bareWanted, bareGiven] : [bareGiven, bareWanted];
  return short.length >= 2 && same(short, long.slice(0, short.length)) ? 1 : 0;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}

function overlaps(application: YarnApplication, window: YarnScope['window']): boolean {
  if (!window) return true;
  const from = application.startedAt ?? Number.NEGATIVE_INFINITY;
  const to = application.finishedAt ?? Number.POSITIVE_INFINITY;
  return from <= (window.to ?? Number.POSITIVE_INFINITY) && to >= (window.from ?? Number.NEGATIVE_INFINITY);
}

function ended(application: YarnApplication, outcome: YarnScope['outcome']): boolean {
  if (outcome === 'failed')
    return /FAILED|KILLED/.test(application.finalStatus) || /FAILED|KILLED/.test(application.state);
  if (outcome === 'unfinished') return application.finishedAt === null;
  return true;
}
