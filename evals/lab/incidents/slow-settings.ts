import { longestStage } from '../compare-pair.ts';
import type { RunFigures } from '../event-log-figures.ts';
import type { LabIncident } from '../lab-incident.ts';
import { LOCAL_DISK } from '../node-step.ts';
import { pairSteps, tasksDid } from './pair-steps.ts';
import { EVENT_LOG } from './places.ts';
import { EXECUTORS } from './places-of-runs.ts';

const DISKS = ['bd-node1', 'bd-node2'].map((host) => ({
  host,
  path: LOCAL_DISK,
  mebibytes: 384,
  waits: true as const,
}));

const spilled = (one: RunFigures) => one.stages.reduce((sum, { diskBytesSpilled }) => sum + diskBytesSpilled, 0);

/** Pairs of runs that differ by a setting, or by what a disk can do. */
export const SLOW_SETTING_PAIRS: readonly LabIncident[] = [
  {
    name: 'less-memory',
    did: 'the local disks of both nodes write 5 MB/s in both runs; spark.executor.memory goes from 1000m to 450m between them: the sort spills',
    question: 'ads_page_path_20261121 much slower than yesterday, same input, is a disk going bad?',
    complaint: 'slow',
    truth: {
      code: 'config.changed',
      acceptable: ['memory.spill'],
      mustNotCode: [
        'data.input_grew',
        'storage.slow_disk',
        'storage.bad_disk',
        'skew.join_key',
        'scheduling.queue_wait',
      ],
    },
    needs: ['standalone', 'history'],
    disks: DISKS,
    pair: {
      usual: 'ads_page_path_20261120',
      slow: 'ads_page_path_20261121',
      largest: ['spill'],
      stages: 'longest',
      shows: (usual, slow) => {
        const [before, now] = [longestStage(usual), longestStage(slow)];
        if (spilled(usual) > spilled(slow) / 10 || spilled(slow) < 20e6) return null;
        if (slow.wallMs < 1.3 * usual.wallMs) return null;
        return `${spilled(slow)} bytes spilled to disk instead of ${spilled(usual)}; the longest stage took ${now.wallMs} ms instead of ${before.wallMs}; spark.executor.memory ${usual.settings['spark.executor.memory']} to ${slow.settings['spark.executor.memory']}`;
      },
    },
    steps: pairSteps('ads_page_path_20261120', 'ads_page_path_20261121', {
      before: ['bd-node1', 'bd-node2'].map((host) => ({
        do: 'slow-disk' as const,
        of: `spark-worker@${host}`,
        host,
        path: LOCAL_DISK,
        bytesPerSecond: 5_000_000,
      })),
    }),
    proofs: [
      {
        say: 'executors say that they spill',
        containersOf: 'ads_page_path_20261121',
        line: /spilling sort data of \d+\.\d+ MiB to disk/,
      },
    ],
    restore: [
      { do: 'slow-disk', of: 'spark-worker@bd-node1', host: 'bd-node1', path: LOCAL_DISK, bytesPerSecond: null },
      { do: 'slow-disk', of: 'spark-worker@bd-node2', host: 'bd-node2', path: LOCAL_DISK, bytesPerSecond: null },
    ],
    scenario: {
      id: 'lab-423-ads-page-path',
      title: 'Executor memory was lowered: the sort spills to a disk that is as slow as ever',
      tags: ['spark', 'standalone', 'slowness', 'disk', 'distractor', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'ads_page_path_20261121 much slower than yesterday, same input, is a disk going bad?', language: 'en' },
        { text: 'ads_page_path_20261121 比昨天慢了很多，输入一样，是磁盘坏了吗？', language: 'zh' },
        { text: 'ads_page_path_20261121 too slow', language: 'en' },
      ],
      behaviour: 'answer',
      components: [{ kind: 'spark_application', id: 'job:ads_page_path_20261121' }],
      responsibility: ['user'],
      settings: { required: [['spark.executor.memory']], forbidden: [] },
      links: [
        tasksDid('tasks spill to disk', /"Disk Bytes Spilled":[1-9]/),
        {
          link: 'executors spill',
          places: [{ source: EXECUTORS, line: /spilling sort data of \d+\.\d+ MiB to disk/ }],
        },
      ],
    },
  },
  {
    name: 'one-slow-disk',
    did: 'a usual run; then the local disk of one node may write 1.2 MB/s',
    question: 'ads_visit_path_20261121 hangs on some tasks, yesterday it was fine, is the data skewed?',
    complaint: 'slow',
    truth: {
      code: 'storage.slow_disk',
      acceptable: [],
      mustNotCode: ['data.input_grew', 'skew.join_key', 'kernel.cpu_contention', 'memory.spill', 'config.changed'],
    },
    needs: ['standalone', 'history'],
    disks: DISKS,
    pair: {
      usual: 'ads_visit_path_20261120',
      slow: 'ads_visit_path_20261121',
      largest: ['shuffle_write'],
      stages: 'longest',
      shows: (usual, slow) => {
        const writes = (one: RunFigures) => one.stages.reduce((sum, { shuffleWriteMs }) => sum + shuffleWriteMs, 0);
        const mapped = slow.stages.find(({ shuffleBytesWritten }) => shuffleBytesWritten > 0);
        const [fast = 0, held = 0] = ['bd-node1', 'bd-node2'].map((host) => mapped?.medianTaskMsByHost[host] ?? 0);
        if (writes(slow) < 4 * writes(usual) || held < 2 * fast || slow.wallMs < 1.3 * usual.wallMs) return null;
        return `tasks of stage ${mapped?.id} take ${held} ms on bd-node2 and ${fast} ms on bd-node1; shuffle writes take ${writes(slow)} ms, ${writes(usual)} ms in the usual run`;
      },
    },
    steps: pairSteps('ads_visit_path_20261120', 'ads_visit_path_20261121', {
      between: [
        {
          do: 'slow-disk',
          of: 'spark-worker@bd-node2',
          host: 'bd-node2',
          path: LOCAL_DISK,
          bytesPerSecond: 1_200_000,
        },
      ],
    }),
    proofs: [
      {
        say: 'the slow run ended well',
        driver: 'ads_visit_path_20261121',
        line: /SparkContext is stopping with exitCode 0/,
      },
    ],
    restore: [
      { do: 'slow-disk', of: 'spark-worker@bd-node2', host: 'bd-node2', path: LOCAL_DISK, bytesPerSecond: null },
    ],
    scenario: {
      id: 'lab-424-ads-visit-path',
      title: 'The local disk of one node is throttled',
      tags: ['spark', 'standalone', 'slowness', 'disk', 'cross-layer', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        {
          text: 'ads_visit_path_20261121 hangs on some tasks, yesterday it was fine, is the data skewed?',
          language: 'en',
        },
        { text: 'ads_visit_path_20261121 有几个 task 特别慢，昨天还正常，是数据倾斜吗？', language: 'zh' },
        { text: 'ads_visit_path_20261121 slow', language: 'en' },
      ],
      behaviour: 'answer',
      components: [{ kind: 'host', id: 'bd-node2' }],
      responsibility: ['platform'],
      links: [tasksDid('writing the shuffle takes most of the time of tasks', /"Shuffle Write Time":\d{11,}/)],
    },
  },
  {
    name: 'too-many-partitions',
    did: 'a usual run; then spark.sql.adaptive.enabled=false and 300 shuffle partitions for 5000 groups',
    question: 'rpt_sku_day_20261121 is much slower than yesterday, tiny data, cluster overloaded?',
    complaint: 'slow',
    truth: {
      code: 'config.changed',
      acceptable: ['skew.partition_sizing', 'code.inefficient_plan'],
      mustNotCode: [
        'data.input_grew',
        'skew.join_key',
        'storage.slow_disk',
        'kernel.cpu_contention',
        'scheduling.queue_wait',
      ],
    },
    needs: ['standalone', 'history'],
    pair: {
      usual: 'rpt_sku_day_20261120',
      slow: 'rpt_sku_day_20261121',
      largest: ['scheduling', 'compute', 'serialisation'],
      stages: 'all',
      shows: (usual, slow) => {
        const tasks = (one: RunFigures) => one.stages.reduce((sum, { tasks: count }) => sum + count, 0);
        if (tasks(slow) < 500 || tasks(usual) > 50 || slow.wallMs < 1.5 * usual.wallMs) return null;
        return `${tasks(slow)} tasks instead of ${tasks(usual)}; the median task of its longest stage takes ${longestStage(slow).medianTaskMs} ms`;
      },
    },
    steps: pairSteps('rpt_sku_day_20261120', 'rpt_sku_day_20261121'),
    proofs: [
      {
        say: 'the slow run ended well',
        driver: 'rpt_sku_day_20261121',
        line: /SparkContext is stopping with exitCode 0/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-425-rpt-sku-day',
      title: 'Adaptive execution was switched off and 300 partitions were set for tiny data',
      tags: ['spark', 'standalone', 'slowness', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'rpt_sku_day_20261121 is much slower than yesterday, tiny data, cluster overloaded?', language: 'en' },
        { text: 'rpt_sku_day_20261121 数据很小却比昨天慢很多，是集群太忙了吗？', language: 'zh' },
        { text: 'rpt_sku_day_20261121 why so slow', language: 'en' },
      ],
      behaviour: 'answer',
      components: [{ kind: 'spark_application', id: 'job:rpt_sku_day_20261121' }],
      responsibility: ['user'],
      settings: {
        required: [['spark.sql.adaptive.enabled', 'spark.sql.shuffle.partitions']],
        forbidden: ['spark.executor.memory'],
      },
      links: [
        {
          link: 'the settings of the slow run',
          places: [{ source: EVENT_LOG, line: /"spark\.sql\.shuffle\.partitions":"300"/ }],
        },
      ],
    },
  },
];
