import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';

/** Where an id of evidence is used, for whoever mends it. */
export interface CitedId {
  where: string;
  id: string;
}

/** Every use of an id of evidence in an answer: in its structure, and as `[e3]` in its texts. */
export function citedIds(diagnosis: Diagnosis): CitedId[] {
  const used: CitedId[] = [];
  const add = (where: string, ids: readonly string[] = []) => {
    for (const id of ids) used.push({ where, id });
  };
  diagnosis.rootCauses.forEach((cause, rank) => {
    const name = `cause ${rank + 1} (${cause.code})`;
    cause.chain.forEach(({ evidence }, at) => {
      add(`${name}, link ${at + 1}`, evidence);
    });
    for (const remedy of cause.remediations) {
      for (const setting of remedy.settings) add(`${name}, ${setting.key}`, setting.evidence);
    }
  });
  for (const link of diagnosis.events ?? []) add('events', link.evidence);
  for (const theory of diagnosis.theories) add(`theory “${theory.text}”`, theory.evidence);
  for (const entry of diagnosis.ruledOut) add(`ruled out ${entry.code}`, entry.evidence);
  for (const entry of diagnosis.ledger?.accounts ?? []) add(`ledger ${entry.account}`, entry.evidence);
  add('summary', idsIn(diagnosis.summary));
  add('explanation', idsIn(diagnosis.explanation ?? ''));
  return used;
}

/** `[e3]`, `[e3, e4]`, `[e3、e4]`. */
function idsIn(text: string): string[] {
  const groups = text.match(/\[e\d{1,5}(?:[,，、 ]{1,3}e\d{1,5}){0,30}\]/g) ?? [];
  return groups.flatMap((group) => group.match(/e\d{1,5}/g) ?? []);
}
