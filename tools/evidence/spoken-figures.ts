import type { Bilingual } from '../../knowledge/bilingual.ts';

/**
 * A duration as people say it, in both languages: `340 ms`, `4.6 s`, `42 s`, `3 min 12 s`, `10 min`, `1 h 52 min`. Less than
 * nothing is nothing.
 */
export function duration(durationMs: number): Bilingual {
  const ms = Math.max(0, durationMs);
  if (ms < 1000) return { en: `${Math.round(ms)} ms`, zh: `${Math.round(ms)} 毫秒` };
  const seconds = ms < 9_950 ? oneDecimal(ms / 1000) : Math.round(ms / 1000);
  if (Number(seconds) < 60) return { en: `${seconds} s`, zh: `${seconds} 秒` };
  const rest = Math.round(ms / 1000);
  if (rest < 3600) return twoUnits(rest, [' min', ' s'], [' 分', ' 秒', ' 分钟']);
  return twoUnits(Math.round(rest / 60), [' h', ' min'], [' 小时', ' 分', ' 小时']);
}

function twoUnits(small: number, en: readonly [string, string], zh: readonly [string, string, string]): Bilingual {
  const [large, rest] = [Math.floor(small / 60), small % 60];
  if (rest === 0) return { en: `${large}${en[0]}`, zh: `${large}${zh[2]}` };
  return { en: `${large}${en[0]} ${rest}${en[1]}`, zh: `${large}${zh[0]} ${rest}${zh[1]}` };
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/**
 * A size in powers of 1024, the same in both languages: whole numbers as they are, else one decimal (`768 MiB`, `929.2 MiB`), so
 * that `1.0 GiB` beside `1 GiB` still shows which one is exact. No limit at all is `∞`.
 */
export function bytes(sizeBytes: number): string {
  if (!Number.isFinite(sizeBytes)) return '∞';
  let size = Math.max(0, sizeBytes);
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(size) : oneDecimal(size)} ${UNITS[unit]}`;
}

function oneDecimal(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** A whole number with thousands separators, the same in both languages: `1,000,000`. */
export function count(value: number): string {
  return Math.max(0, Math.round(value))
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A count with its English noun: `1 task`, `3,000 tasks`, `2 times`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** The verb behind a count: `1 file was left out`, `2 files were left out`. */
export function were(value: number): 'was' | 'were' {
  return value === 1 ? 'was' : 'were';
}

/** A share as a whole percentage; one decimal below 10 %. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}
