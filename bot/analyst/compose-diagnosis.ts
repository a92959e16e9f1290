import type { Bilingual } from '../../knowledge/bilingual.ts';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import type { Setting } from '../../knowledge/causes/cause.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import type { EvidenceBook } from '../investigation/evidence-book.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { isoTime } from '../investigation/iso-time.ts';
import { proofLast } from '../investigation/joining/decide-standing.ts';
import type { Hypothesis } from '../investigation/joining/hypothesis.ts';
import { joinFindings } from '../investigation/joining/join-findings.ts';
import { citePassages } from './cite-passages.ts';
import { componentOf } from './component-of.ts';
import { composeComparison } from './compose-comparison.ts';
import { composeLedger } from './compose-ledger.ts';
import { type Need, neededEvidence } from './needed-evidence.ts';
import { openCaseOf } from './open-case.ts';
import { remediesFor } from './remedies.ts';
import { subjectOf } from './subject-of.ts';
import { summarise } from './summarise.ts';
import { verdictCauses } from './verdict-causes.ts';

/** Evidence shown with one link: enough to prove it, few enough to read. */
const EVIDENCE_PER_LINK = 3;
/** Root causes told; what is further down explains next to nothing. */
const MAX_CAUSES = 4;

/** A reason is about the same thing as the root when a key as narrow as this joins them. */
const SAME_THING = 40;
const MAX_RULED_OUT = 6;
/** A saving below this share of the wall clock helps nobody. */
const WORTH_SAVING = 0.05;
/** A second cause is told when it explains nearly as much as the first. */
const SECOND_CAUSE = 0.8;
/** … or when it is behind this share of the lost processes and the first is not. */
const COVERS_OTHERS = 0.25;

/**
 * The built-in answer: the investigation put into words by code alone, in the asker's language. Everything it says stands in
 * the investigation; what it cites goes into the book.
 */
export function composeDiagnosis(investigation: Investigation, book: EvidenceBook): Diagnosis {
  const { language, verdict } = investigation;
  const say = (text: Bilingual) => text[language];
  const proper = verdict === 'answered' ? causesTold(investigation) : [];
  const candidates = verdict === 'needs_more' ? investigation.causes.slice(0, MAX_CAUSES) : [];
  const rootCauses = [
    ...verdictCauses(investigation, book),
    ...proper.map((hypothesis) => rootCauseOf(hypothesis, investigation, book)),
    ...candidates.map((hypothesis) => candidateOf(hypothesis, investigation, book)),
  ];
  const answer: Omit<Diagnosis, 'evidence'> = {
    schemaVersion: 1,
    id: investigation.id,
    question: { text: investigation.question.text, language },
    theories: investigation.theories.map(({ text, code, verdict: answer, denied, why, evidence }) => ({
      text,
      code,
      verdict: answer,
      ...(denied ? { denied } : {}),
      ...(why ? { why: say(why) } : {}),
      ...(evidence.length > 0 ? { evidence: book.citeAll(evidence) } : {}),
    })),
    subject: subjectOf(investigation),
    window: investigation.window
      ? { from: isoTime(investigation.window.from), to: isoTime(investigation.window.to) }
      : null,
    runState: investigation.end.state,
    outcome: verdict,
    refusal: null,
    summary: summarise(investigation),
    rootCauses,
    ...(investigation.report ? { events: eventsOf(investigation, book) } : {}),
    ledger: composeLedger(investigation, book),
    comparison: composeComparison(investigation),
    whatIf: whatIfTold(investigation).map(({ without, savedMs, modelErrorPct }) => ({
      without: say(without),
      savedMs,
      modelErrorPct,
    })),
    passages: citePassages(rootCauses, investigation.passages, language, investigation.runbooksUrl),
    ruledOut: ruledOut(investigation, rootCauses, book),
    checked: [...investigation.checked],
    notChecked: investigation.notChecked.map(({ area, why, reason }) => ({ area, why: say(why), reason })),
    skipped: [...new Set(investigation.skipped.map(say))],
    needed: needsOf(investigation).map(({ what, how }) => ({ what: say(what), how: say(how) })),
    author: 'analyst',
    costs: {
      durationMs: Math.max(0, Math.round(performance.now() - investigation.startedAtMs)),
      toolCalls: investigation.toolCalls,
      modelCalls: 0,
      inputTokens: 0,
      outputTokens: 0,
      usd: null,
    },
  };
  // Last: every part above cites.
  return { ...answer, evidence: book.entries() };
}

/** Of a thing every cause of what happened on it is told, of a run those that explain its end. */
function causesTold({ report, causes }: Investigation): Hypothesis[] {
  return report ? causes.slice(0, MAX_CAUSES) : toldCauses(causes);
}

function needsOf(investigation: Investigation): readonly Need[] {
  if (investigation.report) return investigation.report.needs;
  return investigation.verdict === 'needs_more' ? neededEvidence(openCaseOf(investigation)) : [];
}

/** What happened on the thing that was asked about, in the order of time, or how it stands. */
function eventsOf({ report, language }: Investigation, book: EvidenceBook): RootCause['chain'] {
  return (report?.told ?? []).map((finding) => ({
    statement: finding.statement[language],
    at: isoTime(finding.at),
    component: componentOf(finding.keys, finding.code),
    evidence: book.citeAll(finding.evidence.slice(0, EVIDENCE_PER_LINK)),
  }));
}

