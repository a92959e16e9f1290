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
const PARTS = 24;
/** Names with blanks or of other scripts than Latin are looked for one by one. */
const MOST_PHRASES = 500;
/** Shorter names stand in text by chance. */
const SHORTEST = 4;

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
  const phrases = [...words]
    .filter(([name]) => !PLAIN.test(name))
    .sort(([a], [b]) => b.length - a.length)
    .slice(0, MOST_PHRASES);
  if (words.size === 0) return (text) => text;
  return (text) => {
    let hidden = text;
    for (const [name, put] of phrases) if (hidden.includes(name)) hidden = hidden.replaceAll(name, put);
    return plain.size === 0 ? hidden : hidden.replace(TOKEN, (token) => hiddenIn(token, plain));
  };
}

/** The longest part of a word that is a name, from the left. */
function hiddenIn(token: string, plain: ReadonlyMap<string, string>): string {
  const whole = plain.get(token.toLowerCase());
  if (whole !== undefined) return whole;
  const starts = [0, ...[...token.matchAll(/[-_.]/g)].slice(0, PARTS).map(({ index }) => index + 1)];
  if (starts.length === 1) return token;
  const ends = [...starts.slice(1).map((start) => start - 1), token.length].reverse();
  for (const start of starts) {
    for (const end of ends) {
      if (end - start < SHORTEST) break;
      const put = plain.get(token.slice(start, end).toLowerCase());
      if (put !== undefined) return token.slice(0, start) + put + hiddenIn(token.slice(end), plain);
    }
  }
  return token;
}
