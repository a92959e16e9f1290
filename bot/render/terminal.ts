import stringWidth from 'string-width';
import type { Language } from '../../knowledge/bilingual.ts';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { type ChainLine, chainLines } from './chain-lines.ts';
import { formatClock, formatDuration } from './format-duration.ts';
import { LABELS, RESPONSIBILITY_NAMES, STANDING_NAMES } from './labels.ts';
import { type LedgerRow, ledgerRows } from './ledger-rows.ts';
import { visibleText } from './visible-text.ts';
import { wrapText } from './wrap-text.ts';

export interface TerminalOptions {
  /** Cells in a line; 80 by default. */
  columns?: number;
  /** ANSI bold and dim; off when not a terminal. */
  colour?: boolean;
}

/** A diagnosis as text for a terminal: short first, proof under it, nothing that cannot be opened. */
export function renderTerminal(diagnosis: Diagnosis, options: TerminalOptions = {}): string {
  const page = new Page(diagnosis, options.columns ?? 80, options.colour ?? false);
  page.paragraph(diagnosis.summary);
  if (diagnosis.refusal) return page.text();
  headline(page);
  theories(page);
  chain(page);
  ledger(page);
  changes(page);
  remedies(page);
  others(page);
  needed(page);
  footer(page);
  return page.text();
}

/** Lines of text that grow; knows the width, the language and whether it may colour. */
class Page {
  readonly diagnosis: Diagnosis;
  readonly columns: number;
  readonly language: Language;
  readonly #lines: string[] = [];
  readonly #colour: boolean;

  constructor(diagnosis: Diagnosis, columns: number, colour: boolean) {
    this.diagnosis = diagnosis;
    this.columns = columns;
    this.language = diagnosis.question.language;
    this.#colour = colour;
  }

  get words(): (typeof LABELS)[Language] {
    return LABELS[this.language];
  }

  bold(text: string): string {
    return this.#colour ? `\u001b[1m${text}\u001b[22m` : text;
  }

  dim(text: string): string {
    return this.#colour ? `\u001b[2m${text}\u001b[22m` : text;
  }

