import type { Candidate } from './candidate.ts';
import { nameFit } from './match-name.ts';

/** The name of a run that is nearest to what the asker calls it; undefined where it has none but its id. */
export function calledByAsker(
  { id, names }: Pick<Candidate, 'id' | 'names'>,
  said: readonly string[],
): string | undefined {
  const fitOf = (name: string) => Math.max(0, ...said.map((word) => nameFit(word, name)));
  return names
    .filter((name) => name !== id)
    .reduce<string | undefined>(
      (best, other) => (best === undefined || fitOf(other) > fitOf(best) ? other : best),
      undefined,
    );
}
