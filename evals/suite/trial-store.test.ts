import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ScoredTrial } from '../report/suite-result.ts';
import { openTrialStore, readTrials } from './trial-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-trials-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const trial = (id: string, status: string, why: string | null = null) =>
  ({ trial: { id, status, why }, scores: [] }) as unknown as ScoredTrial;

it('gives every trial of all workers once, by name', () => {
  openTrialStore(folder, '1').add(trial('b', 'ran'));
  openTrialStore(folder, '0').add(trial('a', 'crashed'));
  expect(readTrials(folder).map(({ trial: { id, status } }) => `${id} ${status}`)).toEqual(['a crashed', 'b ran']);
  expect(readTrials(path.join(folder, 'nowhere'))).toEqual([]);
});

it('takes the last of several, and never what was not run in place of what was', () => {
  const store = openTrialStore(folder, '0');
  store.add(trial('a', 'not_run', 'down'));
  store.add(trial('a', 'not_run', 'no money'));
  expect(readTrials(folder).map(({ trial: { why } }) => why)).toEqual(['no money']);
  store.add(trial('a', 'ran'));
  store.add(trial('a', 'not_run', 'down again'));
  expect(readTrials(folder).map(({ trial: { status } }) => status)).toEqual(['ran']);
});

it('leaves out the line that a killed worker did not finish', () => {
  openTrialStore(folder, '0').add(trial('a', 'ran'));
  appendFileSync(path.join(folder, 'trials-0.jsonl'), '{"trial":{"id":"b","sta');
  expect(readTrials(folder)).toHaveLength(1);
});
