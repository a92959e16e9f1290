import type { Language } from '../../knowledge/bilingual.ts';
import { shorten } from '../../tools/evidence/shorten.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { visibleText } from '../render/visible-text.ts';
import { type Answer, causeLine, faultOf, proofOf } from './answer.ts';

/** Pieces shown at once, and lines of each. */
const MOST_PIECES = 6;
const MOST_LINES = 8;
const LONGEST_LINE = 300;
/** A single piece is shown whole: evidence holds at most 2 KB. */
const WHOLE = 2_048;

/** The evidence that is asked for, word for word with its place and what it stands behind; without ids what proves the cause. */
export function showEvidence(
  wanted: readonly string[],
  face: Diagnosis,
  entries: Diagnosis['evidence'],
  language: Language,
): Answer {
  const cause = faultOf(face) ?? face.rootCauses[0];
  const ids = wanted.length > 0 ? wanted : cause ? proofOf(cause) : face.evidence.slice(-3).map(({ id }) => id);
  const found = ids.slice(0, MOST_PIECES).flatMap((id) => entries.find((entry) => entry.id === id) ?? []);
  const missing = ids.filter((id) => !entries.some((entry) => entry.id === id));
  const fault = wanted.length === 0 ? faultOf(face) : null;
  const lines = fault ? [causeLine(fault, language)] : [];
  for (const entry of found) {
    lines.push(...pieceOf(entry, language, found.length === 1 ? WHOLE : LONGEST_LINE));
    if (!fault) lines.push(...behind(entry.id, face, language));
  }
  if (missing.length > 0) lines.push(notThere(missing, entries.length, language));
  if (lines.length === 0)
    lines.push(language === 'zh' ? '这个案例里还没有引用任何证据。' : 'Nothing is cited in this case yet.');
  return { text: lines.join('\n'), evidence: found.map(({ id }) => id) };
}

function pieceOf(entry: Diagnosis['evidence'][number], language: Language, longest: number): string[] {
  const { id, source, locator, at, excerpt, provenance } = entry;
  const when = at === null ? '' : ` · ${at}`;
  const place = language === 'zh' ? locator.replace(/^lines? (.+)$/, '第 $1 行') : locator;
  const writer = provenance.replaceAll('_', ' ');
  const all = excerpt.split('\n');
  const shown = all.slice(0, MOST_LINES).map((line) => `    ${shorten(visibleText(line), longest)}`);
  const more = all.length - shown.length;
  return [
    language === 'zh'
      ? `[${id}] ${source}，${place}（记录者：${writer}）${when}`
      : `[${id}] ${source}, ${place} (written by: ${writer})${when}`,
    ...shown,
    ...(more > 0 ? [language === 'zh' ? `    …… 另有 ${more} 行` : `    … ${more} more`] : []),
  ];
}

/** The statements of the answer that stand on it. */
function behind(id: string, face: Diagnosis, language: Language): string[] {
  const links = [...face.rootCauses.flatMap(({ chain }) => chain), ...(face.events ?? [])];
  const said = links.filter(({ evidence }) => evidence.includes(id)).map(({ statement }) => statement);
  const refuted = face.ruledOut.filter(({ evidence }) => evidence.includes(id)).map(({ why }) => why);
  const [first] = [...said, ...refuted];
  if (first === undefined) return [];
  const short = shorten(first, LONGEST_LINE);
  return [language === 'zh' ? `    → 支持的说法：${short}` : `    → stands behind: ${short}`];
}

function notThere(missing: readonly string[], known: number, language: Language): string {
  const ids = missing.slice(0, MOST_PIECES).join(', ');
  if (language === 'zh')
    return known === 0 ? `没有 ${ids}：这个案例还没有证据。` : `没有 ${ids}：这个案例的证据是 e1 到 e${known}。`;
  return known === 0
    ? `There is no ${ids}: nothing is cited in this case yet.`
    : `There is no ${ids}: the evidence of this case is e1 to e${known}.`;
}
