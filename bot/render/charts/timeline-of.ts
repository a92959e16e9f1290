import { shorten } from '../../../tools/evidence/shorten.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { chainLines, eventLines } from '../chain-lines.ts';
import { MOST_LINKS, type TimelineData } from './chart-data.ts';

const MAX_STATEMENT = 200;

/** The chain of the first cause (of an answer without one: what is on record) in the order of time; null with less than two moments. */
export function timelineOf(diagnosis: Diagnosis): TimelineData | null {
  const links = diagnosis.outcome === 'answered' ? [...chainOf(diagnosis), ...eventsOf(diagnosis)] : [];
  const kept = links.slice(0, MOST_LINKS).sort((a, b) => a.at - b.at || ORDER[a.role] - ORDER[b.role]);
  return new Set(kept.map(({ at }) => at)).size < 2 ? null : { kind: 'timeline', links: kept };
}

type Moment = TimelineData['links'][number];

/** At the same moment the root comes before what followed from it. */
const ORDER = { root: 0, between: 1, symptom: 2 } as const;

function chainOf(diagnosis: Diagnosis): Moment[] {
  const [cause] = diagnosis.rootCauses;
  const last = (cause?.chain.length ?? 0) - 1;
  // A timeline without its cause would begin with an effect.
  if (!cause || cause.chain[last]?.at == null) return [];
  const lines = chainLines(diagnosis, cause);
  const moments = cause.chain.flatMap(({ at }, place): Moment[] => {
    const role = place === last ? 'root' : place === 0 ? 'symptom' : 'between';
    return momentOf(at, lines[place]?.statement, role);
  });
  // The root and the symptom come first: what is left out of a long chain lies in between.
  return [...moments.slice(-1), ...moments.slice(0, 1), ...moments.slice(1, -1)].slice(0, moments.length);
}

function eventsOf(diagnosis: Diagnosis): Moment[] {
  const lines = eventLines(diagnosis);
  return (diagnosis.events ?? []).flatMap(({ at }, place) => momentOf(at, lines[place]?.statement, 'between'));
}

function momentOf(at: string | null, statement: string | undefined, role: Moment['role']): Moment[] {
  return at === null || !statement ? [] : [{ at: Date.parse(at), statement: shorten(statement, MAX_STATEMENT), role }];
}
