import type { LabIncident } from '../lab-incident.ts';
import { CACHE_CLIENT_LOG, CACHE_METRICS, CACHE_WORKER_LOG, trainingOf } from './places.ts';

/** The store below the cache, and a cache that is too small for what is read. */
export const STORE_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'store-changed',
    did: 'files of the data set are cut and deleted in the store below the cache, past it, while a training reads',
    question: 'resnet50-user-video cannot read some samples, is an alluxio worker dead?',
    truth: {
      code: 'cache.ufs_out_of_sync',
      acceptable: ['data.file_changed'],
      mustNotCode: ['cache.worker_lost', 'cache.master_unresponsive', 'cache.capacity', 'data.corrupt_file'],
    },
    during: { code: 'cache.ufs_out_of_sync', acceptable: ['data.file_changed', 'none.still_running', 'cache.cold'] },
    needs: ['alluxio', 'prometheus'],
    settings: { 'alluxio-site.properties': { 'alluxio.user.block.read.retry.max.duration': '15s' } },
    steps: [
      { do: 'dataset', name: 'user-videos', files: 100, bytesEach: 250_000 },
      { do: 'sample' },
      { do: 'train', name: 'resnet50-user-video', dataset: 'user-videos', epochs: 1, pauseMs: 500 },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/resnet50-user-video/train.log',
        line: /start, dataset=/,
        seconds: 120,
      },
      { do: 'sleep', seconds: 10, because: 'the list of the files is read by then, the last files are not' },
      { do: 'mark', fault: 'begins' },
      { do: 'change-dataset', dataset: 'user-videos', files: /part-009[0-2]\.bin$/, bytes: null },
      { do: 'change-dataset', dataset: 'user-videos', files: /part-009[5-6]\.bin$/, bytes: 50_000 },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/resnet50-user-video/train.log',
        line: /cannot read/,
        seconds: 240,
      },
      { do: 'ask', when: 'during' },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/resnet50-user-video/train.log',
        line: /training done/,
        seconds: 300,
      },
    ],
    proofs: [
      {
        say: 'the training cannot read a file that the cache still lists',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/resnet50-user-video/train.log',
        line: /cannot read \/user-videos\S{0,40}\/part-009\d\.bin.{0,160}/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-324-resnet50-user-video',
      title: 'Files were cut and deleted in the store below the cache, past it',
      tags: ['training', 'alluxio', 'failure', 'cross-layer', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'resnet50-user-video cannot read some samples, is an alluxio worker dead?', language: 'en' },
        { text: 'resnet50-user-video 有几个样本读不出来，其它都正常，NAS 慢吗？', language: 'zh' },
        { text: 'resnet50-user-video read errors', language: 'en' },
      ],
      behaviour: 'answer',
      components: [],
      found: [
        { kind: 'dataset', source: trainingOf('resnet50-user-video'), line: /dataset=(\/[\w-]+)/ },
        { kind: 'path', source: trainingOf('resnet50-user-video'), line: /cannot read (\/[\w./-]+\.bin)/ },
      ],
      responsibility: ['shared', 'user'],
      links: [
        {
          link: 'the training cannot read files that the cache still lists',
          places: [{ source: trainingOf('resnet50-user-video'), line: /cannot read \/user-videos/ }],
        },
        {
          link: 'the store below does not have them, or not as long',
          places: [
            { source: CACHE_WORKER_LOG, line: /part-009\d\.bin.{0,200}(?:No such file|not exist|not found|NotFound)/i },
            {
              source: CACHE_WORKER_LOG,
              line: /(?:No such file|not exist|NotFound|end of file|EOF).{0,200}part-009\d\.bin/i,
            },
            { source: CACHE_CLIENT_LOG, line: /part-009\d\.bin/ },
          ],
        },
      ],
    },
  },
  {
    name: 'cache-small',
    did: 'both workers together may hold a third of the data set: every epoch reads it from below again',
    question: 'resnet50-ad-creative stays slow also in later epochs, is the cache still cold?',
    complaint: 'slow',
    truth: {
      code: 'cache.capacity',
      acceptable: [],
      mustNotCode: ['cache.worker_lost', 'cache.master_gc', 'cache.master_unresponsive', 'cache.ufs_out_of_sync'],
    },
    during: { code: 'cache.capacity', acceptable: ['cache.cold', 'cache.ufs_slow'] },
    needs: ['alluxio', 'prometheus'],
    settings: { 'alluxio-site.properties': { 'alluxio.worker.tieredstore.level0.dirs.quota': '6MB' } },
    steps: [
      { do: 'dataset', name: 'ad-creatives', files: 120, bytesEach: 250_000 },
      { do: 'sleep', seconds: 12, because: 'Prometheus shall know the time before' },
      { do: 'sample' },
      { do: 'mark', fault: 'begins' },
      { do: 'train', name: 'resnet50-ad-creative', dataset: 'ad-creatives', epochs: 3, pauseMs: 250 },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/resnet50-ad-creative/train.log',
        line: /epoch 2 done/,
        seconds: 400,
      },
      { do: 'ask', when: 'during' },
      {
        do: 'see',
        hosts: ['bd-gw'],
        path: '/var/log/jobs/resnet50-ad-creative/train.log',
        line: /training done/,
        seconds: 400,
      },
      { do: 'sleep', seconds: 65, because: 'workers tell the master their counters once a minute' },
    ],
    proofs: [
      {
        say: 'a worker evicted blocks',
        url: 'http://bd-node1:30000/metrics/prometheus/',
        line: /^Worker_BlocksEvicted\S* [1-9].*/m,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-325-resnet50-ad-creative',
      title: 'The workers together hold a third of the data set: every epoch reads it from below again',
      tags: ['training', 'alluxio', 'slowness', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-308-resnet50-ad-creative',
      questions: [
        { text: 'resnet50-ad-creative stays slow also in later epochs, is the cache still cold?', language: 'en' },
        { text: 'resnet50-ad-creative 每一轮都很慢，是不是 alluxio master 有问题', language: 'zh' },
        { text: 'resnet50-ad-creative slow every epoch', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'host', id: 'bd-node1' },
        { kind: 'host', id: 'bd-node2' },
        { kind: 'worker', id: 'bd-node1' },
        { kind: 'worker', id: 'bd-node2' },
      ],
      found: [{ kind: 'dataset', source: trainingOf('resnet50-ad-creative'), line: /dataset=(\/[\w-]+)/ }],
      responsibility: ['platform', 'shared'],
      links: [
        {
          link: 'later epochs are no faster than the first',
          places: [{ source: trainingOf('resnet50-ad-creative'), line: /epoch \d done/ }],
        },
        {
          link: 'workers evict blocks, and read them from below again',
          places: [
            { source: /^http\/alluxio-worker@bd-node\d\/metrics_prometheus/, line: /^Worker_BlocksEvicted\S* [1-9]/ },
            { source: CACHE_METRICS, line: /^Cluster_BytesReadUfsAll [1-9]/ },
          ],
        },
      ],
    },
  },
];
