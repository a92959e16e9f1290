import type { Evidence } from '../../evidence/evidence.ts';
import { MAX_EXCERPT_BYTES, type Quote } from '../../evidence/quote.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts, StageFacts, TaskFacts } from '../facts.ts';

/** A quote of the run's own records as evidence: the engine wrote it. Empty when there is no quote. */
export function spoken(quote: Quote | null | undefined, at: number | null): Evidence[] {
  return quote ? [{ ...quote, area: 'spark', provenance: 'engine', at }] : [];
}

/** What the log says at the end of a stage attempt, else at its start. */
export function stageEvidence(stage: StageFacts): Evidence[] {
  return stage.quotes.completed
    ? spoken(stage.quotes.completed, stage.completedAt)
    : spoken(stage.quotes.submitted, stage.submittedAt);
}

/** The end of a task attempt, with its metrics where they stand in a piece of their own. */
export function taskEvidence(task: TaskFacts | undefined): Evidence[] {
  if (!task) return [];
  return [...spoken(task.quote, task.finishedAt), ...spoken(task.metricsQuote, task.finishedAt)];
}

/**
 * Why a task did not succeed, in the log's own words. Texts of failures are folded, so the piece may stand at the end of
 * another attempt that failed with the same text (digits aside); empty when no such text was kept.
 */
export function reasonEvidence(run: SparkRun, task: TaskFacts | undefined): Evidence[] {
  const reason = task?.reasonText;
  if (!task || !reason) return [];
  const alike = withoutDigits(reason);
  const record =
    run.failureTexts.find(({ keys }) => keys.taskId === task.taskId && keys.stageId === task.stageId) ??
    run.failureTexts.find(({ keys, text }) => keys.taskId !== undefined && withoutDigits(text) === alike);
  return spoken(record?.quote, record?.at ?? null);
}

function withoutDigits(text: string): string {
  return text.slice(0, 1_000).replace(/\d+/g, '#');
}

/** Kept tasks by row, for quoting a row of the table. */
export function keptTask(run: SparkRun, row: number): TaskFacts | undefined {
  return run.keptTasks.find((task) => task.row === row);
}

/** The kept task of a stage attempt whose value lies nearest to a target: "a usual task of the same stage". */
export function keptTaskNear(
  run: SparkRun,
  stage: StageFacts,
  target: number,
  figureOf: (row: number) => number,
  where: (task: TaskFacts) => boolean = () => true,
): TaskFacts | undefined {
  let best: TaskFacts | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const task of run.keptTasks) {
    if (task.stageId !== stage.stageId || task.stageAttempt !== stage.attempt) continue;
    if (task.status !== 'succeeded' || !where(task)) continue;
    const away = Math.abs(figureOf(task.row) - target);
    if (away < distance) [best, distance] = [task, away];
  }
  return best;
}

/** The properties' own bytes, cut out of the environment event: `"spark.executor.memory":"512m"`. Absent ones are left out. */
export function settingEvidence(run: SparkRun, ...keys: string[]): Evidence[] {
  const { quote, rawLine } = run.environment;
  if (!quote || !rawLine) return [];
  const found: Evidence[] = [];
  for (const key of keys) {
    const start = rawLine.indexOf(`"${key}":`);
    if (start < 0) continue;
    const end = endOfMember(rawLine, start + key.length + 3);
    const excerpt = rawLine.slice(start, end);
    if (Buffer.byteLength(excerpt) <= MAX_EXCERPT_BYTES) {
      found.push(...spoken({ ...quote, excerpt }, run.application.startedAt));
    }
  }
  return found;
}

/** End of a JSON string or bare value that begins at or after `at`, within a bound. */
function endOfMember(line: string, at: number): number {
  let index = at;
  while (line[index] === ' ') index += 1;
  if (line[index] !== '"') return line.slice(index, index + 64).search(/[,}\]]|$/) + index;
  const limit = Math.min(line.length, index + MAX_EXCERPT_BYTES);
  for (index += 1; index < limit; index += 1) {
    if (line[index] === '\\') index += 1;
    else if (line[index] === '"') return index + 1;
  }
  return limit;
}

/** Where the last plan of a query stands: its adaptive update, else the query's start. */
function planQuote(sql: SqlExecutionFacts): Quote | null {
  return sql.quotes.lastPlan ?? sql.quotes.start;
}

/**
 * A plan node's own line. The plan stands inside a JSON string, so only a piece without characters that JSON escapes is
 * the same byte for byte; the description is cut before the first such character.
 */
export function planNodeEvidence(sql: SqlExecutionFacts, node: PlanNode): Evidence[] {
  const quote = planQuote(sql);
  if (!quote) return [];
  const text = node.description || node.name;
  const stop = text.search(/["\\\u0000-\u001f\u007f]|\.\.\./);
  const piece = (stop < 0 ? text : text.slice(0, stop)).slice(0, 400).trimEnd();
  return piece.length >= Math.min(8, node.name.length)
    ? spoken({ ...quote, excerpt: piece }, sql.startedAt)
    : spoken(quote, sql.startedAt);
}
