import stringWidth from 'string-width';
import type { Language } from '../../knowledge/bilingual.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { type ChainLine, type Citation, chainLines, eventLines } from './chain-lines.ts';
import { changeRows } from './change-rows.ts';
import { headlineOf, inBrackets, isFault } from './headline.ts';
import { LABELS, STANDING_NAMES } from './labels.ts';
import { ledgerLines } from './ledger-lines.ts';
import { ledgerRows } from './ledger-rows.ts';
import { passageOf } from './passage-of.ts';
import { costLine, readingRows } from './reading-rows.ts';
import { ruledOutRows } from './ruled-out-rows.ts';
import { showsLedger } from './shown-ledger.ts';
import { theoryRows } from './theory-rows.ts';
import { visibleText } from './visible-text.ts';
import { whatIfRows } from './what-if-rows.ts';
import { cutToWidth, wrapText } from './wrap-text.ts';

export interface TerminalOptions {
  /** Cells in a line; 80 by default. */
  columns?: number;
  /** ANSI bold and dim; off when not a terminal. */
  colour?: boolean;
}

/** Narrower than this no label and text stand side by side. */
const MIN_COLUMNS = 40;

/** A diagnosis as text for a terminal: short first, proof under it, nothing that cannot be opened. */
export function renderTerminal(diagnosis: Diagnosis, options: TerminalOptions = {}): string {
  const page = new Page(diagnosis, Math.max(MIN_COLUMNS, options.columns ?? 80), options.colour ?? false);
  page.paragraph(diagnosis.summary);
  if (diagnosis.refusal) {
    page.paragraph(diagnosis.refusal.statement);
    return page.text();
  }
  for (const part of [
    headline,
    explanation,
    theories,
    events,
    chain,
    shown,
    ledger,
    changes,
    remedies,
    passages,
    others,
    needed,
    footer,
  ])
    part(page);
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
    const pad = ' '.repeat(Math.max(label === '' ? labelColumns : 1, labelColumns - stringWidth(label)));
    this.line(`${this.bold(label)}${pad}${lines[0] ?? ''}`);
    for (const line of lines.slice(1)) this.line(' '.repeat(labelColumns) + line);
  }

  /** Each source on one short line. */
  citations(citations: readonly Citation[], indent: number): void {
    for (const { ids, where } of citations) {
      const text = cutToWidth(visibleText(`[${spanOf(ids)} ${where}`), this.columns - indent - 1);
      this.line(`${' '.repeat(indent)}${this.dim(`${text}]`)}`);
    }
  }

  text(): string {
    return `${this.#lines.join('\n').trimEnd()}\n`;
  }
}

/** `e6-e8` for three and more in a row. */
function spanOf(ids: readonly string[]): string {
  const numbers = ids.map((id) => Number(id.slice(1)));
  const inRow = numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0) + 1);
  return inRow && ids.length > 2 ? `${ids[0]}-${ids.at(-1)}` : ids.join(' ');
}

function headline(page: Page): void {
  const told = headlineOf(page.diagnosis);
  if (!told) return;
  page.entry(page.words.why, told.statement + inBrackets(told.standing, page.language));
  page.citations(told.proof, 9);
  page.entry(page.words.who, told.who);
}

/** What a model adds to the mechanism. */
function explanation(page: Page): void {
  const { explanation: text } = page.diagnosis;
  if (text === undefined) return;
  page.line();
  page.paragraph(text);
}

function theories(page: Page): void {
  for (const { label, said, why } of theoryRows(page.diagnosis)) {
    const quoted = said.map((text) => `“${text}”`).join(page.words.list);
    page.entry(label, `${quoted}${page.words.colon}${why}`);
  }
}

/** Of a host or a queue: what happened on it, or how it stands. */
function events(page: Page): void {
  const lines = eventLines(page.diagnosis);
  if (lines.length === 0) return;
  page.heading(page.words.happened);
  for (const line of lines) chainLink(page, line, 0);
}

function chain(page: Page): void {
  const [cause] = page.diagnosis.rootCauses;
  if (!cause || cause.code === 'unknown.insufficient_evidence') return;
  if (isFault(cause) && cause.chain.length < 2) return;
  if (cause.chain.length === 0) return;
  page.heading(isFault(cause) ? page.words.howItWent : page.words.proof);
  const lines = chainLines(page.diagnosis, cause);
  lines.forEach((line, at) => {
    chainLink(page, line, isFault(cause) ? at : 0);
  });
}

