import type { ShuffleRole } from './shuffle-facts.ts';

/** Services of a Celeborn cluster by the process behind them (DESIGN §9). */
export const CELEBORN_SERVICES: Readonly<Record<ShuffleRole, string>> = {
  master: 'celeborn-master',
  worker: 'celeborn-worker',
};

/** The process behind a service's name, or null for other services. */
export function roleOfService(service: string): ShuffleRole | null {
  const kind = service.split('@')[0];
  return (['master', 'worker'] as const).find((role) => CELEBORN_SERVICES[role] === kind) ?? null;
}

/** The host in a service's name (`celeborn-worker@rss-w3:9096` is on `rss-w3`), or null when it names none. */
export function hostOfService(service: string): string | null {
  return service.split('@')[1]?.replace(/:\d{1,5}$/, '') ?? null;
}
