import { describe, expect, it } from 'vitest';
import { readDiskMessage, readHungTask } from './disk-messages.ts';

// Composed from the kernel's format strings, but for the first two, which are of a recording.

describe('readDiskMessage', () => {
  it.each([
    ['I/O error, dev loop0, sector 86018 op 0x1:(WRITE) flags 0x800 phys_seg 4 prio class 2', 'io_error', 'loop0'],
    ['Aborting journal on device loop0-8.', 'journal_aborted', 'loop0'],
    ['blk_update_request: I/O error, dev sdb, sector 1234', 'io_error', 'sdb'],
    ['print_req_error: I/O error, dev sdb, sector 1234', 'io_error', 'sdb'],
    ['end_request: I/O error, dev sdb, sector 1234', 'io_error', 'sdb'],
    ['critical medium error, dev nvme0n1, sector 99 op 0x0:(READ) flags 0x0', 'medium_error', 'nvme0n1'],
    ['blk_update_request: critical medium error, dev sdc, sector 99', 'medium_error', 'sdc'],
    ['critical space allocation error, dev dm-7, sector 99 op 0x1:(WRITE)', 'thin_pool_full', 'dm-7'],
    ['Buffer I/O error on device sdb1, logical block 43009', 'io_error', 'sdb1'],
    ['sd 0:0:3:0: [sdd] tag#5 Sense Key : Medium Error [current]', 'medium_error', 'sdd'],
    ['nvme nvme1: I/O 12 QID 3 timeout, aborting', 'device_timeout', 'nvme1'],
    ['nvme nvme1: controller is down; will reset: CSTS=0xffffffff', 'device_lost', 'nvme1'],
    ['ata3.00: exception Emask 0x0 SAct 0x0 SErr 0x0 action 0x6 frozen', 'device_timeout', 'ata3.00'],
    ['EXT4-fs (sdb1): Remounting filesystem read-only', 'remounted_read_only', 'sdb1'],
    [
      'EXT4-fs error (device sdb1): ext4_journal_check_start:87: comm java: Detected aborted journal',
      'journal_aborted',
      'sdb1',
    ],
    [
      'EXT4-fs error (device sdb1): htree_dirblock_to_tree:914: inode #2: comm java: bad entry',
      'filesystem_error',
      'sdb1',
    ],
    ['XFS (sdc1): Log I/O Error Detected.  Shutting down filesystem', 'filesystem_shutdown', 'sdc1'],
    ['XFS (sdc1): metadata I/O error in "xfs_buf_iodone" at daddr 0x1 len 8 error 5', 'filesystem_error', 'sdc1'],
    ['XFS (dm-3): Corruption of in-memory data detected.  Shutting down filesystem', 'filesystem_shutdown', 'dm-3'],
    ['BTRFS info (device sdb): forced readonly', 'remounted_read_only', 'sdb'],
  ])('%s', (body, kind, device) => {
    expect(readDiskMessage(body)).toMatchObject({ kind, device });
  });

  it.each([
    [
      'an optional feature the device does not have',
      'operation not supported error, dev loop0, sector 594 op 0x9:(WRITE_ZEROES) flags 0x800 phys_seg 0 prio class 2',
    ],
    ['a discard that failed', 'I/O error, dev sdb, sector 594 op 0x3:(DISCARD) flags 0x800 phys_seg 1'],
    ['an empty optical drive', 'I/O error, dev sr0, sector 0 op 0x0:(READ) flags 0x80700'],
    ['a mount', 'EXT4-fs (loop5): mounted filesystem 91dfc8da r/w with ordered data mode. Quota mode: none.'],
    ['a word in a path', 'foo: I/O error, dev sdb, sector 1'],
  ])('leaves alone %s', (_, body) => {
    expect(readDiskMessage(body)).toBeNull();
  });
});

describe('readHungTask', () => {
  it('reads the device out of a journal task, never out of a name that only looks so', () => {
    expect(readHungTask('INFO: task jbd2/sdb1-8:812 blocked for more than 120 seconds.')).toEqual({
      comm: 'jbd2/sdb1-8',
      pid: 812,
      seconds: 120,
      device: 'sdb1',
    });
    expect(readHungTask('INFO: task xfsaild/dm-3:812 blocked for more than 241 seconds.')).toMatchObject({
      device: 'dm-3',
    });
    expect(readHungTask('INFO: task kworker/u8:2:77 blocked for more than 120 seconds.')).toMatchObject({
      comm: 'kworker/u8:2',
      pid: 77,
      device: null,
    });
    expect(readHungTask('java: INFO: task x:1 blocked for more than 120 seconds.')).toBeNull();
  });
});
