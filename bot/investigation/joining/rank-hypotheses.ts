import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { buildChain } from './build-chain.ts';
import { decideStanding } from './decide-standing.ts';
import { explainsCode } from './explains.ts';
import type { Hypothesis } from './hypothesis.ts';
import { joinFindings } from './join-findings.ts';
import { coveredBy, lossesOf } from './losses.ts';
import { proveRoot } from './prove-root.ts';
import type { RankingAim } from './ranking-aim.ts';
import { reachOf } from './reach.ts';
import { tellsItsOwnCause } from './tells-its-own-cause.ts';

/** A pair of keys narrower than this says that cause and effect are about the same thing. */
const SAME_THING = 40;

/**
 * All hypotheses, the best first: one for each code, each with its chain and standing. An effect never stands above what
 * produced it; else the reach decides, then what proves it, then what came first: never the order in which things were read,
 * which a recording does not keep.
 */
export function rankHypotheses(findings: readonly Finding[], aim: RankingAim): Hypothesis[] {
  const symptoms = findings.filter((finding) => finding.symptom !== undefined);
  const causes = findings.filter((finding) => finding.code !== null && !finding.echo && !isVerdict(finding.code));
  const byCode = Map.groupBy(causes, (finding) => finding.code as CauseCode);
  const hypotheses = [...byCode].map(([code, roots]) => hypothesisOf(code, roots, symptoms, causes, aim));
  hypotheses.sort((a, b) => b.score - a.score || startOf(a.root) - startOf(b.root) || inSources(a.root, b.root));
  markEffects(hypotheses, causes);
  return inOrder(hypotheses);
}

/** `none.*` and `unknown.*` are verdicts about the whole, not causes to be ranked. */
function isVerdict(code: CauseCode): boolean {
  return code.startsWith('none.') || code.startsWith('unknown.');
}

function hypothesisOf(
  code: CauseCode,
  roots: readonly Finding[],
  symptoms: readonly Finding[],
  causes: readonly Finding[],
  aim: RankingAim,
): Hypothesis {
  const others = symptoms.filter((symptom) => symptom.code !== code);
  const tried = roots.map((root) => {
    const open = others.filter((symptom) => !tellsItsOwnCause(symptom, root, causes));
    const links = buildChain(root, open, roots, isAboutFailure(aim));
    const standing = decideStanding(root, links);
    const reach = reachOf(root, links, aim);
    return { root, links, standing, reach, score: scoreOf(root, standing, reach) };
  });
  // The root that is proven best stands for the code; the others tell of the same cause, so its reach is the widest of theirs.
  tried.sort((a, b) => ORDER[b.standing] - ORDER[a.standing] || b.score - a.score || startOf(a.root) - startOf(b.root));
  const [best] = tried;
  if (!best) throw new Error('a hypothesis without a finding');
  const reach = Math.max(...tried.map((entry) => entry.reach));
  const losses = lossesOf(symptoms);
  const lost = coveredBy(roots, losses);
  const score =
    scoreOf(best.root, best.standing, reach) + (losses.size === 0 ? 0 : (COVERAGE * lost.size) / losses.size);
  const covers = losses.size === 0 ? {} : { covers: { lost, ofAll: losses.size } };
  const root = proveRoot(best.root, roots);
  const links = best.links.map((link) => (link.finding === best.root ? { ...link, finding: root } : link));
  return { code, ...best, root, links, roots, reach, score, effectOf: null, ...covers };
}

function isAboutFailure(aim: RankingAim): boolean {
  return (
    aim.end.state === 'failed' || aim.end.state === 'killed' || (aim.end.state === 'unknown' && aim.asks !== 'slowness')
  );
}

/** Findings of one text keep their order in it; those of several are put in that of the names, which recordings keep. */
function inSources(a: Finding, b: Finding): number {
  const [left, right] = [a.evidence[0]?.source ?? '', b.evidence[0]?.source ?? ''];
  return left === right ? 0 : left < right ? -1 : 1;
}

function startOf(root: Finding): number {
  return root.at ?? Number.MAX_VALUE;
}

/** Between causes that reach as far and are proven as well, the one behind more of what was lost stands first. */
const COVERAGE = 0.04;

