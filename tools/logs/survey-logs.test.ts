import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import { surveyLogs } from './survey-logs.ts';

const CAPTURES = path.join(
  process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared'),
  'captures',
);

/** What each recorded file is, by its name: the test may know it, the product goes by content alone. */
const TABLE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/(?:proc|sys)\/|\/(?:btime\.txt|memory\.pressure)$/, ['counters', 'empty']],
  [/\/dmesg\.txt$/, ['kernel', 'empty']],
  [/\/spark-history\/.*\.zstd$/, ['binary']],
  [/\/appstatus_/, ['empty']],
  [/\/spark-history\//, ['event_log']],
  [/\.py$/, ['source_code']],
  [/\/spark-worker-[^/]*\.out$/, ['spark_worker']],
  [/\/spark-master-[^/]*\.out$/, ['spark_master']],
  [/\/work\/app-[^/]*\/\d+\/stderr$/, ['spark_executor']],
  [/\/work\/app-[^/]*\/\d+\/stdout$/, ['empty']],
  [/\/srv\/logs\/[a-z]+_[^/]*\.log$/, ['spark_driver']],
  [/\/var\/log\/jobs\//, ['spark_driver']],
  [/\/yarn-logs-application_/, ['aggregated']],
  // Two lines of JvmPauseMonitor are all that is left of one node manager's log: nothing in them says whose they are.
  [/\/hadoop-yarn-nodemanager-[^/]*\.log$/, ['node_manager', 'unknown']],
  [/\/hadoop-yarn-resourcemanager-/, ['resource_manager']],
  [/\/hadoop-hdfs-datanode-/, ['datanode']],
  [/\/hadoop-hdfs-namenode-/, ['namenode']],
  [/\/hdfs-audit\.log$/, ['hdfs_audit']],
  [/\/gc\.log$/, ['jvm_gc']],
  [/\/(?:launch_container\.sh|directory\.info|prelaunch\.out)$/, ['container_launch']],
  [/\/mnt\/.*\/container_[^/]*\/stderr$/, ['spark_driver', 'spark_executor']],
  // The kernel captures: stand-ins for containers and daemons, with loggers of their own.
  [/\/data\/yarn\/logs\/.*\/(?:stderr|shuffle_reader\.log)$/, ['spark_executor', 'user_program']],
  [/\/var\/log\/pods\//, ['spark_executor', 'user_program']],
  [
    /\/(?:nodemanager|datanode)\.out$|\/alloc_probe\.log$|\/df\.txt$|\/tc-s-class-show\.txt$/,
    ['unknown', 'source_code'],
  ],
  [/\/(?:stdout|prelaunch\.err)$/, ['empty']],
];

const inScope = existsSync(CAPTURES)
  ? readdirSync(CAPTURES).filter((name) => /^(?:yarn-|slow-|cache-2)/.test(name))
  : [];

describe('surveyLogs over the recorded incidents', () => {
  it.skipIf(inScope.length === 0)(
    'knows the writer of every file',
    async () => {
      const wrong: string[] = [];
      let unknownNodeManagers = 0;
      let files = 0;
      for (const name of inScope) {
        const platform = await openCapture(path.join(CAPTURES, name, 'capture'));
        for (const { file, as } of await surveyLogs(platform)) {
          files += 1;
          const is =
            as.is === 'log' ? (as.aggregated ? 'aggregated' : as.writer) : as.is === 'no_log' ? as.what : as.is;
          const expected = TABLE.find(([pattern]) => pattern.test(file.path))?.[1] ?? [];
          if (!expected.includes(is)) wrong.push(`${name} ${file.path}: ${is}`);
          if (is === 'unknown' && /nodemanager-/.test(file.path)) unknownNodeManagers += 1;
        }
      }
      expect(wrong).toEqual([]);
      expect(unknownNodeManagers).toBeLessThanOrEqual(1);
      expect(files).toBeGreaterThan(600);
    },
    60_000,
  );
});
