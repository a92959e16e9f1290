import { cutToBytes } from '../evidence/quote-piece.ts';
import type { FileSystemUse } from './host-disk-facts.ts';

const MAX_LINES = 5_000;
const KIB = 1024;

const SUFFIXES: Readonly<Record<string, number>> = {
  B: 1,
  K: KIB,
  M: KIB ** 2,
  G: KIB ** 3,
  T: KIB ** 4,
  P: KIB ** 5,
  E: KIB ** 6,
};

/** `… total used available NN% /path`, the device before it (or on the line above when it was too long). */
const ROW =
  /^(.{0,300}?)\s{1,60}(\d[\d.]{0,18}[KMGTPEB]?i?B?|-)\s{1,30}(\d[\d.]{0,18}[KMGTPEB]?i?B?|-)\s{1,30}(-?\d[\d.]{0,18}[KMGTPEB]?i?B?|-)\s{1,12}(\d{1,3}%|-)\s{1,12}(\/.{0,1000})$/;

/**
 * Reads the tables of `df` in whatever text they stand: `-k`, `-h`, `-T`, `-i`, `-P`, in any language. A table is a heading
 * with a per-cent sign and rows below it that end in a percentage and a path.
 */
export function parseDf(text: string, source: string): FileSystemUse[] {
  const rows: FileSystemUse[] = [];
  let heading: string | null = null;
  let above = '';
  text.split('\n', MAX_LINES).forEach((line, index) => {
    if (line.length > 1500) return;
    const row = ROW.exec(line.trimEnd());
    if (row && heading !== null) {
      const quote = { source, fromLine: index + 1, toLine: index + 1, excerpt: cutToBytes(line) };
      const use = useOf(row, heading, above, quote);
      if (use) rows.push(use);
    } else if (isHeading(line)) heading = line;
    else if (line.trim() === '' || line.startsWith('$')) heading = null;
    above = line;
  });
  return rows;
}

function isHeading(line: string): boolean {
  return /%/.test(line) && !line.includes('/') && /^\S/.test(line) && line.trim().split(/\s{1,60}/).length >= 5;
}

function useOf(
  row: RegExpExecArray,
  heading: string,
  above: string,
  quote: FileSystemUse['quote'],
): FileSystemUse | null {
  const named = (row[1] ?? '').trim() || above.trim();
  const [device] = named.split(/\s{1,60}/);
  if (!device) return null;
  const unit = /inode|IUse|IFree|ILibre|已用\(I\)|可用\(I\)/i.test(heading) ? 'inodes' : 'bytes';
  const factor = unit === 'inodes' ? 1 : blockBytes(heading);
  const [total, used, available] = [row[2], row[3], row[4]].map((word) => sizeOf(word ?? '-', factor, unit));
  const percent = /^(\d{1,3})%$/.exec(row[5] ?? '');
  return {
    device,
    path: (row[6] ?? '').trim(),
    unit,
    total: total ?? null,
    used: used ?? null,
    available: available ?? null,
    usedPercent: percent ? Number(percent[1]) : null,
    quote,
  };
}

/** Unit of bare numbers by the heading: `1K-blocks`, `1024-blocks`, `512-blocks`, `1M-blocks`, `1K-块`. */
function blockBytes(heading: string): number {
  const unit = /(\d{1,5})([KMG]?)B?-/.exec(heading);
  if (!unit) return KIB;
  return Number(unit[1]) * (unit[2] ? (SUFFIXES[unit[2]] ?? 1) : 1);
}

function sizeOf(word: string, factor: number, unit: 'bytes' | 'inodes'): number | null {
  const parts = /^(-?\d[\d.]*)([KMGTPEB])?/.exec(word);
  if (!parts) return null;
  const value = Number(parts[1]);
  if (Number.isNaN(value)) return null;
  const suffix = parts[2] ? (SUFFIXES[parts[2]] ?? 1) : factor;
  return Math.round(value * (unit === 'inodes' && !parts[2] ? 1 : suffix));
}