/** Reach first; among equals what is proven; a little for what is seen often and heavy. */
function scoreOf(root: Finding, standing: Hypothesis['standing'], reach: number): number {
  const proven = { confirmed: 1, likely: 0.55, inconclusive: 0.15 }[standing];
  const weight = Math.min(1, Math.max(0, root.weight));
  return reach * 0.55 + proven * 0.3 + weight * 0.12 + Math.min(1, Math.log10(1 + root.count) / 3) * 0.03;
}

/** Marks each hypothesis that a better or equally proven one is known to produce, when both are about the same thing. */
function markEffects(hypotheses: readonly Hypothesis[], causes: readonly Finding[]): void {
  for (const effect of hypotheses) {
    for (const cause of hypotheses) {
      if (cause === effect || !explainsCode(cause.code, effect.code)) continue;
      if (explainsCode(effect.code, cause.code) && hypotheses.indexOf(effect) < hypotheses.indexOf(cause)) continue;
      if (!isCredible(cause, effect) || endedOthers(cause, effect) || !belongTogether(cause, effect, causes)) continue;
      effect.effectOf = cause.code;
      break;
    }
  }
}

/** The kernel's kill of one process explains what was lost with that process: not what is proven to have ended others. */
function endedOthers(cause: Hypothesis, effect: Hypothesis): boolean {
  if (!/^kernel\.\w*oom$/.test(cause.code) || effect.standing !== 'confirmed') return false;
  const killed = cause.covers?.lost;
  const lost = effect.covers?.lost;
  if (!killed || !lost || killed.size === 0 || lost.size === 0) return false;
  return [...lost].every((name) => !killed.has(name));
}

const ORDER = { confirmed: 2, likely: 1, inconclusive: 0 } as const;

/** A weakly founded cause does not push a well-founded one aside. */
function isCredible(cause: Hypothesis, effect: Hypothesis): boolean {
  const difference = ORDER[cause.standing] - ORDER[effect.standing];
  return difference >= 0 ? cause.reach >= effect.reach * 0.4 : difference === -1 && cause.reach >= effect.reach;
}

function belongTogether(cause: Hypothesis, effect: Hypothesis, causes: readonly Finding[]): boolean {
  return effect.roots.some((below) =>
    cause.roots.some((root) => {
      if (tellsItsOwnCause(below, root, causes)) return false;
      if (root.sharedService && wasGoingOn(root, below)) return true;
      const join = joinFindings(below, root);
      if (join === null) return sameApplication(below, root) && cause.reach >= effect.reach;
      if (join.strength >= SAME_THING || cause.reach >= 0.7 || cause.reach >= effect.reach) return true;
      return cause.standing === 'confirmed' && saidShortlyBefore(root, below);
    }),
  );
}

/** A service that the run reads through was in trouble when the effect came, or until shortly before. */
function wasGoingOn(cause: Finding, effect: Finding): boolean {
  if (cause.at === null || effect.at === null) return false;
  const until = cause.until ?? Number.POSITIVE_INFINITY;
  return effect.at >= cause.at - SHORTLY_MS && effect.at <= until + SHORTLY_MS;
}

/** A process that says first what went wrong, and within a minute what came of it, says so in one log. */
const SHORTLY_MS = 60_000;

function saidShortlyBefore(cause: Finding, effect: Finding): boolean {
  if (cause.at === null || effect.at === null) return false;
  const until = cause.until ?? cause.at;
  if (cause.at > effect.at || effect.at - until > SHORTLY_MS) return false;
  return cause.evidence.some((one) => effect.evidence.some((other) => one.source === other.source));
}

/** One cause shows on many containers of an application, each with other keys. */
function sameApplication(a: Finding, b: Finding): boolean {
  return a.keys.applicationId !== undefined && a.keys.applicationId === b.keys.applicationId;
}

/** By score, but whatever is an effect stands behind its cause. */
function inOrder(hypotheses: readonly Hypothesis[]): Hypothesis[] {
  const placed: Hypothesis[] = [];
  const place = (hypothesis: Hypothesis, under: ReadonlySet<CauseCode>) => {
    if (placed.includes(hypothesis)) return;
    const cause = hypotheses.find((other) => other.code === hypothesis.effectOf);
    if (cause && !under.has(cause.code)) place(cause, new Set([...under, hypothesis.code]));
    if (!placed.includes(hypothesis)) placed.push(hypothesis);
  };
  for (const hypothesis of hypotheses) place(hypothesis, new Set());
  return placed;
}
