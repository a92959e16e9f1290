import type { LabIncident } from '../lab-incident.ts';
import { CACHE_CLIENT_LOG, CACHE_MASTER_LOG, CACHE_METRICS, trainingOf } from './places.ts';

const MASTER_LOG = '/var/log/alluxio/master.log';

/** A cold cache, a lost worker, a master that does not answer. */
export const ALLUXIO_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'cache-cold',
    did: 'the first epoch of a training reads a data set that no worker has',
    question: 'first epoch of resnet50-ad-creative is slower than the second one, is something wrong with alluxio?',
    truth: {
      code: 'cache.cold',
      acceptable: ['cache.ufs_slow'],
      mustNotCode: ['cache.capacity', 'cache.worker_lost', 'cache.master_gc', 'cache.master_unresponsive'],
    },
    needs: ['alluxio', 'prometheus'],
    steps: [
      { do: 'dataset', name: 'ad-creatives', files: 120, bytesEach: 250_000 },
      { do: 'sleep', seconds: 12, because: 'Prometheus shall know the time before' },
      { do: 'sample' },
      { do: 'mark', fault: 'begins' },
      { do: 'train', name: 'resnet50-ad-creative', dataset: 'ad-creatives', epochs: 2, pauseMs: 250 },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/resnet50-ad-creative/train.log',
        line: /epoch 1 done/,
        seconds: 240,
      },
      { do: 'mark', fault: 'ends' },
      { do: 'ask', when: 'during' },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/resnet50-ad-creative/train.log',
        line: /training done/,
        seconds: 240,
      },
      { do: 'sleep', seconds: 75, because: 'workers tell the master their counters once a minute' },
    ],
    proofs: [
      {
        say: 'bytes came from the store below',
        url: 'http://bd-master:19999/metrics/prometheus/',
        line: /^Cluster_BytesReadUfsAll [1-9].*/m,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-308-resnet50-ad-creative',
      title: 'The first epoch reads a data set that no worker of the cache has',
      tags: ['training', 'alluxio', 'slowness', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        {
          text: 'first epoch of resnet50-ad-creative is slower than the second one, is something wrong with alluxio?',
          language: 'en',
        },
        { text: 'resnet50-ad-creative 第一轮比第二轮慢，是不是 alluxio worker 又掉了？', language: 'zh' },
        { text: 'resnet50-ad-creative slow at the start', language: 'en' },
      ],
      behaviour: 'answer',
      components: [],
      found: [{ kind: 'dataset', source: trainingOf('resnet50-ad-creative'), line: /dataset=(\/[\w-]+)/ }],
      responsibility: ['shared', 'user'],
      links: [
        {
          link: 'the first epoch takes longer than the second',
          places: [{ source: trainingOf('resnet50-ad-creative'), line: /epoch [12] done/ }],
        },
        {
          link: 'the bytes of the first epoch come from the store below the cache',
          places: [
            { source: CACHE_METRICS, line: /^Cluster_BytesReadUfsAll [1-9]/ },
            { source: /^http\/alluxio-worker@bd-node\d\/metrics_prometheus/, line: /^Worker_BytesReadUfs\S* [1-9]/ },
          ],
        },
      ],
    },
  },
  {
    name: 'cache-worker-killed',
    did: 'kill -9 of a cache worker in the middle of an epoch',
    question: 'resnet50-click-image got slow in the middle of the epoch, is the NAS slow again?',
    truth: {
      code: 'cache.worker_lost',
      acceptable: ['cache.cold'],
      mustNotCode: ['cache.master_gc', 'cache.master_unresponsive', 'cache.capacity'],
    },
    needs: ['alluxio', 'prometheus'],
    steps: [
      { do: 'dataset', name: 'click-images', files: 120, bytesEach: 250_000 },
      { do: 'train', name: 'resnet50-click-image', dataset: 'click-images', epochs: 4, pauseMs: 300 },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/resnet50-click-image/train.log',
        line: /epoch 1 done/,
        seconds: 240,
      },
      { do: 'sample' },
      { do: 'mark', fault: 'begins' },
      { do: 'signal', daemon: 'alluxio-worker@bd-node2', signal: 'SIGKILL' },
      {
        do: 'see',
        hosts: ['bd-master'],
        path: MASTER_LOG,
        line: /host=bd-node2.{0,300}timed out after \d+ms/,
        seconds: 150,
      },
      { do: 'ask', when: 'during' },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/resnet50-click-image/train.log',
        line: /training done/,
        seconds: 400,
      },
    ],
    proofs: [
      {
        say: 'the master lost the worker',
        hosts: ['bd-master'],
        path: MASTER_LOG,
        line: /host=bd-node2.{0,300}timed out after \d+ms without a heartbeat/,
      },
    ],
    restore: [{ do: 'start', daemon: 'alluxio-worker@bd-node2' }],
    scenario: {
      id: 'lab-309-resnet50-click-image',
      title: 'A worker of the cache dies in the middle of an epoch',
      tags: ['training', 'alluxio', 'slowness', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'resnet50-click-image got slow in the middle of the epoch, is the NAS slow again?', language: 'en' },
        { text: 'resnet50-click-image 读数据中途报错变慢，alluxio master 是不是又在 GC？', language: 'zh' },
        { text: 'resnet50-click-image reads hang a bit, why', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'worker', id: 'bd-node2' },
        { kind: 'host', id: 'bd-node2' },
      ],
      responsibility: ['platform'],
      links: [
        {
          link: 'the client cannot read from that worker any more',
          places: [
            { source: CACHE_CLIENT_LOG, line: /Failed to read block.{0,200}host=bd-node2|UNAVAILABLE: io exception/ },
            { source: CACHE_CLIENT_LOG, line: /bd-node2.{0,200}(?:Connection refused|UNAVAILABLE)/ },
          ],
        },
        {
          link: 'the master takes the worker for lost',
          places: [{ source: CACHE_MASTER_LOG, line: /host=bd-node2.{0,300}timed out after \d+ms/ }],
        },
      ],
    },
  },
  {
    name: 'cache-master-stopped',
    did: 'kill -STOP of the cache master for 70 seconds, then kill -CONT',
    question: 'bert-query-rank hangs, alluxio master port is open but nothing answers, is this the long GC again?',
    truth: { code: 'cache.master_unresponsive', acceptable: [], mustNotCode: ['cache.master_gc', 'cache.worker_lost'] },
    needs: ['alluxio', 'prometheus'],
    steps: [
      { do: 'dataset', name: 'query-pairs', files: 100, bytesEach: 300_000 },
      { do: 'train', name: 'bert-query-rank', dataset: 'query-pairs', epochs: 3, pauseMs: 200 },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/bert-query-rank/train.log',
        line: /epoch 1 done/,
        seconds: 240,
      },
      { do: 'sample' },
      { do: 'mark', fault: 'begins' },
      { do: 'signal', daemon: 'alluxio-master@bd-master', signal: 'SIGSTOP' },
      { do: 'sleep', seconds: 35, because: 'readers shall notice' },
      { do: 'ask', when: 'during' },
      { do: 'sleep', seconds: 25, because: 'longer than a collection' },
      { do: 'signal', daemon: 'alluxio-master@bd-master', signal: 'SIGCONT' },
      { do: 'mark', fault: 'ends' },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/bert-query-rank/train.log',
        line: /training done/,
        seconds: 300,
      },
    ],
    proofs: [{ say: 'the master did not run', hosts: ['bd-master'], path: MASTER_LOG, line: /JVM paused \d{5,}ms/ }],
    restore: [{ do: 'signal', daemon: 'alluxio-master@bd-master', signal: 'SIGCONT' }],
    scenario: {
      id: 'lab-310-bert-query-rank',
      title: 'The master of the cache is stopped for a minute (a signal, no collection), then goes on',
      tags: ['training', 'alluxio', 'slowness', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        {
          text: 'bert-query-rank hangs, alluxio master port is open but nothing answers, is this the long GC again?',
          language: 'en',
        },
        { text: 'bert-query-rank 读数据卡了一分多钟，是 worker 丢了吗', language: 'zh' },
        { text: 'bert-query-rank stuck for a minute', language: 'en' },
      ],
      behaviour: 'answer',
      components: [{ kind: 'host', id: 'bd-master' }],
      responsibility: ['platform'],
      links: [
        {
          link: 'a read of the training waits for more than a minute',
          places: [{ source: trainingOf('bert-query-rank'), line: /took \d{5,} ms/ }],
        },
        {
          link: 'the master did not run, and did not collect garbage meanwhile',
          places: [
            { source: CACHE_MASTER_LOG, line: /JVM paused \d{5,}ms/ },
            { source: /^http\/alluxio-master\/.{1,200}\.error\.txt$/, line: /Timeout|aborted/ },
          ],
        },
      ],
    },
  },
];
