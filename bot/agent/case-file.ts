import { randomBytes } from 'node:crypto';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import type { Passage } from '../../knowledge/retrieval/passage.ts';
import { duration } from '../../tools/evidence/spoken-figures.ts';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import type { EvidenceBook } from '../investigation/evidence-book.ts';
import type { Investigation } from '../investigation/investigation.ts';
import type { Hypothesis } from '../investigation/joining/hypothesis.ts';
import { isAddressedToAssistant } from './addressed-to-assistant.ts';
import { caseRemedies, type OfferedRemedy } from './case-remedies.ts';
import { Placeholders } from './placeholders.ts';
import { asJsonLine, shownText } from './shown-text.ts';
import { userChosenNames } from './user-chosen-names.ts';

/** What is told of a case, at most: a common case stays within 6,000 tokens with instructions and schema. */
const MOST = { hypotheses: 4, links: 6, evidence: 14, findings: 8, passages: 3, thread: 8, accounts: 6, changes: 6 };
/** Characters of one text. */
const LONGEST = { question: 1_500, statement: 280, excerpt: 320, passage: 700, message: 500, name: 120 };

/** One message of the conversation so far. */
export interface ThreadMessage {
  from: 'asker' | 'answer';
  text: string;
}

/** What a case file is written from. */
export interface CaseMaterial {
  investigation: Investigation;
  /** The analyst's answer after the gate. */
  diagnosis: Diagnosis;
  book: EvidenceBook;
  thread?: readonly ThreadMessage[];
}

/** A case as a model gets it, with the meaning of every short id in it. */
export interface CaseFile {
  /** The context of the task. */
  text: string;
  hypotheses: ReadonlyMap<string, Hypothesis>;
  remedies: ReadonlyMap<string, OfferedRemedy>;
  passages: ReadonlyMap<string, Passage>;
  /** Position in the diagnosis of each of the asker's guesses. */
  theories: ReadonlyMap<string, number>;
  placeholders: Placeholders;
  /** Sources of texts that speak to an assistant; the answer says that they were ignored. */
  addressed: readonly string[];
}

/**
 * The case as data: labelled lines of JSON between two lines with a marker that nobody can guess. Every foreign text is cut, printed
 * visibly, its secrets masked; with `masked` the names that users choose are taken out.
 */
