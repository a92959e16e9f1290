import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeDataset, damageFiles, damageNewestBlocks, overwrite } from './damage.ts';
import { NODES } from './hosts.ts';
import { LabError } from './lab-error.ts';
import { type LabFolder, labFolder, onHost } from './lab-folder.ts';

let folder: LabFolder;
beforeEach(() => {
  folder = labFolder(mkdtempSync(path.join(tmpdir(), 'wherefore-damage-')), null);
});
afterEach(() => rmSync(folder.root, { recursive: true, force: true }));

function write(file: string, bytes = 1_000): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, Buffer.alloc(bytes, 0x20));
  return file;
}

/** First and last place at which a file is not as it was written. */
function changed(file: string): [number, number] | null {
  const bytes = readFileSync(file);
  const first = bytes.findIndex((byte) => byte !== 0x20);
  return first === -1 ? null : [first, bytes.findLastIndex((byte) => byte !== 0x20)];
}

describe('damage', () => {
  it('overwrites bytes at the head, in the middle or at the tail, and never makes a file longer', () => {
    const file = path.join(folder.root, 'x');
    const places = (['head', 'middle', 'tail'] as const).map((at) => {
      overwrite(write(file), at, 100);
      return changed(file);
    });
    expect(places).toEqual([
      [0, 99],
      [450, 549],
      [900, 999],
    ]);
    overwrite(write(file, 30), 'tail', 100);
    expect(statSync(file).size).toBe(30);
  });

  it('damages the newest blocks and leaves their checksums and older blocks alone', () => {
    const store = onHost(folder, NODES[0] as string, 'srv/hdfs/dn/current/BP-1/current/finalized/subdir0');
    const [old, block, checksum] = ['blk_1', 'blk_2', 'blk_2_1002.meta'].map((name) =>
      write(path.join(store, name)),
    ) as [string, string, string];
    const longAgo = Date.now() / 1000 - 600;
    utimesSync(old, longAgo, longAgo);
    damageNewestBlocks(folder);
    expect([changed(old), changed(checksum)]).toEqual([null, null]);
    expect(changed(block)).toEqual([244, 755]);
  });

  it('damages files of a host by name, and says when there is none', () => {
    const image = write(onHost(folder, 'bd-master', 'srv/hdfs/nn/current/fsimage_0000000000000000042'));
    const sum = write(`${image}.md5`);
    damageFiles(folder, 'bd-master', '/srv/hdfs/nn', /fsimage_\d+$/);
    expect([changed(image), changed(sum)]).toEqual([[0, 63], null]);
    expect(() => damageFiles(folder, 'bd-master', '/srv/hdfs/nn', /edits/)).toThrow(LabError);
  });

  it('cuts and deletes files in the store below the cache', () => {
    const files = [0, 1, 2].map((at) => write(path.join(folder.shared, 'datasets', 'd-1', `part-${at}.bin`)));
    changeDataset(folder, 'd-1', /part-0/, 10);
    changeDataset(folder, 'd-1', /part-1/, null);
    expect(files.map((file) => (existsSync(file) ? statSync(file).size : null))).toEqual([10, null, 1_000]);
    expect(() => changeDataset(folder, 'd-1', /part-9/, null)).toThrow(LabError);
  });
});
