/** Numbers of a task attempt kept as doubles, in the order of their columns. Units as in `TaskTable`. */
const DOUBLES = [
  'taskId',
  'launchedAt',
  'finishedAt',
  'runMs',
  'cpuMs',
  'gcMs',
  'deserialiseMs',
  'resultSerialiseMs',
  'gettingResultMs',
  'fetchWaitMs',
  'shuffleWriteMs',
  'inputBytes',
  'inputRecords',
  'outputBytes',
  'outputRecords',
  'shuffleReadBytes',
  'shuffleReadRecords',
  'shuffleWriteBytes',
  'shuffleWriteRecords',
  'memorySpilledBytes',
  'diskSpilledBytes',
  'peakExecutionMemoryBytes',
  'resultBytes',
  /** Byte offset of the line the attempt was read from. */
  'offset',
] as const;

/** Those kept as whole numbers of 32 bits. Executor, host, locality and reason are indices into tables of strings. */
const WHOLES = ['stageId', 'stageAttempt', 'index', 'attempt', 'executor', 'host', 'line', 'length'] as const;

/** Those kept as one byte. */
const BYTES = ['status', 'speculative', 'hasMetrics', 'locality', 'reason', 'file'] as const;

/** Numbers that Spark logs and `finishRow` turns into columns. */
const RAW = ['gettingResultAt', 'cpuNs', 'shuffleWriteNs', 'remoteBytes', 'localBytes'] as const;

/** Names of a row's numbers, in order. */
export const TASK_ROW = [...DOUBLES, ...WHOLES, ...BYTES, ...RAW] as const;

export type TaskRowField = (typeof TASK_ROW)[number];

/** Position of each field in a row. */
export const FIELD = Object.fromEntries(TASK_ROW.map((name, position) => [name, position])) as Readonly<
  Record<TaskRowField, number>
>;

export const ROW_WIDTH = TASK_ROW.length;

/** Fields that say what the attempt was, not where its line stands: two readings of one line must agree on them. */
export const TOLD_FIELDS: readonly number[] = TASK_ROW.filter(
  (name) => !['offset', 'line', 'length', 'file'].includes(name),
).map((name) => FIELD[name]);

/** Turns the raw numbers of a row into what its columns hold. */
export function finishRow(row: Float64Array): void {
  const finishedAt = row[FIELD.finishedAt] as number;
  const gettingResultAt = row[FIELD.gettingResultAt] as number;
  row[FIELD.cpuMs] = (row[FIELD.cpuNs] as number) / 1e6;
  row[FIELD.shuffleWriteMs] = (row[FIELD.shuffleWriteNs] as number) / 1e6;
  row[FIELD.shuffleReadBytes] = (row[FIELD.remoteBytes] as number) + (row[FIELD.localBytes] as number);
  row[FIELD.gettingResultMs] = gettingResultAt > 0 && finishedAt > gettingResultAt ? finishedAt - gettingResultAt : 0;
}

/** Task attempts in columns, growing as they are read. */
export interface TaskRows {
  readonly length: number;
  /** Takes a finished row. */
  push(row: Float64Array): void;
  /** Takes the columns of `count` rows from elsewhere. */
  append(columns: TaskColumns, count: number): void;
  at(row: number, field: TaskRowField): number;
  /** The columns as they are now, cut to the rows there are: views that later rows may leave behind. */
  columns(): TaskColumns;
  /** Forgets the rows, keeps the room. */
  clear(): void;
}

export type TaskColumns = Readonly<
  Record<(typeof DOUBLES)[number], Float64Array> &
    Record<(typeof WHOLES)[number], Int32Array> &
    Record<(typeof BYTES)[number], Uint8Array>
>;

const FIRST_CAPACITY = 1_024;

export function taskRows(): TaskRows {
  let capacity = FIRST_CAPACITY;
  let length = 0;
  const doubles = DOUBLES.map(() => new Float64Array(capacity));
  const wholes = WHOLES.map(() => new Int32Array(capacity));
  const bytes = BYTES.map(() => new Uint8Array(capacity));

  function growTo(rows: number): void {
    while (capacity < rows) capacity *= 2;
    doubles.forEach((column, at) => {
      doubles[at] = new Float64Array(capacity);
      doubles[at].set(column);
    });
    wholes.forEach((column, at) => {
      wholes[at] = new Int32Array(capacity);
      wholes[at].set(column);
    });
    bytes.forEach((column, at) => {
      bytes[at] = new Uint8Array(capacity);
      bytes[at].set(column);
    });
  }

  function push(row: Float64Array): void {
    if (length === capacity) growTo(length + 1);
    let field = 0;
    for (let at = 0; at < DOUBLES.length; at += 1, field += 1)
      (doubles[at] as Float64Array)[length] = row[field] as number;
    for (let at = 0; at < WHOLES.length; at += 1, field += 1) (wholes[at] as Int32Array)[length] = row[field] as number;
    for (let at = 0; at < BYTES.length; at += 1, field += 1) (bytes[at] as Uint8Array)[length] = row[field] as number;
    length += 1;
  }

  function append(columns: TaskColumns, count: number): void {
    if (length + count > capacity) growTo(length + count);
    for (const [at, name] of DOUBLES.entries()) doubles[at]?.set(columns[name], length);
    for (const [at, name] of WHOLES.entries()) wholes[at]?.set(columns[name], length);
    for (const [at, name] of BYTES.entries()) bytes[at]?.set(columns[name], length);
    length += count;
  }

  function column(field: number): Float64Array | Int32Array | Uint8Array {
    const found = doubles[field] ?? wholes[field - DOUBLES.length] ?? bytes[field - DOUBLES.length - WHOLES.length];
    if (found === undefined) throw new RangeError(`no column ${field}`);
    return found;
  }

  return {
    get length() {
      return length;
    },
    push,
    append,
    at: (row, field) => column(FIELD[field])[row] ?? Number.NaN,
    columns: () =>
      Object.fromEntries(
        [...DOUBLES, ...WHOLES, ...BYTES].map((name) => [name, column(FIELD[name]).subarray(0, length)]),
      ) as unknown as TaskColumns,
    clear() {
      length = 0;
    },
  };
}
