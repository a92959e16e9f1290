/**
 * What is kept of one task attempt while reading: numbers only, one `Float64Array` row. Strings are indices into a
 * `StringTable`, sizes bytes, times and durations in the units Spark logs (nanoseconds where the name says so).
 */
export const TASK_ROW = [
  'stageId',
  'stageAttempt',
  'taskId',
  'index',
  'attempt',
  'executor',
  'host',
  'locality',
  'status',
  'reason',
  'speculative',
  'hasMetrics',
  'launchedAt',
  'finishedAt',
  'gettingResultAt',
  'runMs',
  'cpuNs',
  'gcMs',
  'deserialiseMs',
  'resultSerialiseMs',
  'fetchWaitMs',
  'shuffleWriteNs',
  'inputBytes',
  'inputRecords',
  'outputBytes',
  'outputRecords',
  'remoteBytes',
  'localBytes',
  'shuffleReadRecords',
  'shuffleWriteBytes',
  'shuffleWriteRecords',
  'memorySpilledBytes',
  'diskSpilledBytes',
  'peakExecutionMemoryBytes',
  'resultBytes',
  /** Where the TaskEnd line stands: number of the file, line, byte offset, length. */
  'file',
  'line',
  'offset',
  'length',
] as const;

export type TaskRowField = (typeof TASK_ROW)[number];

/** Position of each field in a row. */
export const FIELD = Object.fromEntries(TASK_ROW.map((name, position) => [name, position])) as Readonly<
  Record<TaskRowField, number>
>;

export const ROW_WIDTH = TASK_ROW.length;
/** Small enough that a block stays in the processor's cache while its columns are copied out one after the other. */
const ROWS_PER_BLOCK = 512;

/** Rows in blocks, so that growing never copies. */
export interface TaskRows {
  readonly length: number;
  push(row: Float64Array): void;
  /** Takes over a block of whole rows (from another reader). */
  pushBlock(block: Float64Array): void;
  /** Each block with the number of its first row; a row is `ROW_WIDTH` numbers. */
  blocks(): Generator<{ first: number; block: Float64Array; rows: number }>;
  /** One number of one row. */
  at(row: number, field: number): number;
  set(row: number, field: number, value: number): void;
}

export function taskRows(): TaskRows {
  const full: { first: number; block: Float64Array; rows: number }[] = [];
  let open = new Float64Array(ROWS_PER_BLOCK * ROW_WIDTH);
  let openRows = 0;
  let length = 0;

  function close(): void {
    if (openRows === 0) return;
    full.push({ first: length - openRows, block: open, rows: openRows });
    open = new Float64Array(ROWS_PER_BLOCK * ROW_WIDTH);
    openRows = 0;
  }

  function push(row: Float64Array): void {
    open.set(row, openRows * ROW_WIDTH);
    openRows += 1;
    length += 1;
    if (openRows === ROWS_PER_BLOCK) close();
  }

  function pushBlock(block: Float64Array): void {
    close();
    const rows = Math.floor(block.length / ROW_WIDTH);
    if (rows === 0) return;
    full.push({ first: length, block, rows });
    length += rows;
  }

  function* blocks() {
    yield* full;
    if (openRows > 0) yield { first: length - openRows, block: open, rows: openRows };
  }

  function locate(row: number): { block: Float64Array; base: number } {
    if (row >= length - openRows) return { block: open, base: (row - (length - openRows)) * ROW_WIDTH };
    let low = 0;
    let high = full.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((full[middle]?.first ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const found = full[low];
    if (!found) throw new RangeError(`no row ${row}`);
    return { block: found.block, base: (row - found.first) * ROW_WIDTH };
  }

  return {
    get length() {
      return length;
    },
    push,
    pushBlock,
    blocks,
    at(row, field) {
      const { block, base } = locate(row);
      return block[base + field] ?? Number.NaN;
    },
    set(row, field, value) {
      const { block, base } = locate(row);
      block[base + field] = value;
    },
  };
}

/** Strings that repeat on every task (executors, hosts, localities), each kept once. */
export interface StringTable {
  index(text: string): number;
  readonly texts: readonly string[];
}

export function stringTable(): StringTable {
  const positions = new Map<string, number>();
  const texts: string[] = [];
  return {
    texts,
    index(text) {
      const known = positions.get(text);
      if (known !== undefined) return known;
      positions.set(text, texts.length);
      texts.push(text);
      return texts.length - 1;
    },
  };
}
