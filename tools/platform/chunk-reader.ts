/** Takes bytes out of a stream of chunks by count; copies only where a wanted piece spans chunks. */
export interface ChunkReader {
  /** Exactly `count` bytes, or `null` when the stream ends before (what was left is then gone). */
  take(count: number): Promise<Buffer | null>;
  /** Up to `count` bytes without taking them; fewer only at the end. */
  peek(count: number): Promise<Buffer>;
  /** Whatever is there next, at most `count` bytes; `null` at the end. */
  some(count: number): Promise<Buffer | null>;
  /** Everything that is left, as chunks; closes the input when the caller stops early. */
  rest(): AsyncGenerator<Buffer>;
  /** Tells the input that no more is wanted: an open file is closed. */
  close(): Promise<void>;
}

export function chunkReader(chunks: AsyncIterable<Buffer>): ChunkReader {
  const input = chunks[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let ended = false;

  async function next(): Promise<Buffer | null> {
    if (ended) return null;
    const { value, done } = await input.next();
    if (done) ended = true;
    return done ? null : value;
  }

  async function fill(count: number): Promise<boolean> {
    if (held.length >= count) return true;
    const parts = [held];
    let length = held.length;
    while (length < count) {
      const chunk = await next();
      if (chunk === null) break;
      parts.push(chunk);
      length += chunk.length;
    }
    held = Buffer.concat(parts, length);
    return length >= count;
  }

  async function take(count: number): Promise<Buffer | null> {
    if (!(await fill(count))) return null;
    const taken = held.subarray(0, count);
    held = held.subarray(count);
    return taken;
  }

  async function some(count: number): Promise<Buffer | null> {
    while (held.length === 0) {
      const chunk = await next();
      if (chunk === null) return null;
      held = chunk;
    }
    const taken = held.subarray(0, count);
    held = held.subarray(taken.length);
    return taken;
  }

  async function close(): Promise<void> {
    if (!ended) await input.return?.();
    ended = true;
  }

  return {
    take,
    some,
    async peek(count) {
      await fill(count);
      return held.subarray(0, count);
    },
    async *rest() {
      try {
        for (;;) {
          const chunk = await some(Number.MAX_SAFE_INTEGER);
          if (chunk === null) return;
          yield chunk;
        }
      } finally {
        await close();
      }
    },
    close,
  };
}
