import { closeSync, openSync, readdirSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import { NODES } from './hosts.ts';
import { LabError } from './lab-error.ts';
import { type LabFolder, onHost } from './lab-folder.ts';

/** What is written over what was there: no format begins or ends with it. */
const RUBBISH = 0xa5;

/** Files that were written within this time belong to the newest one of HDFS. */
const NEWEST_MS = 10_000;

/** Overwrites bytes of a file of this machine. */
export function overwrite(file: string, at: 'head' | 'middle' | 'tail', bytes: number): void {
  const { size } = statSync(file);
  const length = Math.min(bytes, size);
  const start = { head: 0, middle: Math.floor((size - length) / 2), tail: size - length }[at];
  const open = openSync(file, 'r+');
  writeSync(open, Buffer.alloc(length, RUBBISH), 0, length, start);
  closeSync(open);
}

/** Deletes the stored blocks of the newest file of HDFS, with their checksums. */
export function deleteNewestBlocks(folder: LabFolder): void {
  for (const block of newestBlocks(folder)) rmSync(block);
}

/** Overwrites bytes in the middle of the stored blocks of the newest file of HDFS; their checksums stay. */
export function damageNewestBlocks(folder: LabFolder): void {
  for (const block of newestBlocks(folder)) if (!block.endsWith('.meta')) overwrite(block, 'middle', 512);
}

/** Overwrites the first bytes of files below a folder of a host. @throws LabError when none matches */
export function damageFiles(folder: LabFolder, host: string, below: string, files: RegExp): void {
  for (const file of filesBelow(onHost(folder, host, below), files)) overwrite(file, 'head', 64);
}

/** Cuts files of a data set, or deletes them, in the store below the cache. @throws LabError when none matches */
export function changeDataset(folder: LabFolder, dataset: string, files: RegExp, bytes: number | null): void {
  for (const file of filesBelow(path.join(folder.shared, 'datasets', dataset), files)) {
    if (bytes === null) rmSync(file);
    else truncateSync(file, bytes);
  }
}

function filesBelow(place: string, wanted: RegExp): string[] {
  const found = readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => wanted.test(path.relative(place, file)));
  if (found.length === 0) throw new LabError(`no file below ${place} matches ${wanted}`);
  return found;
}

function newestBlocks(folder: LabFolder): string[] {
  const store = onHost(folder, NODES[0] as string, 'srv/hdfs/dn');
  const blocks = filesBelow(store, /\/finalized\/.*blk_\d+(?:_\d+\.meta)?$/);
  const newest = Math.max(...blocks.map((block) => statSync(block).mtimeMs));
  return blocks.filter((block) => statSync(block).mtimeMs > newest - NEWEST_MS);
}
