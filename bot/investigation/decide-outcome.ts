import type { Symptom } from '../../tools/evidence/finding.ts';
import { explainsCode } from './joining/explains.ts';
import type { Hypothesis } from './joining/hypothesis.ts';
import type { RankingAim } from './joining/ranking-aim.ts';
import { isAlone } from './joining/reach.ts';
import { onlyRepeatsTheSymptom } from './joining/surface-codes.ts';

export type Verdict = 'answered' | 'needs_more' | 'healthy' | 'still_running';

/** What a run compared with its own history says. */
export interface HistoryVerdict {
  /** The run lies within the spread of its own earlier runs. */
  withinHistory: boolean;
}

/** A cause that explains less than this of a run that did not end well is not worth naming. */
const WORTH_TELLING = 0.05;
/** A fault that a run made good is an answer to "was something wrong" only where it cost this much of the run. */
const WORTH_THOUGH_MADE_GOOD = 0.25;
/** A run within its own history is disturbed only by something that cost it this much. */
const WORTH_DESPITE_HISTORY = 0.3;
/** Slowness: below this share of the wall clock a single run's own finding is no explanation. */
const WORTH_OF_SLOWNESS = 0.1;

/**
 * The outcome, and the hypotheses that stand as root causes under it. A failed run needs a cause that is at least likely; a run
 * that ended well is healthy unless something harmful is shown to have cost it time; a run that has not ended gets a progress
 * report unless what blocks it is known.
 */
export function decideOutcome(
  ranked: readonly Hypothesis[],
  aim: RankingAim,
  history: HistoryVerdict | null,
): { verdict: Verdict; causes: readonly Hypothesis[] } {
  const credible = ranked.filter(
    (hypothesis) => hypothesis.standing !== 'inconclusive' && !onlyRepeatsTheSymptom(hypothesis),
  );
  switch (aim.end.state) {
    case 'waiting':
    case 'running':
      return unfinished(credible, aim);
    case 'succeeded':
      return ended(credible, aim, history);
    default: {
      const told = credible.filter((hypothesis) => hypothesis.reach >= WORTH_TELLING);
      return told.length > 0
        ? { verdict: 'answered', causes: told.filter((other, at) => at === 0 || isNoBystander(other)) }
        : { verdict: 'needs_more', causes: ranked };
    }
  }
}

/**
 * Beside what explains a failure, that the run waited a while or that something happened on a host at the same time is no
 * second cause: it is told only where it is proven.
 */
function isNoBystander({ standing, root, links }: Hypothesis): boolean {
  if (standing === 'confirmed') return true;
  if (isAlone(root, links)) return false;
  return root.symptom !== 'waiting' && root.symptom !== 'slow' && links.every(({ join }) => join?.by !== 'time');
}

function unfinished(
  credible: readonly Hypothesis[],
  aim: RankingAim,
): { verdict: Verdict; causes: readonly Hypothesis[] } {
  const blocking = credible.filter(
    (hypothesis) =>
      hypothesis.root.kind === 'observed' &&
      (aim.end.state === 'waiting'
        ? hypothesis.code.startsWith('scheduling.') || hypothesis.code === 'config.resource_setting'
        : hypothesis.root.symptom === 'waiting' ||
          hypothesis.root.values.blocksProgress === 'true' ||
          keepsItWaiting(hypothesis, credible, aim) ||
          takesItsExecutors(hypothesis, aim) ||
          slowsItDown(hypothesis, aim)),
  );
  if (blocking.length === 0) return { verdict: 'still_running', causes: [] };
  return { verdict: 'answered', causes: credible.filter((one) => blocking.includes(one) || isBehind(one, blocking)) };
}

/** What is seen to have brought about what blocks the run: nothing can be placed since the nodes' disks are full. */
function isBehind({ code, root }: Hypothesis, blocking: readonly Hypothesis[]): boolean {
  return root.kind === 'observed' && blocking.some(({ effectOf }) => effectOf === code);
}

function ended(
  credible: readonly Hypothesis[],
  aim: RankingAim,
  history: HistoryVerdict | null,
): { verdict: Verdict; causes: readonly Hypothesis[] } {
  const slow = history === null ? aim.asks === 'slowness' : !history.withinHistory;
  const enough = slow ? WORTH_OF_SLOWNESS : history?.withinHistory ? WORTH_DESPITE_HISTORY : WORTH_THOUGH_MADE_GOOD;
  const harmful = credible.filter((hypothesis) => hypothesis.reach >= enough);
  // Of a run that ended well a fault is told, and what is proven to have cost it much of its time.
  const costly = (cause: Hypothesis) => history === null && costMuchTime(cause, aim);
  const causes = slow
    ? harmful
    : credible.filter((cause) => (cause.reach >= enough && isFault(cause)) || costly(cause));
  const usualAndAskedSo = history?.withinHistory === true && aim.asks !== 'failure';
  if (causes.length > 0 && !usualAndAskedSo) return { verdict: 'answered', causes };
  const complained = aim.asks === 'failure' ? lastComplaint(credible) : [];
  if (complained.length > 0) return { verdict: 'answered', causes: complained };
  // "A bit slow, is it the version?" of a run that ended well, with nothing against it and the guess refuted: all is well.
  const cleared = slow && history === null && aim.timed && aim.guessRefuted === true;
  return slow && !cleared ? { verdict: 'needs_more', causes: credible } : { verdict: 'healthy', causes: [] };
}

