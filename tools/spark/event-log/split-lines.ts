/** The longest line that is looked at. Real ones reach 1 MB (plans, class paths); what is longer is skipped and counted. */
export const MAX_LINE_BYTES = 16 << 20;

/** Receives each line as a range of a buffer, without its line feed. `last` is true for a line no line feed ended. */
export type LineHandler = (buffer: Buffer, start: number, end: number, last: boolean) => void;

/** Cuts chunks into lines without copying, but for lines that span chunks. */
export interface LineSplitter {
  feed(chunk: Buffer): void;
  /** The chunks are over: hands on what stands behind the last line feed. */
  finish(): void;
}

/**
 * @param onLine called for each line, in order
 * @param onTooLong called with the length of each line beyond `maxLineBytes` instead; its bytes were never held together
 */
export function lineSplitter(
  onLine: LineHandler,
  onTooLong: (bytes: number) => void,
  maxLineBytes = MAX_LINE_BYTES,
): LineSplitter {
  let held: Buffer[] = [];
  let heldBytes = 0;

  function hold(part: Buffer): void {
    heldBytes += part.length;
    if (heldBytes > maxLineBytes) held = [];
    // A copy: the chunk it was cut from is large and would be kept alive.
    else held.push(Buffer.from(part));
  }

  function release(tail: Buffer, last: boolean): void {
    const length = heldBytes + tail.length;
    if (length > maxLineBytes) onTooLong(length);
    else {
      const line = held.length === 0 ? tail : Buffer.concat([...held, tail], length);
      onLine(line, 0, line.length, last);
    }
    held = [];
    heldBytes = 0;
  }

  function feed(chunk: Buffer): void {
    let at = 0;
    if (heldBytes > 0) {
      const end = chunk.indexOf(10);
      if (end < 0) {
        hold(chunk);
        return;
      }
      release(chunk.subarray(0, end), false);
      at = end + 1;
    }
    for (;;) {
      const end = chunk.indexOf(10, at);
      if (end < 0) break;
      if (end - at > maxLineBytes) onTooLong(end - at);
      else onLine(chunk, at, end, false);
      at = end + 1;
    }
    if (at < chunk.length) hold(chunk.subarray(at));
  }

  return {
    feed,
    finish() {
      if (heldBytes > 0) release(Buffer.alloc(0), true);
    },
  };
}
