import { renameSync, writeFileSync } from 'node:fs';
import { BASELINE_FILE, type Baseline, type BaselineEntry } from './baseline.ts';

/** Writes a baseline; a reader sees the former one or this one, never half of it. */
export function writeBaseline(baseline: Baseline, file: string = BASELINE_FILE): void {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, baselineText(baseline));
  renameSync(unfinished, file);
}

/** The baseline as text: sorted by name, one line for each ask, so that a difference of two is read in a review. */
export function baselineText({ schemaVersion, product, scorers, cleanRuns, entries }: Baseline): string {
  return `{
  "schemaVersion": ${schemaVersion},
  "product": ${spaced(product)},
  "scorers": ${spaced(scorers)},
  "cleanRuns": ${lines(cleanRuns, spaced)},
  "entries": ${lines(entries, (entry) => spaced(short(entry)))}
}
`;
}

function lines<Value>(record: Readonly<Record<string, Value>>, text: (value: Value) => string): string {
  const sorted = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  if (sorted.length === 0) return '{}';
  return `{\n${sorted.map(([name, value]) => `    ${JSON.stringify(name)}: ${text(value)}`).join(',\n')}\n  }`;
}

/** Without what is empty, which is nearly everywhere. */
function short({ broken, below, unsaid, ...entry }: BaselineEntry): unknown {
  const sorted = Object.fromEntries(Object.entries(below).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...entry,
    ...(broken.length > 0 ? { broken } : {}),
    ...(Object.keys(below).length > 0 ? { below: sorted } : {}),
    ...(unsaid.length > 0 ? { unsaid } : {}),
  };
}

/** JSON in one line, with room to read. */
function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
}
