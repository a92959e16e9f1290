import type { Finding } from '../../../tools/evidence/finding.ts';
import { rankOfSignature } from '../../../tools/logs/match-signatures.ts';
import type { Link } from './hypothesis.ts';
import type { RankingAim } from './ranking-aim.ts';
import { isAboutWholeApplication } from './symptom-ladder.ts';

/** The last seconds of a run, in which what is logged usually belongs to its end. */
const LAST_SECONDS_MS = 20_000;

/**
 * How much of what is asked about a root explains, 0 to 1. For a failure: does its chain lead to the end of the run through a
 * narrow key, or is it told in the very record that ended it? For slowness: the share of the wall clock the finding carries.
 */
export function reachOf(root: Finding, links: readonly Link[], aim: RankingAim): number {
  if (aim.asks === 'slowness') return slownessReach(root, links, aim.timed);
  if (aim.end.state === 'succeeded') {
    return Math.max(slownessReach(root, links, aim.timed), brokeAJob(links) ? LOST_JOB : 0);
  }
  return failureReach(root, links, aim) * (isAboutTime(root) ? DELAY_IN_A_FAILURE : 1);
}

/** One job of a run that ended well was lost: that is what a question about a failure is about. */
const LOST_JOB = 0.6;

function brokeAJob(links: readonly Link[]): boolean {
  return links.some(({ finding }) => finding.symptom === 'job_failed' && !finding.echo);
}

/** What a text tells cost a timed run only what the engine's own records show it to have cost. */
function slownessReach(root: Finding, links: readonly Link[], timed: boolean): number {
  const slow = links.filter(({ finding }) => finding.symptom === 'slow' || finding.symptom === 'waiting');
  const toldByText = rankOfSignature(root.rule) !== undefined;
  if (!timed || !toldByText) return Math.min(1, root.weight * (slow.length > 0 ? 1 : 0.8));
  const measured = slow.filter(
    ({ finding }) =>
      finding !== root &&
      rankOfSignature(finding.rule) === undefined &&
      finding.rule !== 'comparison/slower-than-usual',
  );
  return Math.min(root.weight, Math.max(0, ...measured.map(({ finding }) => finding.weight)));
}

/** A run that failed may have waited or been slow as well; that is seldom what ended it. */
const DELAY_IN_A_FAILURE = 0.5;

function isAboutTime(root: Finding): boolean {
  return root.symptom === 'waiting' || root.symptom === 'slow';
}

function failureReach(root: Finding, links: readonly Link[], aim: RankingAim): number {
  if (isAlone(root, links) && isAfterTheEnd(root, aim)) return 0;
  const [top] = links;
  const whole = top !== undefined && top.finding !== root && isAboutWholeApplication(top.finding.symptom);
  const itself = isAboutWholeApplication(root.symptom) && root.symptom !== 'slow';
  if (itself) return 1 * closeness(root, aim);
  if (!whole) return (isAlone(root, links) ? 0.4 : 0.5) * closeness(root, aim) * share(root);
  const told = links.some(
    (link) =>
      link.finding !== root && isAboutWholeApplication(link.finding.symptom) && sharesRecord(link.finding, root),
  );
  if (told) return 1;
  const narrow = links.slice(1).every((link) => (link.join?.strength ?? 0) >= 40);
  const inBetween = links.length > 2;
  return (narrow ? 0.95 : inBetween ? 0.8 : 0.65) * closeness(root, aim) * share(root);
}

/** What happened on a host and names nothing of the run, with nothing of the run joined to it, may not concern it at all. */
export function isAlone({ keys }: Finding, links: readonly Link[]): boolean {
  if (links.length > 1 || keys.host === undefined) return false;
  return [keys.applicationId, keys.containerId, keys.podUid, keys.podName, keys.executorId].every(
    (key) => key === undefined,
  );
}

/** What a host tells when the run was long over is about another run, where nothing joins it to this one. */
function isAfterTheEnd({ at }: Finding, { end }: RankingAim): boolean {
  return at !== null && end.at !== null && at > end.at + LAST_SECONDS_MS;
}

/** A fault long before the end that the run survived explains it less than one in its last seconds. */
function closeness(root: Finding, aim: RankingAim): number {
  const { at: endedAt, startedAt } = aim.end;
  const seenAt = root.until ?? root.at;
  if (endedAt === null || seenAt === null) return 0.9;
  const before = endedAt - seenAt;
  if (before <= LAST_SECONDS_MS) return 1;
  const length = startedAt === null ? 0 : endedAt - startedAt;
  return length <= 0 ? 0.85 : Math.max(0.55, 1 - (0.5 * before) / Math.max(length, 120_000));
}

function share(root: Finding): number {
  return 0.4 + 0.6 * Math.min(1, Math.max(0, root.weight));
}

function sharesRecord(a: Finding, b: Finding): boolean {
  return a.evidence.some((x) =>
    b.evidence.some((y) => x.source === y.source && x.fromLine <= y.toLine && y.fromLine <= x.toLine),
  );
}
