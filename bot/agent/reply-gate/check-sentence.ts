import type { Responsibility } from '../../../knowledge/causes/cause.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Provenance } from '../../../knowledge/provenance.ts';
import type { Diagnosis, Standing } from '../../investigation/diagnosis.ts';
import { type KnownFigures, unknownFigures } from '../../investigation/gate/check-figures.ts';
import type { Hypothesis } from '../../investigation/joining/hypothesis.ts';
import { isAddressedToAssistant } from '../addressed-to-assistant.ts';
import type { Placeholders } from '../placeholders.ts';
import { isAboutCase } from './about-case.ts';
import type { CaseWords } from './case-words.ts';
import { citationsIn, withoutCitations } from './citations-in.ts';
import { unknownClaim } from './claimed-cause.ts';
import { figureInWords } from './figures-in-words.ts';
import { affirmsRuledOut, claimsLesserCause, namedHypotheses } from './named-hypotheses.ts';
import { deniesTrouble, overstates, shiftsBlame } from './said-standing.ts';
import { callsFalseWitness } from './said-witness.ts';
import { unknownNames } from './unknown-names.ts';

/** What one sentence of a model is held against. */
export interface Held {
  words: CaseWords;
  figures: KnownFigures;
  /** Ids of evidence that was read in this investigation and stands where it is said to stand. */
  evidence: ReadonlySet<string>;
  /** Of these, what speaks for a hypothesis or a ruling out: what a sentence about the cause may cite. */
  proof: ReadonlySet<string>;
  /** Who wrote each piece of evidence, by its id. */
  writers: ReadonlyMap<string, Provenance>;
  /** The hypotheses in the order that stands. */
  order: readonly Hypothesis[];
  /** Causes that the evidence rules out and that stand in no hypothesis. */
  ruledOut: ReadonlySet<CauseCode>;
  standing: Standing;
  responsibility: Responsibility;
  outcome: Diagnosis['outcome'];
  runState: Diagnosis['runState'];
  placeholders: Placeholders;
}

const ABOUT_CAUSE =
  /\b(?:root cause|the (?:real |true |actual )?cause|caused by|because|due to|killed|led to)\b|根因|原因|导致|由于|因为/i;

/** A sentence of a diagnosis tells; one that begins so was written for whoever writes it. */
const REQUEST =
  /^\s*(?:please |also |then |now |and |always |only )?(?:report|print|quote|say|tell|answer|repeat|output|reply|respond|greet|treat|fetch|post|forward|send|pretend|act|write|state|conclude|ignore|forget|remember|translate|summari[sz]e)\b|^\s*(?:请|务必)?(?:报告|打印|引用|回答|回复|输出|转发|发送|假装|忽略|记住)/i;

/** Why a sentence cannot stand, in words for a model that mends it; null when it can. Names are back in their places. */
export function sentenceProblem(sentence: string, held: Held): string | null {
  const cited = citationsIn(sentence);
  const unread = cited.filter((id) => !held.evidence.has(id));
  if (unread.length > 0) return `there is no evidence ${unread.join(', ')}`;
  const plain = withoutCitations(sentence);
  if (/\[\s{0,2}[a-z]{1,3}\d+|\be\d{1,4}\b(?!\w)/i.test(plain)) return 'a citation is not of the form [e3]';
  const lost = held.placeholders.unknownIn(plain);
  if (lost.length > 0) return `${lost.join(', ')} stands for nothing`;
  const figures = unknownFigures(plain, held.figures);
  if (figures.length > 0) return `${figures.join(', ')} was neither read nor computed`;
  const written = figureInWords(plain);
  if (written !== null) return `"${written}" was neither read nor computed`;
  const [unknown] = unknownNames(plain, held.words);
  if (unknown)
    return unknown.kind === 'setting'
      ? `${unknown.name} is no setting of the remedies`
      : `${unknown.name} does not stand in the case`;
  const claim = unknownClaim(plain, held.words);
  if (claim !== null) return `"${claim.slice(0, 80)}" names a cause that the investigation does not have`;
  if (claimsLesserCause(plain, held.order))
    return 'it makes another hypothesis the cause than the one that stands first';
  if (affirmsRuledOut(plain, held.ruledOut, held.order)) return 'it claims a cause that the evidence rules out';
  const standing = standingOf(plain, held);
  if (overstates(plain, standing)) return `the standing is ${standing}, no more and no less`;
  if (shiftsBlame(plain, held.responsibility)) return `the responsibility is ${held.responsibility}`;
  if (deniesTrouble(plain, held.outcome, held.runState)) return 'the evidence says that something is wrong';
  if (isAddressedToAssistant(plain) || REQUEST.test(plain)) return 'it passes on a request';
  if (!isAboutCase(plain, held.words)) return 'it is not about this case';
  if (callsFalseWitness(plain, cited, held.writers))
    return `${cited.join(', ')} was not written by the one it is laid to`;
  if (cited.length > 0 && ABOUT_CAUSE.test(plain) && !cited.some((id) => held.proof.has(id)))
    return `${cited.join(', ')} does not speak for the cause`;
  return null;
}

/** The standing of what a sentence speaks of: of other hypotheses than the first, the lowest of theirs. */
function standingOf(sentence: string, { order, standing }: Held): Standing {
  const named = namedHypotheses(sentence, order);
  const [first] = order;
  if (named.length === 0 || !first || named.includes(first)) return standing;
  return named.every((hypothesis) => hypothesis.standing === 'confirmed')
    ? standing
    : named.some((hypothesis) => hypothesis.standing === 'inconclusive')
      ? 'inconclusive'
      : 'likely';
}
