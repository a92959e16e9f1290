import type { Finding } from '../evidence/finding.ts';
import { parseKernelLog } from '../host/parse-kernel-log.ts';
import { emptyHostDiskFacts } from './host-disk-facts.ts';
import { parseDf } from './parse-df.ts';
import { STORAGE_RULES } from './rules/index.ts';

/**
 * Judges kernel lines about disks and outputs of `df` that a person pasted or attached; everything found has the provenance
 * `asker`.
 *
 * @param source name evidence uses, such as `attach:1`
 * @param now latest time the text can speak of, for syslog lines without a year
 */
export function judgeDiskText(text: string, source: string, options: { now?: number } = {}): Finding[] {
  const log = parseKernelLog(text, { source, now: options.now, lenient: true });
  const rows = parseDf(text, source);
  const facts = {
    ...emptyHostDiskFacts(null),
    kernelProvenance: 'asker' as const,
    kernelLogs: [log],
    fileSystems: rows.length > 0 ? [{ at: null, rows }] : [],
  };
  return STORAGE_RULES.flatMap((rule) => rule.apply([facts]));
}
