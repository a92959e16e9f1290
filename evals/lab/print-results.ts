import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LAB_INCIDENTS } from './incidents/index.ts';
import { firstCause, type IncidentResult } from './judge-incident.ts';
import type { LabFolder } from './lab-folder.ts';
import type { Answer } from './wherefore.ts';

/** Where the result of an incident stays, with its answers and recordings. */
export function resultFile(folder: LabFolder, incident: string): string {
  return path.join(folder.incidents, incident, 'result.json');
}

/** Prints the last result of each incident, one line each. */
export function printResults(folder: LabFolder, say: (line: string) => void): void {
  for (const line of resultTable(LAB_INCIDENTS.map(({ name }) => ({ name, result: lastResult(folder, name) }))))
    say(line);
}

/** The table of results: the first cause of each answer with a mark for a confirmed one, `=` where the recording replays to it. */
export function resultTable(incidents: readonly { name: string; result: IncidentResult | null }[]): string[] {
  const rows = incidents.map(({ name, result }) =>
    result === null
      ? [name, 'not run', '', '', '', '', '', '']
      : [
          name,
          spoken(result.during),
          spoken(result.after),
          replay(result.during, result.duringReplayed),
          replay(result.after, result.replayed),
          spoken(result.byName),
          spoken(result.byId),
          result.failures.length === 0 ? 'yes' : `NO: ${result.failures.join('; ')}`,
        ],
  );
  const head = ['incident', 'during', 'after', 'replay during', 'replay after', 'by name', 'by id', 'passed'];
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join(' | ')
      .trimEnd();
  const run = incidents.flatMap(({ result }) => result ?? []);
  const passed = run.filter(({ failures }) => failures.length === 0).length;
  return [
    line(head),
    widths.map((width) => '-'.repeat(width)).join('-|-'),
    ...rows.map(line),
    `${passed} of ${incidents.length} passed; * = confirmed`,
  ];
}

function lastResult(folder: LabFolder, incident: string): IncidentResult | null {
  const file = resultFile(folder, incident);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as IncidentResult) : null;
}

function spoken(answer: Answer | null): string {
  if (answer === null) return '-';
  return `${firstCause(answer) || '(none)'}${answer.causes[0]?.standing === 'confirmed' ? '*' : ''}`;
}

function replay(live: Answer | null, replayed: Answer | null): string {
  if (replayed === null) return '-';
  return firstCause(live) === firstCause(replayed) ? 'same' : spoken(replayed);
}
