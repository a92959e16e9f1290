import type { LabIncident } from '../lab-incident.ts';
import { CONTAINER_NODES, onEveryParent, USUAL_LIMITS } from './container-limits.ts';
import { CONTAINERS } from './places.ts';
import { controlFileOf, KERNEL_LOG } from './places-of-runs.ts';

/** Processes of a container, and CPU of all containers of a node. */
export const KERNEL_LIMIT_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'process-limit',
    did: 'new containers may have 160 processes and threads; Python workers start a thread for each of 300 connections',
    question: 'dws_feature_fetch_20261121 fails in fetch(), can not start new thread, gave it more memory, same error',
    truth: {
      code: 'memory.native_thread',
      acceptable: ['config.resource_setting'],
      mustNotCode: ['kernel.memcg_oom', 'memory.executor_heap_oom', 'memory.container_physical_limit'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'container-limits', hosts: CONTAINER_NODES, limits: { ...USUAL_LIMITS, 'pids/pids.max': '160' } },
      { do: 'submit', job: 'dws_feature_fetch_20261121' },
      { do: 'await', job: 'dws_feature_fetch_20261121', state: 'tasks', seconds: 240 },
      { do: 'mark', fault: 'begins' },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'dws_feature_fetch_20261121', state: 'ended', seconds: 300 },
    ],
    proofs: [
      {
        say: 'the kernel refused a fork in the group of a container',
        kernel: true,
        line: /fork rejected by pids controller in \S+\/(container_\w+)/,
      },
      {
        say: 'it counted what it refused',
        control: 'pids/pids.events',
        of: 'containers',
        line: /container_\w+: max [1-9]\d*/,
      },
    ],
    restore: [{ do: 'container-limits', hosts: CONTAINER_NODES, limits: null }],
    scenario: {
      id: 'lab-403-dws-feature-fetch',
      title: 'The pids limit of the container refuses threads',
      tags: ['spark', 'yarn', 'failure', 'kernel', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        {
          text: 'dws_feature_fetch_20261121 fails in fetch(), it says can not start new thread, gave it more memory, same error',
          language: 'en',
        },
        { text: 'dws_feature_fetch_20261121 报错起不了线程，是不是 executor 内存不够？', language: 'zh' },
        { text: 'dws_feature_fetch_20261121 failed why', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'yarn_application', id: 'job:dws_feature_fetch_20261121' },
        { kind: 'spark_application', id: 'job:dws_feature_fetch_20261121' },
      ],
      found: [{ kind: 'container', source: KERNEL_LOG, line: /pids controller in \S+\/(container_\w+)/ }],
      responsibility: ['shared', 'platform', 'user'],
      settings: {
        required: [['pids.max', 'podPidsLimit', 'kernel.pid_max', 'spark.executor.cores']],
        forbidden: ['spark.executor.memory'],
      },
      links: [
        {
          link: 'a thread cannot be started',
          places: [
            {
              source: CONTAINERS,
              line: /can't start new thread|unable to create native thread|Resource temporarily unavailable/,
            },
          ],
        },
        {
          link: 'the kernel refused it by the limit of the container',
          places: [
            { source: KERNEL_LOG, line: /fork rejected by pids controller in \S+\/container_\w+/ },
            { source: controlFileOf('container', 'pids.events'), line: /max [1-9]/ },
          ],
        },
      ],
    },
  },
  {
    name: 'cpu-quota',
    did: 'a usual run; then the same job, and while its tasks run all containers of each node together get a fifth of a processor',
    question: 'dws_device_digest_20261121 took far longer than yesterday, same data, no gc, is the code slower?',
    complaint: 'slow',
    truth: {
      code: 'kernel.cpu_contention',
      acceptable: [],
      mustNotCode: ['data.input_grew', 'skew.join_key', 'memory.gc_overhead', 'storage.slow_disk'],
    },
    needs: ['hadoop', 'history'],
    pair: {
      usual: 'dws_device_digest_20261120',
      slow: 'dws_device_digest_20261121',
      largest: ['compute'],
      stages: 'all',
      shows: (usual, slow) => {
        const sums = [usual, slow].map(({ stages }) => ({
          run: stages.reduce((sum, { runMs }) => sum + runMs, 0),
          cpu: stages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
        }));
        const [before, after] = sums as [(typeof sums)[0], (typeof sums)[0]];
        if (after.run < 2 * before.run) return null;
        return `tasks ran ${before.run} ms before and ${after.run} ms now`;
      },
    },
    steps: [
      { do: 'container-limits', hosts: CONTAINER_NODES, limits: USUAL_LIMITS },
      { do: 'submit', job: 'dws_device_digest_20261120' },
      { do: 'await', job: 'dws_device_digest_20261120', state: 'ended', seconds: 300 },
      { do: 'submit', job: 'dws_device_digest_20261121' },
      { do: 'await', job: 'dws_device_digest_20261121', state: 'tasks', seconds: 240 },
      { do: 'mark', fault: 'begins' },
      ...onEveryParent('cpu', 'cpu.cfs_quota_us', '20000'),
      { do: 'sleep', seconds: 15, because: 'the tasks shall feel it' },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'dws_device_digest_20261121', state: 'ended', seconds: 500 },
      { do: 'mark', fault: 'ends' },
    ],
    proofs: [
      {
        say: 'the kernel throttled the group of all containers',
        control: 'cpu/cpu.stat',
        of: 'parents',
        line: /(bd-node\d)\/hadoop-yarn: nr_periods \d+\s+nr_throttled [1-9]\d+\s+throttled_time \d{10,}/,
      },
      { say: 'its quota', control: 'cpu/cpu.cfs_quota_us', of: 'parents', line: /hadoop-yarn: 20000$/m },
    ],
    restore: [
      ...onEveryParent('cpu', 'cpu.cfs_quota_us', '-1'),
      { do: 'container-limits', hosts: CONTAINER_NODES, limits: null },
    ],
    scenario: {
      id: 'lab-404-dws-device-digest',
      title: 'The CPU quota of all containers of a node is lowered while the job runs',
      tags: ['spark', 'yarn', 'slowness', 'kernel', 'cross-layer', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        {
          text: 'dws_device_digest_20261121 took far longer than yesterday, same data, no gc, did the code get slower?',
          language: 'en',
        },
        { text: 'dws_device_digest_20261121 比昨天慢很多，数据量没变，是不是数据倾斜了？', language: 'zh' },
        { text: 'dws_device_digest_20261121 slow', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'host', id: 'bd-node1' },
        { kind: 'host', id: 'bd-node2' },
        { kind: 'yarn_application', id: 'job:dws_device_digest_20261121' },
        { kind: 'spark_application', id: 'job:dws_device_digest_20261121' },
      ],
      responsibility: ['platform'],
      links: [
        {
          link: 'the group of all containers was throttled',
          places: [{ source: controlFileOf('parent', 'cpu.stat'), line: /^nr_throttled [1-9]/ }],
        },
        {
          link: 'its quota is a fifth of a processor',
          places: [{ source: controlFileOf('parent', 'cpu.cfs_quota_us'), line: /^20000$/ }],
        },
      ],
    },
  },
];
