import type { Finding } from '../../../tools/evidence/finding.ts';
import type { Link } from './hypothesis.ts';
import { type Join, joinFindings } from './join-findings.ts';
import { isAboutWholeApplication, rungOf } from './symptom-ladder.ts';

/** A rung in between needs a key narrower than the application. */
const NARROW = 40;
/** Longer chains are not read. */
const MAX_LINKS = 6;

/**
 * Climbs from a root to the surface: on each rung of the ladder the symptom that joins best with what stands below it. A
 * symptom that joins with nothing is left out, never guessed in between.
 *
 * @param tellings other findings of the same code: how it looked from above, where no symptom is known
 * @param aboutFailure a failure is explained: what was slow or waited is no step on the way to it
 */
export function buildChain(
  root: Finding,
  symptoms: readonly Finding[],
  tellings: readonly Finding[],
  aboutFailure: boolean,
): Link[] {
  const above = symptoms
    .filter((symptom) => symptom !== root && isAbove(symptom, root))
    .filter((symptom) => !aboutFailure || !isAboutTime(symptom))
    .filter((symptom) => !symptom.echo && !tellsLess(symptom, root))
    .filter((symptom) => !sharesEvidence(symptom, root) || isAboutWholeApplication(symptom.symptom));
  const rungs = [...new Set(above.map((symptom) => rungOf(symptom.symptom)))].sort((a, b) => b - a);
  const climbed: Finding[] = [root];
  const joins: Join[] = [];
  for (const rung of rungs) {
    const below = climbed.at(-1) ?? root;
    const best = bestOnRung(above, rung, below, root);
    if (!best) continue;
    climbed.push(best.symptom);
    joins.push(best.join);
  }
  const links = climbed.map((finding, at) => ({ finding, join: joins[at] ?? null })).reverse();
  return links.length > 1 ? shorten(linksWithJoinToEffect(links)) : seenFromAbove(root, tellings);
}

/** A kill that the kernel itself reports needs no second, timeless word that something was killed. */
function tellsLess(symptom: Finding, root: Finding): boolean {
  return symptom.at === null && root.at !== null && !isAboutWholeApplication(symptom.symptom);
}

/** The same cause as a process of the subject saw it (its own exception) above the record that proves it. */
function seenFromAbove(root: Finding, tellings: readonly Finding[]): Link[] {
  for (const telling of tellings) {
    if (telling === root || telling.area === root.area || sharesEvidence(telling, root)) continue;
    const join = joinFindings(telling, root);
    if (join)
      return [
        { finding: telling, join: null },
        { finding: root, join },
      ];
  }
  return [{ finding: root, join: null }];
}

/** A pure symptom stands above a cause that shows itself in the same way: the slow run above what made it slow. */
function isAbove(symptom: Finding, root: Finding): boolean {
  if (rungOf(symptom.symptom) < rungOf(root.symptom)) return true;
  return (
    symptom.symptom === root.symptom &&
    symptom.code === null &&
    root.code !== null &&
    isAboutWholeApplication(symptom.symptom)
  );
}

/** How long something took is no step on the way to a failure. */
function isAboutTime(symptom: Finding): boolean {
  return symptom.symptom === 'slow' || symptom.symptom === 'waiting';
}

/** `join` so far says how a finding joins what stands above it; in the reversed list that is the link before. */
function linksWithJoinToEffect(links: readonly Link[]): Link[] {
  return links.map((link, at) => ({ finding: link.finding, join: at === 0 ? null : link.join }));
}

function bestOnRung(
  symptoms: readonly Finding[],
  rung: number,
  below: Finding,
  root: Finding,
): { symptom: Finding; join: Join } | null {
  let best: { symptom: Finding; join: Join; closeness: number } | null = null;
  for (const symptom of symptoms) {
    if (rungOf(symptom.symptom) !== rung) continue;
    const join = joinFindings(symptom, below) ?? joinFindings(symptom, root);
    if (!join || (join.strength < NARROW && !isAboutWholeApplication(symptom.symptom))) continue;
    const closeness = join.strength * 1000 - distanceSeconds(symptom, root) + symptom.evidence.length;
    if (!best || closeness > best.closeness) best = { symptom, join, closeness };
  }
  return best;
}

function distanceSeconds(a: Finding, b: Finding): number {
  return a.at === null || b.at === null ? 0 : Math.min(900, Math.abs(a.at - b.at) / 1000);
}

/** Keeps the surface, the root and the narrowest joins when a chain is too long to read. */
function shorten(links: Link[]): Link[] {
  const kept = [...links];
  while (kept.length > MAX_LINKS) {
    const inner = kept.slice(1, -1);
    const weakest = inner.reduce((a, b) => ((a.join?.strength ?? 0) <= (b.join?.strength ?? 0) ? a : b));
    kept.splice(kept.indexOf(weakest), 1);
  }
  return kept;
}

function sharesEvidence(a: Finding, b: Finding): boolean {
  return a.evidence.some((x) => b.evidence.some((y) => x.source === y.source && x.fromLine === y.fromLine));
}
