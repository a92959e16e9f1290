import type { Figure } from './figure.ts';

/**
 * Whether a figure follows from two others of its own text: their ratio (also in percent), sum or difference. The others are held by themselves.
 */
export function followsWithin(figure: Figure, figures: readonly Figure[]): boolean {
  const others = figures.filter((other) => other !== figure && other.text !== figure.text);
  return others.some((a) => others.some((b) => a !== b && follows(figure, a, b)));
}

function follows(figure: Figure, a: Figure, b: Figure): boolean {
  if (figure.measure === 'bytes' && a.measure === 'bytes' && b.measure === 'duration') return isRate(figure, a, b);
  if (a.measure !== b.measure) return false;
  const [x = 0, y = 0] = [a.values[0], b.values[0]];
  const slack = Math.max(a.slacks[0] ?? 0, b.slacks[0] ?? 0);
  if (figure.measure === a.measure && figure.measure !== 'count') {
    return near(figure, x - y, slack) || near(figure, x + y, slack);
  }
  // A ratio of two rounded figures is known as well as the rounder of the two.
  const ratio = x / y;
  if (y === 0 || !Number.isFinite(ratio)) return false;
  const off = Math.abs(ratio) * ((a.slacks[0] ?? 0) / Math.max(x, 1e-9) + (b.slacks[0] ?? 0) / y);
  if (figure.measure === 'percent') return near(figure, ratio * 100, off * 100);
  return figure.measure === 'count' && near(figure, ratio, off) && /[.]/.test(figure.text);
}

/** So many bytes in such a time, in a second. */
function isRate(figure: Figure, size: Figure, time: Figure): boolean {
  const [bytes = 0, ms = 0] = [size.values[0], time.values[0]];
  if (ms === 0) return false;
  const rate = (bytes / ms) * 1e3;
  return near(figure, rate, rate * ((time.slacks[0] ?? 0) / ms));
}

function near({ values, slacks }: Figure, value: number, off: number): boolean {
  return values.some((one, at) => Math.abs(one - value) <= ((slacks[at] ?? 0) + off) * 1.000_001);
}