/** Draws one link: the symptom at the top, each cause hanging under what it caused. */
function chainLink(page: Page, line: ChainLine, at: number): void {
  const joint = at === 0 ? '' : `${'  '.repeat(Math.min(at, 6) - 1)}└─ `;
  const left = `  ${line.clock.padEnd(8)}  ${joint}`;
  const hang = stringWidth(left);
  const statement = wrapText(visibleText(line.statement), page.columns - hang);
  page.line(left + (statement[0] ?? ''));
  for (const text of statement.slice(1)) page.line(' '.repeat(hang) + text);
  page.citations(line.citations, hang);
}

/** Without a proven chain: what the material shows, and what it could be. */
function shown(page: Page): void {
  const { diagnosis, words } = page;
  const [unknown, ...candidates] = diagnosis.rootCauses;
  if (diagnosis.outcome !== 'needs_more' || !unknown) return;
  if (unknown.chain.length > 0) page.heading(words.shows);
  for (const line of chainLines(diagnosis, unknown)) {
    page.entry('  -', line.clock === '' ? line.statement : `${line.clock} ${line.statement}`, 4);
    page.citations(line.citations, 4);
  }
  if (candidates.length > 0) page.heading(words.candidates);
  for (const cause of candidates) page.entry('  -', cause.statement, 4);
}

function ledger(page: Page): void {
  const table = ledgerRows(page.diagnosis, page.language);
  if (!table || !showsLedger(page.diagnosis)) return;
  page.heading(page.words.whereTimeWent);
  const { head, lines } = ledgerLines(table, page.language, page.columns);
  if (head !== null) page.line(page.dim(head));
  for (const line of lines) page.line(line);
}

/** Changes told beside the ledger. */
const CHANGES_TOLD = 5;
const WHAT_IFS_TOLD = 2;

function changes(page: Page): void {
  const whatIfs = whatIfRows(page.diagnosis).slice(0, WHAT_IFS_TOLD);
  if (whatIfs.length > 0) page.line();
  for (const row of whatIfs) page.entry(page.words.without, row, 10);
  const rows = changeRows(page.diagnosis).slice(0, CHANGES_TOLD);
  if (rows.length > 0) page.heading(page.words.changed);
  for (const row of rows) page.entry('  -', row, 4);
}

function remedies(page: Page): void {
  const [cause] = page.diagnosis.rootCauses;
  if (!cause || cause.remediations.length === 0) return;
  page.heading(page.words.doIt);
  for (const remedy of cause.remediations) {
    const cited = passageOf(page.diagnosis, remedy.runbook);
    const statement = cited === undefined ? remedy.statement : `${remedy.statement} [${cited.id}]`;
    page.entry(`  ${remedy.by === 'platform' ? page.words.platform : page.words.user}`, statement, 12);
    for (const { key, from, to, because } of remedy.settings) {
      page.entry('', `${key}: ${from ?? '–'} → ${to}${page.language === 'zh' ? '，' : ', '}${because}`, 14);
    }
  }
}

/** Where it is written down: each on one line with what opens it. */
function passages(page: Page): void {
  if (page.diagnosis.passages.length === 0) return;
  page.heading(page.words.passages);
  for (const { id, title, url, page: on } of page.diagnosis.passages) {
    const place = on === undefined ? url : `${url}${page.words.list}${page.words.page} ${on}`;
    page.entry(`  ${id}`, title ?? '', 6);
    page.entry('', place, 6);
  }
}

function others(page: Page): void {
  const { diagnosis, words, language } = page;
  const more = diagnosis.outcome === 'needs_more' ? [] : diagnosis.rootCauses.slice(1);
  if (more.length > 0) page.heading(words.also);
  for (const cause of more) {
    page.entry('  -', cause.statement + inBrackets(STANDING_NAMES[language][cause.standing], language), 4);
  }
  const rows = ruledOutRows(diagnosis);
  if (rows.length > 0) page.heading(words.ruledOut);
  for (const row of rows) page.entry('  -', row, 4);
}

function needed(page: Page): void {
  if (page.diagnosis.needed.length === 0) return;
  page.heading(page.words.decide);
  page.diagnosis.needed.forEach(({ what, how }, at) => {
    page.entry(`  ${at + 1}.`, what, 5);
    page.entry('', how, 7);
  });
  if ((page.diagnosis.rootCauses[0]?.chain.length ?? 0) > 0) page.line(page.words.goOn);
}

function footer(page: Page): void {
  page.line();
  for (const { label, text } of readingRows(page.diagnosis)) page.entry(label, text, 14);
  page.entry('', `${costLine(page.diagnosis)} · ${page.words.footerHint}`, 0);
}