/** What a run would have taken is asked of one that came to its end, and told where it is worth having. */
function whatIfTold({ verdict, end, ledger, whatIf }: Investigation): Investigation['whatIf'] {
  const ended = end.state === 'succeeded' || end.state === 'unknown';
  if (!ended || verdict === 'healthy' || verdict === 'still_running') return [];
  return whatIf.filter(({ savedMs }) => savedMs >= (ledger?.wallClockMs ?? 0) * WORTH_SAVING);
}

/** The first cause, and others that are true beside it; what is only the effect of one told is left to its chain. */
function toldCauses(causes: readonly Hypothesis[]): Hypothesis[] {
  const [first, ...rest] = causes;
  if (!first) return [];
  const told = [first];
  for (const hypothesis of rest) {
    const effect = told.some((cause) => cause.code === hypothesis.effectOf);
    if (!effect && isWorthTelling(hypothesis, first) && told.length < MAX_CAUSES) told.push(hypothesis);
  }
  return told;
}

/** A second cause has to carry a good part of what the first one does, and must not be founded on less. */
function isWorthTelling(hypothesis: Hypothesis, first: Hypothesis): boolean {
  if (hypothesis.standing === 'inconclusive') return false;
  if (first.standing === 'confirmed' && hypothesis.standing !== 'confirmed') return false;
  return hypothesis.reach >= first.reach * SECOND_CAUSE || coversOthers(hypothesis, first);
}

/** Proven to have ended processes that the first cause did not: both are true. */
function coversOthers({ standing, covers }: Hypothesis, first: Hypothesis): boolean {
  if (standing !== 'confirmed' || !covers) return false;
  const others = [...covers.lost].filter((name) => !first.covers?.lost.has(name));
  return others.length >= covers.ofAll * COVERS_OTHERS;
}

function rootCauseOf(hypothesis: Hypothesis, investigation: Investigation, book: EvidenceBook): RootCause {
  const { language } = investigation;
  const { root } = hypothesis;
  return {
    code: hypothesis.code,
    statement: root.statement[language],
    standing: hypothesis.standing,
    responsibility: root.responsibility ?? causeOf(hypothesis.code).responsibility,
    component: componentOf(root.keys, hypothesis.code),
    at: isoTime(root.at),
    chain: chainOf(hypothesis, investigation, book),
    remediations: remediesFor(
      hypothesis,
      investigation.run?.environment.spark ?? {},
      language,
      (evidence) => book.citeAll(evidence),
      engineOf(investigation),
    ),
  };
}

/** Whose settings the asker can set: pasted text may be of another engine than Spark. */
function engineOf({ run, words }: Investigation): Setting['engine'] {
  if (run !== null || /\bspark/.test(words)) return 'spark';
  const others = ['flink', 'alluxio', 'celeborn', 'airflow'] as const;
  return others.find((engine) => words.includes(engine)) ?? 'spark';
}

/** A candidate under "not enough to go on": named, with what points to it, never more than inconclusive. */
function candidateOf(hypothesis: Hypothesis, investigation: Investigation, book: EvidenceBook): RootCause {
  return {
    ...rootCauseOf(hypothesis, investigation, book),
    statement: causeOf(hypothesis.code).meaning[investigation.language],
    standing: 'inconclusive',
    remediations: [],
  };
}

function chainOf(hypothesis: Hypothesis, investigation: Investigation, book: EvidenceBook): RootCause['chain'] {
  const { language } = investigation;
  return hypothesis.links.map(({ finding, join }, at) => {
    const isRoot = at === hypothesis.links.length - 1;
    const evidence = isRoot ? lastPieces(proofLast(finding)) : finding.evidence.slice(0, EVIDENCE_PER_LINK);
    return {
      statement: withCount(finding, language),
      at: isoTime(finding.at),
      component: componentOf(finding.keys, finding.code),
      evidence: book.citeAll(evidence),
      ...(join ? { joinedOn: join.by === 'key' ? join.on.join(', ') : `${join.on.join(', ')} (inferred)` } : {}),
    };
  });
}

/** The proving piece stands last and is always among those kept. */
function lastPieces(evidence: Finding['evidence']): Finding['evidence'] {
  return evidence.length <= EVIDENCE_PER_LINK
    ? evidence
    : [...evidence.slice(0, EVIDENCE_PER_LINK - 1), ...evidence.slice(-1)];
}

function withCount(finding: Finding, language: Investigation['language']): string {
  if (finding.count <= 1) return finding.statement[language];
  return language === 'zh'
    ? `${finding.statement.zh}（共 ${finding.count} 次）`
    : `${finding.statement.en} (${finding.count} times)`;
}

/**
 * What findings speak against: about the same thing as the root, or what the asker guessed; each code and each reason once, none
 * that is told as a cause.
 */
function ruledOut(
  investigation: Investigation,
  causes: readonly RootCause[],
  book: EvidenceBook,
): Diagnosis['ruledOut'] {
  const told = new Set<string>(causes.map((cause) => cause.code));
  const guessed = new Set<string | null>(investigation.theories.map((theory) => theory.code));
  const root = investigation.causes[0]?.root;
  const entries = new Map<string, Diagnosis['ruledOut'][number]>();
  for (const finding of investigation.findings) {
    const near = finding === root || (root !== undefined && (joinFindings(root, finding)?.strength ?? 0) >= SAME_THING);
    for (const { code, why } of finding.refutes ?? []) {
      if (told.has(code) || entries.has(code) || !(near || guessed.has(code))) continue;
      entries.set(code, {
        code,
        why: why[investigation.language],
        evidence: book.citeAll(finding.evidence.slice(0, 1)),
      });
    }
  }
  return [...entries.values()].slice(0, MAX_RULED_OUT);
}
