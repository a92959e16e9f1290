import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { labFolder } from './lab-folder.ts';
import { forgetProcess, rememberedNames, rememberedProcess, rememberProcess } from './remembered-processes.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wherefore-pids-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = labFolder(root, null);

describe.skipIf(process.platform !== 'linux')('a process that the lab started', () => {
  it('is known until it is forgotten', () => {
    expect(rememberedNames(folder)).toEqual([]);
    expect(rememberedProcess(folder, 'own')).toBeNull();
    rememberProcess(folder, 'own', process.pid);
    expect(rememberedProcess(folder, 'own')).toBe(process.pid);
    expect(rememberedNames(folder)).toEqual(['own']);
    forgetProcess(folder, 'own');
    expect(rememberedProcess(folder, 'own')).toBeNull();
  });

  it('is gone when its id belongs to another by now: that one is never signalled', () => {
    mkdirSync(folder.pids, { recursive: true });
    for (const text of [`${process.pid} 1\n`, `${process.pid}\n`, '', `${2 ** 22 + 1} 5\n`]) {
      writeFileSync(path.join(folder.pids, 'other.pid'), text);
      expect(rememberedProcess(folder, 'other')).toBeNull();
    }
  });
});
