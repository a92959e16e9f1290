import type { ExecutorFacts } from '../facts.ts';
import type { TaskTable } from '../task-table.ts';
import type { TaskColumns, TaskRows } from './task-rows.ts';

/** What a row's numbers refer to. */
export interface TaskTableContext {
  hosts: readonly string[];
  /** Executor ids by the rows' index. */
  executorIds: readonly string[];
  executors: readonly ExecutorFacts[];
  /** Position of a stage attempt in `SparkRun.stages`, -1 when the log never told of it. */
  stageOf(stageId: number, attempt: number): number;
}

/** The table that facts carry: the columns that reading gathered, not copied, with stages and executors looked up. */
export function taskTableOfRows(rows: TaskRows, context: TaskTableContext): TaskTable {
  const columns = rows.columns();
  const { length } = rows;
  const table: TaskTable = {
    ...tableColumns(columns),
    length,
    hosts: context.hosts,
    stage: new Int32Array(length),
    executor: new Int32Array(length),
  };
  const executorOf = executorFinder(context);
  for (let row = 0; row < length; row += 1) {
    table.stage[row] = context.stageOf(columns.stageId[row] as number, columns.stageAttempt[row] as number);
    table.executor[row] = executorOf(columns.executor[row] as number, columns.launchedAt[row] as number);
  }
  return table;
}

/** The columns of a table out of those of the rows: all but what only reading needs. */
function tableColumns(columns: TaskColumns): Omit<TaskTable, 'length' | 'hosts' | 'stage' | 'executor'> {
  const { offset: _o, line: _l, length: _n, file: _f, stageId: _s, stageAttempt: _a, executor: _e, ...rest } = columns;
  const { locality: _y, reason: _r, ...kept } = rest;
  return kept;
}

/** Position of the executor that had an id at a time: the latest life of the id that had begun by then. */
function executorFinder({ executorIds, executors }: TaskTableContext) {
  const lives = new Map<string, number[]>();
  executors.forEach((executor, position) => {
    lives.set(executor.id, [...(lives.get(executor.id) ?? []), position]);
  });
  const byIndex = executorIds.map((id) => lives.get(id) ?? []);
  return (executor: number, at: number): number => {
    const positions = byIndex[executor];
    if (positions === undefined || positions.length === 0) return -1;
    let found = positions[0] as number;
    for (let life = 1; life < positions.length; life += 1) {
      const addedAt = executors[positions[life] as number]?.addedAt ?? null;
      if (addedAt === null || addedAt <= at) found = positions[life] as number;
    }
    return found;
  };
}
