import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventLogFiles } from '../../../tools/platform/extra-files.ts';
import type { Platform, PlatformFile } from '../../../tools/platform/platform.ts';
import { withFiles } from '../../../tools/platform/with-files.ts';
import { tinyLog } from '../../../tools/spark/fixtures/tiny-log.ts';
import { type KnownRun, knownRuns } from '../../../tools/spark/known-runs.ts';
import { givenEventLogs } from './given-event-logs.ts';

const SIGNAL = new AbortController().signal;
const EMPTY = {
  kind: 'capture',
  now: 0,
  files: async () => ({ files: [], skipped: [] }),
  services: async () => [],
  recorded: async () => [],
} as unknown as Platform;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'given-logs-'));
  writeFileSync(path.join(folder, 'run.log'), `${tinyLog().join('\n')}\n`);
  writeFileSync(path.join(folder, 'notes.txt'), 'buy milk\n');
  writeFileSync(path.join(folder, 'empty'), '');
  mkdirSync(path.join(folder, 'other'));
  writeFileSync(path.join(folder, 'other', 'a.txt'), 'x\n');
  writeFileSync(path.join(folder, 'other', 'b.txt'), 'y\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function given(...names: string[]) {
  const lists = await Promise.all(names.map((name, at) => eventLogFiles(path.join(folder, name), at + 1)));
  const files: PlatformFile[] = lists.flatMap((list) => list.files);
  const outcome = await knownRuns(withFiles(EMPTY, files, []));
  const runs: readonly KnownRun[] = outcome.outcome === 'ok' ? outcome.value : [];
  return { files, runs, given: await givenEventLogs(files, runs, SIGNAL) };
}

describe('event logs named by path', () => {
  it('are the runs in them', async () => {
    const { runs, given: found } = await given('run.log');
    expect(runs).toHaveLength(1);
    expect([...(found.handles ?? [])]).toEqual([runs[0]?.listing.handle]);
    expect(found).toMatchObject({ ids: [], skipped: [] });
  });

  it('are told as what they are when they hold no run, under the name the asker gave', async () => {
    const { given: found } = await given('run.log', 'notes.txt', 'empty');
    expect(found.handles?.size).toBe(1);
    expect(found.skipped).toHaveLength(2);
    const told = found.skipped.flatMap(({ en, zh }) => [en, zh]).join('\n');
    expect(told).toContain('notes.txt');
    expect(told).not.toContain('event-log:');
  });

  it('are counted when a folder of several files holds none', async () => {
    const { given: found } = await given('other');
    expect(found.skipped.map(({ en }) => en)).toEqual([
      expect.stringMatching(/^no\w+ of (?:the )?2 files given as an event log/),
    ]);
    expect(found.handles?.size).toBe(0);
  });

  it('are found by id when the platform knows the run from another copy', async () => {
    const { files } = await given('run.log');
    const found = await givenEventLogs(files, [], SIGNAL);
    expect(found.ids).toHaveLength(1);
    expect(found.ids[0]).toMatch(/^(?:application_|app-|local-)/);
    expect(found.skipped).toEqual([]);
  });

  it('are none when none was named, which is not an empty list', async () => {
    expect((await givenEventLogs(undefined, [], SIGNAL)).handles).toBeNull();
    expect((await givenEventLogs([], [], SIGNAL)).handles?.size).toBe(0);
  });
});
