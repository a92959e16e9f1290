import { describe, expect, it } from 'vitest';
import { TASK_STATUS } from '../task-table.ts';
import { chooseKeptTasks } from './choose-kept-tasks.ts';
import { rowsByStage, summariseStages } from './summarise-stage.ts';
import { FIELD, ROW_WIDTH, taskRows } from './task-rows.ts';
import { taskTableOfRows } from './task-table-of-rows.ts';

function tableOf(tasks: { durationMs: number | null; host?: number; stage?: number }[]) {
  const rows = taskRows();
  const row = new Float64Array(ROW_WIDTH);
  tasks.forEach(({ durationMs, host = 0, stage = 0 }, at) => {
    row.fill(0);
    row[FIELD.taskId] = at;
    row[FIELD.stageId] = stage;
    row[FIELD.host] = host;
    row[FIELD.launchedAt] = 1_000;
    row[FIELD.finishedAt] = durationMs === null ? Number.NaN : 1_000 + durationMs;
    row[FIELD.hasMetrics] = 1;
    row[FIELD.status] = durationMs === null ? TASK_STATUS.running : TASK_STATUS.succeeded;
    rows.push(row);
  });
  return taskTableOfRows(rows, { hosts: ['a', 'b'], executorIds: [], executors: [], stageOf: (id) => id });
}

function keptOf(table: ReturnType<typeof tableOf>, stages: number, lastEventAt: number) {
  const byStage = rowsByStage(table, stages);
  return chooseKeptTasks(table, byStage, summariseStages(table, byStage), lastEventAt);
}

describe('chooseKeptTasks', () => {
  it('takes the slowest five, the fastest, the median one and a usual one of each host', () => {
    const durations = [10, 20, 30, 40, 50, 60, 70, 80, 90, 1_000, 900, 800];
    const table = tableOf(durations.map((durationMs, at) => ({ durationMs, host: at === 1 ? 1 : 0 })));
    const kept = keptOf(table, 1, 5_000);
    expect(kept).toEqual(expect.arrayContaining([9, 10, 11, 8, 7, 0, 5, 1]));
    expect(kept.length).toBeLessThanOrEqual(9);
  });

  it('takes running tasks by how long they have run', () => {
    const table = tableOf([{ durationMs: 5 }, { durationMs: null }]);
    expect(keptOf(table, 1, 9_000)).toEqual([0, 1]);
  });

  it('takes each stage by itself', () => {
    const table = tableOf([
      { durationMs: 5, stage: 1 },
      { durationMs: 5_000, stage: 0 },
    ]);
    expect(keptOf(table, 2, 9_000)).toEqual([0, 1]);
  });
});
