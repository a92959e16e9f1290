import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { LabFolder } from './lab-folder.ts';
import { runTool } from './run-tool.ts';

/** A disk that an incident needs: a file system of its own in a file of the lab, mounted on a host. */
export interface LabDisk {
  host: string;
  /** Where it is mounted on the host: `/srv/hdfs/dn`. */
  path: string;
  mebibytes: number;
  /** Every write waits for the disk: only so is a writer slowed down that shares its pages with nobody. */
  waits?: true;
}

/** Makes a disk's file system anew and gives the words of a shell that mount it on its host; it goes when the host goes. */
export function makeDisk(folder: LabFolder, disk: LabDisk): string {
  const image = imageOf(folder, disk);
  mkdirSync(path.dirname(image), { recursive: true });
  rmSync(image, { force: true });
  const file = openSync(image, 'w');
  ftruncateSync(file, disk.mebibytes * 2 ** 20);
  closeSync(file);
  // No lost+found of its own: a DataNode wonders about folders that it did not make.
  runTool('mkfs.ext4', ['-q', '-F', '-m', '0', image], { why: `a disk for ${disk.host}` });
  return `mkdir -p ${disk.path} && mount -o loop,noatime${disk.waits ? ',sync' : ''} ${image} ${disk.path} && rmdir ${disk.path}/lost+found`;
}

/** The loop device that a disk lies on (`loop3`); null when it is not mounted. */
export function loopDeviceOf(folder: LabFolder, disk: LabDisk): string | null {
  const told = runTool('losetup', ['-j', imageOf(folder, disk), '-O', 'NAME', '-n'], { why: 'a disk of the lab' });
  return /\/dev\/(loop\d+)/.exec(told)?.[1] ?? null;
}

function imageOf(folder: LabFolder, { host, path: mounted }: LabDisk): string {
  return path.join(folder.root, 'disks', `${host}${mounted.replaceAll('/', '-')}.img`);
}
