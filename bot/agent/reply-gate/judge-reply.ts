import type { Language } from '../../../knowledge/bilingual.ts';
import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import type { EvidenceBook } from '../../investigation/evidence-book.ts';
import { knownFigures } from '../../investigation/gate/known-figures.ts';
import type { Investigation } from '../../investigation/investigation.ts';
import type { Hypothesis } from '../../investigation/joining/hypothesis.ts';
import type { AgentReply } from '../agent-reply.ts';
import type { CaseFile } from '../case-file.ts';
import { caseWords } from './case-words.ts';
import { checkOrdering, evidenceOf } from './check-ordering.ts';
import type { Held } from './check-sentence.ts';
import { checkText } from './check-text.ts';
import { type CheckedTheories, checkTheories } from './check-theories.ts';
import { citationsIn } from './citations-in.ts';
import { namedCodes } from './named-codes.ts';

/** What a reply is judged by. */
export interface Bench {
  /** With all that was found since the first look. */
  investigation: Investigation;
  /** Hypotheses of the first look. */
  first: readonly Hypothesis[];
  /** The analyst's answer after the gate. */
  diagnosis: Diagnosis;
  book: EvidenceBook;
  caseFile: CaseFile;
  /** Ids of evidence that was read again at its place and stands there byte for byte. */
  valid: ReadonlySet<string>;
}

/** What is left of a reply. */
export interface JudgedReply {
  order: readonly Hypothesis[];
  overturned: boolean;
  reply: string;
  explanation: string;
  /** Ids of remedies and passages, as chosen. */
  chosen: readonly string[];
  missing: readonly string[];
  theories: CheckedTheories['said'];
  /** All that was taken out, in words for a model. */
  problems: readonly string[];
}

const MOST_MISSING = 3;

/** Judges a reply whole: what cannot stand is out, and is told. */
export function judgeReply(given: AgentReply, bench: Bench): JudgedReply {
  const { investigation, diagnosis, book, caseFile, valid } = bench;
  const { language } = investigation;
  const ordered = checkOrdering(given.ordering, caseFile.hypotheses, bench.first[0], book, valid);
  const [first] = ordered.order;
  const held = heldBy(bench, ordered.order);
  const reply = checkText(given.reply, 'reply', language, held);
  const explanation = checkText(given.explanation, 'explanation', language, held);
  const missing = given.missing.slice(0, MOST_MISSING).map((text) => checkText(text, 'missing', language, held));
  const theories = checkTheories(given.theories, caseFile.theories, diagnosis, investigation, first, held);
  const ids = given.remedies.slice(0, 12).map((id) => id.trim());
  const known = (id: string) => caseFile.remedies.has(id) || caseFile.passages.has(id);
  const uncited = reply.text !== '' && citationsIn(reply.text).length === 0 && valid.size > 0;
  return {
    order: ordered.order,
    overturned: ordered.overturned,
    reply: reply.text,
    explanation: explanation.text,
    chosen: [...new Set(ids.filter(known))],
    missing: missing.map(({ text }) => text).filter((text) => text !== ''),
    theories: theories.said,
    problems: [
      ...ordered.problems,
      ...(reply.text === '' && reply.problems.length === 0 ? ['reply: is empty'] : reply.problems),
      ...(uncited ? ['reply: cites no evidence, as [e3]'] : []),
      ...explanation.problems,
      ...missing.flatMap(({ problems }) => problems),
      ...theories.problems,
      ...ids.filter((id) => !known(id)).map((id) => `remedies: there is no ${id.slice(0, 60)}`),
    ],
  };
}

function heldBy({ investigation, diagnosis, book, caseFile, valid }: Bench, order: readonly Hypothesis[]): Held {
  const [first] = order;
  const [verdict] = diagnosis.rootCauses;
  const proof = new Set(order.flatMap((hypothesis) => [...evidenceOf(hypothesis, book)]));
  for (const { evidence } of [...diagnosis.ruledOut, ...diagnosis.rootCauses.flatMap(({ chain }) => chain)])
    for (const id of evidence) proof.add(id);
  return {
    words: caseWords(investigation, book, caseFile.remedies.values()),
    figures: knownFigures(investigation, book),
    evidence: valid,
    proof,
    writers: new Map(book.cited().map(({ id, evidence }) => [id, evidence.provenance])),
    order,
    ruledOut: ruledOutIn(diagnosis, order, investigation.language),
    standing:
      diagnosis.outcome === 'needs_more' ? 'inconclusive' : (first?.standing ?? verdict?.standing ?? 'inconclusive'),
    responsibility: first
      ? (first.root.responsibility ?? causeOf(first.code).responsibility)
      : (verdict?.responsibility ?? 'unknown'),
    outcome: diagnosis.outcome,
    runState: diagnosis.runState,
    placeholders: caseFile.placeholders,
  };
}

/**
 * Ruled out by code or as a guess of the asker's, and no cause or link of a hypothesis, nor what the first one's own words bring to mind: a container
 * at its limit is the kernel's doing or the node manager's.
 */
function ruledOutIn(
  { ruledOut, theories }: Diagnosis,
  order: readonly Hypothesis[],
  language: Language,
): ReadonlySet<CauseCode> {
  const guesses = theories.flatMap(({ verdict, denied, code }) =>
    verdict === 'ruled_out' && !denied && code ? [code] : [],
  );
  const [first] = order;
  const own = first ? [causeOf(first.code).title, first.root.statement] : [];
  const held = new Set([
    ...order.flatMap(({ code, links }) => [code, ...links.map(({ finding }) => finding.code)]),
    ...own.flatMap((text) => namedCodes(text[language])),
  ]);
  return new Set([...ruledOut.map(({ code }) => code), ...guesses].filter((code) => !held.has(code)));
}
