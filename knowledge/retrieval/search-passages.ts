import type { Chunk } from '../ingestion/chunk.ts';
import { type AskedConcepts, conceptsOf } from './concepts-of.ts';
import { isAnswered } from './is-answered.ts';
import type { Passage, SearchQuery } from './passage.ts';
import type { Candidate, PassageSource, Ranked, WeightedTerms } from './passage-source.ts';
import { rankCandidates } from './rank-candidates.ts';
import { scorePassage } from './score-passage.ts';
import type { TermWeights } from './term-weights.ts';
import { SEARCH } from './thresholds.ts';
import { type WeighedQuestion, weighQuestion } from './weigh-question.ts';

/** Reciprocal rank fusion: how soon later ranks stop counting (Cormack et al. 2009). */
const FUSION = 60;

/**
 * Finds passages for a question: candidates from the index by words (and by meaning where embeddings are configured), a closer
 * look at each, a floor under which nothing is returned, not too many of one document, neighbours joined to each hit.
 */
export async function searchPassages(
  source: PassageSource,
  query: SearchQuery,
  signal?: AbortSignal,
): Promise<{ passages: Passage[]; hybrid: boolean }> {
  const asked = conceptsOf(query.text);
  const [rows, near] = await Promise.all([
    asked.concepts.length === 0 ? [] : source.byWords(termsAsked(asked, source.weights), query),
    source.byMeaning(query, signal),
  ]);
  const question = weighQuestion(asked, source.weights);
  const ranked = rankCandidates(rows, question, query.text);
  const byWords = isAnswered(ranked, question, source.weights)
    ? ranked.filter(({ found }) => found.held.length > 0)
    : [];
  const chosen = notTooMany(near === null ? byWords : fuse(byWords, near, question));
  const best = chosen[0]?.score ?? 1;
  const shown = chosen.slice(0, query.limit).filter(({ score }) => score >= best * SEARCH.tail);
  const whole = await source.wholeRows(
    shown.map(({ row }) => row),
    query,
  );
  const rowOf = new Map(whole.map((chunk) => [chunk.id, chunk]));
  return {
    passages: shown.flatMap(({ row, score, found, foundBy }) => {
      // A row that was replaced meanwhile is not shown.
      const chunk = rowOf.get(row.id);
      return chunk ? [{ chunk, text: joined(chunk, whole), score: score / best, foundBy, matched: found.matched }] : [];
    }),
    hybrid: near !== null,
  };
}

/** What the index is asked for: words that stand everywhere only where there are few others, since they bring every passage. */
function termsAsked({ concepts }: AskedConcepts, weights: TermWeights): WeightedTerms[] {
  const said = concepts.flatMap(({ ways: [first = []] }) => first);
  const telling = said.filter((term) => weights.of(term) >= SEARCH.telling);
  const own = telling.length >= SEARCH.enoughTelling ? telling : said;
  const others = concepts
    .flatMap(({ ways: [, ...rest] }) => rest.flat())
    .filter((term) => !said.includes(term) && weights.of(term) >= SEARCH.telling);
  return [
    { terms: [...new Set(own)], boost: 1 },
    { terms: [...new Set(others)], boost: SEARCH.otherWay },
  ].filter(({ terms }) => terms.length > 0);
}

function fuse(
  byWords: readonly Ranked[],
  near: readonly { row: Candidate; likeness: number }[],
  question: WeighedQuestion,
): Ranked[] {
  const fused = new Map<string, Ranked>();
  for (const [at, ranked] of byWords.entries())
    fused.set(ranked.row.id, { ...ranked, score: 1 / (FUSION + at + 1), foundBy: ['words'] });
  for (const [at, { row }] of near.entries()) {
    const before = fused.get(row.id);
    fused.set(row.id, {
      row,
      found: before?.found ?? scorePassage(question, row),
      score: 1 / (FUSION + at + 1) + (before?.score ?? 0),
      foundBy: [...(before?.foundBy ?? []), 'meaning'],
    });
  }
  return [...fused.values()].sort((a, b) => b.score - a.score);
}

/**
 * One passage of each section, and copies of a text once; several of the best document, where one question often has its answer, and fewer of the
 * others: more would keep the right document out of what is shown.
 */
function notTooMany(ranked: readonly Ranked[]): Ranked[] {
  const sections = new Set<string>();
  const texts = new Set<string>();
  const taken = new Map<string, number>();
  const [first] = ranked;
  return ranked.filter(({ row }) => {
    const section = `${row.documentId}#${row.section}#${row.page}`;
    const before = taken.get(row.documentId) ?? 0;
    const most = row.documentId === first?.row.documentId ? SEARCH.ofTheBest : SEARCH.ofOthers;
    if (sections.has(section) || texts.has(row.body) || before >= most) return false;
    sections.add(section);
    texts.add(row.body);
    taken.set(row.documentId, before + 1);
    return true;
  });
}

function joined(row: Chunk, around: readonly Chunk[]): string {
  const pieces = around.filter(
    ({ documentId, section, position }) =>
      documentId === row.documentId && section === row.section && Math.abs(position - row.position) === 1,
  );
  return [...pieces, row]
    .sort((a, b) => a.position - b.position)
    .map(({ text }) => text)
    .join('\n\n');
}
