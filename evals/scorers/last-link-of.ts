import type { Diagnosis, RootCause } from '../../bot/investigation/diagnosis.ts';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import type { Provenance } from '../../knowledge/provenance.ts';

/** What the last link of a chain rests on, held against the catalogue. */
export interface LastLink {
  /** Writers of the evidence that the last link cites, each once. */
  writers: readonly Provenance[];
  /** One of them may prove the code (`proof.provenance`); pasted words where the catalogue lists complete statements. */
  allowed: boolean;
}

/** The last link of the first cause; null where no cause is claimed: an open case, or nothing wrong (`none.*` has no proof rule). */
export function lastLinkOf(diagnosis: Diagnosis): LastLink | null {
  const [first] = diagnosis.rootCauses;
  if (first === undefined || first.standing === 'inconclusive') return null;
  const { provenance, completeStatements } = causeOf(first.code).proof;
  if (provenance.length === 0) return null;
  const writers = writersOf(diagnosis, first.chain.at(-1)?.evidence ?? []);
  const proves = (writer: Provenance) =>
    provenance.includes(writer) || (writer === 'asker' && completeStatements.length > 0);
  return { writers, allowed: writers.some(proves) };
}

/** The areas that a chain's evidence comes from, symptom first, each told once in a row. */
export function areasOf(diagnosis: Diagnosis, { chain }: RootCause): string[] {
  const byId = new Map(diagnosis.evidence.map((piece) => [piece.id, piece]));
  const areas = chain.flatMap(({ evidence }) => evidence.map((id) => byId.get(id)?.area ?? '')).filter(Boolean);
  return areas.filter((area, at) => area !== areas[at - 1]);
}

/**
 * A chain over several layers in one line, `area › area (writer › writer)`; null where one area tells it all and the writer of the
 * symptom is the writer of the root.
 */
export function crossLayerChain(diagnosis: Diagnosis): string | null {
  const [first] = diagnosis.rootCauses;
  if (first === undefined || first.chain.length === 0) return null;
  const areas = areasOf(diagnosis, first);
  const symptom = writersOf(diagnosis, first.chain[0]?.evidence ?? []);
  const root = writersOf(diagnosis, first.chain.at(-1)?.evidence ?? []);
  const isOneLayer = new Set(areas).size < 2 && root.every((writer) => symptom.includes(writer));
  if (isOneLayer) return null;
  return `${areas.join(' › ')} (${symptom.join('+') || '?'} › ${root.join('+') || '?'})`;
}

function writersOf(diagnosis: Diagnosis, ids: readonly string[]): Provenance[] {
  const wanted = new Set(ids);
  return [...new Set(diagnosis.evidence.filter(({ id }) => wanted.has(id)).map(({ provenance }) => provenance))];
}
