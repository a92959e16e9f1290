import { ASK_CUES, SMALLTALK } from './ask-lexicon.ts';
import type { Asks } from './question.ts';

/** Between equal scores the first wins: an open end decides before how it ended, a death before a delay. */
const ORDER = ['status', 'cause_of_death', 'failure', 'slowness', 'how_to'] as const;

/**
 * What is asked, from the asker's own words. Where nothing says so, a failure is meant: people paste an error and ask
 * nothing.
 */
export function readAsks(said: string): Asks {
  if (SMALLTALK.test(said.slice(0, 400)) && said.trim().length <= 200) return 'smalltalk';
  const scores = new Map<string, number>();
  for (const cue of ASK_CUES) {
    if (cue.words.test(said)) scores.set(cue.asks, (scores.get(cue.asks) ?? 0) + cue.weight);
  }
  const trouble = ORDER.slice(0, 4).some((asks) => (scores.get(asks) ?? 0) > 0);
  if (trouble) scores.delete('how_to');
  let best: Asks = 'failure';
  let top = 0;
  for (const asks of ORDER) {
    const score = scores.get(asks) ?? 0;
    if (score > top) {
      best = asks;
      top = score;
    }
  }
  return best;
}
