import { longestStage } from '../compare-pair.ts';
import type { RunFigures } from '../event-log-figures.ts';
import type { LabIncident } from '../lab-incident.ts';
import { pairSteps, rounded, tasksDid, wholeRun } from './pair-steps.ts';

/** Rows of the orders: beside them the join reads a handful of cities. */
const inputRows = (one: RunFigures) => Math.max(...one.stages.map(({ inputRows: rows }) => rows));

/** Pairs of runs that differ by their input, and one that does not differ. */
export const SLOW_DATA_PAIRS: readonly LabIncident[] = [
  {
    name: 'skewed-key',
    did: 'a usual run; then the same number of orders, of which 60 % are of one city',
    question: 'dws_order_city_20261121 took twice as long as yesterday, same number of orders, is a node bad?',
    complaint: 'slow',
    truth: {
      code: 'skew.join_key',
      acceptable: [],
      mustNotCode: [
        'data.input_grew',
        'storage.slow_disk',
        'kernel.cpu_contention',
        'memory.gc_overhead',
        'scheduling.queue_wait',
      ],
    },
    needs: ['standalone', 'history'],
    pair: {
      usual: 'dws_order_city_20261120',
      slow: 'dws_order_city_20261121',
      largest: ['skew_tail'],
      stages: 'longest',
      shows: (usual, slow) => {
        const [before, now] = [longestStage(usual), longestStage(slow)];
        const heavy = now.mostShuffleRows / now.medianShuffleRows;
        if (inputRows(usual) !== inputRows(slow) || heavy < 5 || now.wallMs < 1.5 * before.wallMs) return null;
        return `one task of stage ${now.id} reads ${now.mostShuffleRows} rows, ${rounded(heavy)} times the median, and takes ${now.longestTaskMs} ms of the stage's ${now.wallMs}; the usual stage took ${before.wallMs} ms; both runs read ${inputRows(slow)} rows`;
      },
    },
    steps: pairSteps('dws_order_city_20261120', 'dws_order_city_20261121', {
      before: [
        { do: 'orders', path: '/mnt/dw/ods_order_city/dt=20261120', rows: 80_000, shareOfOneCity: 0 },
        { do: 'orders', path: '/mnt/dw/ods_order_city/dt=20261121', rows: 80_000, shareOfOneCity: 0.6 },
      ],
    }),
    proofs: [
      {
        say: 'the slow run ended well',
        driver: 'dws_order_city_20261121',
        line: /SparkContext is stopping with exitCode 0/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-421-dws-order-city',
      title: 'One city has 60 % of the orders; the join waits for it',
      tags: ['spark', 'standalone', 'slowness', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-422-dws-order-city',
      questions: [
        {
          text: 'dws_order_city_20261121 took twice as long as yesterday, same number of orders, is a node bad?',
          language: 'en',
        },
        { text: 'dws_order_city_20261121 比昨天慢一倍，订单数没变，是不是有台机器有问题？', language: 'zh' },
        { text: 'dws_order_city_20261121 slow why', language: 'en' },
        { text: 'order city join crawls today, I think gc, should we give executors 2g?', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'stage', id: '2' },
        { kind: 'spark_application', id: 'job:dws_order_city_20261121' },
      ],
      responsibility: ['user'],
      links: [tasksDid('one task reads most of the rows of its stage', /"Total Records Read":[45]\d{4}\b/)],
    },
  },
  {
    name: 'more-orders',
    did: 'a usual run; then three times as many orders, spread over the cities as before',
    question: 'dws_order_city_20261121 took twice as long as yesterday, one city too big again?',
    complaint: 'slow',
    truth: {
      code: 'data.input_grew',
      acceptable: [],
      mustNotCode: [
        'skew.join_key',
        'storage.slow_disk',
        'kernel.cpu_contention',
        'memory.gc_overhead',
        'scheduling.queue_wait',
      ],
    },
    needs: ['standalone', 'history'],
    pair: {
      usual: 'dws_order_city_20261120',
      slow: 'dws_order_city_20261121',
      largest: ['compute'],
      stages: 'longest',
      shows: (usual, slow) => {
        const [before, now] = [longestStage(usual), longestStage(slow)];
        const heavy = now.mostShuffleRows / now.medianShuffleRows;
        if (inputRows(slow) !== 3 * inputRows(usual) || heavy > 2.5 || now.wallMs < 1.8 * before.wallMs) return null;
        return `the slow run reads ${inputRows(slow)} rows, the usual one ${inputRows(usual)}; its heaviest task has ${rounded(heavy)} times the rows of the median, that of the usual one ${rounded(before.mostShuffleRows / before.medianShuffleRows)}; stage ${now.id} took ${now.wallMs} ms instead of ${before.wallMs}`;
      },
    },
    steps: pairSteps('dws_order_city_20261120', 'dws_order_city_20261121', {
      before: [
        { do: 'orders', path: '/mnt/dw/ods_order_city/dt=20261120', rows: 80_000, shareOfOneCity: 0 },
        { do: 'orders', path: '/mnt/dw/ods_order_city/dt=20261121', rows: 240_000, shareOfOneCity: 0 },
      ],
    }),
    proofs: [
      {
        say: 'the slow run ended well',
        driver: 'dws_order_city_20261121',
        line: /SparkContext is stopping with exitCode 0/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-422-dws-order-city',
      title: 'Three times as many orders, evenly spread',
      tags: ['spark', 'standalone', 'slowness', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-421-dws-order-city',
      questions: [
        {
          text: 'dws_order_city_20261121 took much longer than yesterday, one city too big again? skew?',
          language: 'en',
        },
        { text: 'dws_order_city_20261121 比昨天慢了很多，是不是又数据倾斜了？', language: 'zh' },
        { text: 'dws_order_city_20261121 slow why', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'stage', id: '2' },
        { kind: 'stage', id: '0' },
        { kind: 'dataset', id: '/mnt/dw/ods_order_city' },
        { kind: 'spark_application', id: 'job:dws_order_city_20261121' },
      ],
      responsibility: ['user', 'shared'],
      links: [tasksDid('tasks read three times as many rows', /"Records Read":60000\b/)],
    },
  },
  {
    name: 'felt-slow',
    did: 'four runs of one job that waits for the same time in each task; nothing is done to the last one',
    question: 'dim_shop_sync_20261121 feels slow today, something wrong with the cluster?',
    complaint: 'slow',
    truth: {
      code: 'none.healthy',
      acceptable: [],
      mustNotCode: [
        'data.input_grew',
        'skew.join_key',
        'storage.slow_disk',
        'kernel.cpu_contention',
        'scheduling.queue_wait',
        'memory.gc_overhead',
        'config.changed',
      ],
    },
    needs: ['standalone', 'history'],
    pair: {
      usual: 'dim_shop_sync_20261120',
      slow: 'dim_shop_sync_20261121',
      largest: [],
      stages: 'all',
      shows: (usual, slow) => {
        if (slow.wallMs > 1.12 * usual.wallMs) return null;
        return 'the last run took no longer than the one before, within 12 %';
      },
    },
    steps: [
      ...wholeRun('dim_shop_sync_20261118'),
      ...wholeRun('dim_shop_sync_20261119'),
      ...pairSteps('dim_shop_sync_20261120', 'dim_shop_sync_20261121'),
    ],
    proofs: [
      {
        say: 'the last run ended well',
        driver: 'dim_shop_sync_20261121',
        line: /SparkContext is stopping with exitCode 0/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-426-dim-shop-sync',
      title: 'A run that takes as long as the runs before it',
      tags: ['spark', 'standalone', 'slowness', 'healthy', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'dim_shop_sync_20261121 feels slow today, something wrong with the cluster?', language: 'en' },
        { text: 'dim_shop_sync_20261121 今天感觉慢了，是不是磁盘有问题？', language: 'zh' },
        { text: 'dim_shop_sync_20261121 slow', language: 'en' },
      ],
      behaviour: 'healthy',
      components: [],
      responsibility: [],
      links: [],
      window: false,
    },
  },
];
