import type { ClientEvent, EventOf, ShuffleEvent } from './shuffle-events.ts';
import type { ShuffleFacts, ShuffleScope, ShuffleSilence } from './shuffle-facts.ts';
import { isOfRun } from './shuffle-keys.ts';
import { SHUFFLE_THRESHOLDS as LIMIT } from './thresholds.ts';

/** Whether a moment belongs to the question's time; unknown times and no window do. Behind the window a little more counts. */
export function isInScope(at: number | null, { window }: ShuffleScope, behindMs: number = LIMIT.edgeMs): boolean {
  if (at === null || window === null) return true;
  return at >= window.from - LIMIT.slackMs && at <= window.to + behindMs;
}

/** Whether a silence lasts into the question's time. */
export function overlaps({ from, until }: ShuffleSilence, { window }: ShuffleScope): boolean {
  return window === null || (from <= window.to + LIMIT.edgeMs && (until ?? Infinity) >= window.from);
}

/** What the run's own client told in the question's time, one kind; of every client when no run is asked about. */
export function toldByRun<Kind extends ClientEvent['kind']>(
  { events }: ShuffleFacts,
  scope: ShuffleScope,
  kind: Kind,
): EventOf<Kind>[] {
  const { applicationId } = scope;
  return events.filter(
    (event: ShuffleEvent): event is EventOf<Kind> =>
      event.kind === kind &&
      isInScope(event.at, scope) &&
      (applicationId === null || isOfRun((event as ClientEvent).applicationId, applicationId)),
  );
}

/** Events of the service in the question's time, one kind. */
export function toldByService<Kind extends ShuffleEvent['kind']>(
  { events }: ShuffleFacts,
  scope: ShuffleScope,
  kind: Kind,
  behindMs?: number,
): EventOf<Kind>[] {
  return events.filter((event): event is EventOf<Kind> => event.kind === kind && isInScope(event.at, scope, behindMs));
}
