import { escapeHtml as html } from '../../../bot/render/escape-html.ts';
import type { Interval } from '../../statistics/interval.ts';
import { saidInterval } from '../say-figures.ts';

const at = (share: number) => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%`;

/** A share on a line from 0 to 1 with its interval, as wide as its cell: the point is the share, the bar what it may be. */
export function shareTrack(value: number, interval: Interval): string {
  const words = `${(value * 100).toFixed(1)} %, 95 % interval ${saidInterval(interval)}`;
  return `<svg class="track" role="img" aria-label="${html(words)}"><line x1="0" x2="100%" y1="50%" y2="50%" stroke="var(--line)"/><line x1="${at(interval.low)}" x2="${at(interval.high)}" y1="50%" y2="50%" stroke="var(--usual)" stroke-width="5" stroke-linecap="round"/><circle cx="${at(value)}" cy="50%" r="5.5" fill="var(--bar)" stroke="var(--paper)" stroke-width="1.5"/></svg>`;
}
