import type { Finding } from '../../tools/evidence/finding.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import type { EvidenceBook } from '../investigation/evidence-book.ts';
import { checkCitations } from '../investigation/gate/check-citations.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { decideStanding } from '../investigation/joining/decide-standing.ts';
import type { Hypothesis, Link } from '../investigation/joining/hypothesis.ts';
import { joinFindings } from '../investigation/joining/join-findings.ts';

/**
 * An investigation that goes on while a model looks deeper: what its tools find becomes findings and, where a proof rule and a join
 * allow it, hypotheses, by the same code as at first. The model only chooses among them.
 */
export interface DeeperLook {
  readonly book: EvidenceBook;
  /** Hypotheses by the ids that the model knows; grows. */
  readonly hypotheses: Map<string, Hypothesis>;
  /** The investigation with all that was found since. */
  investigation(): Investigation;
  /** Ids of evidence that was read again at its place. */
  valid(): ReadonlySet<string>;
  /** Takes in what a tool found; the ids of hypotheses that are new. */
  add(findings: readonly Finding[]): Promise<string[]>;
  /** Tools run since the first look. */
  toolCalls: number;
}

/** What is found later is joined by code that sees less than the first look's: it confirms nothing. */
const CAP = { confirmed: 'likely', likely: 'likely', inconclusive: 'inconclusive' } as const;

/** Opens the deeper look of an investigation that is done. */
export async function openDeeperLook(
  first: Investigation,
  hypotheses: ReadonlyMap<string, Hypothesis>,
  book: EvidenceBook,
  platform: Platform,
): Promise<DeeperLook> {
  const found: Finding[] = [];
  const later: Hypothesis[] = [];
  const seen = new Set(first.findings.map(keyOf));
  let valid = await validIds(platform, book);
  const all = new Map(hypotheses);
  const look: DeeperLook = {
    book,
    hypotheses: all,
    toolCalls: 0,
    valid: () => valid,
    investigation: () => ({
      ...first,
      findings: [...first.findings, ...found],
      causes: [...first.causes, ...later],
      toolCalls: first.toolCalls + look.toolCalls,
    }),
    async add(findings) {
      const ids: string[] = [];
      for (const finding of findings) {
        if (seen.has(keyOf(finding))) continue;
        seen.add(keyOf(finding));
        found.push(finding);
        const hypothesis = hypothesisOf(finding, [...all.values()], first);
        if (!hypothesis) continue;
        const id = `h${all.size + 1}`;
        all.set(id, hypothesis);
        later.push(hypothesis);
        ids.push(id);
      }
      valid = await validIds(platform, book);
      return ids;
    },
  };
  return look;
}

async function validIds(platform: Platform, book: EvidenceBook): Promise<ReadonlySet<string>> {
  const failed = await checkCitations(platform, book);
  return new Set(book.cited().flatMap(({ id }) => (failed.has(id) ? [] : [id])));
}

function keyOf({ rule, code, statement, keys }: Finding): string {
  return `${rule} ${code} ${statement.en} ${keys.host ?? ''}`;
}

/** A new cause needs a code of its own, a join by a key with a symptom of this run, and evidence that makes it likely. */
function hypothesisOf(
  finding: Finding,
  known: readonly Hypothesis[],
  { findings, causes }: Investigation,
): Hypothesis | null {
  const { code, echo } = finding;
  if (code === null || echo || known.some((other) => other.code === code)) return null;
  const symptoms = [...causes.flatMap(({ links }) => links.slice(0, -1)).map((link) => link.finding), ...findings];
  const symptom = symptoms.find((other) => other.symptom !== undefined && joinFindings(other, finding)?.by === 'key');
  if (!symptom) return null;
  const links: Link[] = [
    { finding: symptom, join: null },
    { finding, join: joinFindings(symptom, finding) },
  ];
  const standing = CAP[decideStanding(finding, links)];
  if (standing === 'inconclusive') return null;
  return { code, root: finding, roots: [finding], links, standing, reach: finding.weight, effectOf: null, score: 0 };
}
