import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { SparkRun } from '../facts.ts';
import { asWritten } from '../measures/as-written.ts';
import { blockedPush } from './blocked-push.ts';
import { broadcastableJoin } from './broadcastable-join.ts';
import { crossProduct } from './cross-product.ts';
import { dataSkew } from './data-skew.ts';
import { diskSpill } from './disk-spill.ts';
import { driverWork } from './driver-work.ts';
import { failedJobs } from './failed-jobs.ts';
import { failedStages } from './failed-stages.ts';
import { failedTasks } from './failed-tasks.ts';
import { fetchWait } from './fetch-wait.ts';
import { fewPartitions } from './few-partitions.ts';
import { gcOverhead } from './gc-overhead.ts';
import { largeBroadcast } from './large-broadcast.ts';
import { losingTwins } from './losing-twins.ts';
import { lostExecutors } from './lost-executors.ts';
import { lostMapOutput } from './lost-map-output.ts';
import { mergedFetch } from './merged-fetch.ts';
import { missingExecutors } from './missing-executors.ts';
import { pythonMemory } from './python-memory.ts';
import { pythonUdf } from './python-udf.ts';
import { releasedExecutors } from './released-executors.ts';
import { repeatedWork } from './repeated-work.ts';
import { resultSize } from './result-size.ts';
import { slowCommit } from './slow-commit.ts';
import { slowInput } from './slow-input.ts';
import { slowShuffleDisk } from './slow-shuffle-disk.ts';
import { smallInputFiles } from './small-input-files.ts';
import { starvedHost } from './starved-host.ts';
import { tinyTasks } from './tiny-tasks.ts';
import { unfilteredScan } from './unfiltered-scan.ts';

/** Every rule of the Spark area. A rule that is not in this list does not exist. */
export const SPARK_RULES: readonly Rule<SparkRun>[] = [
  // what failed
  failedJobs,
  failedStages,
  failedTasks,
  lostExecutors,
  lostMapOutput,
  pythonMemory,
  resultSize,
  // where the time of the tasks went
  dataSkew,
  fewPartitions,
  tinyTasks,
  slowShuffleDisk,
  starvedHost,
  fetchWait,
  mergedFetch,
  blockedPush,
  slowInput,
  gcOverhead,
  diskSpill,
  losingTwins,
  repeatedWork,
  // where no task ran
  slowCommit,
  smallInputFiles,
  releasedExecutors,
  missingExecutors,
  driverWork,
  // what the plan made of it
  pythonUdf,
  crossProduct,
  largeBroadcast,
  broadcastableJoin,
  unfilteredScan,
];

/** Every judgement of the area's rules about one run. Pure. */
export function judgeSparkRun(run: SparkRun): Finding[] {
  const findings = SPARK_RULES.flatMap((rule) => rule.apply(run)).filter(hasFigures);
  return asWritten(findings, [run]);
}

/** A log can hold figures that are no numbers (1e999); what was computed from such a figure is not said at all. */
function hasFigures({ statement }: Finding): boolean {
  return !/\b(?:NaN|Infinity)\b/.test(statement.en);
}
