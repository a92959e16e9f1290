import { CAUSES } from '../../../knowledge/causes/catalogue.ts';
import { proposeSettings } from '../../analyst/propose-settings.ts';
import { summarise } from '../../analyst/summarise.ts';
import type { EvidenceBook } from '../evidence-book.ts';
import type { Investigation } from '../investigation.ts';
import { KnownFigures } from './check-figures.ts';
import type { Measure } from './figures-in.ts';

/**
 * Everything that was read or computed in an investigation: the evidence, what the rules stated and computed, the question, the
 * time ledger, the comparison, the progress of the run, its settings, the values proposed for settings, and what the catalogue
 * itself states (exit codes, fixed limits).
 */
export function knownFigures(investigation: Investigation, book: EvidenceBook): KnownFigures {
  const known = new KnownFigures();
  addCatalogue(known);
  addEvidence(investigation, book, known);
  addFindings(investigation, known);
  addTimes(investigation, known);
  addProgress(investigation, known);
  addSettings(investigation, known);
  known.addText(investigation.question.text);
  known.addText(summarise(investigation));
  for (const { what, how } of investigation.report?.needs ?? [])
    for (const text of [what, how]) known.addText(text.en + text.zh);
  return known;
}

function addCatalogue(known: KnownFigures): void {
  for (const { title, meaning, remediations } of CAUSES) {
    for (const text of [title, meaning, ...remediations.map(({ statement }) => statement)]) {
      known.addText(text.en);
      known.addText(text.zh);
    }
  }
}

function addEvidence({ alive }: Investigation, book: EvidenceBook, known: KnownFigures): void {
  for (const { evidence } of book.cited()) {
    known.addText(evidence.excerpt);
    known.addMoment(evidence.at);
  }
  for (const { at } of alive) known.addMoment(at);
}

function addFindings({ findings }: Investigation, known: KnownFigures): void {
  for (const { count, statement, values, refutes, at, until } of findings) {
    known.addNumber(count);
    known.addMoment(at);
    known.addMoment(until);
    for (const text of [statement, ...(refutes ?? []).map(({ why }) => why)]) {
      known.addText(text.en);
      known.addText(text.zh);
    }
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'number') known.addNumber(value, measureOf(name));
      else known.addText(value);
    }
  }
}

/** Rules name the unit of what they compute (`peakBytes`, `waitMs`); a share from 0 to 1 is printed in percent. */
function measureOf(name: string): Measure {
  if (/bytes$/i.test(name)) return 'bytes';
  return /ms$/i.test(name) ? 'duration' : 'count';
}

function addTimes({ ledger, comparison, whatIf, end, window }: Investigation, known: KnownFigures): void {
  const durations = [
    ledger?.wallClockMs,
    ...(ledger?.accounts ?? []).map(({ ms }) => ms),
    ledger?.unexplainedMs,
    ...(comparison?.baselineWallClockMs ?? []),
    comparison?.deltaMs,
    comparison?.usualMs,
    ...(comparison?.accounts ?? []).flatMap(({ deltaMs, usualMs, slowMs }) => [deltaMs, usualMs, slowMs]),
    ...whatIf.map(({ savedMs }) => savedMs),
  ];
  for (const ms of durations) if (ms !== undefined) known.addNumber(ms, 'duration');
  for (const { modelErrorPct } of whatIf) known.addNumber(modelErrorPct, 'percent');
  for (const at of [end.at, end.startedAt, window?.from, window?.to]) known.addMoment(at);
  for (const { what, from, to } of comparison?.changes ?? []) {
    known.addText(from ?? '');
    known.addText(to ?? '');
    if (what === 'input') for (const text of [from, to]) known.addNumber(Number(text ?? Number.NaN));
  }
}

function addProgress({ run }: Investigation, known: KnownFigures): void {
  if (!run) return;
  known.addNumber(run.jobs.length);
  known.addNumber(run.jobs.filter(({ result }) => result === 'succeeded').length);
  for (const { status, stageId, taskCount, attempts } of run.stages) {
    if (status === 'running') for (const count of [stageId, taskCount, attempts.succeeded]) known.addNumber(count);
  }
}

function addSettings({ causes, run }: Investigation, known: KnownFigures): void {
  const settings = run?.environment.spark ?? {};
  for (const value of Object.values(settings)) known.addText(value);
  for (const { root } of causes) {
    for (const { from, to, because } of proposeSettings(root, settings)) {
      for (const text of [from ?? '', to, because.en, because.zh]) known.addText(text);
    }
  }
}
