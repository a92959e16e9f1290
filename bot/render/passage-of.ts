import type { Diagnosis } from '../investigation/diagnosis.ts';

type Passage = Diagnosis['passages'][number];

/** The cited passage that a remedy stands in (`runbook#section`); undefined when it is not cited. */
export function passageOf({ passages }: Pick<Diagnosis, 'passages'>, place: string | null): Passage | undefined {
  return passages.find(({ runbook, section }) => place === `${runbook}#${section}`);
}
