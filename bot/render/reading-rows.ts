import { duration } from '../../tools/evidence/spoken-figures.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { inBrackets } from './headline.ts';
import { AREA_NAMES, LABELS } from './labels.ts';

/** One line about the reading itself: what was looked at, what was not, what was read in part. */
export interface ReadingRow {
  label: string;
  text: string;
}

/** Notes told; the JSON has them all. */
const NOTES_TOLD = 4;

/** What stands under every answer about how it came about. */
export function readingRows(diagnosis: Diagnosis): ReadingRow[] {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const names = AREA_NAMES[language];
  const rows: ReadingRow[] = [];
  const notes = (diagnosis.skipped ?? []).filter((note) => !diagnosis.summary.includes(note));
  if (notes.length > 0) {
    const more =
      notes.length > NOTES_TOLD
        ? [language === 'zh' ? `另有 ${notes.length - NOTES_TOLD} 条` : `${notes.length - NOTES_TOLD} more`]
        : [];
    const told = notes.slice(0, NOTES_TOLD).map((note) => note.replace(/[.。]$/, ''));
    rows.push({ label: words.skipped, text: [...told, ...more].join(words.clause) });
  }
  const checked = diagnosis.checked ?? [];
  if (checked.length > 0)
    rows.push({ label: words.checked, text: checked.map((area) => names[area]).join(words.list) });
  const absent = diagnosis.notChecked
    .filter(({ reason }) => reason === 'no_data' || reason === 'absent')
    .map(({ area }) => names[area]);
  if (absent.length > 0) {
    rows.push({ label: words.notChecked, text: absent.join(words.list) + inBrackets(words.nothingThere, language) });
  }
  for (const { area, why, reason } of diagnosis.notChecked) {
    if (reason === undefined || reason === 'failed')
      rows.push({ label: words.notChecked, text: `${names[area]}${words.colon}${why}` });
  }
  return rows;
}

/** Time, reads, model and the case's id. */
export function costLine(diagnosis: Diagnosis): string {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const { durationMs, toolCalls, modelCalls } = diagnosis.costs;
  const model = modelCalls === 0 ? words.noModel : `${modelCalls} × model${modelCost(diagnosis)}`;
  return `${duration(durationMs)[language]}${words.list}${toolCalls} ${words.reads}${words.list}${model} · ${diagnosis.id}`;
}

/** ` (2,314 + 310 tokens, $0.0012)`; without the money where the model has no price. */
function modelCost({ costs: { inputTokens, outputTokens, usd } }: Diagnosis): string {
  if (inputTokens + outputTokens === 0) return '';
  const [read, written] = [inputTokens, outputTokens].map((tokens) => tokens.toLocaleString('en-US'));
  return ` (${read} + ${written} tokens${usd === null ? '' : `, $${usd.toFixed(4)}`})`;
}
