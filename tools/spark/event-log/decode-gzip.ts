import { createGunzip } from 'node:zlib';
import { decodeThroughStream } from '../../platform/decode-through-stream.ts';
import type { Decoder } from '../../platform/decoding.ts';

/** gzip with any number of members; bytes behind the last one that are no gzip are ignored, as gunzip does. */
export const decodeGzip: Decoder = (input, end) =>
  decodeThroughStream(createGunzip({ chunkSize: 256 << 10 }), input, end);
