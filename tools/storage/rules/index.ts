import type { Rule } from '../../evidence/rule.ts';
import type { HostDiskFacts } from '../host-disk-facts.ts';
import { badDisk } from './bad-disk.ts';
import { blockedOnDisk } from './blocked-on-disk.ts';
import { diskFull } from './disk-full.ts';
import { filesystemDefectHint } from './filesystem-defect-hint.ts';
import { flatWriteRate } from './flat-write-rate.ts';
import { hungTask } from './hung-task.ts';
import { slowDevice } from './slow-device.ts';
import { throttledDisk } from './throttled-disk.ts';

/** Every rule of the storage area about the disks of hosts. They see all hosts at once: a slow one is told from the others. */
export const STORAGE_RULES: readonly Rule<readonly HostDiskFacts[]>[] = [
  diskFull,
  badDisk,
  throttledDisk,
  slowDevice,
  flatWriteRate,
  hungTask,
  blockedOnDisk,
  filesystemDefectHint,
];
