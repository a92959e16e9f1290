import type { Quote } from '../../evidence/quote.ts';
import type {
  ApplicationFacts,
  Completeness,
  ExecutorFacts,
  JobFacts,
  PlanNode,
  Quantiles,
  SparkRun,
  SqlExecutionFacts,
  StageFacts,
  TaskFacts,
  TaskStatus,
} from '../facts.ts';
import { TASK_STATUS, type TaskTable } from '../task-table.ts';

/** Test builder: a small run typed by hand. Nothing here is a recording. Times are milliseconds after the run's start. */
export interface RunSpec {
  wallMs?: number;
  settings?: Record<string, string>;
  application?: Partial<ApplicationFacts>;
  completeness?: Partial<Completeness>;
  sparkVersion?: string | null;
  executors?: readonly (Partial<ExecutorFacts> & { id: string })[];
  jobs?: readonly (Partial<JobFacts> & { id: number })[];
  stages?: readonly (Partial<StageFacts> & { stageId: number })[];
  sql?: readonly (Partial<SqlExecutionFacts> & { id: number })[];
  tasks?: readonly TaskSpec[];
}

/** One task attempt; what is not named is zero. `at` and `ms` are launch (after the run's start) and duration. */
export interface TaskSpec extends Partial<Record<NumberColumn, number>> {
  stage?: number;
  stageAttempt?: number;
  index?: number;
  attempt?: number;
  executor?: string;
  host?: string;
  status?: TaskStatus;
  speculative?: boolean;
  hasMetrics?: boolean;
  reasonClass?: string;
  reasonText?: string;
  at: number;
  ms: number;
}

type NumberColumn = {
  [Column in keyof TaskTable]: TaskTable[Column] extends Float64Array ? Column : never;
}[keyof TaskTable];

/** Start of every fixture run: 2026-01-01T00:00:00Z. */
export const FIXTURE_START = Date.UTC(2026, 0, 1);

const NUMBER_COLUMNS: readonly NumberColumn[] = [
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
];

let line = 0;

/** A quote that names what it stands for; its line is unique among all fixtures of a test run. */
export function fixtureQuote(excerpt: string): Quote {
  line += 1;
  return { source: 'hdfs/fixture/app', fromLine: line, toLine: line, excerpt };
}

/** Builds a run: stages that only tasks name come to be by themselves, stage figures follow from the tasks. */
export function sparkRunFixture(spec: RunSpec): SparkRun {
  const tasks = spec.tasks ?? [];
  const wallMs = spec.wallMs ?? 100_000;
  const stageSpecs = stagesOf(spec, tasks);
  const executors = executorsOf(spec, tasks);
  const table = tableOf(tasks, stageSpecs, executors);
  return {
    sources: ['hdfs/fixture/app'],
    backend: 'event_log',
    provenance: 'engine',
    completeness: completeness(wallMs, spec.completeness),
    sparkVersion: spec.sparkVersion === undefined ? '3.5.6' : spec.sparkVersion,
    application: application(wallMs, spec.application),
    environment: environment(spec.settings ?? {}),
    executors,
    jobs: (spec.jobs ?? []).map(jobOf),
    stages: stageSpecs.map((stage, index) => stageOf(stage, index, table)),
    sqlExecutions: (spec.sql ?? []).map(sqlOf),
    tasks: table,
    keptTasks: tasks.map((task, row) => keptOf(task, row, table)),
    failureTexts: [],
    storage: null,
  };
}

/** A plan node for fixtures. */
export function planNode(
  name: string,
  metrics: Record<string, number> = {},
  children: readonly PlanNode[] = [],
  description = name,
): PlanNode {
  const typed = Object.entries(metrics).map(([key, value]) => [key, { value, type: 'sum' }] as const);
  return { name, description, children, metrics: Object.fromEntries(typed) };
}

function completeness(wallMs: number, given: Partial<Completeness> = {}): Completeness {
  return {
    end: 'ended',
    unreadableLines: 0,
    unknownEvents: {},
    bytesRead: 1,
    lines: 1,
    compacted: false,
    missingParts: [],
    openTasks: 0,
    firstEventAt: FIXTURE_START,
    lastEventAt: FIXTURE_START + wallMs,
    notes: [],
    ...given,
  };
}

function application(wallMs: number, given: Partial<ApplicationFacts> = {}): ApplicationFacts {
  return {
    id: 'app-1',
    name: 'fixture',
    attempt: null,
    user: 'etl',
    startedAt: FIXTURE_START,
    endedAt: FIXTURE_START + wallMs,
    exitCode: null,
    master: 'spark://m:7077',
    deployMode: 'client',
    platform: 'standalone',
    driverHost: 'gw',
    interactive: false,
    quotes: { start: fixtureQuote('ApplicationStart'), end: fixtureQuote('ApplicationEnd') },
    ...given,
  };
}

