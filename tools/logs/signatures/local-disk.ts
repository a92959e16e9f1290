import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

/**
 * `strerror` texts in the locales that the C library and the JVM hand on (glibc message catalogues, macOS and Windows own
 * words). The key of each list is the errno.
 */
const ENOSPC = [
  'No space left on device',
  'No Space Left On Device',
  'no space left on device',
  'No space left on Device',
  'There is not enough space on the disk',
  '设备上没有空间',
  '裝置上已無多餘空間',
  'デバイスに空き領域がありません',
  '장치에 남은 공간이 없음',
  'Auf dem Gerät ist kein Speicherplatz mehr verfügbar',
  'Aucun espace disponible sur le périphérique',
  'No queda espacio en el dispositivo',
  'Não há espaço disponível no dispositivo',
  'На устройстве не осталось свободного места',
  '磁盘空间不足',
];
const EDQUOT = ['Disk quota exceeded', '超出磁盘限额'];
const EROFS = [
  'Read-only file system',
  '只读文件系统',
  'Sistema de archivos de sólo lectura',
  'Système de fichiers accessible en lecture seulement',
  'Das Dateisystem ist nur lesbar',
];
const EIO = [
  'Input/output error',
  '输入/输出错误',
  'Error de entrada/salida',
  "Erreur d'entrée/sortie",
  'Eingabe-/Ausgabefehler',
  'Structure needs cleaning',
  'Stale file handle',
];

/** A path of a FUSE or cache mount: its errors are those of the cache, not of a disk. */
const FUSE_PATH = /alluxio|\bfuse\b|-fuse|fluid|juicefs|goosefs|s3fs|ossfs/i;

