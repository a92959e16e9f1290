import type { HttpAnswer } from './platform.ts';
import { SAME_ROUND_MS } from './silences-of.ts';

/** A service that had answered and is missing in later rounds of samples in which its neighbours answered. */
export interface RoundsMissed {
  /** Last answer before it. */
  last: HttpAnswer;
  /** First round without it, milliseconds since the epoch. */
  from: number;
  /** First answer behind it; null when it never answered again. */
  until: number | null;
  /** Rounds it is missing in. */
  rounds: number;
}

/** A neighbourhood smaller than this cannot show that one is missing. */
const LEAST_NEIGHBOURS = 2;

/**
 * Where samples keep only what was answered, a service that stops being among them while those beside it go on was not
 * answering: an inference, weaker than a recorded refusal. A round counts when at least half of its neighbours answered.
 *
 * @param own every good answer of the service
 * @param neighbours the good answers of each other service of the same kind of cluster
 */
export function roundsMissed(
  own: readonly HttpAnswer[],
  neighbours: readonly (readonly HttpAnswer[])[],
): RoundsMissed[] {
  const beside = neighbours.filter((answers) => answers.length > 0);
  if (own.length === 0 || beside.length < LEAST_NEIGHBOURS) return [];
  const ordered = own.toSorted((a, b) => a.at - b.at);
  const missed: RoundsMissed[] = [];
  let open: RoundsMissed | null = null;
  for (const at of roundsOf(beside)) {
    const present = ordered.some((answer) => Math.abs(answer.at - at) < SAME_ROUND_MS);
    if (present) {
      if (open) open.until = ordered.find((answer) => answer.at > at - SAME_ROUND_MS)?.at ?? at;
      open = null;
      continue;
    }
    const last = ordered.findLast((answer) => answer.at < at);
    if (!last) continue;
    if (open) open.rounds += 1;
    else {
      open = { last, from: at, until: null, rounds: 1 };
      missed.push(open);
    }
  }
  return missed;
}

/** Times at which at least half of the neighbours were answered. */
function roundsOf(neighbours: readonly (readonly HttpAnswer[])[]): number[] {
  const times = [...new Set(neighbours.flatMap((answers) => answers.map(({ at }) => at)))].sort((a, b) => a - b);
  const rounds: number[] = [];
  for (const at of times) {
    if (at - (rounds.at(-1) ?? -Infinity) < SAME_ROUND_MS) continue;
    const answered = neighbours.filter((answers) =>
      answers.some((answer) => answer.at >= at && answer.at < at + SAME_ROUND_MS),
    );
    if (answered.length * 2 >= neighbours.length && answered.length >= LEAST_NEIGHBOURS) rounds.push(at);
  }
  return rounds;
}
