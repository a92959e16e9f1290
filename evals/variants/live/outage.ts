import type { AgentRun } from '../../../bot/agent/agent-run.ts';

type Reason = NonNullable<AgentRun['failure']>['reason'];

/**
 * Failures of the way to the model and of its server, not of its answer: what was asked then was not run. A model that answers nonsense,
 * refuses, or comes to no end within its limits has failed by itself, and what the product answers then is scored.
 */
const OUTAGES: ReadonlySet<Reason> = new Set([
  'unreachable',
  'not_allowed',
  'rate_limited',
  'server_error',
  'stalled',
  'cut_off',
]);

/** True for a failure that says nothing of the model's answers. */
export function isOutage(reason: Reason): boolean {
  return OUTAGES.has(reason);
}
