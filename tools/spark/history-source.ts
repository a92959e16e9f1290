import type { Outcome } from '../evidence/outcome.ts';
import type { Platform } from '../platform/platform.ts';
import { readLogParts } from './event-log/read-log-parts.ts';
import type { SparkRun } from './facts.ts';
import { readRestRun } from './history/read-rest-run.ts';
import { type RestClient, restClient } from './history/rest-answers.ts';
import { attemptsOf, handleOf, listingOf, type RestAttempt } from './history/rest-application.ts';
import { zipEntries } from './history/zip-entries.ts';
import type { SparkSource } from './source.ts';

/** Ids as Spark's cluster managers form them; whatever else is asked for is never put into a path. */
const APPLICATION_ID = /^[A-Za-z0-9][\w.-]{0,200}$/;
const ATTEMPT = /^[\w.-]{1,50}$/;

/**
 * Spark runs as a history server (`spark-history`) or a running driver (`spark-driver`, `spark-driver@host`) tells them over
 * its REST API. A history server is asked for the event log itself first (`/logs`, a zip): it tells more than the answers,
 * which keep 1,000 jobs and stages. What the answers leave out is told in the notes.
 */
export function historySource(platform: Platform, service = 'spark-history'): SparkSource {
  const client = restClient(platform, service);
  let attempts: Promise<Attempts> | null = null;
  const runs = new Map<string, Promise<Outcome<SparkRun>>>();

  async function known(): Promise<Attempts> {
    attempts ??= findAttempts(client);
    return await attempts;
  }

  async function readRun(attempt: RestAttempt, listed: boolean, signal?: AbortSignal): Promise<Outcome<SparkRun>> {
    const log = await readZip(platform, service, attempt, signal);
    return log?.outcome === 'ok' ? log : await readRestRun(client, attempt, listed, signal);
  }

  return {
    async list() {
      const { list, failed } = await known();
      if (failed !== null && list.length === 0) return failed;
      if (list.length === 0) {
        return {
          outcome: 'no_data',
          looked: { en: `${service} knows no application`, zh: `${service} 中没有任何应用` },
        };
      }
      return { outcome: 'ok', value: list.map(({ attempt }) => listingOf(attempt)), notes: [] };
    },
    async read(handle, signal) {
      const { list } = await known();
      const entry = list.find(({ attempt }) => handleOf(attempt.applicationId, attempt.attempt) === handle);
      if (entry === undefined) {
        return {
          outcome: 'no_data',
          looked: { en: `${service} knows no application ${handle}`, zh: `${service} 中没有应用 ${handle}` },
        };
      }
      const before = runs.get(handle);
      if (before) return await before;
      const reading = readRun(entry.attempt, entry.listed, signal);
      runs.set(handle, reading);
      // An aborted reading is no answer to keep.
      reading.catch(() => runs.delete(handle));
      return await reading;
    },
  };
}

interface Attempts {
  /** `listed` is false for an application that is only known by answers about it. */
  list: { attempt: RestAttempt; listed: boolean }[];
  failed: Extract<Outcome<never>, { outcome: 'failed' }> | null;
}

async function findAttempts(client: RestClient): Promise<Attempts> {
  const answer = await client.ask('/applications', 'limit=2000');
  const items = 'why' in answer ? [] : answer.items;
  const asOf = 'why' in answer || !client.isDriver ? null : answer.at;
  const listed = attemptsOf(items)
    .filter(isUsable)
    .map((attempt) => ({ ...attempt, lastUpdatedAt: asOf ?? attempt.lastUpdatedAt }));
  const byPath = await attemptsByPath(client, new Set(listed.map(({ applicationId }) => applicationId)));
  const list = [
    ...listed.map((attempt) => ({ attempt, listed: true })),
    ...byPath.map((attempt) => ({ attempt, listed: false })),
  ].sort((a, b) => (b.attempt.startedAt ?? 0) - (a.attempt.startedAt ?? 0));
  return { list, failed: 'why' in answer ? { outcome: 'failed', why: answer.why, retryable: true } : null };
}

/** Applications that were asked about while recording though the list itself was not recorded. */
async function attemptsByPath(client: RestClient, known: ReadonlySet<string>): Promise<RestAttempt[]> {
  const found = new Map<string, RestAttempt>();
  for (const path of await client.knownPaths()) {
    const [, applicationId, attempt] = /^\/applications\/([^/]+)(?:\/(\d{1,4})\/|\/|$)/.exec(path) ?? [];
    if (applicationId === undefined || known.has(applicationId)) continue;
    const one: RestAttempt = {
      applicationId,
      name: null,
      attempt: attempt ?? null,
      user: null,
      startedAt: null,
      endedAt: null,
      lastUpdatedAt: null,
      completed: false,
      sparkVersion: null,
      quote: null,
    };
    if (isUsable(one)) found.set(handleOf(applicationId, one.attempt), one);
  }
  return [...found.values()];
}

function isUsable({ applicationId, attempt }: RestAttempt): boolean {
  return APPLICATION_ID.test(applicationId) && (attempt === null || ATTEMPT.test(attempt));
}

/** The event log out of the history server's zip; `null` when there is none. */
async function readZip(
  platform: Platform,
  service: string,
  attempt: RestAttempt,
  signal?: AbortSignal,
): Promise<Outcome<SparkRun> | null> {
  if (platform.getBytes === undefined || !service.startsWith('spark-history')) return null;
  const request = `/api/v1/applications/${handleOf(attempt.applicationId, attempt.attempt)}/logs`;
  const archive = await platform.getBytes(service, request);
  if (archive === null) return null;
  const parts = zipEntries(archive, `http/${service}${request}`);
  return parts.length === 0 ? null : await readLogParts(parts, signal ? { signal } : {});
}
