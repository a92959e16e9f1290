import type { Bilingual } from '../../../knowledge/bilingual.ts';

/** A duration as people say it, in both languages: `340 ms`, `12.3 s`, `4.5 min`, `2.1 h`. */
export function duration(given: number): Bilingual {
  const ms = Math.max(0, given);
  if (ms < 1000) return { en: `${Math.round(ms)} ms`, zh: `${Math.round(ms)} 毫秒` };
  const seconds = ms / 1000;
  if (seconds < 600) return { en: `${seconds.toFixed(1)} s`, zh: `${seconds.toFixed(1)} 秒` };
  const minutes = seconds / 60;
  if (minutes < 120) return { en: `${minutes.toFixed(1)} min`, zh: `${minutes.toFixed(1)} 分钟` };
  return { en: `${(minutes / 60).toFixed(1)} h`, zh: `${(minutes / 60).toFixed(1)} 小时` };
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A size in binary units with one decimal, bytes without: `9.0 MiB`. */
export function bytes(value: number): string {
  let rest = Math.max(0, value);
  let unit = 0;
  while (rest >= 1024 && unit < UNITS.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(rest) : rest.toFixed(1)} ${UNITS[unit]}`;
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

/** A share as a whole percentage; one decimal below 10 %. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

/** A size as Spark settings are written, rounded up to whole MiB (or GiB where even): `768m`, `2g`. */
export function settingSize(value: number): string {
  const mib = Math.max(1, Math.ceil(value / (1024 * 1024)));
  return mib % 1024 === 0 ? `${mib / 1024}g` : `${mib}m`;
}
