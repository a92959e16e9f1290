import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { OWN_STATE } from './trusted-writers.ts';

const SHUFFLE_FRAMES = /shuffle|Shuffle|UnsafeSorterSpillReader|BlockManager|TorrentBroadcast/;

/** Shuffle blocks that could not be fetched, were damaged or too large; Spark's own shuffle and its external service. */
export const SHUFFLE_FETCH_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'shuffle-fetch/output-location-missing',
    code: 'shuffle.executor_lost',
    symptom: 'fetch_failed',
    literals: ['Missing an output location for shuffle', 'MetadataFetchFailedException'],
    pattern: [/Missing an output location for shuffle (?<shuffle>\d{1,9})/, /MetadataFetchFailedException/],
    observedFrom: [],
    rank: 45,
    inferredOnly: true,
    seenIn: 'spark MapOutputTracker 1.x-4.x',
    say: {
      en: 'Map output of the shuffle is gone with the executor that held it',
      zh: 'shuffle 的 map 输出随持有它的 executor 一起丢失',
    },
    read: (groups) => ({ keys: present({ shuffleId: wholeOf(groups.shuffle) }) }),
  }),
  statementSignature({
    id: 'shuffle-fetch/peer-gone',
    code: 'shuffle.executor_lost',
    symptom: 'fetch_failed',
    literals: ['FetchFailed'],
    pattern:
      /FetchFailed(?:Exception|\()[\s\S]{0,800}?(?:Failed to connect to|Connection from|Connection reset|Connection timed out|Connection refused|closed by peer|Failed while starting block fetches|Failure while fetching|[Rr]elative remote executor\(Id: \d)/,
    unless: /Celeborn FetchFailure|Rss(?:FetchFailed|Exception)/,
    observedFrom: [],
    rank: 44,
    inferredOnly: true,
    seenIn: 'spark ShuffleBlockFetcherIterator, TransportClientFactory 1.6-4.x',
    say: {
      en: 'A reducer could not reach the process that holds its map output: that process died or its host is unreachable',
      zh: 'reduce 任务连不上保存 map 输出的进程：该进程已死，或其主机不可达',
    },
  }),
  statementSignature({
    id: 'shuffle-fetch/files-gone',
    code: 'shuffle.executor_lost',
    symptom: 'fetch_failed',
    literals: ['FileNotFoundException', 'NoSuchFileException', 'Failed to open file', 'FileSegmentManagedBuffer'],
    pattern:
      /(?:FileNotFoundException|NoSuchFileException|Failed to open file|Error in (?:opening|reading) FileSegmentManagedBuffer)[^\n]{0,400}\b(?:shuffle_\d{1,9}_\d{1,12}_\d{1,9}\.(?:index|data)|shuffleMerged_)/,
    observedFrom: OWN_STATE,
    rank: 47,
    inferredOnly: true,
    seenIn: 'spark IndexShuffleBlockResolver / ExternalShuffleBlockResolver 1.6-4.x',
    say: {
      en: 'Files of a shuffle are no longer on the disk of the host that served them: their directory was cleaned up or lost',
      zh: '提供 shuffle 的主机磁盘上已没有这些文件：目录被清理或丢失',
    },
  }),
  statementSignature({
    id: 'shuffle-fetch/damaged',
    code: 'shuffle.corruption',
    literals: [
      'is corrupted due to ',
      'is corrupted but ',
      'an corrupted block',
      'Stream is corrupted',
      'FAILED_TO_UNCOMPRESS',
      'ZstdIOException',
      'zero-size buffer for block',
      'Checksum not equal! expected',
      'corrupt remote block',
    ],
    pattern: [
      /(?<!\S)(?<block>\S{1,80}) is corrupted due to (?<cause>DISK_ISSUE|NETWORK_ISSUE)/,
      /(?:Block|BlockChunk) ?(?<block>[^\n]{1,80}?) is corrupted but (?<cause>checksum verification passed|the cause is unknown|corruption diagnosis)/,
      /got an corrupted block/,
      /Received a zero-size buffer for block/,
      /Checksum not equal! expected: \S{1,24}, actual: \S{1,24}/,
      /corrupt remote block broadcast_\d{1,9}/,
      /(?:IOException: )?Stream is corrupted/,
      /FAILED_TO_UNCOMPRESS\(5\)/,
      /ZstdIOException: [^\n]{1,120}/,
    ],
    observedFrom: OWN_STATE,
    rank: 82,
    seenIn:
      'spark ShuffleBlockFetcherIterator 3.2+ (SPARK-36206); lz4-java, snappy-java, zstd-jni; Celeborn Lz4Decompressor',
    say: { en: 'Bytes of a shuffle block were damaged', zh: 'shuffle 数据块字节损坏' },
    read: damaged,
  }),
  statementSignature({
    id: 'shuffle-fetch/block-too-large',
    code: 'shuffle.block_too_large',
    literals: [
      'Too large frame',
      'Size exceeds Integer.MAX_VALUE',
      'Adjusted frame length exceeds',
      'Cannot grow BufferHolder by size',
    ],
    pattern: [
      /Too large frame: (?<size>\d{1,20})/,
      /Size exceeds Integer\.MAX_VALUE/,
      /Adjusted frame length exceeds \d{1,12}: (?<size>\d{1,20})/,
      /Cannot grow BufferHolder by size (?<size>\d{1,20})/,
    ],
    observedFrom: OWN_STATE,
    rank: 84,
    seenIn: 'spark TransportFrameDecoder 1.6-4.x, DiskStore 1.x/2.x, netty LengthFieldBasedFrameDecoder',
    say: { en: 'A block passed 2 GB', zh: '数据块超过 2 GB' },
    read: (groups) => tooLarge(groups.size),
  }),
];

/** Frames beyond 2^45 are no blocks: another protocol (HTTP, TLS) answered, and its first bytes were read as a length. */
const LONGEST_FRAME = 2 ** 45;

function tooLarge(size: string | undefined): Details {
  const bytes = size ? Number(size) : undefined;
  if (bytes && bytes > LONGEST_FRAME) {
    return {
      code: 'config.wrong_path_or_endpoint',
      inferredOnly: true,
      statement: {
        en: 'The peer speaks another protocol (its first bytes were read as a frame length): the address or port is not that of a Spark process',
        zh: '对端说的是另一种协议（它的头几个字节被当成了帧长度）：地址或端口不是 Spark 进程的',
      },
    };
  }
  return {
    values: present({ blockBytes: bytes && Number.isSafeInteger(bytes) ? bytes : undefined }),
    statement: {
      en: 'One block passed 2 GB, the most that a buffer can hold: the partition is far too large',
      zh: '单个数据块超过 2 GB（缓冲区的上限）：分区过大',
    },
  };
}

const CAUSE_WORDS: Readonly<Record<string, { en: string; zh: string }>> = {
  DISK_ISSUE: { en: ": Spark's checksum blames the disk of the writer", zh: '：Spark 校验认定是写入方磁盘' },
  NETWORK_ISSUE: { en: ": Spark's checksum blames the network", zh: '：Spark 校验认定是网络' },
  'checksum verification passed': {
    en: ': the checksum is right, so the bytes were wrong before it was computed, or the decoder is at fault',
    zh: '：校验和正确，所以字节在计算校验和之前就已损坏，或问题在解压端',
  },
};

function damaged(groups: Groups, record: TextRecord, at: number): Details | null {
  const fileReading = /parquet|orc\.|\.avro|NewHadoopRDD|FileScanRDD/i;
  const certain =
    groups.cause !== undefined || /Checksum not equal|got an corrupted|zero-size buffer/.test(record.text);
  if (
    !certain &&
    fileReading.test(record.text.slice(at, at + 3000)) &&
    !SHUFFLE_FRAMES.test(record.text.slice(at, at + 1500))
  ) {
    return null;
  }
  const words = groups.cause ? CAUSE_WORDS[groups.cause] : undefined;
  return {
    values: present({ diagnosis: groups.cause, block: groups.block }),
    ...(certain ? {} : { inferredOnly: true }),
    statement: {
      en: `Bytes of a shuffle or spill block were damaged${words?.en ?? ''}`,
      zh: `shuffle 或溢写数据块的字节损坏${words?.zh ?? ''}`,
    },
  };
}
