import type { Transform } from 'node:stream';
import type { DecodingEnd } from './decoding.ts';

/**
 * Pumps chunks through one of zlib's streams. Everything that was decoded is given out before the stream is told that the
 * input is over, since an error at that point (input cut off) would throw away what is still buffered.
 */
export async function* decodeThroughStream(
  stream: Transform,
  input: AsyncIterable<Buffer>,
  end: DecodingEnd,
): AsyncGenerator<Buffer> {
  let state: 'writing' | 'written' | 'failed' = 'writing';
  stream.on('error', () => {
    state = 'failed';
  });
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  const writing = (async () => {
    for await (const chunk of input) {
      if (!stream.destroyed) await Promise.race([closed, new Promise((written) => stream.write(chunk, written))]);
      if (stream.destroyed) return;
    }
    if (state === 'writing') state = 'written';
    stream.emit('readable');
  })();
  // An error of the input itself (disk, abort) is the caller's to see; it is thrown by the `await` below.
  writing.catch(() => stream.destroy());
  try {
    for (;;) {
      const chunk = stream.read() as Buffer | null;
      if (chunk !== null) {
        yield chunk;
      } else if ((state as string) !== 'writing' || stream.destroyed) break;
      else await Promise.race([readable(stream), closed, writing]);
    }
    await writing;
    end.state = (state as string) === 'failed' ? 'damaged' : await endOf(stream);
  } finally {
    stream.destroy();
    // The input is closed when its loop ends.
    await writing.catch(() => undefined);
  }
}

async function endOf(stream: Transform): Promise<DecodingEnd['state']> {
  stream.resume();
  return await new Promise((resolve) => {
    stream.once('error', () => resolve('cut'));
    stream.once('end', () => resolve('whole'));
    stream.end();
  });
}

async function readable(stream: Transform): Promise<void> {
  await new Promise<void>((resolve) => stream.once('readable', resolve));
}
