import type { Evidence } from '../evidence/evidence.ts';
import type { Finding } from '../evidence/finding.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import { shorten } from '../evidence/shorten.ts';
import type { TextRecord, Writer } from '../evidence/text-record.ts';
import type { LogFacts, Milestone } from './log-facts.ts';

/** Logs in which the job's own program speaks and nobody else tells how it ended (client, standalone and local mode). */
const OF_THE_PROGRAM: ReadonlySet<Writer> = new Set<Writer>(['spark_driver', 'user_program']);

/**
 * The interpreter's own print of an error that nobody caught: a traceback at the margin whose outermost frame is the script
 * itself (CPython 2.7-3.13; `traceback.print_exc()` in a function begins with that function, a logger's print has its prefix).
 */
const PYTHON_TRACEBACK =
  /^Traceback \(most recent call last\):\r?\n {2}File "[^"\n]{1,400}", line \d{1,9}, in ([^\n]{1,120})\n/gm;
const OUTERMOST = /^(?:<module>|_run_module_as_main|_run_code)\s*$/;
const PYTHON_LAST_LINE =
  /^(?:[A-Za-z_]\w{0,120}\.){0,20}[A-Za-z_]\w{0,120}(?:: [^\n]*(?:(?<=An error occurred while calling [^\n]{1,80})\n: [^\n]*)?)?$/gm;
/** The JVM's print of an error that ended the main thread (JDK 8-21), and spark-submit's for an error of its own. */
const JAVA_MAIN = /^Exception in thread "main" [^\n]{1,500}/m;

/** HotSpot's banner of a crash or of a refused allocation (vmError.cpp, JDK 8-21): the process ends behind it. */
const JVM_CRASH =
  /^# (?:A fatal error has been detected by the Java Runtime Environment|There is insufficient memory for the Java Runtime Environment to continue)[^\n]{0,40}(?:\n#[^\n]{0,200}){0,4}/m;

/**
 * What is printed while a process ends and shows nothing of the program going on. A line that begins with a colon is the rest of
 * the error's own last line: Python writes class and message in two writes, and a logger of the JVM can come between.
 */
const AT_THE_END =
  /^(?:\s|$|: |Exception ignored|Error in (?:atexit|sys\.excepthook)|Exception: java\.lang\.|Exception in thread|ERROR:(?:root|py4j)|During handling of|The above exception|Traceback |OpenJDK 64-Bit|\[?\d{0,4}\.?\d{0,4}s?\]?\[?(?:warning|error))/;

/** Work that a program begins only when it goes on. */
const GOES_ON: ReadonlySet<Milestone['kind']> = new Set<Milestone['kind']>([
  'job_started',
  'write_committed',
  'listing_finished',
  'context_started',
]);

/**
 * The program's own last word: an error that nobody caught, after which it did nothing but end. In client, standalone and local
 * mode no other record says that the run failed: every Spark job may have succeeded, and the context stops as after a good end
 * ("SparkContext is stopping with exitCode 0", Spark 3.4-4.0). `null` when the program went on afterwards or ended otherwise.
 */
export function programEnd(log: LogFacts): Finding | null {
  if (!OF_THE_PROGRAM.has(log.writer)) return null;
  for (const record of log.records.toReversed()) {
    const last = uncaughtError(record);
    if (last === null) continue;
    return hasGoneOn(log, record) ? null : findingOf(log, record, last);
  }
  return null;
}

interface LastWord {
  start: number;
  end: number;
}

function uncaughtError({ text }: TextRecord): LastWord | null {
  const main = JVM_CRASH.exec(text) ?? JAVA_MAIN.exec(text);
  if (main) return { start: main.index, end: main.index + main[0].length };
  const outermost = [...text.matchAll(PYTHON_TRACEBACK)].findLast((found) => OUTERMOST.test(found[1] ?? ''));
  if (!outermost) return null;
  PYTHON_LAST_LINE.lastIndex = outermost.index + outermost[0].length;
  const said = PYTHON_LAST_LINE.exec(text);
  return said ? { start: said.index, end: said.index + said[0].length } : null;
}

/** What py4j says through the program's own logging while the connection to the JVM closes (py4j 0.10). */
const CLOSING =
  /Closing down (?:clientserver|callback) connection|Exception while sending command|Error while (?:sending|receiving)\b|Py4JNetworkError/;

/** True for a record that the job's own code did not write although it stands among its prints. */
export function isNoise({ text }: TextRecord): boolean {
  return CLOSING.test(text.slice(0, 2_000));
}

/** True when the program did something after this record: it began work, or printed on before the JVM ended. */
export function hasGoneOn(log: LogFacts, ended: TextRecord): boolean {
  const after = (record: TextRecord) => record.quote.fromLine > ended.quote.fromLine + lineBreaks(ended.text);
  if (log.milestones.some((milestone) => GOES_ON.has(milestone.kind) && after(milestone.record))) return true;
  const closed = hookLine(log, ended);
  return [...log.records, ...log.tail].some(
    (record) =>
      after(record) &&
      record.quote.fromLine < closed &&
      record.provenance === 'user_process' &&
      !isNoise(record) &&
      !AT_THE_END.test(record.text),
  );
}

/** Line of the JVM's shutdown hook behind the error: what is printed later comes from whoever started the program. */
function hookLine(log: LogFacts, ended: TextRecord): number {
  const hook = log.tail.find(
    (record) => record.quote.fromLine > ended.quote.fromLine && /(?:^|\.)ShutdownHookManager$/.test(record.logger),
  );
  return hook?.quote.fromLine ?? Number.POSITIVE_INFINITY;
}

function findingOf(log: LogFacts, record: TextRecord, { start, end }: LastWord): Finding {
  const said = record.text.slice(start, Math.min(end, start + 300));
  const after = log.tail.find((line) => line.at !== null && line.quote.fromLine > record.quote.fromLine);
  const at = record.at ?? after?.at ?? log.lastAt;
  const evidence: Evidence = {
    ...quotePiece(record.text, record.quote.source, start, start + said.length, record.quote.fromLine),
    area: 'logs',
    provenance: record.provenance,
    at,
  };
  return {
    area: 'logs',
    rule: 'logs/program-ended-by-error',
    kind: 'observed',
    code: null,
    symptom: 'application_failed',
    statement: {
      en: `The program ended by an error that it did not catch: ${shorten(said, 160)}`,
      zh: `程序因未捕获的错误而结束：${shorten(said, 160)}`,
    },
    keys: { ...log.keys, ...pidIn(said) },
    at,
    evidence: [evidence],
    count: 1,
    weight: 1,
    values: { final: 'true' },
  };
}

function pidIn(said: string): { pid?: number } {
  const pid = /\bpid=(\d{1,9})\b/.exec(said)?.[1];
  return pid === undefined ? {} : { pid: Number(pid) };
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
