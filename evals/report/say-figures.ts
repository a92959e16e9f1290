import type { Interval, Share } from '../statistics/interval.ts';
import type { CostSummary } from './summary.ts';

/** A share in per cent, one digit: `89.4%`; what is not all is never told as 100.0%. */
export function percent(share: number): string {
  const tenths = Math.round(share * 1000);
  const honest = share < 1 && tenths === 1000 ? 999 : share > 0 && tenths === 0 ? 1 : tenths;
  return `${(honest / 10).toFixed(1)}%`;
}

/** `84.1–93.2`: per cent without the sign, as it stands beside its share. */
export function saidInterval({ low, high }: Interval): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}`;
}

/** `89.4% (84.1–93.2)`; a dash where nothing was made. */
export function saidShare(share: Share | null): string {
  return share === null ? '–' : `${percent(share.value)} (${saidInterval(share.interval)})`;
}

/** `412 of 461`; a dash where nothing was made. */
export function saidCount(share: Share | null): string {
  return share === null ? '–' : `${share.hits} of ${share.of}`;
}

/** `820 ms`, `3.4 s`, `4 min 05 s`. */
export function saidDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A figure of what answers cost, in its unit. */
export function saidCost(value: number, unit: CostSummary['unit']): string {
  if (unit === 'ms') return saidDuration(value);
  if (unit === 'usd') return `$${value.toFixed(value < 1 ? 4 : 2)}`;
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(1);
}

/** `1 case`, `2 cases`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A difference of shares in points, with its sign: `+3.2`. */
export function points(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference * 100).toFixed(1)}`;
}

/** The first names of a list, and how many are left out. */
export function firstOf(names: readonly string[], most = 10): string {
  const rest = names.length - most;
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
