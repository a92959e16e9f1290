import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Outcome } from '../../evidence/outcome.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import { chooseKeptTasks } from '../event-log/choose-kept-tasks.ts';
import { type FailureTexts, failureTexts } from '../event-log/failure-texts.ts';
import { textAt } from '../event-log/json-fields.ts';
import { stringTable } from '../event-log/string-table.ts';
import { rowsByStage, type StageSummary, summariseStages } from '../event-log/summarise-stage.ts';
import type { TaskStrings } from '../event-log/task-row-of-event.ts';
import { ROW_WIDTH, type TaskRows, taskRows } from '../event-log/task-rows.ts';
import { taskTableOfRows } from '../event-log/task-table-of-rows.ts';
import type { ExecutorFacts, SparkRun, StageFacts, TaskFacts, TaskStatus } from '../facts.ts';
import { TASK_STATUS, type TaskTable } from '../task-table.ts';
import { askAhead } from './ask-ahead.ts';
import type { RestAnswer, RestClient, RestItem } from './rest-answers.ts';
import { applicationOf, environmentOf, handleOf, type RestAttempt } from './rest-application.ts';
import { driverHostOf, executorsOf } from './rest-executors.ts';
import { jobsOf } from './rest-jobs.ts';
import { sqlOf } from './rest-sql.ts';
import { attemptsOfRest, type RestStage, stagesOf, summaryOfRest } from './rest-stages.ts';
import { addTaskFailure, reasonClassOfRest, taskRowOfRest } from './rest-tasks.ts';

const PAGE = 1_000;
/** Tasks of one stage that are listed one by one; a larger stage gives its quantiles, its slowest and its failed tasks. */
const MAX_LISTED = 20_000;
/** Stages whose tasks are asked for: those that failed, run, or took the most time. A server slows down under more. */
const MAX_STAGES = 120;
const QUANTILES = 'quantiles=0,0.25,0.5,0.75,0.95,1.0';
/** What Spark keeps by default (`spark.ui.retainedJobs`, `…Stages`, `…Tasks`; 1.2–4.1). */
const RETAINED = 1_000;

const SQL = 'details=true&planDescription=true&length=1000';
/** Stages whose tasks are under way: what has come is held until its turn. */
const STAGES_AHEAD = 8;

/** Takes the elements of an answer; none, and a note, where there is no good one. */
type Ask = (path: string, query?: string) => Promise<readonly RestItem[]>;

interface Gathered {
  rows: TaskRows;
  strings: TaskStrings;
  /** The entry of each row. */
  items: RestItem[];
  /** Stages (`id.attempt`) whose tasks are all in `rows`. */
  complete: Set<string>;
  summaries: Map<string, RestItem>;
  failures: FailureTexts;
  answers: RestAnswer[];
  missing: Bilingual[];
}

/** Reads one attempt of an application over the REST API of a history server or a running driver. */
export async function readRestRun(
  client: RestClient,
  attempt: RestAttempt,
  known: boolean,
  signal?: AbortSignal,
): Promise<Outcome<SparkRun>> {
  const base = `/applications/${handleOf(attempt.applicationId, attempt.attempt)}`;
  const gathered = emptyGathering();
  const { begin, take } = askAhead(client, base);
  const ask: Ask = async (path, query = '') => {
    signal?.throwIfAborted();
    const answer = await take(path, query);
    if ('why' in answer) {
      gathered.missing.push(answer.why);
      return [];
    }
    gathered.answers.push(answer);
    return answer.items;
  };
  for (const path of ['/environment', '/allexecutors', '/stages', '/jobs']) begin(path);
  begin('/sql', SQL);
  const environment = environmentOf((await ask('/environment'))[0]);
  const all = await ask('/allexecutors');
  const listed = all.length > 0 ? all : await ask('/executors');
  const executors = executorsOf(listed, gathered.failures);
  const stages = stagesOf(await ask('/stages'));
  const sqlExecutions = sqlOf(await ask('/sql', SQL));
  const jobs = jobsOf(await ask('/jobs'), sqlExecutions);
  if (gathered.answers.length === 0) return nothingAnswered(gathered.missing);
  const chosen = chosenStages(stages);
  const beginTasks = (of: readonly RestStage[]) => {
    for (const stage of of) for (const page of pagesOf(stage)) begin(taskList(stage), page);
  };
  beginTasks(chosen.slice(0, STAGES_AHEAD));
  for (const [at, stage] of chosen.entries()) {
    await readTasks(stage, ask, gathered);
    beginTasks(chosen.slice(at + STAGES_AHEAD, at + STAGES_AHEAD + 1));
  }
  const table = tableOf(gathered, stages, executors);
  const application = applicationOf(attempt.applicationId, known ? attempt : null, environment, driverHostOf(listed));
  const byStage = rowsByStage(table, stages.length);
  const summaries = summariseStages(table, byStage);
  const times = timesOf(table, gathered.answers, attempt);
  const value: SparkRun = {
    sources: gathered.answers.map((answer) => answer.source),
    backend: 'rest',
    provenance: 'engine',
    completeness: {
      end: attempt.completed ? 'ended' : 'in_progress',
      unreadableLines: 0,
      unknownEvents: {},
      bytesRead: gathered.answers.reduce((total, answer) => total + answer.bytes, 0),
      lines: 0,
      compacted: false,
      missingParts: [],
      openTasks: table.status.filter((status) => status === TASK_STATUS.running).length,
      ...times,
      notes: notesOn(jobs.length, stages, gathered),
    },
    sparkVersion: attempt.sparkVersion,
    application,
    environment,
    executors,
    jobs,
    stages: stages.flatMap((stage, position) => {
      const listed = summaries[position];
      return listed === undefined ? [] : [stageFacts(stage, position, listed, table, gathered, jobs)];
    }),
    sqlExecutions,
    tasks: table,
    keptTasks: keptTasks(table, chooseKeptTasks(table, byStage, summaries, times.lastEventAt ?? 0), gathered),
    failureTexts: gathered.failures.records(
      {
        applicationId: attempt.applicationId,
        ...(application.name === null ? {} : { applicationName: application.name }),
      },
      new Map(executors.map((executor) => [executor.id, executor])),
      'engine',
    ),
    storage: null,
  };
  return { outcome: 'ok', value, notes: [...value.completeness.notes] };
}

