import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Outcome } from '../evidence/outcome.ts';
import type { Platform } from '../platform/platform.ts';
import { eventLogSource } from './event-log-source.ts';
import { historySource } from './history-source.ts';
import type { SparkRunListing, SparkSource } from './source.ts';

/** A run with the source that can read it. */
export interface KnownRun {
  listing: SparkRunListing;
  source: SparkSource;
}

/** A platform's sources are asked once: what they have listed and read is kept for its next tool. */
const sourcesOf = new WeakMap<Platform, Promise<readonly SparkSource[]>>();

/** Every backend that a platform has for Spark runs: its event logs, history servers and live drivers. */
function sources(platform: Platform): Promise<readonly SparkSource[]> {
  const known = sourcesOf.get(platform) ?? findSources(platform);
  sourcesOf.set(platform, known);
  return known;
}

async function findSources(platform: Platform): Promise<readonly SparkSource[]> {
  const services = await platform.services();
  const rest = services.filter((service) => /^spark-(?:history|driver)(?:@|$)/.test(service));
  return [eventLogSource(platform), ...rest.map((service) => historySource(platform, service))];
}

/** All runs that any backend knows, newest first; a run that two backends know is told once, by the one that tells more. */
export async function knownRuns(platform: Platform): Promise<Outcome<readonly KnownRun[]>> {
  const asked = await Promise.all(
    (await sources(platform)).map(async (source) => ({ source, listed: await source.list() })),
  );
  const runs = asked.flatMap(({ source, listed }) =>
    listed.outcome === 'ok' ? listed.value.map((listing) => ({ listing, source })) : [],
  );
  const notes = asked.flatMap(({ listed }): Bilingual[] => {
    if (listed.outcome === 'ok') return listed.notes;
    return listed.outcome === 'failed' ? [listed.why] : [];
  });
  const first = asked[0]?.listed;
  if (runs.length === 0 && first && first.outcome !== 'ok') return first;
  runs.sort((a, b) => (b.listing.startedAt ?? 0) - (a.listing.startedAt ?? 0));
  return { outcome: 'ok', value: withoutDoubles(runs), notes };
}

/**
 * The log of a running application is written when a stage or job begins or ends; between them it lags. A service that knows so
 * much more recent things is asked instead; less is the clocks' difference, or nothing worth losing the log's detail for.
 */
const FRESHER_MS = 10_000;

/**
 * Of one attempt that several backends know: its event log, for that holds every task, unless the log has no end and a service
 * knows of later things; else every service's answer.
 */
function withoutDoubles(runs: readonly KnownRun[]): KnownRun[] {
  const attempts = Map.groupBy(runs, ({ listing }) => keyOf(listing));
  const kept = new Set([...attempts.values()].flatMap(toldBy));
  return runs.filter((run) => kept.has(run));
}

function toldBy(known: readonly KnownRun[]): readonly KnownRun[] {
  const logs = known.filter(({ listing }) => listing.backend === 'event_log');
  if (logs.length === 0 || logs.length === known.length) return known;
  if (logs.some(({ listing }) => listing.endedAt !== null)) return logs;
  const logged = Math.max(...logs.map(({ listing }) => listing.lastUpdatedAt ?? Number.POSITIVE_INFINITY));
  const fresher = known
    .filter(({ listing }) => listing.backend === 'rest' && (listing.lastUpdatedAt ?? 0) - logged > FRESHER_MS)
    .sort((a, b) => (b.listing.lastUpdatedAt ?? 0) - (a.listing.lastUpdatedAt ?? 0));
  return fresher.length > 0 ? fresher.slice(0, 1) : logs;
}

function keyOf(listing: SparkRunListing): string {
  return `${listing.applicationId}/${listing.attempt ?? '1'}`;
}
