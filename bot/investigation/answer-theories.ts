import type { Bilingual } from '../../knowledge/bilingual.ts';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import type { Evidence } from '../../tools/evidence/evidence.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import { withinSentence } from '../analyst/within-sentence.ts';
import type { Verdict } from './decide-outcome.ts';
import { explainsCode } from './joining/explains.ts';
import type { Hypothesis } from './joining/hypothesis.ts';

/** The asker's own guess, as read from the question. */
export interface AskersTheory {
  text: string;
  code: CauseCode | null;
  polarity: 'suspects' | 'denies';
  /** The kind of the cause that the words name, where a code stands for several. */
  reason?: string;
  /** Beginning of the codes that bear out a loose guess. */
  family?: string;
}

/** What the investigation says about a guess. */
export interface TheoryVerdict {
  text: string;
  code: CauseCode | null;
  verdict: 'confirmed' | 'ruled_out' | 'open';
  /** The guess is that the code is not the cause. */
  denied?: true;
  why: Bilingual | null;
  evidence: readonly Evidence[];
}

/** Answers each guess by name: confirmed by a root cause, refuted by a finding, ruled out by what is proven instead, or open. */
export function answerTheories(
  theories: readonly AskersTheory[],
  causes: readonly Hypothesis[],
  findings: readonly Finding[],
  verdict: Verdict,
): TheoryVerdict[] {
  return theories.map((theory) => {
    const { text, code } = theory;
    if (code === null) return { text, code, verdict: 'open', why: null, evidence: [] };
    if (theory.polarity === 'denies') return { ...answerDenial(theory, code, causes, verdict), denied: true };
    return answerSuspicion(theory, code, causes, findings, verdict);
  });
}

/** "That cannot make it slower": the guess is that a code is NOT the cause. */
function answerDenial(
  theory: AskersTheory,
  code: CauseCode,
  causes: readonly Hypothesis[],
  verdict: Verdict,
): TheoryVerdict {
  const { text } = theory;
  const cause = causes.find((hypothesis) => hypothesis.code === code && hypothesis.standing !== 'inconclusive');
  const decided = verdict === 'answered' && causes[0]?.standing === 'confirmed';
  if (!cause && decided) return { text, code, verdict: 'confirmed', why: NOT_SEEN, evidence: [] };
  if (!cause) return { text, code, verdict: 'open', why: null, evidence: [] };
  return { text, code, verdict: 'ruled_out', why: cause.root.statement, evidence: cause.root.evidence.slice(0, 1) };
}

function answerSuspicion(
  { text, reason, family }: AskersTheory,
  code: CauseCode,
  causes: readonly Hypothesis[],
  findings: readonly Finding[],
  verdict: Verdict,
): TheoryVerdict {
  const [first] = causes;
  const own = causes.find((hypothesis) => hypothesis.code === code);
  if (
    first &&
    family !== undefined &&
    verdict === 'answered' &&
    first.standing !== 'inconclusive' &&
    first.code.startsWith(family)
  )
    return { text, code, verdict: 'confirmed', why: first.root.statement, evidence: first.root.evidence.slice(0, 1) };
  if (
    own &&
    own.standing !== 'inconclusive' &&
    (own === first || (own.standing === 'confirmed' && own.effectOf === null)) &&
    verdict === 'answered'
  ) {
    // The right code for another reason: the port is not in use, the address is not this host's.
    if (isOtherKind(own, reason)) {
      return { text, code, verdict: 'ruled_out', why: own.root.statement, evidence: own.root.evidence.slice(0, 1) };
    }
    return { text, code, verdict: 'confirmed', why: own.root.statement, evidence: own.root.evidence.slice(0, 1) };
  }
  if (own && first && own !== first && own.effectOf !== null && verdict === 'answered') {
    return { text, code, verdict: 'ruled_out', why: onlyAnEffect(first), evidence: own.root.evidence.slice(0, 1) };
  }
  const against = findings.flatMap((finding) =>
    (finding.refutes ?? [])
      .filter((refuted) => refuted.code === code)
      .map((refuted) => ({ finding, why: refuted.why })),
  )[0];
  if (against) {
    return { text, code, verdict: 'ruled_out', why: against.why, evidence: against.finding.evidence.slice(0, 1) };
  }
  if (verdict === 'healthy') return { text, code, verdict: 'ruled_out', why: NOTHING_WRONG, evidence: [] };
  if (first && verdict === 'answered' && first.standing === 'confirmed' && !explainsCode(code, first.code) && !own) {
    return { text, code, verdict: 'ruled_out', why: instead(code), evidence: first.root.evidence.slice(-1) };
  }
  return { text, code, verdict: 'open', why: null, evidence: [] };
}

function isOtherKind({ root }: Hypothesis, reason: string | undefined): boolean {
  return reason !== undefined && typeof root.values.reason === 'string' && root.values.reason !== reason;
}

const NOT_SEEN: Bilingual = {
  en: 'nothing that was read contradicts it',
  zh: '读到的内容里没有与之矛盾的迹象',
};

const NOTHING_WRONG: Bilingual = {
  en: 'nothing in the records of this run points to it, and the run is within its usual course',
  zh: '这次运行的记录里没有任何迹象，而且运行情况与平时一致',
};

function onlyAnEffect(first: Hypothesis): Bilingual {
  const { title } = causeOf(first.code);
  return {
    en: `it was seen, but as an effect: what lies under it is another cause (${withinSentence(title.en)})`,
    zh: `确实出现了，但只是结果；它背后的原因是「${title.zh}」`,
  };
}

function instead(code: CauseCode): Bilingual {
  const guessed = causeOf(code).title;
  return {
    en: `another cause is proven, and nothing that was read shows "${withinSentence(guessed.en)}"`,
    zh: `已证实的是另一个原因，读到的内容里没有迹象表明「${guessed.zh}」`,
  };
}
