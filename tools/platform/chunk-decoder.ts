import { type ChunkReader, chunkReader } from './chunk-reader.ts';
import type { Decoder, DecodingEnd } from './decoding.ts';

/**
 * A decoder out of what takes a codec's blocks or frames from a reader, gives out what they hold, and says in `end` when the bytes
 * stop early or are not the codec's. The input is closed however reading ends.
 */
export function chunkDecoder(blocksOf: (reader: ChunkReader, end: DecodingEnd) => AsyncGenerator<Buffer>): Decoder {
  return async function* decode(input, end) {
    const reader = chunkReader(input);
    end.state = 'whole';
    try {
      yield* blocksOf(reader, end);
    } finally {
      await reader.close();
    }
  };
}
