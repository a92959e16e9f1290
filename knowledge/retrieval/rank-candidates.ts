import { BUILT_IN } from '../ingestion/collection.ts';
import { bestSymptom } from './best-symptom.ts';
import { keywordListFactor } from './keyword-list.ts';
import type { Candidate, Ranked } from './passage-source.ts';
import { askedInHead, type PassageScore, scorePassage } from './score-passage.ts';
import { SEARCH } from './thresholds.ts';
import { kindOf, type SectionKind, wantedSections } from './wanted-sections.ts';
import type { WeighedQuestion } from './weigh-question.ts';

/** Passages of a document whose scores are its own. */
const OF_DOCUMENT = 3;

/**
 * Puts candidates in order: each by what it holds of the question, more for a section of the kind that is asked for and for the
 * asker's language, and by how well its document as a whole answers.
 */
export function rankCandidates(rows: readonly Candidate[], question: WeighedQuestion, text: string): Ranked[] {
  const kinds = wantedSections(text);
  const chinese = isChinese(text);
  const heads = new Map<string, ReadonlySet<number>>();
  const scored = rows.map((row) => {
    const head = heads.get(row.documentId) ?? askedInHead(question, row.head);
    heads.set(row.documentId, head);
    const found = scorePassage(question, row, head);
    const ofLanguage = isChinese(row.heading) === chinese ? SEARCH.sameLanguage : 1;
    return { row, found, score: found.score * ofSection(row.heading, kinds) * ofLanguage };
  });
  const damped = withoutKeywordLists(scored);
  const documents = documentScores(damped, question);
  return damped
    .map(({ row, found, score }): Ranked => {
      const whole = score + SEARCH.document * (documents.get(row.documentId) ?? 0);
      return { row, found, score: row.collection === BUILT_IN ? whole : whole * SEARCH.notBuiltIn, foundBy: ['words'] };
    })
    .sort((a, b) => b.score - a.score);
}

interface Scored {
  row: Candidate;
  found: PassageScore;
  score: number;
  /** Below 1 for a list of keywords. */
  factor: number;
}

/**
 * The same, but a list of keywords counts little and is taken to hold nothing of the question in particular. Pieces of one
 * section are judged alike: a long list is cut into several.
 */
function withoutKeywordLists(scored: readonly Omit<Scored, 'factor'>[]): Scored[] {
  const factors = new Map<string, number>();
  const sectionOf = ({ documentId, section }: Candidate) => `${documentId}#${section}`;
  const best = [...scored].sort((a, b) => b.found.score - a.found.score).slice(0, SEARCH.judgedForBreadth);
  for (const { row } of best)
    factors.set(sectionOf(row), Math.min(factors.get(sectionOf(row)) ?? 1, keywordListFactor(row)));
  return scored.map((one) => {
    const factor = factors.get(sectionOf(one.row)) ?? 1;
    if (factor === 1) return { ...one, factor };
    const { matched, score, coverage } = one.found;
    const found = { score: score * factor, coverage: coverage * factor, weight: 0, matched, held: [] };
    return { row: one.row, found, score: one.score * factor, factor };
  });
}

function ofSection(heading: string, kinds: readonly SectionKind[]): number {
  const kind = kindOf(heading);
  if (kind === null) return 1;
  if (kinds.includes(kind)) return kind === 'do' && kinds.length > 1 ? SEARCH.alsoWanted : SEARCH.wantedSection;
  if (kind === 'confused') return SEARCH.otherCauses;
  return kind === 'escalate' ? SEARCH.escalation : 1;
}

/** The mean of a document's best passages, and its best line of what people say. */
function documentScores(scored: readonly Scored[], question: WeighedQuestion): Map<string, number> {
  const ofEach = Map.groupBy(scored, ({ row }) => row.documentId);
  return new Map(
    Array.from(ofEach, ([document, rows]) => {
      const best = rows
        .map(({ found }) => found.score)
        .sort((a, b) => b - a)
        .slice(0, OF_DOCUMENT);
      const said = bestSymptom(rows[0]?.row.head ?? '', question).score * Math.min(...rows.map(({ factor }) => factor));
      return [document, best.reduce((sum, score) => sum + score, 0) / OF_DOCUMENT + SEARCH.symptom * said];
    }),
  );
}

/** As DESIGN §8 has it for questions: at least four Han characters; for a heading any of them. */
function isChinese(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han >= Math.min(4, text.length);
}
