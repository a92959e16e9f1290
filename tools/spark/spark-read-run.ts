import { z } from 'zod';
import type { Outcome } from '../evidence/outcome.ts';
import type { Tool, ToolReport } from '../evidence/tool.ts';
import type { SparkRun } from './facts.ts';
import { type KnownRun, knownRuns } from './known-runs.ts';
import { judgeSparkRun } from './rules/index.ts';

const INPUT = z.strictObject({
  /** As the run is listed: an application id, or the handle of its listing. */
  run: z.string().min(1).max(1_024),
  /** Attempt of the application; the latest when it is not given. */
  attempt: z.string().max(32).optional(),
});

/** Reads one Spark run whole and judges it. */
export const SPARK_READ_RUN: Tool<typeof INPUT, SparkRun> = {
  name: 'spark_read_run',
  area: 'spark',
  description:
    'Answers what happened in one Spark run: jobs, stages, tasks, executors, queries and settings, with what failed and what took the time. Use it when a job failed or is slow and its id is known. Example: {"run":"application_1700000000000_0042"}. Leaves out container logs and what YARN or the kernel did: ask those areas.',
  input: INPUT,
  progress: ({ run }) => ({ en: `Reading the Spark run ${run}`, zh: `正在读取 Spark 运行 ${run}` }),
  async run({ run, attempt }, { platform, signal }): Promise<Outcome<ToolReport<SparkRun>>> {
    const known = await knownRuns(platform);
    if (known.outcome !== 'ok') return known;
    const chosen = choose(known.value, run, attempt);
    if (!chosen) {
      return {
        outcome: 'no_data',
        looked: {
          en: `none of the ${known.value.length} known Spark runs is ${run}${attempt ? `, attempt ${attempt}` : ''}`,
          zh: `已知的 ${known.value.length} 次 Spark 运行中没有 ${run}${attempt ? ` 的第 ${attempt} 次尝试` : ''}`,
        },
      };
    }
    const read = await chosen.source.read(chosen.listing.handle, signal);
    if (read.outcome !== 'ok') return read;
    const findings = judgeSparkRun(read.value);
    const { failureTexts, completeness } = read.value;
    const notes = [...known.notes, ...read.notes, ...completeness.notes];
    return { outcome: 'ok', value: { facts: read.value, findings, records: failureTexts }, notes };
  },
};

/** The handle itself, else the application's attempt asked for, else its latest. */
function choose(runs: readonly KnownRun[], run: string, attempt: string | undefined): KnownRun | undefined {
  const byHandle = runs.find(({ listing }) => listing.handle === run);
  if (byHandle) return byHandle;
  const own = runs.filter(({ listing }) => listing.applicationId === run);
  return attempt === undefined ? own[0] : own.find(({ listing }) => listing.attempt === attempt);
}
