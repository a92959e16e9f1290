/** Where a line can be read again. */
export interface LineAddress {
  file: number;
  line: number;
  offset: number;
  length: number;
}

/** Starts of tasks as columns: id, and the place of the line. */
export interface StartColumns {
  taskId: Float64Array;
  offset: Float64Array;
  line: Int32Array;
  length: Int32Array;
  file: Uint8Array;
}

/** Every TaskStart seen. Which of them never ended is worked out once, at the end: see `unmatchedTasks`. */
export interface StartedTasks {
  readonly count: number;
  push(taskId: number, file: number, line: number, offset: number, length: number): void;
  append(columns: StartColumns): void;
  /** Views of what there is now, valid until more comes. */
  columns(): StartColumns;
  clear(): void;
}

export function startedTasks(): StartedTasks {
  let room = emptyColumns(1_024);
  let count = 0;

  function growTo(wanted: number): void {
    let capacity = room.taskId.length;
    if (wanted <= capacity) return;
    while (capacity < wanted) capacity *= 2;
    const larger = emptyColumns(capacity);
    larger.taskId.set(room.taskId);
    larger.offset.set(room.offset);
    larger.line.set(room.line);
    larger.length.set(room.length);
    larger.file.set(room.file);
    room = larger;
  }

  return {
    get count() {
      return count;
    },
    push(taskId, file, line, offset, length) {
      if (count === room.taskId.length) growTo(count + 1);
      room.taskId[count] = taskId;
      room.offset[count] = offset;
      room.line[count] = line;
      room.length[count] = length;
      room.file[count] = file;
      count += 1;
    },
    append(columns) {
      growTo(count + columns.taskId.length);
      room.taskId.set(columns.taskId, count);
      room.offset.set(columns.offset, count);
      room.line.set(columns.line, count);
      room.length.set(columns.length, count);
      room.file.set(columns.file, count);
      count += columns.taskId.length;
    },
    columns: () => ({
      taskId: room.taskId.subarray(0, count),
      offset: room.offset.subarray(0, count),
      line: room.line.subarray(0, count),
      length: room.length.subarray(0, count),
      file: room.file.subarray(0, count),
    }),
    clear() {
      count = 0;
    },
  };
}

function emptyColumns(capacity: number): StartColumns {
  return {
    taskId: new Float64Array(capacity),
    offset: new Float64Array(capacity),
    line: new Int32Array(capacity),
    length: new Int32Array(capacity),
    file: new Uint8Array(capacity),
  };
}

/** Places of the starts that have no end, and the number of ends that have no start. */
export function unmatchedTasks(
  starts: StartColumns,
  endedIds: Float64Array,
): { open: LineAddress[]; endsAlone: number } {
  const ended = idSet(endedIds);
  const begun = idSet(starts.taskId);
  const open: LineAddress[] = [];
  for (let at = 0; at < starts.taskId.length; at += 1) {
    if (ended.has(starts.taskId[at] as number)) continue;
    open.push({
      file: starts.file[at] as number,
      line: starts.line[at] as number,
      offset: starts.offset[at] as number,
      length: starts.length[at] as number,
    });
  }
  let endsAlone = 0;
  for (let at = 0; at < endedIds.length; at += 1) if (!begun.has(endedIds[at] as number)) endsAlone += 1;
  return { open, endsAlone };
}

/** Above this a set of bits would be larger than a set of numbers. */
const MAX_BIT_ID = 1 << 28;

/** Task ids are counted up by the driver, so a bit for each is the smallest set; odd ones are kept as they are. */
function idSet(ids: Float64Array): { has(id: number): boolean } {
  let highest = 0;
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] as number;
    if (id > highest && id < MAX_BIT_ID) highest = id;
  }
  const bits = new Uint8Array((highest >> 3) + 1);
  const others = new Set<number>();
  const isSmall = (id: number) => id >= 0 && id <= highest && Number.isInteger(id);
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] as number;
    if (isSmall(id)) bits[id >> 3] = (bits[id >> 3] as number) | (1 << (id & 7));
    else others.add(id);
  }
  return { has: (id) => (isSmall(id) ? ((bits[id >> 3] as number) & (1 << (id & 7))) !== 0 : others.has(id)) };
}
