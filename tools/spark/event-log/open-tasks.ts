/** Where a line can be read again. */
export interface LineAddress {
  file: number;
  line: number;
  offset: number;
  length: number;
}

/**
 * Tasks that have started and not ended yet, with the place of their start's line. A big log starts hundreds of thousands of
 * tasks, few of them at a time: places are kept as plain numbers whose slots are used again, so nothing is allocated.
 */
export interface OpenTasks {
  readonly size: number;
  start(taskId: number, file: number, line: number, offset: number, length: number): void;
  /** `false` when no start of it was seen. */
  end(taskId: number): boolean;
  entries(): { taskId: number; address: LineAddress }[];
}

const WIDTH = 4;

export function openTasks(): OpenTasks {
  const slots = new Map<number, number>();
  const free: number[] = [];
  let places = new Float64Array(1_024 * WIDTH);
  let used = 0;

  function slot(): number {
    const again = free.pop();
    if (again !== undefined) return again;
    if ((used + 1) * WIDTH > places.length) {
      const larger = new Float64Array(places.length * 2);
      larger.set(places);
      places = larger;
    }
    used += 1;
    return used - 1;
  }

  return {
    get size() {
      return slots.size;
    },
    start(taskId, file, line, offset, length) {
      const at = (slots.get(taskId) ?? slot()) * WIDTH;
      slots.set(taskId, at / WIDTH);
      places[at] = file;
      places[at + 1] = line;
      places[at + 2] = offset;
      places[at + 3] = length;
    },
    end(taskId) {
      const known = slots.get(taskId);
      if (known === undefined) return false;
      slots.delete(taskId);
      free.push(known);
      return true;
    },
    entries: () =>
      [...slots].map(([taskId, known]) => ({
        taskId,
        address: {
          file: places[known * WIDTH] ?? 0,
          line: places[known * WIDTH + 1] ?? 0,
          offset: places[known * WIDTH + 2] ?? 0,
          length: places[known * WIDTH + 3] ?? 0,
        },
      })),
  };
}
