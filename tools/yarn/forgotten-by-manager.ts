import type { YarnFacts } from './facts.ts';

/** Clocks and the ids made at the manager's start differ by no more. */
const SLACK_MS = 5_000;

/**
 * True for an application that this ResourceManager began after and does not list: it was restarted without recovery
 * (`yarn.resourcemanager.recovery.enabled`, off by default), and whatever an older record says of it is not its state now. The
 * id carries the start of the manager that gave it.
 */
export function forgottenByManager({ cluster, listed, applications }: YarnFacts, applicationId: string): boolean {
  const given = Number(/^application_(\d{13})_\d{4,10}$/.exec(applicationId)?.[1] ?? Number.NaN);
  if (!listed || !Number.isFinite(given) || cluster?.startedAt == null) return false;
  if (given + SLACK_MS >= cluster.startedAt) return false;
  return !applications.some(({ id, knownFrom }) => id === applicationId && knownFrom === 'rest');
}