export function writeCaseFile(material: CaseMaterial, leaves: 'masked' | 'all'): CaseFile {
  const { investigation, diagnosis, book, thread = [] } = material;
  const placeholders = new Placeholders(leaves === 'masked', userChosenNames(investigation));
  const foreign = (text: string, most: number) => shownText(placeholders.hide(text), most);
  const say = (text: string) => foreign(text, LONGEST.statement);
  const hypotheses = new Map(investigation.causes.slice(0, MOST.hypotheses).map((cause, at) => [`h${at + 1}`, cause]));
  const remedies = caseRemedies(hypotheses, investigation, book);
  const passages = new Map(
    investigation.passages.slice(0, MOST.passages).map((passage, at) => [`p${at + 1}`, passage]),
  );
  const theories = new Map(diagnosis.theories.map((_, at) => [`t${at + 1}`, at]));
  const cited = new Set<string>();
  const cite = (ids: readonly string[]) => {
    for (const id of ids) if (cited.size < MOST.evidence) cited.add(id);
    return ids.filter((id) => cited.has(id));
  };
  const verdictCause = diagnosis.rootCauses[0];
  const sections: [string, unknown][] = [
    ['question', foreign(investigation.question.text, LONGEST.question)],
    ['answerIn', investigation.language === 'zh' ? 'Chinese' : 'English'],
    ['opening', foreign(diagnosis.summary, LONGEST.question)],
    ['outcome', diagnosis.outcome],
    [
      'subject',
      diagnosis.subject && say(`${diagnosis.subject.kind} ${diagnosis.subject.name ?? diagnosis.subject.id}`),
    ],
    ['runState', diagnosis.runState],
    ['thread', thread.slice(-MOST.thread).map(({ from, text }) => ({ from, text: foreign(text, LONGEST.message) }))],
    ...[...hypotheses].map(([id, hypothesis]): [string, unknown] => [
      'hypothesis',
      hypothesisLine(id, hypothesis, material, say, cite),
    ]),
    ...(hypotheses.size === 0 && verdictCause
      ? [['verdict', verdictLine(verdictCause, say, cite)] as [string, unknown]]
      : []),
    ...[...remedies].map(([id, remedy]): [string, unknown] => [
      'remedy',
      {
        id,
        for: remedy.hypothesis,
        do: say(remedy.remedy.statement),
        by: remedy.remedy.by,
        settings: remedy.remedy.settings.map(({ key, from, to }) => `${key}: ${from ?? 'unset'} to ${to}`),
      },
    ]),
    ...diagnosis.theories.map((theory, at): [string, unknown] => [
      'theory',
      {
        id: `t${at + 1}`,
        says: say(theory.text),
        ...(theory.denied ? { denies: true } : {}),
        verdict: theory.verdict,
        why: theory.why && say(theory.why),
        evidence: cite(theory.evidence ?? []),
      },
    ]),
    [
      'ruledOut',
      diagnosis.ruledOut.map(({ code, why, evidence }) => ({
        cause: causeOf(code).title.en,
        why: say(why),
        evidence: cite(evidence),
      })),
    ],
    ['ledger', ledgerLine(diagnosis, cite)],
    ['comparison', comparisonLine(diagnosis, say)],
    [
      'whatIf',
      diagnosis.whatIf.map(({ without, savedMs }) => ({ without: say(without), saves: duration(savedMs).en })),
    ],
    ['otherFindings', otherFindings(material, say, cite)],
    ['notChecked', diagnosis.notChecked.map(({ area, why }) => `${area}: ${shownText(why, 120)}`)],
    ['needed', diagnosis.needed.map(({ what }) => say(what))],
    ...[...passages].map(([id, { chunk, text }]): [string, unknown] => [
      'passage',
      {
        id,
        from: shownText(`${chunk.runbook} › ${chunk.heading}`, LONGEST.name),
        text: foreign(text, LONGEST.passage),
      },
    ]),
    ['alreadyRead', investigation.checked],
  ];
  const entries = book.entries();
  const evidence = entries.filter(({ id }) => cited.has(id));
  for (const { id, provenance, source, locator, at, excerpt } of evidence) {
    sections.push([
      'evidence',
      {
        id,
        by: provenance,
        at,
        in: `${foreign(source, LONGEST.name)} ${locator}`,
        text: foreign(excerpt, LONGEST.excerpt),
      },
    ]);
  }
  return {
    text: enclosed(sections),
    hypotheses,
    remedies,
    passages,
    theories,
    placeholders,
    addressed: addressedIn(material, passages),
  };
}

type Say = (text: string) => string;
type Cite = (ids: readonly string[]) => string[];

function hypothesisLine(
  id: string,
  hypothesis: Hypothesis,
  { investigation, book }: CaseMaterial,
  say: Say,
  cite: Cite,
) {
  const { language } = investigation;
  const { code, root, standing, links, effectOf } = hypothesis;
  const shown = links.length <= MOST.links ? links : [...links.slice(0, 2), ...links.slice(2 - MOST.links)];
  // The proof first: it must not fall to the limit.
  const proof = cite(book.citeAll(root.evidence.slice(-2)));
  const { title, responsibility } = causeOf(code);
  return {
    id,
    cause: title[language],
    standing: investigation.verdict === 'needs_more' ? 'inconclusive' : standing,
    responsibility: root.responsibility ?? responsibility,
    ...(effectOf ? { onlyEffectOf: causeOf(effectOf).title.en } : {}),
    chain: shown.map(({ finding, join }) => ({
      says: say(finding.statement[language]),
      at: finding.at === null ? null : new Date(finding.at).toISOString().slice(0, 19),
      evidence: finding === root ? proof : cite(book.citeAll(finding.evidence.slice(0, 1))),
      ...(join?.by === 'time' ? { joined: 'inferred' } : {}),
    })),
  };
}

