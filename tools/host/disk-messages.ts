import type { DiskErrorKind } from './kernel-facts.ts';

/** What one kernel line says about a block device or the file system on it. */
export interface DiskMessage {
  kind: DiskErrorKind;
  device: string;
  layer: string;
}

/** Block devices whose errors are everyday life of an empty drive. */
const REMOVABLE = /^(?:sr|scd|fd)\d/;

const NAME = '([A-Za-z][\\w!.:-]{1,40})';

interface Shape {
  /** Cheap test before the pattern. */
  literal: string;
  pattern: RegExp;
  kind: DiskErrorKind;
  layer: string;
}

function shape(literal: string, pattern: string, kind: DiskErrorKind, layer: string): Shape {
  return { literal, pattern: new RegExp(pattern), kind, layer };
}

/**
 * Message shapes from 3.10 to 6.18 (block/blk-core.c, blk-mq.c, drivers/scsi, drivers/nvme, drivers/ata, fs/ext4, fs/jbd2, fs/xfs,
 * fs/btrfs). The first that fits decides, so the narrower stand first.
 */
const SHAPES: readonly Shape[] = [
  shape(
    'medium error',
    `^(?:blk_update_request: )?critical medium error, dev ${NAME}, sector`,
    'medium_error',
    'block',
  ),
  shape(
    'space allocation error',
    `^(?:blk_update_request: )?critical space allocation error, dev ${NAME}, sector`,
    'thin_pool_full',
    'dm',
  ),
  shape(
    'critical target error',
    `^(?:blk_update_request: )?critical target error, dev ${NAME}, sector`,
    'io_error',
    'block',
  ),
  shape(
    'I/O error, dev ',
    `^(?:blk_update_request: |print_req_error: |end_request: )?I/O error, dev ${NAME}, sector`,
    'io_error',
    'block',
  ),
  shape(
    'timeout error, dev ',
    `^(?:blk_update_request: )?timeout error, dev ${NAME}, sector`,
    'device_timeout',
    'block',
  ),
  shape(
    'transport error, dev ',
    `^(?:blk_update_request: )?recoverable transport error, dev ${NAME}, sector`,
    'device_timeout',
    'block',
  ),
  shape('link error, dev ', `^(?:blk_update_request: )?critical nexus error, dev ${NAME}, sector`, 'io_error', 'block'),
  shape('Buffer I/O error on dev', `^Buffer I/O error on dev(?:ice)? ${NAME}, logical block`, 'io_error', 'block'),
  shape(
    'Sense Key',
    `^sd [\\d:]{3,20} \\[${NAME}\\].{0,80}Sense Key : (?:Medium|Hardware) Error`,
    'medium_error',
    'scsi',
  ),
  shape(
    'Unrecovered read error',
    `^sd [\\d:]{3,20} \\[${NAME}\\].{0,80}Unrecovered read error`,
    'medium_error',
    'scsi',
  ),
  shape(
    'FAILED Result',
    `^sd [\\d:]{3,20} \\[${NAME}\\].{0,40}FAILED Result: hostbyte=DID_(?:BAD_TARGET|NO_CONNECT|TIME_OUT|ERROR|TRANSPORT)`,
    'device_lost',
    'scsi',
  ),
  shape(
    'rejecting I/O to',
    `^sd [\\d:]{3,20} (?:\\[${NAME}\\] )?.{0,20}rejecting I/O to (?:offline|dead) device`,
    'device_lost',
    'scsi',
  ),
  shape('nvme', `^nvme ${NAME}: (?:I/O (?:tag )?\\d{1,6}.{0,60}timeout|Abort status)`, 'device_timeout', 'nvme'),
  shape('controller is down', `^nvme ${NAME}: controller is down`, 'device_lost', 'nvme'),
  shape('Removing after probe failure', `^nvme ${NAME}: Removing after probe failure`, 'device_lost', 'nvme'),
  shape('Device not ready', `^nvme ${NAME}: Device not ready`, 'device_lost', 'nvme'),
  shape('exception Emask', '^(ata\\d{1,3}(?:\\.\\d{1,3})?): exception Emask', 'device_timeout', 'ata'),
  shape('error: { UNC', '^(ata\\d{1,3}(?:\\.\\d{1,3})?): error: \\{ UNC', 'medium_error', 'ata'),
  shape(
    'Remounting filesystem read-only',
    `^(?:EXT[234]-fs) \\(${NAME}\\): Remounting filesystem read-only`,
    'remounted_read_only',
    'ext4',
  ),
  shape('forced readonly', `^BTRFS.{0,20}\\(device ${NAME}.{0,60}forced readonly`, 'remounted_read_only', 'btrfs'),
  shape('Aborting journal on device', `^(?:JBD2?: )?Aborting journal on device ${NAME}`, 'journal_aborted', 'ext4'),
  shape(
    'Detected aborted journal',
    `\\((?:device )?${NAME}\\).{0,120}Detected aborted journal`,
    'journal_aborted',
    'ext4',
  ),
  shape(
    'when updating journal superblock',
    `^JBD2: .{0,40}when updating journal superblock for ${NAME}`,
    'journal_aborted',
    'ext4',
  ),
  shape('EXT', `^EXT[234]-fs error \\(device ${NAME}\\)`, 'filesystem_error', 'ext4'),
  shape(
    'EXT',
    `^EXT[234]-fs (?:warning )?\\((?:device )?${NAME}\\):.{0,80}(?:I/O error|failed to convert unwritten extents|potential data loss|previous I/O error)`,
    'filesystem_error',
    'ext4',
  ),
  shape(
    'XFS',
    `^XFS \\(${NAME}\\):.{0,200}(?:[Ss]hutting down filesystem|[Ss]hutdown due to|has been shut down|Log I/O [Ee]rror|log I/O error)`,
    'filesystem_shutdown',
    'xfs',
  ),
  shape(
    'XFS',
    `^XFS \\(${NAME}\\):.{0,80}(?:metadata I/O error|[Mm]etadata (?:CRC error|corruption)|Internal error|[Cc]orruption of in-memory data|writeback error)`,
    'filesystem_error',
    'xfs',
  ),
  shape(
    'BTRFS',
    `^BTRFS (?:error|critical|warning) \\(device ${NAME}.{0,120}(?:I/O|IO failure|bdev .{0,60} errs|csum failed|parent transid)`,
    'filesystem_error',
    'btrfs',
  ),
  shape(
    'out-of-data-space',
    `^device-mapper: thin: ${NAME}.{0,80}(?:out-of-data-space|no free space)`,
    'thin_pool_full',
    'dm',
  ),
];

