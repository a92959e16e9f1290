import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Outcome } from '../../evidence/outcome.ts';
import { count, plural } from '../../evidence/spoken-figures.ts';
import { CODEC_HEAD_BYTES, type ForeignPacking, foreignPacking } from './detect-codec.ts';
import type { LogPart } from './log-part.ts';
import { openEventLog } from './open-event-log.ts';
import type { ScannedTasks } from './scan-log.ts';

const FOREIGN: Readonly<Record<ForeignPacking, Bilingual>> = {
  lz4_frame: {
    en: 'an LZ4 frame (Spark writes LZ4 blocks); unpack it with lz4 -d first',
    zh: 'LZ4 frame 格式（Spark 写的是 LZ4 block），请先用 lz4 -d 解压',
  },
  bzip2: { en: 'a bzip2 file; unpack it first', zh: 'bzip2 文件，请先解压' },
  xz: { en: 'an xz file; unpack it first', zh: 'xz 文件，请先解压' },
  zip: { en: 'a zip file without an event log in it', zh: 'zip 文件，其中没有事件日志' },
  parquet: { en: 'a Parquet file', zh: 'Parquet 文件' },
  orc: { en: 'an ORC file', zh: 'ORC 文件' },
  avro: { en: 'an Avro file', zh: 'Avro 文件' },
  class_or_jar: { en: 'a Java class file', zh: 'Java class 文件' },
};

/** Says why files gave no event at all: empty, another format, or not readable. */
export async function whyNoEventLog(
  parts: readonly LogPart[],
  log: ScannedTasks,
  notes: readonly Bilingual[],
  signal?: AbortSignal,
): Promise<Outcome<never>> {
  const why = await reasonOf(parts, log, signal);
  const [note] = notes;
  if (why.outcome !== 'failed' || note === undefined) return why;
  return { ...why, why: { en: `${why.why.en}; ${note.en}`, zh: `${why.why.zh}；${note.zh}` } };
}

async function reasonOf(parts: readonly LogPart[], log: ScannedTasks, signal?: AbortSignal): Promise<Outcome<never>> {
  const sources = parts.map((part) => part.source).join(', ');
  const part = parts[0];
  const head = part ? await headOf(part, signal) : { bytes: Buffer.alloc(0), codecs: [] };
  if (head.bytes.length === 0) {
    if (head.codecs.length === 0) {
      return { outcome: 'no_data', looked: { en: `${sources} is empty`, zh: `${sources} 是空文件` } };
    }
    return failed(
      `${sources} begins like ${head.codecs.join(' in ')} but nothing in it can be unpacked`,
      `${sources} 开头像是 ${head.codecs.join(' / ')}，但无法解压出任何内容`,
    );
  }
  const foreign = foreignPacking(head.bytes);
  if (foreign !== null) {
    const { en, zh } = FOREIGN[foreign];
    return failed(`${sources} is no Spark event log but ${en}`, `${sources} 不是 Spark 事件日志，而是${zh}`);
  }
  if (head.bytes.includes(0)) {
    return failed(`${sources} is a binary file, no Spark event log`, `${sources} 是二进制文件，不是 Spark 事件日志`);
  }
  return failed(
    `${sources} is no Spark event log: none of its ${plural(log.lines, 'line')} is a Spark event`,
    `${sources} 不是 Spark 事件日志：${count(log.lines)} 行中没有任何 Spark 事件`,
  );
}

async function headOf(part: LogPart, signal?: AbortSignal): Promise<{ bytes: Buffer; codecs: readonly string[] }> {
  const { chunks, codecs } = await openEventLog(part, signal);
  for await (const chunk of chunks) {
    if (chunk.length > 0) return { bytes: Buffer.from(chunk.subarray(0, CODEC_HEAD_BYTES * 16)), codecs };
  }
  return { bytes: Buffer.alloc(0), codecs };
}

function failed(en: string, zh: string): Outcome<never> {
  return { outcome: 'failed', retryable: false, why: { en, zh } };
}
