import type { TextRecord } from '../evidence/text-record.ts';
import type { LogCoverage } from './facts.ts';
import { hostOfRecord } from './record-evidence.ts';

/** From when to when each daemon's log was read, as far as its kept records tell (a lower bound). */
export function logCoverage(records: readonly TextRecord[]): LogCoverage[] {
  const bySource = new Map<string, LogCoverage>();
  for (const record of records) {
    if (record.at === null || (record.writer !== 'node_manager' && record.writer !== 'resource_manager')) continue;
    const last = record.lastAt ?? record.at;
    const known = bySource.get(record.quote.source);
    if (known) {
      known.firstAt = Math.min(known.firstAt, record.at);
      known.lastAt = Math.max(known.lastAt, last);
    } else {
      bySource.set(record.quote.source, {
        writer: record.writer,
        host: hostOfRecord(record),
        source: record.quote.source,
        firstAt: record.at,
        lastAt: last,
      });
    }
  }
  return [...bySource.values()];
}
