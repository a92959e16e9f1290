import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import type { Expected } from '../scenario/scenario.ts';
import { storedFiles } from '../scenario/stored-files.ts';
import { locatorLines } from '../scorers/locator-lines.ts';
import { matchesExcerpt } from '../scorers/matches-excerpt.ts';
import type { PrivateWords } from './private-words.ts';

/** Lines that the answer cites for its chain, held against a capture. */
export interface ProposedGold {
  /** Links of which at least one line stands in the capture, word for word. */
  links: Expected['evidence'];
  /** What is cited and does not stand there: `hosts/a/dmesg.txt line 12`, with why. */
  missing: string[];
}

/**
 * The chain of an answer's first cause as proposed gold, symptom first.
 *
 * @param capture null: there is none, so nothing stands anywhere
 */
export async function goldOfAnswer(
  { rootCauses, evidence }: Diagnosis,
  capture: string | null,
  words: PrivateWords,
): Promise<ProposedGold> {
  const files = new Map((capture === null ? [] : storedFiles(capture)).map((file) => [file.source, file]));
  const texts = new Map<string, string[]>();
  const linesOf = async (source: string) => {
    const known = texts.get(source) ?? (await files.get(source)?.read())?.toString('utf8').split('\n') ?? null;
    if (known) texts.set(source, known);
    return known;
  };
  const gold: ProposedGold = { links: [], missing: [] };
  for (const { statement, evidence: cited } of rootCauses[0]?.chain ?? []) {
    const places: Expected['evidence'][number]['places'] = [];
    for (const piece of evidence.filter(({ id }) => cited.includes(id))) {
      const source = words.cleanName(piece.source);
      const at = locatorLines(piece.locator);
      const lines = await linesOf(source);
      const said = lines && at ? lines.slice(at[0] - 1, at[1]).join('\n') : '';
      if (lines && at && matchesExcerpt(said, words.clean(piece.excerpt).trim()))
        places.push({ source, lines: [at[0], at[1]] });
      else gold.missing.push(`${source} ${piece.locator} (${lines ? 'says something else' : 'is not in the capture'})`);
    }
    if (places.length > 0) gold.links.push({ link: words.clean(statement), places: each(places) });
  }
  gold.missing = [...new Set(gold.missing)];
  return gold;
}

/** Each place once: two facts may stand in one line. */
function each<Place>(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}