function emptyGathering(): Gathered {
  return {
    rows: taskRows(),
    strings: {
      executors: stringTable(),
      hosts: stringTable(),
      localities: stringTable(),
      reasons: stringTable(),
    },
    items: [],
    complete: new Set(),
    summaries: new Map(),
    failures: failureTexts(),
    answers: [],
    missing: [],
  };
}

function nothingAnswered(missing: readonly Bilingual[]): Outcome<SparkRun> {
  const why = missing[0] ?? { en: 'the Spark service answered nothing', zh: 'Spark 服务没有返回任何内容' };
  return { outcome: 'failed', why, retryable: true };
}

function chosenStages(stages: readonly RestStage[]): RestStage[] {
  const weight = ({ facts, item }: RestStage) =>
    facts.status === 'succeeded' ? Number(item.json.executorRunTime ?? 0) : Number.POSITIVE_INFINITY;
  return [...stages].sort((a, b) => weight(b) - weight(a)).slice(0, MAX_STAGES);
}

function taskList({ stageId, attempt }: RestStage): string {
  return `/stages/${stageId}/${attempt}/taskList`;
}

/** The pages that a stage's tasks fill; of a stage too large to be listed its slowest and its failed tasks. */
function pagesOf({ knownTasks }: RestStage): string[] {
  if (knownTasks > MAX_LISTED) return ['length=100&offset=0&sortBy=-runtime', 'length=200&offset=0&status=failed'];
  const pages = Math.max(1, Math.ceil(knownTasks / PAGE));
  return Array.from({ length: pages }, (_, page) => `length=${PAGE}&offset=${page * PAGE}&sortBy=ID`);
}

async function readTasks(stage: RestStage, ask: Ask, gathered: Gathered): Promise<void> {
  const seen = new Set<unknown>();
  const take = (items: readonly RestItem[]) => {
    const fresh = items.filter(({ json }) => !seen.has(json.taskId));
    for (const item of fresh) {
      seen.add(item.json.taskId);
      addRow(item, stage, gathered);
    }
    return fresh.length;
  };
  for (const page of pagesOf(stage)) {
    const fresh = take(await ask(taskList(stage), page));
    if (stage.knownTasks <= MAX_LISTED && fresh < PAGE) break;
  }
  if (seen.size >= stage.knownTasks && seen.size > 0) gathered.complete.add(keyOf(stage));
  else if (stage.facts.status !== 'running') {
    const [summary] = await ask(`/stages/${stage.stageId}/${stage.attempt}/taskSummary`, QUANTILES);
    if (summary) gathered.summaries.set(keyOf(stage), summary);
  }
}

const row = new Float64Array(ROW_WIDTH);

function addRow(item: RestItem, stage: RestStage, gathered: Gathered): void {
  if (!taskRowOfRest(item.json, stage.stageId, stage.attempt, row, gathered.strings)) return;
  gathered.rows.push(row);
  gathered.items.push(item);
  addTaskFailure(item, stage.stageId, stage.attempt, gathered.failures);
}

function keyOf({ stageId, attempt }: { stageId: number; attempt: number }): string {
  return `${stageId}.${attempt}`;
}

function tableOf(gathered: Gathered, stages: readonly RestStage[], executors: readonly ExecutorFacts[]): TaskTable {
  const positions = new Map(stages.map((stage, position) => [keyOf(stage), position]));
  return taskTableOfRows(gathered.rows, {
    hosts: gathered.strings.hosts.texts,
    executorIds: gathered.strings.executors.texts,
    executors,
    stageOf: (stageId, attempt) => positions.get(keyOf({ stageId, attempt })) ?? -1,
  });
}