/** Local disks of the hosts: full, faulty, read-only, slow. */
export const LOCAL_DISK_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'local-disk/full',
    code: 'storage.disk_full_local',
    literals: [
      ...ENOSPC,
      ...EDQUOT,
      'No space available in any of the local directories',
      '[Errno 28]',
      'ENOSPC',
      'DiskOutOfSpaceException',
      'used space above threshold',
      'usage is above threshold',
      'no more usable space',
      'usable space is below',
    ],
    pattern: [
      anyOf(ENOSPC),
      /No space available in any of the local directories/,
      /\[Errno 28\]|\bENOSPC\b/,
      anyOf(EDQUOT),
      /(?<![\w./-])(?<path>\/[\w./-]{1,300})(?: ?:| error,) used space above threshold of (?<share>[\d.]{1,6})%/,
      /(?<![\w./-])(?<path>\/[\w./-]{1,300}) usage is above threshold\. Disk usage/,
      /used space above threshold|no more usable space|usable space is below/,
      /DiskOutOfSpaceException[^\n]{0,200}/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 92,
    seenIn:
      'strerror(ENOSPC/EDQUOT) via JDK, Python, hadoop LocalDirAllocator, NodeManager DirectoryCollection, DataNode; captures cache-211, celeborn-009, question q005',
    say: {
      en: 'A local disk is full (space or inodes) on the host that wrote this',
      zh: '写入方所在主机的本地磁盘已满（空间或 inode）',
    },
    read: fullDisk,
  }),
  statementSignature({
    id: 'local-disk/faulty',
    code: 'storage.bad_disk',
    literals: [...EROFS, ...EIO],
    pattern: [anyOf(EROFS), anyOf(EIO)],
    observedFrom: ['kernel', 'node_manager', 'storage', 'shuffle_service', 'kubernetes'],
    rank: 88,
    seenIn: 'strerror(EROFS, EIO, EUCLEAN, ESTALE) via JDK and Python; captures cache-215, flow-210',
    say: {
      en: 'A local disk or its file system is faulty: reads or writes fail, or it became read-only',
      zh: '本地磁盘或其文件系统有故障：读写失败，或变成只读',
    },
    read: faultyDisk,
  }),
  statementSignature({
    id: 'local-disk/sync-failed',
    code: null,
    symptom: 'task_failed',
    literals: ['SyncFailedException'],
    pattern: /java\.io\.SyncFailedException(?:: [^\n]{0,120})?/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 60,
    seenIn:
      'JDK FileDescriptor.sync (FileDescriptor_md.c), 8-21: one text for every errno; provoked on a device without room',
    say: {
      en: 'A disk did not take what was to be made durable: the JDK does not say why',
      zh: '数据刷盘（fsync）失败：JDK 没有说明原因',
    },
  }),
  statementSignature({
    id: 'local-disk/directories-bad',
    code: 'storage.bad_disk',
    symptom: 'node_lost',
    literals: [
      'local-dirs are bad',
      'log-dirs are bad',
      'local-dirs have errors',
      'log-dirs have errors',
      'DiskErrorException',
      'DISKS_FAILED',
      ': -101',
    ],
    pattern: [
      /(?<bad>\d{1,4})\/(?<all>\d{1,4}) (?:local|log)-dirs (?:are bad|have errors|turned bad)[^\n]{0,600}/,
      /DiskErrorException: (?<why>(?:Directory is not (?:writable|readable|executable)|Cannot create directory|Too many failed volumes|Error checking)[^\n]{0,300})/,
      /DiskErrorException: (?<why>Could not find any valid local directory[^\n]{0,200})/,
      /(?:[eE]xit ?[sS]tatus|exitCode|[eE]xit[ _][cC]ode)"?: -101\b/,
    ],
    unless: /used space above threshold|No space (?:left|available)|no more usable space/,
    observedFrom: ['node_manager', 'storage'],
    rank: 78,
    seenIn: 'hadoop LocalDirsHandlerService, DiskChecker, ContainerExitStatus.DISKS_FAILED 2.x/3.x',
    say: (groups) => ({
      en: `Local directories of a node failed the disk check${groups.bad ? ` (${groups.bad} of ${groups.all})` : ''}: faulty, read-only, not writable or nearly full`,
      zh: `节点本地目录未通过磁盘检查${groups.bad ? `（${groups.all} 个中 ${groups.bad} 个）` : ''}：损坏、只读、不可写或接近写满`,
    }),
    read: (groups) => ({ ...(groups.why?.startsWith('Could not find') ? { inferredOnly: true } : {}) }),
  }),
  statementSignature({
    id: 'local-disk/directory-not-made',
    code: 'storage.bad_disk',
    literals: ['Mkdirs failed to create', 'Failed to create local dir', 'Failed to create a temp directory'],
    pattern: [
      /Mkdirs failed to create (?<path>\S{1,500})/,
      /Failed to create (?:local dir in|a temp directory \(under) ?(?<path>[^\s)]{1,500})/,
    ],
    unless: new RegExp(ENOSPC.slice(0, 6).join('|')),
    observedFrom: [],
    rank: 42,
    inferredOnly: true,
    seenIn: 'hadoop RawLocalFileSystem, spark DiskBlockManager / Utils.createDirectory 1.x-4.x; capture flow-210',
    say: (groups) => ({
      en: `A directory could not be made (${groups.path}): the file system is read-only or full, or the user may not write there`,
      zh: `无法创建目录（${groups.path}）：文件系统只读或已满，或该用户没有写权限`,
    }),
    read: (groups) => ({ keys: present({ path: groups.path }) }),
  }),
  statementSignature({
    id: 'local-disk/slow',
    code: 'storage.slow_disk',
    symptom: 'slow',
    literals: [
      'Slow BlockReceiver',
      'Slow flushOrSync',
      'Slow manageWriterOsCache',
      'Wait pending actions timeout',
      'low sync',
      'low fsync',
      'low disk',
      'fsync-ing the write ahead log',
      'IoHang',
      'IO Hang!',
      'device io hang',
    ],
    pattern: [
      /Slow (?:BlockReceiver write data to disk|flushOrSync|manageWriterOsCache)[^\n]{0,80}?(?:cost:|took )(?<ms>\d{1,9}) ?ms/,
      /Wait pending actions timeout after (?<ms>\d{1,9}) ms/,
      /[sS]low (?:f?sync|disk (?:write|read|sync))\b[^\n]{0,60}?(?:took|cost:?|time:?) ?(?<ms>\d{1,9}) ?ms/,
      /IO Hang!|Encounter device io hang/i,
    ],
    observedFrom: ['storage', 'shuffle_service', 'engine', 'cache'],
    rank: 56,
    inferredOnly: true,
    seenIn:
      'hadoop BlockReceiver 2.6+, hbase FSHLog (Slow sync cost), Celeborn Flusher / DeviceMonitor 0.4+; capture cache-213',
    say: (groups) => ({
      en: `A write to a local disk took ${groups.ms ? `${groups.ms} ms` : 'far too long'}`,
      zh: `写本地磁盘${groups.ms ? `用了 ${groups.ms} ms` : '耗时过长'}`,
    }),
    read: (groups) => ({ values: present({ durationMs: wholeOf(groups.ms) }) }),
  }),
];

function anyOf(words: readonly string[]): RegExp {
  return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));
}

function fullDisk(groups: Groups, record: TextRecord): Details {
  const path =
    groups.path ??
    /(?:IOException|FileNotFoundException): (?<path>\/[^\s(:]{1,400}) \(/.exec(record.text)?.groups?.path;
  const spilling = /error while calling spill|UnsafeExternalSorter|spill\(\)/.test(record.text);
  const dirsFull = /used space above threshold of/.test(record.text) && groups.path !== undefined;
  // The ResourceManager repeats what a node reported: the disk is the node's.
  const host = /\bNode (?<host>[\w.-]{1,253}):\d{1,5} reported UNHEALTHY/.exec(record.text)?.groups?.host;
  return {
    keys: present({ path, host }),
    ...(dirsFull ? { completeStatement: 'node_local_dirs_full' } : {}),
    ...(spilling
      ? {
          statement: {
            en: 'A local disk was full when a task wanted to spill: the memory error around it is only the wrapping',
            zh: '任务溢写时本地磁盘已满：外层的内存错误只是包装',
          },
        }
      : host
        ? { statement: { en: `A local disk of ${host} is full`, zh: `${host} 的本地磁盘已满` } }
        : {}),
  };
}

function faultyDisk(_groups: Groups, record: TextRecord, at: number): Details | null {
  const line = record.text.slice(record.text.lastIndexOf('\n', at - 1) + 1, at + 200);
  if (FUSE_PATH.test(record.text)) return null;
  const path = /(\/[\w./-]{3,300})/.exec(line)?.[1];
  return { keys: present({ path }) };
}
