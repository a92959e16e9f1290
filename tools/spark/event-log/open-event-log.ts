import { type ChunkReader, chunkReader } from '../../platform/chunk-reader.ts';
import { decodeZstdFrames } from '../../platform/decode-zstd-frames.ts';
import type { Decoder, DecodingEnd } from '../../platform/decoding.ts';
import { type UnpackLimit, unpackLimit } from '../../platform/unpack-limit.ts';
import { decodeGzip } from './decode-gzip.ts';
import { decodeLz4Block } from './decode-lz4-block.ts';
import { decodeLzf } from './decode-lzf.ts';
import { decodeSnappyStream } from './decode-snappy-stream.ts';
import { CODEC_HEAD_BYTES, type Codec, detectCodec } from './detect-codec.ts';
import type { LogPart } from './log-part.ts';

const DECODERS: Readonly<Record<Exclude<Codec, 'none'>, Decoder>> = {
  gzip: decodeGzip,
  zstd: decodeZstdFrames,
  lz4_block: decodeLz4Block,
  snappy_xerial: decodeSnappyStream,
  lzf: decodeLzf,
};

/** The writer's codec, a capture's and a person's gzip around it: more layers than this are no event log. */
const MAX_LAYERS = 3;

/** What is known of an open log once its chunks have been read. */
export interface OpenEventLog {
  /** Codecs undone, outermost first. */
  codecs: readonly Codec[];
  chunks: AsyncIterable<Buffer>;
  /** Closes what is open when the chunks are not (all) wanted. */
  close(): Promise<void>;
  /** Worst of how the layers ended, or the limit at which reading was stopped; final after the last chunk. */
  end(): DecodingEnd['state'] | UnpackLimit;
}

/**
 * The text of an event log in chunks, whatever it is packed in, known by content. Memory stays bounded for any input.
 *
 * @throws when the file cannot be read, or when `signal` aborts
 */
export async function openEventLog(part: LogPart, signal?: AbortSignal): Promise<OpenEventLog> {
  const ends: DecodingEnd[] = [];
  const codecs: Codec[] = [];
  let reached: UnpackLimit | null = null;
  let chunks: AsyncIterable<Buffer> = part.open(signal);
  let reader: ChunkReader;
  for (;;) {
    reader = chunkReader(chunks);
    const codec = codecs.length < MAX_LAYERS ? detectCodec(await reader.peek(CODEC_HEAD_BYTES)) : 'none';
    chunks = reader.rest();
    if (codec === 'none') break;
    const end: DecodingEnd = { state: 'whole' };
    ends.push(end);
    codecs.push(codec);
    chunks = DECODERS[codec](chunks, end);
  }

  async function* bounded(): AsyncGenerator<Buffer> {
    const most = unpackLimit(part.storedBytes);
    let given = 0;
    for await (const chunk of chunks) {
      given += chunk.length;
      if (codecs.length > 0 && given > most.maxBytes) {
        reached = most;
        return;
      }
      yield chunk;
    }
  }

  const given = bounded();
  return {
    codecs,
    chunks: given,
    async close() {
      await given.return(undefined);
      // A generator that never ran does not run its `finally` either: what it would have read from is closed here.
      await reader.close();
    },
    end() {
      if (reached !== null) return reached;
      return (
        ends.find(({ state }) => state === 'damaged')?.state ??
        ends.find(({ state }) => state === 'cut')?.state ??
        'whole'
      );
    },
  };
}