function stageFacts(
  stage: RestStage,
  position: number,
  listed: StageSummary,
  table: TaskTable,
  gathered: Gathered,
  jobs: SparkRun['jobs'],
): StageFacts {
  const { json } = stage.item;
  const mine = jobs.filter((job) => job.stageIds.includes(stage.stageId));
  const rows = Uint32Array.from(table.stage.keys()).filter((at) => table.stage[at] === position);
  const summary = gathered.summaries.get(keyOf(stage));
  const told = summary ? summaryOfRest(summary.json, json) : {};
  const complete = gathered.complete.has(keyOf(stage));
  return {
    ...stage.facts,
    ...listed,
    ...(complete ? {} : { ...told, attempts: attemptsOfRest(json) }),
    jobIds: mine.map((job) => job.id),
    sqlExecutionId: mine.find((job) => job.sqlExecutionId !== null)?.sqlExecutionId ?? null,
    locality: countBy(rows, (at) => gathered.strings.localities.texts[gathered.rows.at(at, 'locality')]),
    failuresByReason: countBy(rows, (at) => {
      const reason = gathered.strings.reasons.texts[gathered.rows.at(at, 'reason')];
      return reason === 'Success' ? undefined : reason;
    }),
  };
}

function countBy(rows: Uint32Array, nameOf: (row: number) => string | undefined): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const at of rows) {
    const name = nameOf(at);
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

const STATUS_NAMES = Object.fromEntries(Object.entries(TASK_STATUS).map(([name, code]) => [code, name])) as Readonly<
  Record<number, TaskStatus>
>;

function keptTasks(table: TaskTable, slow: readonly number[], gathered: Gathered): TaskFacts[] {
  const failed = [...table.status.keys()].filter((at) => {
    const status = table.status[at];
    return status === TASK_STATUS.failed || status === TASK_STATUS.killed || status === TASK_STATUS.lost;
  });
  const rows = [...new Set([...slow, ...failed.slice(0, 200)])].sort((a, b) => a - b);
  return rows.flatMap((at) => {
    const item = gathered.items[at];
    return item === undefined ? [] : [taskFacts(item, at, table, gathered)];
  });
}

function taskFacts(item: RestItem, at: number, table: TaskTable, gathered: Gathered): TaskFacts {
  const finishedAt = table.finishedAt[at] ?? Number.NaN;
  const { rows, strings } = gathered;
  return {
    row: at,
    taskId: table.taskId[at] ?? -1,
    stageId: rows.at(at, 'stageId'),
    stageAttempt: rows.at(at, 'stageAttempt'),
    index: table.index[at] ?? -1,
    attempt: table.attempt[at] ?? 0,
    executorId: strings.executors.texts[rows.at(at, 'executor')] ?? '',
    host: table.hosts[table.host[at] ?? -1] ?? '',
    status: STATUS_NAMES[table.status[at] ?? -1] ?? 'failed',
    reasonClass: reasonClassOfRest(item.json),
    reasonText: textAt(item.json, 'errorMessage')?.slice(0, 4_096) ?? null,
    launchedAt: table.launchedAt[at] ?? Number.NaN,
    finishedAt: Number.isNaN(finishedAt) ? null : finishedAt,
    quote: item.quote(),
    metricsQuote: null,
  };
}

function timesOf(table: TaskTable, answers: readonly RestAnswer[], attempt: RestAttempt) {
  let first = attempt.startedAt ?? Number.POSITIVE_INFINITY;
  for (const launchedAt of table.launchedAt) if (launchedAt < first) first = launchedAt;
  const asked = answers.reduce((latest, answer) => Math.max(latest, answer.at), 0);
  return {
    firstEventAt: Number.isFinite(first) ? first : null,
    // What runs was last seen when the service was asked.
    lastEventAt: attempt.completed ? attempt.endedAt : asked || null,
  };
}

function notesOn(jobs: number, stages: readonly RestStage[], gathered: Gathered): Bilingual[] {
  const notes: Bilingual[] = [...gathered.missing.slice(0, 5)];
  if (jobs >= RETAINED || stages.length >= RETAINED) {
    notes.push({
      en: 'the service keeps only the last 1,000 jobs and stages; earlier ones are not seen here',
      zh: '该服务只保留最近 1000 个作业和阶段，更早的无法看到',
    });
  }
  const partly = stages.filter((stage) => stage.knownTasks > 0 && !gathered.complete.has(keyOf(stage))).length;
  if (partly > 0) {
    notes.push({
      en: `of ${plural(partly, 'stage')} not every task could be listed; the figures are the service's own summaries`,
      zh: `有 ${partly} 个阶段的任务未能全部列出，其数据取自服务自身的汇总`,
    });
  }
  return notes;
}