function environment(settings: Record<string, string>): SparkRun['environment'] {
  const rawLine = JSON.stringify({ Event: 'SparkListenerEnvironmentUpdate', 'Spark Properties': settings });
  const quote = fixtureQuote(rawLine.slice(0, 200));
  return { spark: settings, system: {}, jvm: {}, classPathJars: [], quote, rawLine };
}

function executorsOf(spec: RunSpec, tasks: readonly TaskSpec[]): ExecutorFacts[] {
  const named = spec.executors ?? [];
  const seen = new Set(named.map((executor) => executor.id));
  const added = tasks.flatMap((task): (Partial<ExecutorFacts> & { id: string })[] => {
    const id = task.executor ?? '1';
    if (seen.has(id)) return [];
    seen.add(id);
    return [{ id, host: task.host ?? 'h1' }];
  });
  return [...named, ...added].map((executor) => ({
    host: 'h1',
    cores: 2,
    addedAt: FIXTURE_START,
    removedAt: null,
    removalReason: null,
    removalKind: null,
    exitCode: null,
    containerId: null,
    podName: null,
    resourceProfileId: 0,
    exclusions: [],
    peaks: {},
    quotes: {
      added: fixtureQuote(`ExecutorAdded ${executor.id}`),
      removed: executor.removedAt ? fixtureQuote(`ExecutorRemoved ${executor.id}`) : null,
    },
    ...executor,
  }));
}

function stagesOf(spec: RunSpec, tasks: readonly TaskSpec[]): (Partial<StageFacts> & { stageId: number })[] {
  const stages = [...(spec.stages ?? [])];
  for (const task of tasks) {
    const [stageId, attempt] = [task.stage ?? 0, task.stageAttempt ?? 0];
    if (!stages.some((stage) => stage.stageId === stageId && (stage.attempt ?? 0) === attempt)) {
      stages.push({ stageId, attempt });
    }
  }
  return stages;
}

function tableOf(
  tasks: readonly TaskSpec[],
  stages: readonly (Partial<StageFacts> & { stageId: number })[],
  executors: readonly ExecutorFacts[],
): TaskTable {
  const hosts = [...new Set(tasks.map((task) => task.host ?? 'h1'))];
  const column = (of: (task: TaskSpec, row: number) => number) => Float64Array.from(tasks, of);
  const numbers = Object.fromEntries(
    NUMBER_COLUMNS.map((name) => [name, column((task) => task[name] ?? 0)]),
  ) as unknown as Record<NumberColumn, Float64Array>;
  return {
    ...numbers,
    length: tasks.length,
    hosts,
    taskId: column((task, row) => task.taskId ?? row),
    launchedAt: column((task) => FIXTURE_START + task.at),
    finishedAt: column((task) => (task.status === 'running' ? Number.NaN : FIXTURE_START + task.at + task.ms)),
    runMs: column((task) => task.runMs ?? task.ms),
    stage: Int32Array.from(tasks, (task) =>
      stages.findIndex(
        (stage) => stage.stageId === (task.stage ?? 0) && (stage.attempt ?? 0) === (task.stageAttempt ?? 0),
      ),
    ),
    executor: Int32Array.from(tasks, (task) => executors.findIndex(({ id }) => id === (task.executor ?? '1'))),
    host: Int32Array.from(tasks, (task) => hosts.indexOf(task.host ?? 'h1')),
    index: Int32Array.from(tasks, (task, row) => task.index ?? row),
    attempt: Int32Array.from(tasks, (task) => task.attempt ?? 0),
    status: Uint8Array.from(tasks, (task) => TASK_STATUS[task.status ?? 'succeeded']),
    speculative: Uint8Array.from(tasks, (task) => (task.speculative ? 1 : 0)),
    hasMetrics: Uint8Array.from(tasks, (task) => (task.hasMetrics === false ? 0 : 1)),
  };
}