  line(text = ''): void {
    if (text !== '' || this.#lines.at(-1) !== '') this.#lines.push(text);
  }

  paragraph(text: string): void {
    for (const line of wrapText(visibleText(text), this.columns)) this.line(line);
    this.line();
  }

  heading(text: string): void {
    this.line();
    this.line(this.bold(text));
  }

  /** A label in its own column with wrapped text behind it. */
  entry(label: string, text: string, labelColumns = 9): void {
    const lines = wrapText(visibleText(text), this.columns - labelColumns);
    const pad = ' '.repeat(Math.max(1, labelColumns - stringWidth(label)));
    this.line(`${this.bold(label)}${pad}${lines[0] ?? ''}`);
    for (const line of lines.slice(1)) this.line(' '.repeat(labelColumns) + line);
  }

  text(): string {
    return `${this.#lines.join('\n').trimEnd()}\n`;
  }
}

function headline(page: Page): void {
  const cause = page.diagnosis.rootCauses[0];
  if (!cause || cause.code === 'unknown.insufficient_evidence' || cause.code.startsWith('none.')) return;
  const standing = STANDING_NAMES[page.language][cause.standing];
  page.entry(page.words.why, `${cause.statement} ${page.words.open}${standing}${page.words.close}`);
  page.entry(page.words.who, whoText(page, cause));
}

function whoText(page: Page, cause: RootCause): string {
  const who = RESPONSIBILITY_NAMES[page.language][cause.responsibility];
  return cause.component ? `${who} · ${cause.component.kind} ${cause.component.id}` : who;
}

function theories(page: Page): void {
  const told = new Set<string>();
  for (const theory of page.diagnosis.theories) {
    const once = `${theory.text} ${theory.verdict}`;
    if (told.has(once)) continue;
    told.add(once);
    const label = { ruled_out: page.words.notIt, confirmed: page.words.confirmedGuess, open: page.words.openGuess }[
      theory.verdict
    ];
    const whose = theory.verdict === 'confirmed' ? '' : ` ${page.words.open}${page.words.yourGuess}${page.words.close}`;
    const why = theory.why ? `${page.words.colon} ${theory.why}` : '';
    page.entry(label, `“${theory.text}”${whose}${why}`, theory.verdict === 'confirmed' ? 12 : 9);
  }
}

function chain(page: Page): void {
  const shown = page.diagnosis.rootCauses.filter(
    (cause) => cause.chain.length > 0 && cause.standing !== 'inconclusive',
  );
  const first = shown[0] ?? (page.diagnosis.outcome === 'needs_more' ? undefined : page.diagnosis.rootCauses[0]);
  if (!first || first.chain.length === 0) {
    seen(page);
    return;
  }
  page.heading(page.words.howItWent);
  const lines = chainLines(page.diagnosis, first);
  lines.forEach((line, at) => {
    chainLink(page, line, at, lines.length);
  });
}

/** Draws one link: the symptom at the top, each cause hanging under what it caused. */
function chainLink(page: Page, line: ChainLine, at: number, length: number): void {
  const indent = Math.min(at, 6);
  const joint = at === 0 ? '' : `${'  '.repeat(indent - 1)}${at === length - 1 ? '└─' : '└─'} `;
  const clock = line.clock.padEnd(8);
  const left = `  ${clock}  ${joint}`;
  const hang = ' '.repeat(stringWidth(left));
  const statement = wrapText(visibleText(line.statement), page.columns - stringWidth(left));
  page.line(left + (statement[0] ?? ''));
  for (const text of statement.slice(1)) page.line(hang + text);
  for (const citation of line.citations) {
    for (const text of wrapText(visibleText(`[${citation}]`), page.columns - stringWidth(hang)))
      page.line(hang + page.dim(text));
  }
}

/** Without a proven chain: what the material shows, so that the reader can judge. */
function seen(page: Page): void {
  if (page.diagnosis.outcome !== 'needs_more') return;
  const candidates = page.diagnosis.rootCauses.filter((cause) => cause.code !== 'unknown.insufficient_evidence');
  const unknown = page.diagnosis.rootCauses[0];
  for (const line of unknown ? chainLines(page.diagnosis, unknown) : []) {
    page.entry(page.words.shows, `${line.statement} ${line.citations.map((text) => `[${text}]`).join(' ')}`, 22);
  }
  if (candidates.length === 0) return;
  page.heading(page.words.candidates);
  for (const cause of candidates.slice(0, 4)) page.entry('  -', cause.statement, 4);
}

function ledger(page: Page): void {
  const table = ledgerRows(page.diagnosis, page.language);
  if (!table) return;
  page.heading(page.words.whereTimeWent);
  const compared = table.total.deltaMs !== null;
  const nameColumns = Math.max(...[...table.rows, table.total].map((row) => stringWidth(row.name))) + 2;
  if (compared) page.line(ledgerHeading(page, nameColumns));
  const barColumns = Math.max(4, page.columns - 2 - nameColumns - (compared ? 33 : 11));
  for (const row of [...table.rows, table.total]) page.line(ledgerLine(row, nameColumns, barColumns));
}

function ledgerHeading(page: Page, nameColumns: number): string {
  const cell = (text: string, columns: number) => ' '.repeat(Math.max(0, columns - stringWidth(text))) + text;
  const { thisRun, usual, more } = page.words;
  return page.dim(`  ${' '.repeat(nameColumns)}${cell(thisRun, 9)}${cell(usual, 10)}${cell(more, 11)}`);
}

function ledgerLine(row: LedgerRow, nameColumns: number, barColumns: number): string {
  const name = row.name + ' '.repeat(Math.max(0, nameColumns - stringWidth(row.name)));
  const bar = '█'.repeat(Math.round(row.bar * barColumns));
  if (row.deltaMs === null || row.baselineMs === null)
    return `  ${name}${formatClock(row.ms).padStart(9)}  ${bar}`.trimEnd();
  const delta = `${row.deltaMs >= 0 ? '+' : ''}${formatClock(row.deltaMs)}`;
  const cells = formatClock(row.ms).padStart(9) + formatClock(row.baselineMs).padStart(10) + delta.padStart(11);
  return `  ${name}${cells}  ${bar}`.trimEnd();
}

function changes(page: Page): void {
  const { comparison, whatIf } = page.diagnosis;
  const changed = comparison?.changes ?? [];
  if (changed.length > 0) {
    page.heading(page.words.changed);
    for (const change of changed.slice(0, 6)) {
      const values = change.from === null && change.to === null ? '' : ` ${change.from ?? '–'} → ${change.to ?? '–'}`;
      page.entry('  -', `${change.name}${page.words.colon}${values}`, 4);
    }
  }
  for (const what of whatIf.slice(0, 3)) {
    const saved = formatDuration(what.savedMs, page.language);
    const error = `${page.words.modelError} ${what.modelErrorPct} %`;
    page.entry(
      page.words.whatIf,
      `${what.without}${page.words.colon} ${saved} ${page.words.saved} ${page.words.open}${error}${page.words.close}`,
      24,
    );
  }
}

function remedies(page: Page): void {
  const cause = page.diagnosis.rootCauses[0];
  if (!cause || cause.remediations.length === 0) return;
  page.heading(page.words.doIt);
  for (const remedy of cause.remediations) {
    page.entry(`  ${remedy.by === 'platform' ? page.words.platform : page.words.user}`, remedy.statement, 12);
    for (const setting of remedy.settings) {
      page.entry(
        '',
        `${setting.key}: ${setting.from ?? '–'} → ${setting.to}${page.language === 'zh' ? ',' : ', '}${setting.because}`,
        14,
      );
    }
  }
}

function others(page: Page): void {
  const { diagnosis, words, language } = page;
  const more = diagnosis.outcome === 'needs_more' ? [] : diagnosis.rootCauses.slice(1);
  if (more.length > 0) page.heading(words.also);
  for (const cause of more.slice(0, 4)) {
    page.entry('  -', `${cause.statement} ${words.open}${STANDING_NAMES[language][cause.standing]}${words.close}`, 4);
  }
  const byTheory = new Set(diagnosis.theories.map((theory) => theory.code));
  const ruledOut = diagnosis.ruledOut.filter((entry) => !byTheory.has(entry.code));
  if (ruledOut.length > 0) page.heading(words.ruledOut);
  for (const entry of ruledOut.slice(0, 4)) page.entry('  -', entry.why, 4);
}

function needed(page: Page): void {
  if (page.diagnosis.needed.length === 0) return;
  page.heading(page.words.decide);
  page.diagnosis.needed.forEach((need, at) => {
    page.entry(`  ${at + 1}.`, `${need.what}${page.words.colon} ${need.how}`, 5);
  });
}

function footer(page: Page): void {
  const { diagnosis, words, language } = page;
  page.line();
  for (const text of diagnosis.skipped?.slice(0, 4) ?? []) page.entry(words.skipped, text, 15);
  const areas = new Map<string, string>();
  for (const entry of diagnosis.notChecked) areas.set(entry.area, entry.why);
  for (const [area, why] of areas) page.entry(words.notChecked, `${area}${words.colon} ${why}`, 15);
  const { durationMs, toolCalls, modelCalls } = diagnosis.costs;
  const model = modelCalls === 0 ? words.noModel : `${modelCalls} × model`;
  page.line(
    page.dim(
      `${formatDuration(durationMs, language)}, ${toolCalls} ${words.reads}, ${model} · ${diagnosis.id} · ${words.footerHint}`,
    ),
  );
}
