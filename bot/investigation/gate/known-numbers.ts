import { CAUSES } from '../../../knowledge/causes/catalogue.ts';
import { proposeSettings } from '../../analyst/propose-settings.ts';
import { summarise } from '../../analyst/summarise.ts';
import type { EvidenceBook } from '../evidence-book.ts';
import type { Investigation } from '../investigation.ts';
import { figuresIn } from './check-numbers.ts';

/** Figures that the catalogue itself states (exit codes, fixed limits): known before any incident. */
const OF_CATALOGUE: readonly number[] = CAUSES.flatMap(({ title, meaning, remediations }) =>
  [title, meaning, ...remediations.map(({ statement }) => statement)].flatMap(({ en, zh }) => [
    ...figuresIn(en),
    ...figuresIn(zh),
  ]),
);

/**
 * Every number that was read or computed in an investigation, in base units: the evidence, what the rules stated and computed, the
 * question, the time ledger, the comparison, the progress of the run, and the values proposed for settings.
 */
export function knownNumbers(investigation: Investigation, book: EvidenceBook): number[] {
  const known: number[] = [...OF_CATALOGUE];
  const add = (text: string) => {
    known.push(...figuresIn(text));
  };
  for (const { evidence } of book.cited()) add(evidence.excerpt);
  for (const { count, statement, values, refutes } of investigation.findings) {
    known.push(count);
    for (const text of [statement, ...(refutes ?? []).map(({ why }) => why)]) {
      add(text.en);
      add(text.zh);
    }
    for (const value of Object.values(values)) {
      if (typeof value === 'number') known.push(value);
      else add(value);
    }
  }
  for (const { ms } of investigation.ledger?.accounts ?? []) known.push(ms);
  known.push(...(investigation.comparison?.baselineWallClockMs ?? []));
  add(investigation.question.text);
  add(summarise(investigation));
  addProgress(investigation, known);
  addProposals(investigation, known);
  return known;
}

function addProgress({ run }: Investigation, known: number[]): void {
  if (!run) return;
  known.push(run.jobs.length, run.jobs.filter(({ result }) => result === 'succeeded').length);
  for (const { status, stageId, taskCount, attempts } of run.stages) {
    if (status === 'running') known.push(stageId, taskCount, attempts.succeeded);
  }
}

function addProposals({ causes, run }: Investigation, known: number[]): void {
  const settings = run?.environment.spark ?? {};
  for (const { root } of causes) {
    for (const { from, to, because } of proposeSettings(root, settings)) {
      for (const text of [from ?? '', to, because.en, because.zh]) known.push(...figuresIn(text));
    }
  }
}
