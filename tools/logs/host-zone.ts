import type { PlatformFile } from '../platform/platform.ts';
import { readHead } from '../platform/read-text.ts';

const ZONE_FILE = /^\/etc\/(?:timezone|sysconfig\/clock|localtime)$/;
const IANA_NAME = /^(?:ZONE="?)?([A-Z][A-Za-z_]{1,40}(?:\/[A-Za-z_+-]{1,40}){0,2})"?\s*$/m;
/** The last line of a TZif file of version 2 and later: POSIX rules such as `CST-8` (RFC 8536, section 3.3). */
const POSIX_RULE = /\n(?:[A-Za-z]{3,6}|<[+-]?\d{2,4}>)([+-]?)(\d{1,2})(?::(\d{2}))?[^\n]{0,80}\n$/;
const MAX_ZONE_BYTES = 64 << 10;

/**
 * Offsets of hosts' clocks from UTC in minutes, as their own files say (`/etc/timezone`, `/etc/localtime`); a host without such a
 * file is absent and its logs without a zone are UTC.
 *
 * @param at the time the offset is wanted for, milliseconds since the epoch (daylight saving)
 */
export async function zonesOfHosts(files: readonly PlatformFile[], at: number): Promise<Map<string, number>> {
  const zones = new Map<string, number>();
  for (const file of files) {
    if (file.host === undefined || zones.has(file.host) || !ZONE_FILE.test(file.path)) continue;
    const content = await readHead(file, MAX_ZONE_BYTES).catch(() => Buffer.alloc(0));
    const offset = offsetOf(content, at);
    if (offset !== null) zones.set(file.host, offset);
  }
  return zones;
}

/** The offset in minutes that a zone file's content gives, or `null`. */
export function offsetOf(content: Buffer, at: number): number | null {
  if (content.toString('latin1', 0, 4) === 'TZif') {
    const rule = POSIX_RULE.exec(content.toString('latin1'));
    if (!rule) return null;
    // POSIX counts westward: `CST-8` is eight hours ahead of UTC.
    const minutes = Number(rule[2]) * 60 + Number(rule[3] ?? 0);
    return rule[1] === '-' ? minutes : -minutes;
  }
  const name = IANA_NAME.exec(content.toString('latin1'))?.[1];
  return name === undefined ? null : offsetOfName(name, at);
}

function offsetOfName(name: string, at: number): number | null {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' });
    const shown = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const found = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(shown);
    if (!found) return null;
    const minutes = Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0);
    return found[1] === '-' ? -minutes : minutes;
  } catch {
    return null;
  }
}
