import type { Passage } from '../../knowledge/retrieval/passage.ts';
import type { Investigation } from './investigation.ts';
import type { InvestigationRequest } from './investigation-request.ts';

/** Passages of the team's own documents that an answer may cite. */
const MAX_PASSAGES = 3;
/** The collection of the runbooks that the product brings; the catalogue names their sections without a search. */
const BUILT_IN = ['built-in'];

/**
 * What the team itself has written about the causes found: documents that name the code first, then what a search for the
 * question finds. A search that fails costs a sentence, never the answer.
 */
export async function writtenAbout(
  { causes, question, skipped, verdict }: Investigation,
  knowledge: InvestigationRequest['knowledge'],
  signal?: AbortSignal,
): Promise<Pick<Investigation, 'passages' | 'skipped'>> {
  if (!knowledge || knowledge.onlyBuiltIn) return { passages: [], skipped };
  const { base, audience } = knowledge;
  const codes = verdict === 'answered' ? causes.slice(0, 1).map(({ code }) => code) : [];
  try {
    const byCode = await base.ofCodes(codes, audience, BUILT_IN);
    const query = { text: question.text, audience, without: BUILT_IN, limit: MAX_PASSAGES };
    const { passages } = await base.search(query, signal);
    return { passages: onePerSection([...oneOfEach(byCode), ...passages]).slice(0, MAX_PASSAGES), skipped };
  } catch (error) {
    if (signal?.aborted) throw error;
    const why = error instanceof Error ? error.message.split('\n', 1)[0]?.slice(0, 160) : 'unknown error';
    const line = {
      en: `the team's documents could not be searched (${why})`,
      zh: `未能检索团队文档（${why}）`,
    };
    return { passages: [], skipped: [...skipped, line] };
  }
}

/** Of a document about the code, the section that says what to do; its first one where none says so. */
function oneOfEach(passages: readonly Passage[]): Passage[] {
  const documents = Map.groupBy(passages, ({ chunk }) => chunk.documentId);
  return [...documents.values()].flatMap((sections) => {
    const chosen =
      sections.find(({ chunk }) => /what to do|fix|solution|处理|解决/i.test(chunk.heading)) ?? sections[0];
    return chosen ? [chosen] : [];
  });
}

function onePerSection(passages: readonly Passage[]): Passage[] {
  const seen = new Set<string>();
  return passages.filter(({ chunk: { documentId, section } }) => {
    const place = `${documentId}#${section}`;
    return !seen.has(place) && seen.add(place);
  });
}
