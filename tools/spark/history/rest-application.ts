import type { Quote } from '../../evidence/quote.ts';
import { platformOf } from '../event-log/collect-application.ts';
import { flagAt, isObject, type JsonObject, listAt, objectAt, textAt } from '../event-log/json-fields.ts';
import type { ApplicationFacts, EnvironmentFacts } from '../facts.ts';
import { isInteractive } from '../is-interactive.ts';
import type { SparkRunListing } from '../source.ts';
import { type RestItem, restTime } from './rest-answers.ts';

/** One attempt out of the list of applications. */
export interface RestAttempt {
  applicationId: string;
  name: string | null;
  /** As the service numbers it; `null` where applications have no attempts (client mode, standalone). */
  attempt: string | null;
  user: string | null;
  startedAt: number | null;
  endedAt: number | null;
  /** As the service says; a running driver says its start there for as long as it runs (Spark 3.5.6). */
  lastUpdatedAt: number | null;
  completed: boolean;
  sparkVersion: string | null;
  quote: Quote | null;
}

/** Attempts of every application of an answer to `/applications` (or `/applications/<id>`). */
export function attemptsOf(items: readonly RestItem[]): RestAttempt[] {
  return items.flatMap((item) => {
    const applicationId = textAt(item.json, 'id');
    if (applicationId === null) return [];
    return listAt(item.json, 'attempts')
      .filter(isObject)
      .map((attempt) => ({
        applicationId,
        name: textAt(item.json, 'name'),
        attempt: textAt(attempt, 'attemptId'),
        user: textAt(attempt, 'sparkUser'),
        startedAt: restTime(attempt.startTime),
        endedAt: restTime(attempt.endTime),
        lastUpdatedAt: restTime(attempt.lastUpdated),
        completed: flagAt(attempt, 'completed') ?? false,
        sparkVersion: textAt(attempt, 'appSparkVersion') || null,
        quote: item.quote(),
      }));
  });
}

/** What is known of an attempt before it is read. */
export function listingOf(attempt: RestAttempt): SparkRunListing {
  return {
    handle: handleOf(attempt.applicationId, attempt.attempt),
    applicationId: attempt.applicationId,
    applicationName: attempt.name,
    attempt: attempt.attempt,
    user: attempt.user,
    startedAt: attempt.startedAt,
    endedAt: attempt.endedAt,
    lastUpdatedAt: attempt.lastUpdatedAt,
    inProgress: !attempt.completed,
    sparkVersion: attempt.sparkVersion,
    backend: 'rest',
  };
}

/** Handle and path of an attempt: `application_1_2` or `application_1_2/1`. */
export function handleOf(applicationId: string, attempt: string | null): string {
  return attempt === null ? applicationId : `${applicationId}/${attempt}`;
}

/** Environment as `/environment` tells it: lists of pairs. */
export function environmentOf(item: RestItem | undefined): EnvironmentFacts {
  const json = item?.json ?? null;
  const runtime = objectAt(json, 'runtime');
  return {
    spark: pairs(json, 'sparkProperties'),
    system: pairs(json, 'systemProperties'),
    jvm: Object.fromEntries(
      [
        ['Java Version', textAt(runtime, 'javaVersion')],
        ['Java Home', textAt(runtime, 'javaHome')],
        ['Scala Version', textAt(runtime, 'scalaVersion')],
      ].filter((pair): pair is [string, string] => pair[1] !== null),
    ),
    classPathJars: Object.keys(pairs(json, 'classpathEntries')).slice(0, 5_000),
    quote: item?.quote() ?? null,
    rawLine: null,
  };
}

function pairs(json: JsonObject | null, key: string): Readonly<Record<string, string>> {
  const kept: [string, string][] = [];
  for (const pair of listAt(json, key)) {
    if (!Array.isArray(pair) || typeof pair[0] !== 'string' || typeof pair[1] !== 'string') continue;
    kept.push([pair[0], pair[1].slice(0, 16_384)]);
  }
  return Object.fromEntries(kept);
}

/** Application facts out of the list's entry and the environment; either may be missing. */
export function applicationOf(
  applicationId: string,
  attempt: RestAttempt | null,
  environment: EnvironmentFacts,
  driverHost: string | null,
): ApplicationFacts {
  const { spark } = environment;
  const master = spark['spark.master'] ?? null;
  return {
    id: applicationId,
    name: attempt?.name ?? spark['spark.app.name'] ?? null,
    attempt: attempt?.attempt ?? null,
    user: attempt?.user ?? null,
    startedAt: attempt?.startedAt ?? startTimeOf(spark),
    endedAt: attempt?.completed ? attempt.endedAt : null,
    exitCode: null,
    master,
    deployMode: spark['spark.submit.deployMode'] ?? null,
    platform: platformOf(master, applicationId),
    driverHost: driverHost ?? spark['spark.driver.host'] ?? null,
    interactive: isInteractive(environment),
    quotes: { start: attempt?.quote ?? null, end: attempt?.completed ? attempt.quote : null },
  };
}

function startTimeOf(spark: Readonly<Record<string, string>>): number | null {
  const time = Number(spark['spark.app.startTime'] ?? Number.NaN);
  return Number.isFinite(time) && time > 0 ? time : null;
}
