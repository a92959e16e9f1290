import type { Language } from '../../knowledge/bilingual.ts';
import { headingsOf, runbookUrl } from '../../knowledge/library/built-in-runbooks.ts';
import type { Passage } from '../../knowledge/retrieval/passage.ts';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';

/** The team's own passages beside the built-in ones: enough to go on, few enough to read. */
const MAX_OWN = 3;
/** The heading of the Chinese part that says what to do, the same in every built-in runbook. */
const CHINESE_WHAT_TO_DO = '如何处理';

type Cited = Diagnosis['passages'][number];

/**
 * The passages behind an answer: the sections of the built-in runbooks that its remedies stand in, for Chinese readers also
 * the Chinese part, then what the team itself has written about the same causes.
 *
 * @param own passages of the team's documents, best first
 * @param base address under which the built-in runbooks are shown; null: their path in the product
 */
export function citePassages(
  rootCauses: readonly RootCause[],
  own: readonly Passage[],
  language: Language,
  base: string | null,
): Cited[] {
  const places = [
    ...new Set(rootCauses.flatMap(({ remediations }) => remediations.map(({ runbook }) => runbook ?? ''))),
  ];
  const builtIn = places.flatMap((place) => {
    const [runbook = '', anchor = ''] = place.split('#');
    const heading = headingsOf(runbook).find((candidate) => candidate.anchor === anchor);
    return heading ? [{ runbook, section: anchor, title: heading.text, url: runbookUrl(runbook, anchor, base) }] : [];
  });
  const chinese = language === 'zh' ? [...new Set(builtIn.map(({ runbook }) => runbook))].slice(0, 1) : [];
  const summaries = chinese.flatMap((runbook) =>
    headingsOf(runbook)
      .filter(({ text }) => text === CHINESE_WHAT_TO_DO)
      .map(({ anchor, text }) => ({ runbook, section: anchor, title: text, url: runbookUrl(runbook, anchor, base) })),
  );
  const others = own.slice(0, MAX_OWN).map(({ chunk: { runbook, section, heading, title, page, version, url } }) => ({
    runbook,
    section,
    title: heading === '' ? title : heading,
    url,
    version,
    ...(page > 0 ? { page } : {}),
  }));
  return [...builtIn, ...summaries, ...others].map((passage, at) => ({ id: `p${at + 1}`, ...passage }));
}