/** Asked whether something failed, that a step took long is no answer: something has to have gone wrong and be seen to have. */
function isFault({ root }: Hypothesis): boolean {
  return root.kind === 'observed' && root.symptom !== 'slow' && root.symptom !== 'waiting';
}

/** Whoever calls a run slow or failed that goes on is told what is proven to slow it down; who asks whether it lives, that it does. */
function slowsItDown({ standing, reach, root }: Hypothesis, { asks }: RankingAim): boolean {
  return asks !== 'status' && standing === 'confirmed' && root.symptom === 'slow' && reach >= WORTH_OF_SLOWNESS;
}

/** What a run is kept from working by, when it has no executor left. */
const LOSES_EXECUTORS: ReadonlySet<Symptom> = new Set<Symptom>([
  'executor_lost',
  'container_exited',
  'process_killed',
  'process_crashed',
]);

/** So often and so late has a fault been seen that keeps a run waiting. */
const STILL_MET = 3;
const STILL_MS = 60_000;

/**
 * The run waits, and what is known to make it wait is met again and again until now (each container it is given fails to launch,
 * each executor ends as it starts).
 */
function keepsItWaiting(cause: Hypothesis, all: readonly Hypothesis[], { end }: RankingAim): boolean {
  const met = cause.roots.reduce((sum, root) => sum + root.count, 0);
  if (met < STILL_MET || !cause.roots.some((root) => isNow(root, end))) return false;
  if (end.idle && losesExecutors(cause)) return true;
  return all.some(
    ({ code, roots }) =>
      explainsCode(cause.code, code) && roots.some((root) => root.symptom === 'waiting' && isNow(root, end)),
  );
}

/** One lost process happens; a cause that took several is no single mishap. */
const SEVERAL = 2;

/**
 * Whoever says that a run fails while it goes on is told what is proven to take its executors until now, also in the moment when
 * it has been given new ones: those go the same way. A node that went is told whoever complains, and with one executor: what
 * ran there is done again, and the run has less to go on with.
 */
function takesItsExecutors(cause: Hypothesis, { asks, end }: RankingAim): boolean {
  const { standing, covers, root, roots } = cause;
  if (asks === 'status' || standing !== 'confirmed' || !covers) return false;
  const { lost, ofAll } = covers;
  if (lost.size < ofAll * HALF || !roots.some((one) => isNow(one, end))) return false;
  if (root.symptom === 'node_lost') return lost.size > 0;
  return asks === 'failure' && lost.size >= SEVERAL && losesExecutors(cause);
}

function losesExecutors({ root }: Hypothesis): boolean {
  return root.symptom !== undefined && LOSES_EXECUTORS.has(root.symptom);
}

function isNow({ at, until }: Hypothesis['root'], { at: endAt }: RankingAim['end']): boolean {
  return endAt !== null && (until ?? at ?? 0) >= endAt - STILL_MS;
}

/** Told though a failure was asked about: proven, and heavy, or slowness is spoken of as well. */
const COSTLY = 0.25;
const HALF = 0.5;

function costMuchTime({ standing, root, reach }: Hypothesis, aim: RankingAim): boolean {
  // A rule that weighs it low knows that it was made good: the run lost seconds.
  if (aim.asks !== 'failure' || standing !== 'confirmed' || root.symptom !== 'slow' || root.weight < HALF) return false;
  return reach >= (aim.speaksOfSlowness ? WORTH_OF_SLOWNESS : COSTLY);
}

/** The complaint a program ended with, where nobody else tells of a failure, behind what the very record complains of. */
function lastComplaint(credible: readonly Hypothesis[]): Hypothesis[] {
  const words = credible.find(({ roots }) => roots.some(isLastWord));
  const said = words?.roots.find(isLastWord);
  if (!words || !said) return [];
  const told = credible.filter((other) => other !== words && other.roots.some((root) => isSameRecord(root, said)));
  return [...told, words];
}

function isLastWord({ values }: Hypothesis['root']): boolean {
  return values.final === 'maybe';
}

function isSameRecord(a: Hypothesis['root'], b: Hypothesis['root']): boolean {
  return a.evidence.some((one) =>
    b.evidence.some(
      (other) => one.source === other.source && one.fromLine <= other.toLine && other.fromLine <= one.toLine,
    ),
  );
}
