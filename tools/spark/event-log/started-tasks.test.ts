import { describe, expect, it } from 'vitest';
import { startedTasks, unmatchedTasks } from './started-tasks.ts';

describe('unmatchedTasks', () => {
  it('gives starts without an end with their places, and counts ends without a start', () => {
    const starts = startedTasks();
    for (let id = 0; id < 3_000; id += 1) starts.push(id, 1, id + 1, id * 10, 9);
    const ended = Float64Array.from({ length: 2_998 }, (_, at) => (at < 7 ? at : at + 1)).map((id) =>
      id === 2_998 ? 5_000 : id,
    );
    const { open, endsAlone } = unmatchedTasks(starts.columns(), ended);
    expect(open).toEqual([
      { file: 1, line: 8, offset: 70, length: 9 },
      { file: 1, line: 2_999, offset: 29_980, length: 9 },
      { file: 1, line: 3_000, offset: 29_990, length: 9 },
    ]);
    expect(endsAlone).toBe(1);
  });

  it('takes ids of any size', () => {
    const starts = startedTasks();
    for (const id of [-1, 3e9, 2 ** 52, 5]) starts.push(id, 0, 1, 0, 1);
    const { open, endsAlone } = unmatchedTasks(starts.columns(), Float64Array.of(2 ** 52, -1, 4e9));
    expect(open).toHaveLength(2);
    expect(endsAlone).toBe(1);
  });

  it('joins what several ranges gave', () => {
    const one = startedTasks();
    const two = startedTasks();
    one.push(1, 0, 1, 0, 1);
    two.push(2, 0, 2, 5, 1);
    one.append(two.columns());
    expect(unmatchedTasks(one.columns(), Float64Array.of(1)).open).toEqual([
      { file: 0, line: 2, offset: 5, length: 1 },
    ]);
    one.clear();
    expect(one.count).toBe(0);
  });
});
