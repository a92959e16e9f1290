import type { Evidence } from '../evidence/evidence.ts';
import type { Finding } from '../evidence/finding.ts';
import { shorten } from '../evidence/shorten.ts';
import type { TextRecord } from '../evidence/text-record.ts';
import type { LogFacts } from './log-facts.ts';
import { hasGoneOn, isNoise, programEnd } from './program-end.ts';

/** PythonRunner and the ApplicationMaster hand on the exit code of the job's own program (Spark 1.4-4.x). */
const EXIT_STATUS = /User application exited with (?:status )?(\d{1,3})\b/;
/** From here on a code is a signal's: somebody else ended the program. */
const SIGNALLED = 128;
/** Words by which a program says that it gives up. */
const COMPLAINT =
  /\b(?:FATAL|CRITICAL|ERROR|ABORT(?:ED|ING)?|FAILED|FAILURE)\b|\b(?:abort(?:ed|ing)?|giv(?:e|ing) up|check(?:s)? failed|validation failed|not ready|exiting with)\b|失败|异常|错误|退出|中止/;
const MAX_WORDS = 200;

/**
 * Programs that ended themselves (`sys.exit(7)` after a check of their own): no stack trace tells of it. In cluster mode the
 * engine proves the exit code, and the program's last print says why. In client, standalone and local mode nobody proves it: a
 * complaint as the very last words only suggests it.
 */
export function lastWords(logs: readonly LogFacts[]): Finding[] {
  return logs.flatMap((log) => [...inContainer(log, logs), ...complaint(log)]);
}

function inContainer(master: LogFacts, logs: readonly LogFacts[]): Finding[] {
  const { containerId } = master.keys;
  if (containerId === undefined || (master.writer !== 'spark_driver' && master.writer !== 'spark_application_master'))
    return [];
  const told = master.records.find(
    (record) => record.provenance === 'engine' && Number(EXIT_STATUS.exec(record.text)?.[1] ?? SIGNALLED) < SIGNALLED,
  );
  const status = Number(EXIT_STATUS.exec(told?.text ?? '')?.[1] ?? 0);
  const own = logs.filter((log) => log.keys.containerId === containerId);
  if (!told || status === 0 || own.some((log) => programEnd(log) !== null || printsTrace(log))) return [];
  const words = own.filter((log) => log.writer === 'user_program').flatMap((log) => spoken(log).slice(-1))[0];
  if (!words) return [];
  return [
    findingOf('logs/program-exited', 'observed', [told, words], { ...master.keys }, told.at, {
      en: `The program ended itself with exit code ${status}; its last words: “${cut(words)}”`,
      zh: `程序以退出码 ${status} 自行结束，最后输出：“${cut(words)}”`,
    }),
  ];
}

function complaint(log: LogFacts): Finding[] {
  if (!isDriverOfItsOwn(log) || programEnd(log) !== null || log.records.some(isEngineError)) return [];
  const last = spoken(log).at(-1);
  if (!last || !complains(last) || hasGoneOn(log, last)) return [];
  const { milestones } = log;
  const at = last.at ?? milestones.find(({ kind }) => kind === 'context_stopped')?.at ?? log.lastAt;
  const finding = findingOf('logs/program-complained', 'inferred', [last], { ...log.keys }, at, {
    en: `The program's last words before it ended are a complaint: “${cut(last)}”`,
    zh: `程序结束前最后输出的是一条报错：“${cut(last)}”`,
  });
  return [{ ...finding, values: { final: 'maybe' }, weight: 0.5 }];
}

/** A driver outside of a container that worked; what only submits to a cluster repeats the words of others. */
function isDriverOfItsOwn({ writer, keys, milestones }: LogFacts): boolean {
  return (
    writer === 'spark_driver' &&
    keys.containerId === undefined &&
    milestones.some(({ kind }) => kind === 'context_started')
  );
}

function isEngineError({ provenance, level }: TextRecord): boolean {
  return provenance === 'engine' && (level === 'error' || level === 'fatal');
}

function complains(record: TextRecord): boolean {
  return record.level === 'error' || record.level === 'fatal' || COMPLAINT.test(record.text.slice(0, 2_000));
}

function printsTrace(log: LogFacts): boolean {
  return log.records.some((record) => record.provenance === 'user_process' && record.exceptions.length > 0);
}

/** What the job's own code printed or logged, in order, without banners and rules of dashes. */
function spoken(log: LogFacts): TextRecord[] {
  const all = [...log.records, ...log.tail].filter(
    (record) =>
      record.provenance === 'user_process' &&
      /[\p{L}\p{N}]{3}/u.test(record.message) &&
      !/^={10}/.test(record.text) &&
      !isNoise(record),
  );
  return all.toSorted((a, b) => a.order - b.order);
}

function cut({ text }: TextRecord): string {
  return shorten(text.trim().split('\n').at(-1) ?? '', MAX_WORDS);
}

function findingOf(
  rule: string,
  kind: Finding['kind'],
  records: readonly TextRecord[],
  keys: Finding['keys'],
  at: number | null,
  statement: Finding['statement'],
): Finding {
  const evidence = records.map(
    (record): Evidence => ({ ...record.quote, area: 'logs', provenance: record.provenance, at: record.at }),
  );
  return {
    area: 'logs',
    rule,
    kind,
    code: 'code.user_code',
    symptom: 'attempt_failed',
    statement,
    keys,
    at,
    evidence,
    count: 1,
    weight: 1,
    values: {},
  };
}
