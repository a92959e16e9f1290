/** Words that name nobody, though a log's file or an account may be called so. */
const COMMON: ReadonlySet<string> = new Set(
  `stdout stderr syslog driver executor spark spark-shell pyspark pysparkshell launcher application client container main test
  default root yarn hdfs hadoop hive mapred spark-sql thrift admin daemon service system user users prelaunch directory unknown
  python java scala airflow flink kernel node master worker gc log logs`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
const PLAIN = /^[\w.$-]+$/;
/** A longer word is looked at in pieces: no text takes more than its length. */
const TOKEN = /[\w$][\w.$-]{0,999}/g;
/** A name of more parts is found only where it stands as a whole word. */
const MOST_PARTS = 24;
/** Names with blanks or of other scripts than Latin are looked for one by one. */
const MOST_PHRASES = 500;
/** Shorter names stand in text by chance. */
const SHORTEST = 4;

/** Names of plain letters in lower case, with how long the longest is and of how many parts. */
interface Plain {
  words: ReadonlyMap<string, string>;
  longest: number;
  mostParts: number;
}

/** Whether a name is one that can be told from plain words. */
export function isTelling(name: string): boolean {
  return name.length >= SHORTEST && name.length <= 1_000 && !COMMON.has(name.toLowerCase());
}

/**
 * Replaces names wherever they stand as a word or as a part of one between `-`, `_` and `.` (`dau_report` in `dau_report_20261120.py`).
 * One look at each word of a text, however many names there are.
 *
 * @param words what stands for each name
 */
export function hideWords(words: ReadonlyMap<string, string>): (text: string) => string {
  const plain = new Map(
    [...words].filter(([name]) => PLAIN.test(name)).map(([name, put]) => [name.toLowerCase(), put]),
  );
  const names = [...plain.keys()];
  const searched: Plain = {
    words: plain,
    longest: names.reduce((most, { length }) => Math.max(most, length), 0),
    mostParts: Math.min(
      MOST_PARTS,
      names.reduce((most, name) => Math.max(most, name.split(/[-_.]/).length), 1),
    ),
  };
  const phrases = [...words]
    .filter(([name]) => !PLAIN.test(name))
    .sort(([a], [b]) => b.length - a.length)
    .slice(0, MOST_PHRASES);
  if (words.size === 0) return (text) => text;
  return (text) => {
    let hidden = text;
    for (const [name, put] of phrases) if (hidden.includes(name)) hidden = hidden.replaceAll(name, put);
    return plain.size === 0 ? hidden : hidden.replace(TOKEN, (token) => hiddenIn(token, searched));
  };
}

/** The parts of a word that are names replaced, from the left and the longest first. */
function hiddenIn(token: string, { words, longest, mostParts }: Plain): string {
  const whole = words.get(token.toLowerCase());
  if (whole !== undefined) return whole;
  const cuts = [...token.matchAll(/[-_.]/g)].map(({ index }) => index);
  if (cuts.length === 0) return token;
  const lower = token.toLowerCase();
  const starts = [0, ...cuts.map((cut) => cut + 1)];
  const ends = [...cuts, token.length];
  let hidden = '';
  let done = 0;
  for (const [part, start] of starts.entries()) {
    if (start < done) continue;
    for (let last = Math.min(part + mostParts, ends.length) - 1; last >= part; last -= 1) {
      const end = ends[last] as number;
      if (end - start > longest || end - start < SHORTEST) continue;
      const put = words.get(lower.slice(start, end));
      if (put === undefined) continue;
      hidden += token.slice(done, start) + put;
      done = end;
      break;
    }
  }
  return hidden + token.slice(done);
}
