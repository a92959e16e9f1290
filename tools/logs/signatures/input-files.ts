import type { TextRecord, Writer } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { OWN_STATE, OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

const PATH = '[^\\s,;\'"<>]{1,800}';

/** `File file:/… does not exist`: the local file system of the host that reads. */
const LOCAL_FILE_GONE = /\bFile file:\/\S{1,600} does not exist/;

/** Input that is absent, changed under the reader, or made of too many files. */
export const INPUT_FILE_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'input-file/path-missing',
    code: 'data.input_missing',
    literals: [
      'Path does not exist',
      'Input path does not exist',
      'PATH_NOT_FOUND',
      'matches 0 files',
      'Unable to infer schema for',
      'UNABLE_TO_INFER_SCHEMA',
      'PARTITIONS_NOT_FOUND',
      'NoSuchPartition',
    ],
    pattern: [
      new RegExp(`(?:Input path|Path) does not exist: ?(?<path>${PATH})`),
      new RegExp(`\\[PATH_NOT_FOUND\\][^\\n]{0,40}?(?<path>[\\w+.-]{0,20}:?/${PATH})`),
      new RegExp(`Input Pattern (?<path>${PATH}) matches 0 files`),
      /Unable to infer schema for (?<format>\w{1,40})/,
      /\[UNABLE_TO_INFER_SCHEMA\]/,
      /\[PARTITIONS_NOT_FOUND\]|NoSuchPartitions?Exception/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 80,
    seenIn: 'spark DataSource 2.x-4.x, hadoop FileInputFormat; capture yarn-001',
    say: (groups) => ({
      en: `The input is not there: ${groups.path ? groups.path.replace(/\.$/, '') : 'no readable file or partition was found'}`,
      zh: `输入不存在：${groups.path ? groups.path.replace(/\.$/, '') : '没有找到可读的文件或分区'}`,
    }),
    read: (groups) => ({ keys: present({ path: groups.path?.replace(/\.$/, '') }) }),
  }),
  statementSignature({
    id: 'input-file/table-missing',
    code: 'data.input_missing',
    literals: [
      'TableNotFoundException',
      'UnknownTopicOrPartitionException',
      'able or view not found',
      'TABLE_OR_VIEW_NOT_FOUND',
      'Table not found',
      'NoSuchTableException',
      'is not a Delta table',
    ],
    pattern: [
      /TableNotFoundException: Hoodie table not found in path (?<table>\S{1,300})/,
      /UnknownTopicOrPartitionException/,

      /[Tt]able or view (?:'?(?<table>[\w.`"-]{1,200})'? )?not found/,
      /\[TABLE_OR_VIEW_NOT_FOUND\][^\n]{0,60}?`(?<table>[^\s]{1,200}?)` cannot be found/,
      /\[TABLE_OR_VIEW_NOT_FOUND\]/,
      /SemanticException[^\n]{0,60}Table not found '?(?<table>[\w.]{1,200})/,
      /\bNoSuchTableException\b/,
      /(?<![^\s"'(])(?<table>[^\s"'(]{1,200}) is not a Delta table/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 56,
    inferredOnly: true,
    seenIn: 'spark analyzer 2.x-4.x, hive SemanticAnalyzer 1.x-3.x, delta 2.x',
    say: (groups) => ({
      en: `The table ${groups.table ?? ''} is unknown to the catalogue that the job uses: not created, or another catalogue`,
      zh: `作业所用的目录中没有表 ${groups.table ?? ''}：没有创建，或连的是另一个目录`,
    }),
    read: (groups) => ({ values: present({ table: groups.table }) }),
  }),
  statementSignature({
    id: 'input-file/changed-under-reader',
    code: 'data.file_changed',
    literals: [
      'changed on src filesystem',
      'NotFoundException: Location does not exist',
      'It is possible the underlying files have been updated',
      'Error reading delta file ',
      'Error reading snapshot file ',
      'CANNOT_READ_DELTA_FILE',
      'BATCH_METADATA_NOT_FOUND',
      "doesn't exist. This might mean that the checkpoint",
      'FILE_NOT_EXIST',
      'RemoteFileChangedException',
      'A file referenced in the transaction log cannot be found',
      'DELTA_FILE_NOT_FOUND',
    ],
    pattern: [
      /changed on src filesystem \(expected/,
      /NotFoundException: Location does not exist/,

      /It is possible the underlying files have been updated/,
      /Error reading (?:delta|snapshot) file \S{1,600} of [^\n]{1,800} does not exist|\[CANNOT_LOAD_STATE_STORE\.CANNOT_READ_DELTA_FILE_NOT_EXISTS\]/,
      /\[BATCH_METADATA_NOT_FOUND\]|doesn't exist\. This might mean that the checkpoint/,
      /\[FAILED_READ_FILE\.FILE_NOT_EXIST\]/,
      /RemoteFileChangedException/,
      /A file referenced in the transaction log cannot be found|\[?DELTA_FILE_NOT_FOUND/,
    ],
    observedFrom: OWN_STATE,
    rank: 82,
    seenIn: 'spark FileScanRDD 2.x-4.x, hadoop-aws S3A change detection 3.x, delta 2.x-3.x; question q010',
    say: {
      en: 'A file that the plan had listed was gone or replaced when a task read it: another writer or cleaner changed the data meanwhile',
      zh: '任务读取时，计划里列出的文件已被删除或替换：期间有别的写入或清理任务改了数据',
    },
    read: (_groups, record, at) => {
      const path = missingPathBefore(record.text, at);
      // Told of a path on the local disk, it may as well lie on the driver's host only: the text is the same.
      const hint = record.text.startsWith('It is possible the underlying', at);
      const elsewhere = path === undefined || path.startsWith('file:') || LOCAL_FILE_GONE.test(record.text);
      return { keys: present({ path }), ...(hint && elsewhere ? { inferredOnly: true } : {}) };
    },
  }),
  statementSignature({
    id: 'input-file/file-missing',
    code: 'data.input_missing',
    literals: ['FileNotFoundException', 'NoSuchFileException', 'No such file or directory'],
    pattern: [
      new RegExp(
        `FileNotFoundException: (?:File does not exist:|File |No such file or directory: ?)? ?(?<path>${PATH})`,
      ),
      new RegExp(`NoSuchFileException: (?<path>${PATH})`),
      /FileNotFoundError: \[Errno 2\] No such file or directory: '(?<path>[^'\n]{1,500})'/,
    ],
    unless: /\bblockmgr-|shuffle_\d|It is possible the underlying|\(Permission denied\)|_temporary\b/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 58,
    inferredOnly: true,
    seenIn: 'hadoop DFSInputStream, java.io, S3A, CPython; capture yarn-032, flow-101',
    say: { en: 'A file is missing', zh: '文件不存在' },
    read: missingFile,
  }),
  statementSignature({
    id: 'input-file/too-many',
    code: 'data.small_files',
    literals: [
      'The directory item limit of',
      'Number of dynamic partitions created is',
      'total number of created files now is',
      'Number of partitions scanned',
    ],
    pattern: [
      /The directory item limit of (?<path>\S{1,500}) is exceeded: limit=(?<limit>\d{1,12}) items=(?<items>\d{1,12})/,
      /Number of dynamic partitions created is (?<items>\d{1,9}), which is more than (?<limit>\d{1,9})/,
      /total number of created files now is (?<items>\d{1,9}), which exceeds (?<limit>\d{1,9})/,
      /Number of partitions scanned \(=(?<items>\d{1,9})\) on table [^\n]{1,160} exceeds limit \(=(?<limit>\d{1,9})\)/,
    ],
    observedFrom: OWN_STATE,
    rank: 80,
    seenIn: 'hadoop FSLimitException, hive FileSinkOperator / HiveMetaStore 1.x-3.x',
    say: (groups) => ({
      en: `Too many files or partitions: ${groups.items} where ${groups.limit} are allowed`,
      zh: `文件或分区过多：${groups.items} 个，上限 ${groups.limit}`,
    }),
    read: (groups) => ({
      keys: present({ path: groups.path }),
      values: present({ fileCount: wholeOf(groups.items), limitCount: wholeOf(groups.limit) }),
    }),
  }),
  statementSignature({
    id: 'input-file/slow-listing',
    code: 'data.small_files',
    symptom: 'slow',
    literals: ['ms to list leaf files for'],
    pattern: /It took (?<ms>\d{1,12}) ms to list leaf files for (?<paths>\d{1,9}) paths/,
    observedFrom: OWN_STATE,
    rank: 50,
    seenIn: 'spark InMemoryFileIndex 2.x-4.x; real-servers.md (Spark event logs: time)',
    say: (groups) => ({
      en: `The driver spent ${Math.round(Number(groups.ms) / 1000)} s on listing files`,
      zh: `driver 列举文件花了 ${Math.round(Number(groups.ms) / 1000)} 秒`,
    }),
    read: (groups) => {
      const listingMs = wholeOf(groups.ms);
      return listingMs && listingMs >= SLOW_LISTING_MS
        ? { values: present({ listingMs, paths: wholeOf(groups.paths) }) }
        : null;
    },
  }),
];

/** A listing of a minute is worth a word; healthy ones take seconds (captures slow-*: 0.1-4 s). */
const SLOW_LISTING_MS = 60_000;

/** The path that the sentence before the hint names; Spark puts the hint on the line behind it. */
function missingPathBefore(text: string, at: number): string | undefined {
  const before = text.slice(Math.max(0, at - 1500), at);
  const found = MISSING_PATH.exec(before);
  return found?.[1]?.replace(/[.,:]$/, '');
}

const MISSING_PATH = new RegExp(`(?:File does not exist|No such file or directory|reading file)[: ]{1,2}(${PATH})`);

/** A daemon that misses a file of its own says nothing about the job's input. */
const DAEMONS: readonly Writer[] = ['node_manager', 'resource_manager', 'namenode', 'datanode', 'kubelet', 'celeborn'];

function missingFile(groups: Groups, record: TextRecord): Details | null {
  const path = (groups.path ?? '').replace(/[.:]$/, '');
  const keys = path ? { path } : {};
  if (/\.sparkStaging\//.test(path)) return null;
  if (record.writer === 'alluxio' && !/[uU][fF][sS]/.test(record.text)) return null;
  if (record.writer === 'alluxio') {
    return {
      keys,
      code: 'cache.ufs_out_of_sync',
      statement: {
        en: `The cache looked for a file in the store below that is no longer there: ${path}`,
        zh: `缓存在底层存储中找的文件已不存在：${path}`,
      },
    };
  }
  if (DAEMONS.includes(record.writer) && !/^(?:file|hdfs|s3a?|oss):/.test(path)) return null;
  if (/^file:/.test(path)) {
    return {
      keys,
      code: 'config.wrong_path_or_endpoint',
      statement: {
        en: `A path on the local disk was read on a host that does not have it: ${path}`,
        zh: `读取的是本地磁盘路径，而该主机上没有：${path}`,
      },
    };
  }
  if (/FileNotFoundError: /.test(record.text)) {
    return {
      keys,
      statement: {
        en: `A file that the job's own program opens is not there, on the host where it ran: ${path}`,
        zh: `作业自己的程序要打开的文件，在它运行的主机上不存在：${path}`,
      },
    };
  }
  const inTask = /Lost task|FileScanRDD|NewHadoopRDD|HadoopRDD|in stage \d{1,9}\.\d/.test(record.text);
  return inTask
    ? {
        keys,
        code: 'data.file_changed',
        statement: {
          en: `A file that the job had planned to read was gone when a task opened it: ${path}`,
          zh: `任务打开时，计划要读的文件已不存在：${path}`,
        },
      }
    : { keys, statement: { en: `The file or path does not exist: ${path}`, zh: `文件或路径不存在：${path}` } };
}