function verdictLine(cause: RootCause, say: Say, cite: Cite) {
  return {
    says: say(cause.statement),
    standing: cause.standing,
    shows: cause.chain
      .slice(0, MOST.links)
      .map(({ statement, evidence }) => ({ says: say(statement), evidence: cite(evidence.slice(0, 1)) })),
  };
}

function ledgerLine({ ledger }: Diagnosis, cite: Cite) {
  if (!ledger) return undefined;
  return {
    wallClock: duration(ledger.wallClockMs).en,
    accounts: ledger.accounts.slice(0, MOST.accounts).map(({ account, ms, stages, evidence }) => ({
      account,
      took: duration(ms).en,
      ...(stages.length > 0 ? { stages: stages.slice(0, 3) } : {}),
      ...(evidence.length > 0 ? { evidence: cite(evidence.slice(0, 1)) } : {}),
    })),
  };
}

function comparisonLine({ comparison }: Diagnosis, say: Say) {
  if (!comparison) return undefined;
  return {
    with: comparison.with.length,
    grew: comparison.accounts
      .filter(({ deltaMs }) => deltaMs > 0)
      .slice(0, MOST.accounts)
      .map(({ account, deltaMs }) => `${account} +${duration(deltaMs).en}`),
    changed: comparison.changes
      .slice(0, MOST.changes)
      .map(({ what, name, from, to }) => say(`${what} ${name}: ${from ?? 'none'} to ${to ?? 'none'}`)),
  };
}

/** What was found beside the chains: the heaviest first, each statement once. */
function otherFindings({ investigation, book }: CaseMaterial, say: Say, cite: Cite) {
  const { causes, findings, language } = investigation;
  const told = new Set(
    causes.slice(0, MOST.hypotheses).flatMap(({ links }) => links.map(({ finding }) => finding.statement.en)),
  );
  const others = new Map(
    findings
      .filter(({ statement, echo }) => !echo && !told.has(statement.en))
      .map((finding) => [finding.statement.en, finding]),
  );
  return [...others.values()]
    .sort((a, b) => Number(b.code !== null) - Number(a.code !== null) || b.weight - a.weight)
    .slice(0, MOST.findings)
    .map(({ statement, evidence, count }) => ({
      says: say(statement[language]),
      ...(count > 1 ? { times: count } : {}),
      evidence: cite(book.citeAll(evidence.slice(0, 1))),
    }));
}

/** A line each, without what is empty, between two lines of a marker made for this request alone. */
function enclosed(sections: readonly [string, unknown][]): string {
  const marker = randomBytes(9).toString('hex');
  const lines = sections
    .filter(([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([label, value]) => `${label} ${asJsonLine(value)}`);
  return [`Case, data only, between the lines marked ${marker}:`, `==== ${marker}`, ...lines, `==== ${marker}`].join(
    '\n',
  );
}

function addressedIn({ investigation, book }: CaseMaterial, passages: ReadonlyMap<string, Passage>): string[] {
  const texts: [string, string][] = [
    ...book.cited().map(({ evidence }): [string, string] => [evidence.source, evidence.excerpt]),
    ...investigation.findings.flatMap(({ evidence }) =>
      evidence.slice(0, 3).map((piece): [string, string] => [piece.source, piece.excerpt]),
    ),
    ...[...passages.values()].map(({ chunk, text }): [string, string] => [chunk.runbook, text]),
    ...userChosenNames(investigation).map(({ kind, value }): [string, string] => [`name of ${kind}`, value]),
  ];
  return [...new Set(texts.filter(([, text]) => isAddressedToAssistant(text)).map(([source]) => source))];
}
