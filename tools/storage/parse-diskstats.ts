import { cutToBytes } from '../evidence/quote-piece.ts';
import type { DiskCounters } from './host-disk-facts.ts';

/** A host with more devices than this is read in part. */
const MAX_LINES = 4_000;

/** Sectors of diskstats have 512 bytes, whatever the device's own sector size. */
export const SECTOR_BYTES = 512;

/** Reads `/proc/diskstats`: 11 counters since 2.6, 15 since 4.18 (discards), 17 since 5.5 (flushes). */
export function parseDiskstats(text: string, source: string): Map<string, DiskCounters> {
  const devices = new Map<string, DiskCounters>();
  text.split('\n', MAX_LINES).forEach((line, index) => {
    const parts = line.trim().split(/ {1,20}/, 24);
    if (parts.length < 14 || line.length > 600) return;
    const [major, minor, device] = parts;
    const numbers = parts.slice(3).map(Number);
    if (!device || !/^\d{1,5}$/.test(major ?? '') || !/^\d{1,7}$/.test(minor ?? '') || numbers.some(Number.isNaN))
      return;
    const at = (position: number) => numbers[position] ?? 0;
    devices.set(device, {
      device,
      number: `${major}:${minor}`,
      reads: at(0),
      sectorsRead: at(2),
      readMs: at(3),
      writes: at(4),
      sectorsWritten: at(6),
      writeMs: at(7),
      inFlight: at(8),
      busyMs: at(9),
      flushes: numbers[15] ?? null,
      flushMs: numbers[16] ?? null,
      quote: { source, fromLine: index + 1, toLine: index + 1, excerpt: cutToBytes(line) },
    });
  });
  return devices;
}