/** Optional features a device does not have; the kernel falls back and nothing is lost. */
const HARMLESS = /^operation not supported error|op 0x(?:3|9):\((?:DISCARD|WRITE_ZEROES)\)/;

/** A word that each of the shapes holds: one cheap test before some thirty. */
const ANY_SHAPE =
  /error|Error|EXT|XFS|BTRFS|ournal|Remounting|read-?only|Sense|FAILED|rejecting|nvme|data-space|free space|Emask|UNC|timeout|ontroller|not ready|probe failure/;

/** What a message says about a disk, or `null`. */
export function readDiskMessage(body: string): DiskMessage | null {
  if (!ANY_SHAPE.test(body.length > 1000 ? body.slice(0, 1000) : body) || HARMLESS.test(body)) return null;
  const text = body.length > 1000 ? body.slice(0, 1000) : body;
  for (const { literal, pattern, kind, layer } of SHAPES) {
    if (!text.includes(literal)) continue;
    const match = pattern.exec(text);
    const device = match?.[1];
    if (device && !REMOVABLE.test(device)) return { kind, device: diskOfJournal(device), layer };
  }
  return null;
}

/** A journal is named after its device and inode: `loop0-8`, `sdb1-8`, `dm-3-8`. */
function diskOfJournal(name: string): string {
  const clean = name.replace(/[:.!]$/, '');
  const journal = /^(.{2,40})-8$/.exec(clean);
  return journal?.[1] ?? clean;
}

/** Frames that show a task waiting for a disk or a journal, not for a lock or the network. */
const DISK_WAIT =
  /\b(?:io_schedule|blk_mq_get_tag|blk_mq_get_request|rq_qos_wait|wbt_wait|submit_bio_wait|wait_on_page_bit|wait_on_page_writeback|folio_wait_writeback|jbd2_|xfs_log_force|xfs_buf_lock|xfs_buf_iowait|ext4_sync_file|__blkdev_issue_flush|blkdev_issue_flush|bio_await|throtl_)/;

/** True for a stack frame line that waits for block I/O. */
export function waitsForDisk(body: string): boolean {
  return DISK_WAIT.test(body.length > 300 ? body.slice(0, 300) : body);
}

/** `INFO: task jbd2/sdb1-8:1234 blocked for more than 120 seconds.` */
export function readHungTask(
  body: string,
): { comm: string; pid: number | null; seconds: number; device: string | null } | null {
  const at = body.indexOf(' blocked for more than ');
  if (at === -1 || !body.startsWith('INFO: task ')) return null;
  const named = body.slice('INFO: task '.length, at);
  const seconds = /^(\d{1,7}) seconds/.exec(body.slice(at + ' blocked for more than '.length, at + 60));
  if (!seconds) return null;
  const pid = /:(\d{1,10})$/.exec(named);
  const comm = pid ? named.slice(0, pid.index) : named;
  const device =
    /^(?:jbd2|xfsaild|xfs-(?:sync|cil|conv|buf|log|reclaim)|kjournald\d?|flush|dmcrypt_write)\/(.{2,40})$/.exec(
      comm,
    )?.[1];
  return {
    comm,
    pid: pid ? Number(pid[1]) : null,
    seconds: Number(seconds[1]),
    device: device && !/^\d{1,3}:\d{1,3}$/.test(device) ? diskOfJournal(device) : null,
  };
}
