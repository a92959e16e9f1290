import { randomNumbers } from '../statistics/random-numbers.ts';

/** Rewrites a text (as Latin-1) with other names and times. */
export interface Renaming {
  text(text: string): string;
}

interface RenamingInput {
  seed: number;
  hosts: readonly string[];
  question: string;
  texts: readonly string[];
}

const DAY_MS = 86_400_000;
/** Accounts and queues that are the platform's own words. */
const PLATFORM_WORDS = new Set(['root', 'default', 'hdfs', 'yarn', 'spark', 'hadoop', 'mapred']);
/** Folders that an installation may place anywhere, with the same number of characters. */
const FOLDERS: readonly (readonly [RegExp, string])[] = [
  [/\/srv\//g, '/apx/'],
  [/\/mnt\/data(?=\d)/g, '/vol/disk'],
  [/\/data\/lab/g, '/lake/qa'],
  [/\/data\/yarn\//g, '/opt1/nmgr/'],
  [/\/warehouse\//g, '/stockroom/'],
  [/\/data\/svc\//g, '/pool/xy/'],
];

/** Decides all new names and the shift of time from the seed and what the capture holds. */
export function renamingOf(input: RenamingInput): Renaming {
  const random = randomNumbers(input.seed);
  const letters = permutation(random);
  const scramble = (name: string) => name.replace(/[a-z]/g, (letter) => letters[letter.charCodeAt(0) - 97] ?? letter);
  const days = 20 + Math.floor(random() * 300);
  const names = new Map<string, string>();
  for (const name of [...input.hosts, ...jobNames(input)]) names.set(name, scramble(name));
  const owners = new Map(ownersIn(input.texts).map((owner) => [owner, scramble(owner)]));
  const namePattern = names.size > 0 ? wholeWords([...names.keys()]) : null;
  const shift = timeShift(days);
  return {
    text(text) {
      let result = shift(text);
      if (namePattern) result = result.replace(namePattern, (name) => names.get(name) ?? name);
      for (const [owner, other] of owners) result = renameOwner(result, owner, other);
      for (const [folder, other] of FOLDERS) result = result.replace(folder, other);
      return result;
    },
  };
}

/** Names of jobs: what event logs, the ResourceManager and the question call them. */
function jobNames({ question, texts }: RenamingInput): string[] {
  const names = new Set<string>();
  for (const match of question.matchAll(/[a-z][a-z0-9]*(?:_[a-z0-9]+)+/g)) names.add(match[0]);
  // With hyphens a name is one only where words have no such form: two hyphens, or a figure.
  for (const match of question.matchAll(/(?<![\w/.-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?![\w/-])/g)) {
    if (/-.*-|\d/.test(match[0])) names.add(match[0]);
  }
  for (const text of texts) {
    for (const match of text
      .slice(0, 200_000)
      .matchAll(/"(?:App Name|name)":"([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?:\.py)?"/g)) {
      if (match[1]) names.add(match[1]);
    }
  }
  return [...names].map((name) => name.replace(/_\d{8,10}$/, '')).filter((name) => name.length >= 6);
}

function ownersIn(texts: readonly string[]): string[] {
  const owners = new Set<string>();
  for (const text of texts) {
    for (const match of text.slice(0, 400_000).matchAll(/"(?:user|queue|queueName|User)":"([a-z]{2,12})"/g))
      owners.add(match[1] ?? '');
  }
  return [...owners].filter((owner) => owner !== '' && !PLATFORM_WORDS.has(owner));
}

/** A user or queue is renamed only where the text says that it is one: `ml` is also a package of Spark. */
function renameOwner(text: string, owner: string, other: string): string {
  const places = new RegExp(
    `((?:"(?:user|queue|queueName|User|usersAMResourceUsage)":"|/home/|/user/|usercache/|user=|User=|ugi=|queue=|queue: |queue |root\\.|USER=|USER="|\\buser )\\(?)${owner}(?![A-Za-z0-9_])`,
    'g',
  );
  return text
    .replace(places, (_whole, before: string) => before + other)
    .replace(new RegExp(`\\b${owner} queue\\b`, 'g'), `${other} queue`);
}

/** Names are found also with a date behind them and inside longer file names. */
function wholeWords(names: readonly string[]): RegExp {
  const sorted = [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![A-Za-z0-9])(?:${sorted.join('|')})(?![A-Za-z])`, 'g');
}

/** Moves every time of the recording's year by whole days, in every spelling that the platform uses. */
function timeShift(days: number): (text: string) => string {
  const moved = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day) + days * DAY_MS);
  const two = (value: number) => String(value).padStart(2, '0');
  const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return (text) =>
    text
      .replace(
        /(?<!\d)(1[67]\d{8})(\d{3})?(?!\d)/g,
        (_whole, seconds: string, ms: string | undefined) => `${Number(seconds) + days * 86_400}${ms ?? ''}`,
      )
      .replace(/(?<!\d)2026-(\d\d)-(\d\d)(?!\d)/g, (_whole, month: string, day: string) =>
        moved(2026, +month, +day).toISOString().slice(0, 10),
      )
      .replace(/(?<!\d)2026(1[0-2])(\d\d)(?=T|\d{6}(?!\d)|(?!\d))/g, (_whole, month: string, day: string) =>
        moved(2026, +month, +day).toISOString().slice(0, 10).replaceAll('-', ''),
      )
      .replace(/(?<![\d/])26\/(\d\d)\/(\d\d)(?= \d\d:)/g, (_whole, month: string, day: string) => {
        const date = moved(2026, +month, +day);
        return `${two(date.getUTCFullYear() % 100)}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}`;
      })
      .replace(
        /(?:(Sun|Mon|Tue|Wed|Thu|Fri|Sat) )?(Nov) (\d\d)(?= \d\d:)/g,
        (_whole, weekday: string | undefined, _month: string, day: string) => {
          const date = moved(2026, 11, +day);
          return `${weekday ? `${weekdays[date.getUTCDay()]} ` : ''}${months[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
        },
      )
      .replace(/(?<=\d\d:\d\d:\d\d (?:\+\d{4}|UTC|GMT) )2026(?!\d)/g, () =>
        String(moved(2026, 11, 21).getUTCFullYear()),
      );
}

function permutation(random: () => number): string[] {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  for (let at = letters.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [letters[at], letters[other]] = [letters[other] ?? '', letters[at] ?? ''];
  }
  return letters;
}
