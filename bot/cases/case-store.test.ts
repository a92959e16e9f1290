import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { PlainCase } from '../conversation/plain-case.ts';
import { openCaseStore } from './case-store.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function emptyStore() {
  const folder = await mkdtemp(path.join(tmpdir(), 'wherefore-cases-'));
  folders.push(folder);
  return { folder, store: openCaseStore(path.join(folder, 'cases')) };
}

const kept = (said = 'why did it fail?'): PlainCase => ({
  thread: {
    schemaVersion: 1,
    id: 'case_0123456789',
    language: 'zh',
    open: null,
    diagnoses: [],
    turns: [{ number: 1, at: '2026-11-21T12:00:00.000Z', said, replies: [] }],
  },
  cases: [],
  cited: [],
  spare: [],
});

describe('openCaseStore', () => {
  it('gives back what was put down, for its owner only', async () => {
    const { folder, store } = await emptyStore();
    await store.write(kept());
    await store.write(kept('and yesterday?'));
    expect(await store.read('case_0123456789')).toEqual(kept('and yesterday?'));
    expect(await readdir(path.join(folder, 'cases'))).toEqual(['case_0123456789.json']);
    expect((await stat(path.join(folder, 'cases', 'case_0123456789.json'))).mode & 0o077).toBe(0);
  });

  it('masks secrets before anything is written', async () => {
    const { folder, store } = await emptyStore();
    await store.write(kept('password=hunter22secret'));
    expect(await readFile(path.join(folder, 'cases', 'case_0123456789.json'), 'utf8')).not.toContain('hunter22');
  });

  it.each(['../../etc/passwd', 'case_0123456789/../x', 'case_01234567890', ''])(
    'takes no path for an id: %j',
    async (id) => {
      const { store } = await emptyStore();
      await expect(store.read(id)).rejects.toThrow('is no id of a case');
    },
  );

  it('says what is wrong with what cannot be read', async () => {
    const { folder, store } = await emptyStore();
    await expect(store.read('case_00000000aa')).rejects.toThrow('there is no case case_00000000aa');
    await store.write(kept());
    await writeFile(path.join(folder, 'cases', 'case_0123456789.json'), '{"schemaVersion":1,"thr');
    await expect(store.read('case_0123456789')).rejects.toThrow('cannot be read (damaged)');
  });
});
