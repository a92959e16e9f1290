import type { Diagnosis } from '../../../bot/investigation/diagnosis.ts';
import { Grounds } from './grounds.ts';

/** What a change can move is booked to few accounts. */
const LARGEST_DELTAS = 4;

/**
 * The figures that an answer holds as data, and what follows from them: how much slower the run was than the median and each of the others, and what
 * grew all together. That these fields are right is for the scorer of the ledger.
 */
export function structuredGrounds({ ledger, comparison, whatIf }: Diagnosis): Grounds {
  const grounds = new Grounds();
  const durations = [
    ledger?.wallClockMs,
    ledger?.unexplainedMs,
    ...(ledger?.accounts ?? []).map(({ ms }) => ms),
    comparison?.unexplainedDeltaMs,
    ...(comparison?.accounts ?? []).flatMap(({ deltaMs, baselineMs }) => [deltaMs, baselineMs]),
    ...(comparison?.baselineWallClockMs ?? []),
    ...whatIf.map(({ savedMs }) => savedMs),
  ];
  for (const ms of durations) if (ms !== undefined) grounds.add('duration', ms);
  for (const { modelErrorPct } of whatIf) grounds.add('percent', modelErrorPct);
  const usual = [...(comparison?.baselineWallClockMs ?? [])].sort((a, b) => a - b);
  const median = medianOf(usual);
  if (median !== null) grounds.add('duration', median);
  if (ledger)
    for (const ms of median === null ? usual : [...usual, median]) grounds.add('duration', ledger.wallClockMs - ms);
  const grown = (comparison?.accounts ?? []).map(({ deltaMs }) => deltaMs).filter((ms) => ms > 0);
  grounds.add(
    'duration',
    grown.reduce((sum, ms) => sum + ms, 0),
  );
  const deltas = [...grown].sort((a, b) => b - a).slice(0, LARGEST_DELTAS);
  deltas.forEach((first, at) => {
    deltas.slice(at + 1).forEach((second, next) => {
      grounds.add('duration', first + second);
      for (const third of deltas.slice(at + next + 2)) grounds.add('duration', first + second + third);
    });
  });
  addAround(comparison, grounds);
  for (const ms of spreadOf(usual)) grounds.add('duration', ms);
  grounds.add('count', usual.length);
  for (const { from, to } of comparison?.changes ?? []) grounds.addText(`${from ?? ''} ${to ?? ''}`);
  for (const { ms } of ledger?.accounts ?? [])
    if (ledger) grounds.add('percent', (ms / Math.max(1, ledger.wallClockMs)) * 100);
  return grounds;
}

/** What one host took more can be a little more than what the account grew by, since others took less. */
const AROUND_SHARE = 0.015;

/** The account that grew most: together with what another grew or shrank by, and as one host's share of it. */
function addAround(comparison: Diagnosis['comparison'], grounds: Grounds): void {
  const deltas = (comparison?.accounts ?? []).map(({ deltaMs }) => deltaMs).sort((a, b) => b - a);
  const [largest = 0, second = 0, ...rest] = deltas;
  if (largest <= 0) return;
  for (const other of rest) grounds.add('duration', largest + other).add('duration', second + other);
  const aroundMs = largest * AROUND_SHARE;
  for (let ms = largest - aroundMs; ms <= largest + aroundMs; ms += Math.max(500, aroundMs / 8))
    grounds.add('duration', ms);
}

/** How far a history of runs reaches: three scaled median deviations (or a tenth) around its median, a margin of 30 % around few runs. */
function spreadOf(sorted: readonly number[]): number[] {
  const median = medianOf(sorted);
  if (median === null) return [];
  const deviations = sorted.map((ms) => Math.abs(ms - median)).sort((a, b) => a - b);
  const spread = Math.max(3 * 1.4826 * (medianOf(deviations) ?? 0), median / 10);
  return [median - spread, median + spread, (sorted[0] ?? 0) / 1.3, (sorted.at(-1) ?? 0) * 1.3];
}

function medianOf(sorted: readonly number[]): number | null {
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
