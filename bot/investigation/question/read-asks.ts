import { ASK_CUES, SMALLTALK } from './ask-lexicon.ts';
import type { Asks } from './question.ts';

/**
 * What is asked, from the asker's own words. Where nothing says so, a failure is meant: people paste an error and ask
 * nothing. Between equal scores an open end decides before how it ended, else what is said first. A wish to know how counts
 * only where no trouble is told.
 */
export function readAsks(said: string): Asks {
  if (SMALLTALK.test(said.slice(0, 400)) && said.trim().length <= 200) return 'smalltalk';
  const signs = [...Map.groupBy(hits(said), (hit) => hit.asks)].map(([asks, found]) => ({
    asks,
    score: found.reduce((sum, hit) => sum + hit.weight, 0),
    at: Math.min(...found.map((hit) => hit.at)),
  }));
  const trouble = signs.filter(({ asks }) => asks !== 'how_to');
  const [best] = (trouble.length > 0 ? trouble : signs).sort(
    (a, b) => b.score - a.score || Number(b.asks === 'status') - Number(a.asks === 'status') || a.at - b.at,
  );
  return best?.asks ?? 'failure';
}

/** Slowness is spoken of, whatever else is asked: "why did it fail / why is it slow". */
export function speaksOfSlowness(said: string): boolean {
  return hits(said).some(({ asks }) => asks === 'slowness');
}

function hits(said: string): { asks: Asks; weight: number; at: number }[] {
  return ASK_CUES.flatMap(({ asks, weight, words }) => {
    const at = said.search(words);
    return at < 0 ? [] : [{ asks, weight, at }];
  });
}
