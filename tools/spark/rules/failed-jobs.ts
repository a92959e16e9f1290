import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { JobFacts, SparkRun, SqlExecutionFacts } from '../facts.ts';
import { cancelledOnPurpose, contextStopped, exceptionClassOf, firstSentence } from '../measures/failure-words.ts';
import { spoken } from '../measures/spark-evidence.ts';
import { sparkFinding } from '../measures/spark-finding.ts';

const MAX_SINGLE = 10;

/**
 * Jobs and queries that failed: symptoms, in the order of time, the first one first. A job that ended because its context
 * was shut down or somebody cancelled it echoes something earlier.
 */
export const failedJobs: Rule<SparkRun> = {
  id: 'spark/failed-jobs',
  area: 'spark',
  codes: [],
  apply(run) {
    const jobs = run.jobs.filter((job) => job.result === 'failed').sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
    const explained = new Set(jobs.map((job) => job.sqlExecutionId));
    const queries = run.sqlExecutions.filter((sql) => (sql.errorMessage ?? '') !== '' && !explained.has(sql.id));
    return [
      ...jobs.slice(0, MAX_SINGLE).map((job) => jobFinding(run, job, jobs)),
      ...queries.slice(0, MAX_SINGLE).map((sql) => queryFinding(run, sql)),
      ...applicationFinding(run),
    ];
  },
};

function jobFinding(run: SparkRun, job: JobFacts, all: readonly JobFacts[]): Finding {
  const reason = job.failureReason ?? '';
  const echo = contextStopped(reason) || cancelledOnPurpose(reason);
  const exceptionClass = exceptionClassOf(reason);
  const words = firstSentence(reason);
  return sparkFinding(run, {
    rule: failedJobs.id,
    kind: 'observed',
    symptom: 'job_failed',
    echo,
    en: `Job ${job.id} failed: ${words || 'no reason is given'}`,
    zh: `作业 ${job.id} 失败：${words || '没有给出原因'}`,
    keys: {
      jobId: job.id,
      ...(job.sqlExecutionId === null ? {} : { sqlExecutionId: job.sqlExecutionId }),
      ...(exceptionClass ? { exceptionClass } : {}),
    },
    at: job.endedAt,
    evidence: spoken(job.quotes.end, job.endedAt),
    weight: echo ? 0 : 1 / all.length,
    values: { failedJobs: all.length, jobsInRun: run.jobs.length },
  });
}

function queryFinding(run: SparkRun, sql: SqlExecutionFacts): Finding {
  const reason = sql.errorMessage ?? '';
  const exceptionClass = exceptionClassOf(reason);
  const words = firstSentence(reason);
  return sparkFinding(run, {
    rule: failedJobs.id,
    kind: 'observed',
    symptom: 'job_failed',
    echo: contextStopped(reason) || cancelledOnPurpose(reason),
    en: `Query ${sql.id} failed outside any job: ${words}`,
    zh: `查询 ${sql.id} 在作业之外失败：${words}`,
    keys: { sqlExecutionId: sql.id, ...(exceptionClass ? { exceptionClass } : {}) },
    at: sql.endedAt,
    evidence: spoken(sql.quotes.end, sql.endedAt),
    weight: 1,
  });
}

/** Spark 4 tells the exit code of the driver; 0 does not mean that every job succeeded. */
function applicationFinding(run: SparkRun): Finding[] {
  const { exitCode, endedAt, quotes } = run.application;
  if (exitCode === null || exitCode === 0) return [];
  return [
    sparkFinding(run, {
      rule: failedJobs.id,
      kind: 'observed',
      symptom: 'application_failed',
      en: `The driver ended with exit code ${exitCode}`,
      zh: `驱动以退出码 ${exitCode} 结束`,
      at: endedAt,
      evidence: spoken(quotes.end, endedAt),
      weight: 1,
      values: { exitCode },
    }),
  ];
}
