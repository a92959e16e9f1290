import type { Evidence } from '../evidence/evidence.ts';
import type { Finding } from '../evidence/finding.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import { shorten } from '../evidence/shorten.ts';
import type { TextRecord } from '../evidence/text-record.ts';
import type { LogFacts } from './log-facts.ts';

/** What spark-shell (Spark 1.6-4.0) and pyspark print when they are ready for their user. */
const READY = /^(?:Spark context available as |SparkSession available as 'spark'|Type :help for more information)/m;
/** An exception printed at the margin, by the REPL and by no logger: its class, and the frames or the message behind it. */
const PRINTED =
  /^(?:(?:[A-Za-z_$][\w$]{0,80}\.){1,12}[A-Z][\w$]{0,100}(?:Exception|Error)|[A-Z]\w{0,80}(?:Error|Exception))(?:: [^\n]{0,300})?$/gm;

/**
 * The last exception that an interactive shell printed. A shell goes on after an error and ends with exit code 0 whatever went wrong in it, so neither
 * its exit nor its event log tells; the error only suggests what is asked about. Null for a log that is no shell's.
 */
export function shellComplaint(log: LogFacts): Finding | null {
  if (!['spark_driver', 'user_program', 'unknown'].includes(log.writer)) return null;
  const all = [...new Set([...log.records, ...log.tail])];
  if (!all.some(({ text }) => READY.test(text))) return null;
  for (const record of all.toSorted((a, b) => b.order - a.order)) {
    const said = printedIn(record);
    if (said) return findingOf(log, record, said);
  }
  return null;
}

/** Only behind the shell's greeting, or in a record that no logger wrote: what a logger reports is judged as such. */
function printedIn(record: TextRecord): { start: number; text: string } | null {
  const ready = READY.exec(record.text);
  const from = ready ? ready.index : record.level === 'none' ? 0 : null;
  if (from === null) return null;
  PRINTED.lastIndex = from;
  const found = PRINTED.exec(record.text);
  return found ? { start: found.index, text: found[0] } : null;
}

function findingOf(log: LogFacts, record: TextRecord, { start, text }: { start: number; text: string }): Finding {
  const at = record.at ?? log.lastAt;
  const evidence: Evidence = {
    ...quotePiece(record.text, record.quote.source, start, start + text.length, record.quote.fromLine),
    area: 'logs',
    provenance: 'user_process',
    at,
  };
  const said = shorten(text, 160);
  return {
    area: 'logs',
    rule: 'logs/shell-complained',
    kind: 'inferred',
    code: 'code.user_code',
    symptom: 'attempt_failed',
    statement: {
      en: `The interactive shell printed an error and went on: ${said}`,
      zh: `交互式 shell 打印了错误后继续运行：${said}`,
    },
    keys: { ...log.keys },
    at,
    evidence: [evidence],
    count: 1,
    weight: 0.5,
    values: { final: 'maybe' },
  };
}
