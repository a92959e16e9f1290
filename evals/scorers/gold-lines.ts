import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import type { Expected } from '../scenario/scenario.ts';
import { locatorLines } from './locator-lines.ts';

type GoldLink = Expected['evidence'][number];
type Evidence = Diagnosis['evidence'][number];

/** Whether a piece of evidence cites a line that proves this link of the truth. */
export function provesLink({ source, locator }: Evidence, { places }: GoldLink): boolean {
  const range = locatorLines(locator);
  if (range === null) return false;
  return places.some(({ source: gold, lines }) => gold === source && range[0] <= lines[1] && range[1] >= lines[0]);
}
