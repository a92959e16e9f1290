import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import type { Standing } from '../../investigation/diagnosis.ts';
import type { EvidenceBook } from '../../investigation/evidence-book.ts';
import type { Hypothesis } from '../../investigation/joining/hypothesis.ts';
import type { AgentReply } from '../agent-reply.ts';

/** The order in which a model puts the hypotheses, as far as it stands. */
export interface CheckedOrder {
  /** All hypotheses of the case; the analyst's order where the model's could not stand. */
  order: readonly Hypothesis[];
  /** True when another hypothesis than the analyst's stands first. */
  overturned: boolean;
  problems: readonly string[];
}

/**
 * Of what the analyst's first explains, how much another has to explain that shall stand before it. A proven finding beside the run (a crash
 * report of another process) reaches some third of it.
 */
const ENOUGH_REACH = 0.5;

const HEIGHT: readonly Standing[] = ['inconclusive', 'likely', 'confirmed'];

/**
 * Holds an ordering against the evidence. The analyst's first gives way only to a hypothesis that stands as high and that explains enough of what was asked,
 * hangs together with what went wrong, and for which evidence is named that its proof rule accepts and that belongs to nothing the analyst's first explains.
 *
 * @param valid ids of evidence that was read and stands where it is said to stand
 */
export function checkOrdering(
  ordering: AgentReply['ordering'],
  hypotheses: ReadonlyMap<string, Hypothesis>,
  analystFirst: Hypothesis | undefined,
  book: EvidenceBook,
  valid: ReadonlySet<string>,
): CheckedOrder {
  const problems: string[] = [];
  const named: { id: string; hypothesis: Hypothesis; evidence: string[] }[] = [];
  for (const { hypothesis: id, evidence } of ordering.slice(0, hypotheses.size + 8)) {
    const hypothesis = hypotheses.get(id.trim());
    if (!hypothesis) problems.push(`ordering: there is no hypothesis ${id.slice(0, 40)}`);
    else if (!named.some((other) => other.hypothesis === hypothesis)) {
      const own = evidenceOf(hypothesis, book);
      const foreign = evidence.filter((piece) => !own.has(piece) || !valid.has(piece));
      if (foreign.length > 0)
        problems.push(`ordering: ${foreign.slice(0, 5).join(', ').slice(0, 80)} does not speak for ${id}`);
      named.push({ id, hypothesis, evidence: evidence.filter((piece) => own.has(piece) && valid.has(piece)) });
    }
  }
  const given = [...hypotheses.values()];
  const [first] = named;
  if (!first) return { order: given, overturned: false, problems };
  const rest = (order: readonly Hypothesis[]) => [
    ...order,
    ...given.filter((hypothesis) => !order.includes(hypothesis)),
  ];
  const wanted = rest(named.map(({ hypothesis }) => hypothesis));
  if (first.hypothesis === analystFirst) return { order: wanted, overturned: false, problems };
  const why = whyNot(first, analystFirst, book);
  if (why === null) return { order: wanted, overturned: true, problems };
  problems.push(`ordering: ${first.id} cannot stand before h1: ${why}`);
  return { order: given, overturned: false, problems };
}

function whyNot(
  { hypothesis, evidence }: { hypothesis: Hypothesis; evidence: readonly string[] },
  before: Hypothesis | undefined,
  book: EvidenceBook,
): string | null {
  if (!before) return provesItself(hypothesis, evidence, new Set(), book) ? null : 'name evidence that proves it';
  if (HEIGHT.indexOf(hypothesis.standing) < HEIGHT.indexOf(before.standing))
    return `it is ${hypothesis.standing}, h1 is ${before.standing}`;
  if (hypothesis.reach < before.reach * ENOUGH_REACH) return 'it explains too little of what was asked';
  // The other stands alone: it may well be true, and of another run.
  if (before.links.length > 1 && hypothesis.links.length === 1) return 'it is joined to nothing that went wrong';
  if (hypothesis.effectOf === before.code) return 'it is an effect of h1';
  const explained = evidenceOf(before, book);
  return provesItself(hypothesis, evidence, explained, book)
    ? null
    : 'name evidence that proves it and that h1 does not explain';
}

function provesItself(
  { code, roots }: Hypothesis,
  evidence: readonly string[],
  explained: ReadonlySet<string>,
  book: EvidenceBook,
): boolean {
  const { provenance } = causeOf(code).proof;
  return roots
    .flatMap((root) => root.evidence)
    .filter((piece) => provenance.includes(piece.provenance))
    .map((piece) => book.cite(piece))
    .some((id) => evidence.includes(id) && !explained.has(id));
}

/** Ids of everything that a hypothesis rests on. */
export function evidenceOf({ links, roots }: Hypothesis, book: EvidenceBook): ReadonlySet<string> {
  return new Set(
    book.citeAll([...links.flatMap(({ finding }) => finding.evidence), ...roots.flatMap(({ evidence }) => evidence)]),
  );
}
