import type { Quote } from '../../evidence/quote.ts';
import type { SqlExecutionFacts } from '../facts.ts';
import { boundedRoom, MOST_ACCUMULATORS } from './bounded-room.ts';
import { type EventLine, quoteFrom, quoteLine } from './event-line.ts';
import type { FailureTexts } from './failure-texts.ts';
import { type JsonObject, listAt, numberAt, objectAt, textAt, toNumber } from './json-fields.ts';
import { metricsIn, planOf, resolvePlan, type UnresolvedPlan } from './sql-plan.ts';

/** Plans of this many characters in all are kept; the plans of the shortest executions give way first. */
const PLAN_BUDGET = 24_000_000;
const MAX_PLAN_TEXT = 1_000_000;
const MAX_DRIVER_QUOTES = 20;

interface OpenExecution {
  id: number;
  rootId: number | null;
  description: string;
  details: string;
  startedAt: number | null;
  endedAt: number | null;
  errorMessage: string | null;
  physicalPlan: string;
  plan: UnresolvedPlan | null;
  /** Size of the last plan's line, for the budget. */
  planBytes: number;
  start: Quote | null;
  lastPlan: Quote | null;
  end: Quote | null;
  driverMetrics: Quote[];
}

/** What the SQL listener's events tell. */
export interface SqlCollector {
  started(event: JsonObject, line: EventLine): void;
  planUpdated(event: JsonObject, line: EventLine): void;
  driverMetrics(event: JsonObject, line: EventLine): void;
  ended(event: JsonObject, line: EventLine): void;
  /** Type of an accumulator that a kept plan names. */
  metricTypes(): ReadonlyMap<number, string>;
  /** Events of executions that found no room. */
  leftOut(): number;
  /** Plans dropped for want of room. */
  droppedPlans(): number;
  result(
    accumulators: ReadonlyMap<number, number>,
    jobsOf: (executionId: number) => readonly number[],
  ): SqlExecutionFacts[];
}

export function collectSql(failures: FailureTexts): SqlCollector {
  const executions = new Map<number, OpenExecution>();
  const driverValues = new Map<number, number>();
  const room = boundedRoom();
  let planBytes = 0;
  let dropped = 0;

  function execution(event: JsonObject): OpenExecution | null {
    const id = numberAt(event, 'executionId');
    if (id === null) return null;
    const known = executions.get(id);
    if (known) return known;
    if (!room.take()) return null;
    const made: OpenExecution = {
      id,
      rootId: null,
      description: '',
      details: '',
      startedAt: null,
      endedAt: null,
      errorMessage: null,
      physicalPlan: '',
      plan: null,
      planBytes: 0,
      start: null,
      lastPlan: null,
      end: null,
      driverMetrics: [],
    };
    executions.set(id, made);
    return made;
  }

  function keepPlan(open: OpenExecution, event: JsonObject, line: EventLine): void {
    open.physicalPlan = (textAt(event, 'physicalPlanDescription') ?? '').slice(0, MAX_PLAN_TEXT);
    open.plan = planOf(objectAt(event, 'sparkPlanInfo'));
    open.lastPlan = quoteFrom(line, '"physicalPlanDescription":');
    planBytes += line.bytes.length - open.planBytes;
    open.planBytes = line.bytes.length;
    if (planBytes > PLAN_BUDGET) makeRoom(open);
  }

  function makeRoom(newest: OpenExecution): void {
    const finished = [...executions.values()].filter((open) => open.endedAt !== null && open.plan && open !== newest);
    finished.sort((a, b) => durationOf(a) - durationOf(b));
    for (const open of finished) {
      if (planBytes <= PLAN_BUDGET / 2) return;
      planBytes -= open.planBytes;
      open.planBytes = 0;
      open.plan = null;
      open.physicalPlan = '';
      dropped += 1;
    }
  }

  function started(event: JsonObject, line: EventLine): void {
    const open = execution(event);
    if (open === null) return;
    open.rootId = numberAt(event, 'rootExecutionId');
    open.description = (textAt(event, 'description') ?? '').slice(0, 4_096);
    open.details = (textAt(event, 'details') ?? '').slice(0, 8_192);
    open.startedAt = numberAt(event, 'time');
    open.start = quoteLine(line);
    keepPlan(open, event, line);
  }

  function planUpdated(event: JsonObject, line: EventLine): void {
    const open = execution(event);
    if (open !== null) keepPlan(open, event, line);
  }

  function driverMetrics(event: JsonObject, line: EventLine): void {
    const open = execution(event);
    if (open === null) return;
    if (open.driverMetrics.length < MAX_DRIVER_QUOTES) open.driverMetrics.push(quoteLine(line));
    for (const update of listAt(event, 'accumUpdates')) {
      if (!Array.isArray(update)) continue;
      const id = toNumber(update[0]);
      const value = toNumber(update[1]);
      if (id === null || value === null) continue;
      if (driverValues.size < MOST_ACCUMULATORS || driverValues.has(id))
        driverValues.set(id, (driverValues.get(id) ?? 0) + value);
    }
  }

  function ended(event: JsonObject, line: EventLine): void {
    const open = execution(event);
    if (open === null) return;
    open.endedAt = numberAt(event, 'time');
    open.errorMessage = textAt(event, 'errorMessage')?.slice(0, 65_536) ?? null;
    open.end = quoteLine(line);
    if (open.errorMessage === null || open.errorMessage === '') return;
    failures.add({
      text: open.errorMessage,
      at: open.endedAt,
      level: 'error',
      keys: { sqlExecutionId: open.id },
      quote: quoteFrom(line, '"executionId"'),
    });
  }

  function metricTypes(): ReadonlyMap<number, string> {
    const types = new Map<number, string>();
    for (const { plan } of executions.values()) {
      if (plan) for (const metric of metricsIn(plan)) types.set(metric.accumulatorId, metric.type);
    }
    return types;
  }

  return {
    started,
    planUpdated,
    driverMetrics,
    ended,
    metricTypes,
    leftOut: room.refused,
    droppedPlans: () => dropped,
    result: (accumulators, jobsOf) =>
      [...executions.values()].map(({ plan, planBytes: _, start, lastPlan, end, driverMetrics: quotes, ...facts }) => ({
        ...facts,
        jobIds: jobsOf(facts.id),
        planIsFinal: isFinal(facts.physicalPlan, plan),
        plan: plan && resolvePlan(plan, (id) => accumulators.get(id) ?? driverValues.get(id)),
        quotes: { start, lastPlan, end, driverMetrics: quotes },
      })),
  };
}

function durationOf(open: OpenExecution): number {
  return (open.endedAt ?? 0) - (open.startedAt ?? 0);
}

/** Adaptive plans say themselves whether they are final; a plan without adaptive execution never changes. */
function isFinal(physicalPlan: string, plan: UnresolvedPlan | null): boolean {
  const root = plan?.description ?? '';
  if (root.startsWith('AdaptiveSparkPlan')) return root.includes('isFinalPlan=true');
  return !physicalPlan.includes('isFinalPlan=false');
}
