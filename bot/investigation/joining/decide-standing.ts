import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { HINT_RANK, rankOfSignature } from '../../../tools/logs/match-signatures.ts';
import type { Standing } from '../diagnosis.ts';
import type { Link } from './hypothesis.ts';

/** An inferred finding below this weight suggests too little to be called likely. */
const LIKELY_WEIGHT = 0.25;

/**
 * The standing of a chain, from its evidence alone. *Confirmed*: the root is observed by a writer the catalogue allows for
 * the code, every link is joined on a key, and the code's rule is proven by a recording. Pasted text confirms only with a
 * complete statement the catalogue lists. *Likely*: suggested, or a link is inferred. Else *inconclusive*.
 */
export function decideStanding(root: Finding, links: readonly Link[]): Standing {
  if (root.code === null) return 'inconclusive';
  if (root.evidence.length === 0) return isNamed(root) ? 'likely' : 'inconclusive';
  const proven = isProven(root) && causeOf(root.code).standing === 'recorded';
  const joined = links.every((link, at) => at === 0 || link.join?.by === 'key');
  if (proven && joined && (links.length > 1 || isOfTheSubject(root))) return 'confirmed';
  const rank = rankOfSignature(root.rule);
  if (rank !== undefined && rank < HINT_RANK) return 'inconclusive';
  if (root.kind === 'observed' || isPasted(root) || root.weight >= LIKELY_WEIGHT) return 'likely';
  return 'inconclusive';
}

/** A root that stands alone has to name the subject itself: a full disk somewhere is not yet this run's trouble. */
function isOfTheSubject(root: Finding): boolean {
  const { applicationId, containerId, podUid, podName, executorId } = root.keys;
  if (root.symptom !== undefined) return true;
  return [applicationId, containerId, podUid, podName, executorId].some((key) => key !== undefined);
}

function isProven(root: Finding): boolean {
  if (root.code === null) return false;
  const { provenance, completeStatements } = causeOf(root.code).proof;
  if (root.completeStatement !== undefined && completeStatements.includes(root.completeStatement)) return true;
  return root.kind === 'observed' && root.evidence.some((piece) => provenance.includes(piece.provenance));
}

/** Words of the question suggest a cause only where they name it: the exception's class, the platform's own sentence. */
const NAMES_THE_CAUSE = 60;

function isNamed(root: Finding): boolean {
  return (rankOfSignature(root.rule) ?? 0) >= NAMES_THE_CAUSE;
}

function isPasted(root: Finding): boolean {
  return root.evidence.every((piece) => piece.provenance === 'asker');
}

/** The root's evidence with the piece that proves the code last, as the contract asks of a chain's last link. */
export function proofLast(root: Finding): Finding['evidence'] {
  if (root.code === null) return root.evidence;
  const { provenance } = causeOf(root.code).proof;
  const proves = (piece: Finding['evidence'][number]) => provenance.includes(piece.provenance);
  return [...root.evidence.filter((piece) => !proves(piece)), ...root.evidence.filter(proves)];
}
