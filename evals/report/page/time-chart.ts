import { escapeHtml as html } from '../../../bot/render/escape-html.ts';
import { quantile } from '../../statistics/quantile.ts';
import { saidDuration } from '../say-figures.ts';

/** Upper ends of the bars, in milliseconds: one, two, five. */
const ENDS = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000, 120_000, 300_000, Number.POSITIVE_INFINITY];
const [WIDTH, HEIGHT, BOTTOM, TOP] = [400, 200, 34, 22];

/** How long answers took: how many ended within which time. Empty for none. */
export function timeChart(durations: readonly number[]): string {
  if (durations.length === 0) return '';
  const counts = ENDS.map((end, at) => durations.filter((ms) => ms < end && ms >= (ENDS[at - 1] ?? 0)).length);
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  const shown = counts.slice(first, last + 1).map((count, at) => ({ count, end: ENDS[first + at] ?? 0 }));
  const most = Math.max(...counts);
  const step = WIDTH / shown.length;
  const bars = shown.map(({ count, end }, at) => {
    const height = (count / most) * (HEIGHT - BOTTOM - TOP);
    const [x, y] = [at * step, HEIGHT - BOTTOM - height];
    const name = end === Number.POSITIVE_INFINITY ? 'more' : `< ${end / 1000}`;
    return `<rect x="${(x + 3).toFixed(1)}" y="${y.toFixed(1)}" width="${(step - 6).toFixed(1)}" height="${height.toFixed(1)}" rx="2" fill="var(--bar)"/><text x="${(x + step / 2).toFixed(1)}" y="${(y - 6).toFixed(1)}" text-anchor="middle" fill="var(--ink)">${count}</text><text x="${(x + step / 2).toFixed(1)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle" fill="var(--soft)">${html(name)}</text>`;
  });
  const says = shown.map(
    ({ count, end }) => `${count} under ${end === Number.POSITIVE_INFINITY ? 'any time' : saidDuration(end)}`,
  );
  const middle = `median ${saidDuration(quantile(durations, 0.5) ?? 0)}, 95 of 100 within ${saidDuration(quantile(durations, 0.95) ?? 0)}`;
  return `<figure><figcaption>Time to the answer</figcaption><p class="note">${html(middle)}; as measured beside other workers. Answers by seconds:</p><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${html(says.join(', '))}"><line x1="0" x2="${WIDTH}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}" stroke="var(--usual)"/>${bars.join('')}</svg></figure>`;
}
