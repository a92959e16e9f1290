import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readScenario, SCENARIOS_FOLDER } from '../read-scenarios.ts';
import { DERIVATIONS } from './derivations.ts';
import { deriveCapture } from './derive-capture.ts';
import { readCaptureFiles } from './read-capture-files.ts';

const filesOf = (...parts: string[]) => {
  const folder = path.join(SCENARIOS_FOLDER, ...parts);
  return existsSync(folder) ? readCaptureFiles(folder) : new Map<string, Buffer>();
};

/** A file is long; that it differs, and where first, is all one wants to read. */
function differences(made: ReadonlyMap<string, Buffer>, there: ReadonlyMap<string, Buffer>): string[] {
  const names = [...new Set([...made.keys(), ...there.keys()])].sort();
  return names.filter((name) => made.get(name)?.equals(there.get(name) ?? Buffer.from('‹absent›')) !== true);
}

describe.each(DERIVATIONS)('$id', ({ id, from, changes }) => {
  it('is its parent with the edits told, and nothing else', () => {
    const { capture, attachments } = deriveCapture(filesOf(from, 'capture'), changes);
    expect(differences(capture, filesOf(id, 'capture'))).toEqual([]);
    expect(differences(attachments, filesOf(id, 'attachments'))).toEqual([]);
  });

  it('says of whom it is and what was changed', () => {
    const { provenance, asker, questions } = readScenario(path.join(SCENARIOS_FOLDER, id));
    expect(provenance).toMatchObject({ kind: 'derived', from, change: expect.stringMatching(/\S/) });
    const handedIn = new Set(questions.flatMap(({ attach }) => attach));
    expect([...handedIn].sort()).toEqual([...filesOf(id, 'attachments').keys()].sort());
    if (changes.length === 0)
      expect(asker !== undefined || /names an application/.test(provenance.change ?? '')).toBe(true);
  });
});

it('knows every derived scenario, each once', () => {
  const derived = readdirSync(SCENARIOS_FOLDER).filter((id) => id.startsWith('derived-'));
  expect(DERIVATIONS.map(({ id }) => id).sort()).toEqual(derived.sort());
});