function stageOf(given: Partial<StageFacts> & { stageId: number }, index: number, table: TaskTable): StageFacts {
  const rows = [...table.stage.keys()].filter((row) => table.stage[row] === index);
  const good = rows.filter((row) => table.status[row] === TASK_STATUS.succeeded && table.hasMetrics[row] === 1);
  const of = (column: NumberColumn) => quantilesOf(good.map((row) => table[column][row] ?? 0));
  const ends = rows.map((row) => table.finishedAt[row] ?? Number.NaN).filter(Number.isFinite);
  const counted = (status: TaskStatus) => rows.filter((row) => table.status[row] === TASK_STATUS[status]).length;
  const completedAt = ends.length > 0 ? Math.max(...ends) : null;
  return {
    attempt: 0,
    name: 'count at Fixture.scala:1',
    details: '',
    parentIds: [],
    rddNames: [],
    submittedAt: rows.length > 0 ? Math.min(...rows.map((row) => table.launchedAt[row] ?? 0)) : null,
    completedAt,
    status: 'succeeded',
    failureReason: null,
    taskCount: rows.length,
    jobIds: [0],
    sqlExecutionId: null,
    attempts: {
      succeeded: counted('succeeded'),
      failed: counted('failed') + counted('lost'),
      killed: counted('killed'),
      speculative: rows.filter((row) => table.speculative[row] === 1).length,
      running: counted('running'),
    },
    durationMs: quantilesOf(good.map((row) => (table.finishedAt[row] ?? 0) - (table.launchedAt[row] ?? 0))),
    runMs: of('runMs'),
    cpuMs: of('cpuMs'),
    gcMs: of('gcMs'),
    deserialiseMs: of('deserialiseMs'),
    resultSerialiseMs: of('resultSerialiseMs'),
    schedulerDelayMs: quantilesOf(good.map(() => 0)),
    fetchWaitMs: of('fetchWaitMs'),
    shuffleWriteMs: of('shuffleWriteMs'),
    inputBytes: of('inputBytes'),
    inputRecords: of('inputRecords'),
    outputBytes: of('outputBytes'),
    outputRecords: of('outputRecords'),
    shuffleReadBytes: of('shuffleReadBytes'),
    shuffleReadRecords: of('shuffleReadRecords'),
    shuffleWriteBytes: of('shuffleWriteBytes'),
    shuffleWriteRecords: of('shuffleWriteRecords'),
    memorySpilledBytes: of('memorySpilledBytes'),
    diskSpilledBytes: of('diskSpilledBytes'),
    peakExecutionMemoryBytes: of('peakExecutionMemoryBytes'),
    resultBytes: of('resultBytes'),
    locality: {},
    failuresByReason: {},
    hosts: [],
    pushMerge: null,
    scanTimeMs: null,
    quotes: { submitted: fixtureQuote('StageSubmitted'), completed: fixtureQuote('StageCompleted') },
    ...given,
  };
}

function quantilesOf(values: readonly number[]): Quantiles | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const sum = sorted.reduce((total, value) => total + value, 0);
  return { min: at(0), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95), max: at(1), sum };
}

function keptOf(task: TaskSpec, row: number, table: TaskTable): TaskFacts {
  return {
    row,
    taskId: table.taskId[row] ?? row,
    stageId: task.stage ?? 0,
    stageAttempt: task.stageAttempt ?? 0,
    index: table.index[row] ?? row,
    attempt: task.attempt ?? 0,
    executorId: task.executor ?? '1',
    host: task.host ?? 'h1',
    status: task.status ?? 'succeeded',
    reasonClass: task.reasonClass ?? null,
    reasonText: task.reasonText ?? null,
    launchedAt: table.launchedAt[row] ?? 0,
    finishedAt: Number.isFinite(table.finishedAt[row]) ? (table.finishedAt[row] ?? null) : null,
    quote: fixtureQuote(`TaskEnd ${row}`),
    metricsQuote: null,
  };
}

function jobOf(given: Partial<JobFacts> & { id: number }): JobFacts {
  return {
    submittedAt: FIXTURE_START,
    endedAt: null,
    result: 'succeeded',
    failureReason: null,
    stageIds: [],
    sqlExecutionId: null,
    description: null,
    quotes: { start: fixtureQuote(`JobStart ${given.id}`), end: fixtureQuote(`JobEnd ${given.id}`) },
    ...given,
  };
}

function sqlOf(given: Partial<SqlExecutionFacts> & { id: number }): SqlExecutionFacts {
  return {
    rootId: given.id,
    description: 'save at Fixture.scala:1',
    details: '',
    startedAt: FIXTURE_START,
    endedAt: null,
    errorMessage: '',
    jobIds: [],
    physicalPlan: '',
    planIsFinal: true,
    plan: null,
    quotes: {
      start: fixtureQuote(`SQLExecutionStart ${given.id}`),
      lastPlan: fixtureQuote(`AdaptiveExecutionUpdate ${given.id}`),
      end: fixtureQuote(`SQLExecutionEnd ${given.id}`),
      driverMetrics: [],
    },
    ...given,
  };
}
