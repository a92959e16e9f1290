import { Document, isMap, isScalar, isSeq, type Pair, visit } from 'yaml';
import type { ScenarioFile } from '../scenario/scenario.ts';

/** What a person has to see to, by the path of the field: `expected.causes`. */
export type Reviews = Readonly<Record<string, string>>;

/** A scenario's file with a comment `# REVIEW: …` above each field that a person has to prove. */
export function scenarioText(scenario: ScenarioFile, reviews: Reviews): string {
  const document = new Document(scenario, { aliasDuplicateObjects: false });
  document.commentBefore = ' A candidate, made of a case: no scenario before a person has proven it (REVIEW.md).';
  for (const [field, what] of Object.entries(reviews)) {
    const names = field.split('.');
    const parent = names.length > 1 ? document.getIn(names.slice(0, -1)) : document.contents;
    const pairs: readonly Pair<unknown, unknown>[] = isMap(parent) ? parent.items : [];
    const key = pairs.find((pair) => isScalar(pair.key) && pair.key.value === names.at(-1))?.key;
    if (!isScalar(key)) throw new Error(`a scenario has no ${field}`);
    key.commentBefore = ` REVIEW: ${what}`;
  }
  // As people write them: `lines: [3, 5]`, and nothing attached where nothing is.
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !isSeq(value)) return undefined;
      if (key.value === 'lines') value.flow = true;
      return key.value === 'attach' && value.items.length === 0 ? visit.REMOVE : undefined;
    },
  });
  return document.toString({ lineWidth: 140, flowCollectionPadding: false });
}
