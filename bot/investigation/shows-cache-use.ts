import type { Finding } from '../../tools/evidence/finding.ts';
import type { LogFacts } from '../../tools/logs/log-facts.ts';
import type { SparkRun } from '../../tools/spark/facts.ts';
import type { Candidate } from './subject/candidate.ts';

/** What a client of Alluxio leaves in settings, paths, plans and logs: its scheme, its class names, its log lines. */
const CLIENT = /alluxio/i;

/**
 * Whether what was read of a run shows that it reads through the cache. True as well where that cannot be told: a program that
 * reads through a mount names no client, and a run of which nothing was read shows nothing.
 */
export function showsCacheUse(candidate: Candidate | null, run: SparkRun | null, logs: readonly LogFacts[]): boolean {
  if (candidate?.kind !== 'spark_application' && candidate?.kind !== 'yarn_application') return true;
  const own = logs.filter(({ keys }) => keys.applicationId === candidate.id);
  if (run === null && own.length === 0) return true;
  const records = [...own.flatMap(({ records, tail }) => [...records, ...tail]), ...(run?.failureTexts ?? [])];
  if (records.some(({ text, logger }) => CLIENT.test(text) || CLIENT.test(logger))) return true;
  if (run === null) return false;
  const settings = Object.entries(run.environment.spark).flat();
  return [...settings, ...run.sqlExecutions.map(({ physicalPlan }) => physicalPlan)].some((text) => CLIENT.test(text));
}

/** A finding about a cache that the run was not seen to use: it happened, and whether it concerns the run is inferred. */
export function notShownToConcern(finding: Finding): Finding {
  if (finding.code === null) return finding;
  return {
    ...finding,
    kind: 'inferred',
    weight: finding.weight / 2,
    statement: {
      en: `${finding.statement.en}; nothing that was read shows this run using the cache`,
      zh: `${finding.statement.zh}；但读到的记录中没有迹象表明该作业使用了缓存`,
    },
  };
}
