import type { Evidence } from '../evidence/evidence.ts';
import { cutToBytes } from '../evidence/quote-piece.ts';
import type { ExceptionLink, TextRecord } from '../evidence/text-record.ts';
import type { YarnApplication } from './application-facts.ts';
import type { YarnFacts } from './facts.ts';

/** Longest text a record carries, in bytes (as in `TextRecord`). */
const MAX_TEXT_BYTES = 64 << 10;

/**
 * The diagnostics of the applications asked about as records that signatures can judge. An application that took its leave
 * (state FINISHED) wrote them itself, so they are the engine's report; else they are the ResourceManager's words. The quote is
 * cut from the raw answer, where line breaks are written `\n`.
 *
 * @param parseExceptions reads the exceptions of a text; this area has no parser for traces of its own
 */
export function diagnosticsRecords(
  facts: YarnFacts,
  parseExceptions: (text: string) => readonly ExceptionLink[] = () => [],
): TextRecord[] {
  const asked = new Set(facts.asked);
  return facts.applications
    .filter((application) => asked.has(application.id))
    .flatMap((application, index) => {
      const evidence = application.evidence.diagnostics;
      return evidence && application.diagnostics.trim() !== ''
        ? [recordOf(application, evidence, index, parseExceptions)]
        : [];
    });
}

function recordOf(
  application: YarnApplication,
  evidence: Evidence,
  order: number,
  parseExceptions: (text: string) => readonly ExceptionLink[],
): TextRecord {
  const text = cutToBytes(application.diagnostics, MAX_TEXT_BYTES);
  const { source, fromLine, toLine, excerpt } = evidence;
  const failed = /FAILED|KILLED/.test(application.finalStatus) || application.state === 'FAILED';
  const at = application.finishedAt ?? evidence.at;
  return {
    area: 'yarn',
    writer: 'resource_manager',
    provenance: application.state === 'FINISHED' ? 'engine' : 'resource_manager',
    keys: {
      applicationId: application.id,
      ...(application.name ? { applicationName: application.name } : {}),
      ...(application.user ? { user: application.user } : {}),
    },
    at,
    level: failed ? 'error' : 'info',
    logger: '',
    thread: '',
    message: text.split('\n')[0] ?? '',
    text,
    exceptions: parseExceptions(text),
    quote: { source, fromLine, toLine, excerpt },
    count: 1,
    lastAt: at,
    order,
  };
}
