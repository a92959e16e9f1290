import type { Evidence } from '../evidence/evidence.ts';
import type { TextRecord } from '../evidence/text-record.ts';
import { parseApplicationSummary } from './parse-audit-line.ts';
import { recordEvidence } from './record-evidence.ts';
import { findApplicationId, findAttemptId } from './yarn-ids.ts';

/** What one record of the ResourceManager says of one attempt. */
export interface AttemptStatement {
  attemptId: string;
  applicationId: string;
  number: number;
  kind: 'state' | 'final' | 'expired' | 'failed';
  /** New state, for `state` and `final`. */
  state: string;
  /** Exit status booked, for `final` and `failed`. */
  exitStatus: number | null;
  /** How long it was waited for, for `expired`. */
  timeoutMs: number;
  diagnostics: string;
  at: number | null;
  evidence: Evidence;
}

/** The ResourceManager's closing line of an application (`RMAppManager$ApplicationSummary`, 2.x and 3.x). */
export interface SummaryStatement {
  applicationId: string;
  fields: ReadonlyMap<string, string>;
  at: number | null;
  evidence: Evidence;
}

/** Reads a record about an attempt; `null` when it is about something else. */
export function attemptStatement(record: TextRecord): AttemptStatement | null {
  const { message, at } = record;
  const base = { state: '', exitStatus: null, timeoutMs: 0, diagnostics: '', at, evidence: recordEvidence(record) };
  const moved = /^(appattempt_\w{1,60}) State change from \w{1,40} to (\w{1,40})/.exec(message);
  if (moved) return named(moved[1], { ...base, kind: 'state', state: moved[2] ?? '' });
  const final =
    /^Updating application attempt (appattempt_\w{1,60}) with final state: (\w{1,40}), and exit status: (-?\d{1,6})/.exec(
      message,
    );
  if (final) {
    return named(final[1], {
      ...base,
      kind: 'final',
      state: final[2] ?? '',
      exitStatus: endedStatus(Number(final[3])),
    });
  }
  const expired = /^Expired:(appattempt_\w{1,60}) Timed out after (\d{1,9}) secs/.exec(message);
  if (expired) return named(expired[1], { ...base, kind: 'expired', timeoutMs: Number(expired[2]) * 1000 });
  return failedAttempt(record, base);
}

function failedAttempt(
  record: TextRecord,
  base: Omit<AttemptStatement, 'attemptId' | 'applicationId' | 'number' | 'kind'>,
): AttemptStatement | null {
  const hit =
    /^Application application_\w{1,40} failed \d{1,9} times.{0,120}? due to AM Container for (appattempt_\w{1,60}) exited with +exitCode: (-?\d{1,6})/.exec(
      record.message,
    );
  if (!hit) return null;
  return named(hit[1], { ...base, kind: 'failed', exitStatus: Number(hit[2]), diagnostics: record.text });
}

function named(
  text: string | undefined,
  rest: Omit<AttemptStatement, 'attemptId' | 'applicationId' | 'number'>,
): AttemptStatement | null {
  const id = findAttemptId(text ?? '');
  return id ? { ...rest, ...id } : null;
}

/** -1000 stands for "did not end through its container". */
function endedStatus(status: number): number | null {
  return status === -1000 ? null : status;
}

/** Reads the closing line of an application; `null` for other records. */
export function summaryStatement(record: TextRecord): SummaryStatement | null {
  // The text carries the log's own prefix in front of the message.
  const fields = parseApplicationSummary(record.text.slice(Math.max(0, record.text.indexOf('appId='))));
  const applicationId = findApplicationId(fields.get('appId') ?? '');
  return applicationId ? { applicationId, fields, at: record.at, evidence: recordEvidence(record) } : null;
}
