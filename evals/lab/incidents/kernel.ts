import type { LabIncident, Step } from '../lab-incident.ts';
import { CONTAINERS, controlFileOf, KERNEL_LOG } from './places-of-runs.ts';

const NODES = ['bd-node1', 'bd-node2'];
const MIB = 2 ** 20;

/** Every container may hold what YARN gave it, and has as many processes as a node's default allows. */
const USUAL = { 'memory/memory.limit_in_bytes': String(768 * MIB), 'pids/pids.max': '2048' };

const parent = (controller: 'memory' | 'cpu', file: string, value: string): Step[] =>
  NODES.map((host) => ({ do: 'control', host, controller, file, value }));

/** What the kernel does to containers: memory of their own or of all, processes, CPU; and a heap that is full without it. */
export const KERNEL_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'container-limit',
    did: 'containers of 512 MiB (heap 480, overhead 32) with control groups of that size; a Python worker loads 380 MiB beside the JVM and is killed in its own group',
    question: 'ads_item_embed_20261120 failed, python worker crashed, heap is fine. who kills it?',
    truth: {
      code: 'kernel.memcg_oom',
      // The NodeManager looks at the same limit every three seconds, and was quicker once.
      acceptable: ['memory.python_worker', 'memory.container_physical_limit'],
      mustNotCode: ['kernel.memcg_ancestor_oom', 'kernel.global_oom', 'memory.executor_heap_oom', 'code.native_crash'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'container-limits', hosts: NODES, limits: { ...USUAL, 'memory/memory.limit_in_bytes': String(512 * MIB) } },
      { do: 'submit', job: 'ads_item_embed_20261120' },
      { do: 'await', job: 'ads_item_embed_20261120', state: 'tasks', seconds: 240 },
      { do: 'mark', fault: 'begins' },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'ads_item_embed_20261120', state: 'ended', seconds: 300 },
    ],
    proofs: [
      {
        say: 'the kernel killed a Python worker in the group that was full',
        kernel: true,
        line: /oom_memcg=(\S+\/(container_\w+)),task_memcg=\1,task=python3,pid=\d+/,
      },
      {
        say: 'the limit of that group',
        control: 'memory/memory.limit_in_bytes',
        of: 'containers',
        line: new RegExp(`container_\\w+: ${512 * MIB}$`, 'm'),
      },
    ],
    restore: [{ do: 'container-limits', hosts: NODES, limits: null }],
    scenario: {
      id: 'lab-401-ads-item-embed',
      title: 'A Python worker is killed by the kernel in the control group of its own container',
      tags: ['spark', 'yarn', 'failure', 'kernel', 'cross-layer', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-402-ads-item-embed',
      questions: [
        { text: 'ads_item_embed_20261120 failed, python worker crashed, heap is fine. who kills it?', language: 'en' },
        { text: 'ads_item_embed_20261120 挂了，Python worker exited unexpectedly，是代码段错误吗？', language: 'zh' },
        { text: 'ads_item_embed_20261120 red', language: 'en' },
        {
          text: 'item embed job of 20 Nov died, I guess the executor heap is too small, raise spark.executor.memory to 4g?',
          language: 'en',
        },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'yarn_application', id: 'job:ads_item_embed_20261120' },
        { kind: 'spark_application', id: 'job:ads_item_embed_20261120' },
      ],
      found: [{ kind: 'container', source: KERNEL_LOG, line: /oom_memcg=\S+\/(container_\w+),task_memcg=/ }],
      responsibility: ['user'],
      settings: {
        required: [['spark.executor.memoryOverhead', 'spark.executor.pyspark.memory']],
        forbidden: [],
      },
      links: [
        {
          link: 'tasks fail because their Python worker is gone',
          places: [{ source: CONTAINERS, line: /Python worker exited unexpectedly/ }],
        },
        {
          link: 'the kernel killed the Python worker',
          places: [{ source: KERNEL_LOG, line: /Memory cgroup out of memory: Killed process \d+ \(python3\)/ }],
        },
        {
          link: 'the group that was full is that of the container itself',
          places: [{ source: KERNEL_LOG, line: /oom_memcg=(\S+\/container_\w+),task_memcg=\1,/ }],
        },
      ],
    },
  },
  {
    name: 'parent-limit',
    did: 'the group above all containers of each node gets 700 MiB while every container may hold 768; a Python worker of 380 MiB is killed though its own group is not full',
    question: 'ads_item_embed_20261121 failed, python worker crashed, heap is fine. who kills it?',
    truth: {
      code: 'kernel.memcg_ancestor_oom',
      acceptable: [],
      mustNotCode: [
        'kernel.memcg_oom',
        'kernel.global_oom',
        'memory.executor_heap_oom',
        'memory.python_worker',
        'code.native_crash',
      ],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'container-limits', hosts: NODES, limits: USUAL },
      { do: 'submit', job: 'etl_log_backfill' },
      { do: 'await', job: 'etl_log_backfill', state: 'tasks', seconds: 240 },
      ...parent('memory', 'memory.limit_in_bytes', String(700 * MIB)),
      { do: 'submit', job: 'ads_item_embed_20261121' },
      { do: 'await', job: 'ads_item_embed_20261121', state: 'tasks', seconds: 240 },
      { do: 'mark', fault: 'begins' },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'ads_item_embed_20261121', state: 'ended', seconds: 300 },
    ],
    proofs: [
      {
        say: 'the kernel killed a Python worker because the group above its container was full',
        kernel: true,
        line: /oom_memcg=(\S+\/(bd-node\d)\/hadoop-yarn),task_memcg=\1\/(container_\w+),task=python3,pid=\d+/,
      },
      {
        say: 'every container might hold more than it did',
        control: 'memory/memory.failcnt',
        of: 'containers',
        line: /^(?:.*container_\w+: 0\n?)+$/,
      },
      {
        say: 'the group above them was at its limit',
        control: 'memory/memory.failcnt',
        of: 'parents',
        line: /hadoop-yarn: [1-9]\d*/,
      },
    ],
    restore: [
      ...parent('memory', 'memory.limit_in_bytes', '-1'),
      { do: 'container-limits', hosts: NODES, limits: null },
      { do: 'yarn', words: ['application', '-kill', 'job:etl_log_backfill'], user: 'root' },
    ],
    scenario: {
      id: 'lab-402-ads-item-embed',
      title: 'The same Python worker is killed because the group above all containers of the node is full',
      tags: [
        'spark',
        'yarn',
        'failure',
        'kernel',
        'cross-layer',
        'twin',
        'distractor',
        'wrong-theory',
        'chinese',
        'terse',
      ],
      gate: 'always',
      twinOf: 'lab-401-ads-item-embed',
      questions: [
        { text: 'ads_item_embed_20261121 failed, python worker crashed, heap is fine. who kills it?', language: 'en' },
        { text: 'ads_item_embed_20261121 挂了，Python worker exited unexpectedly，是代码段错误吗？', language: 'zh' },
        { text: 'ads_item_embed_20261121 red', language: 'en' },
        {
          text: 'item embed of 21 Nov died again, we did not change anything, is memoryOverhead too small?',
          language: 'en',
        },
      ],
      behaviour: 'answer',
      components: [],
      found: [
        { kind: 'host', source: KERNEL_LOG, line: /oom_memcg=\S+\/(bd-node\d)\/hadoop-yarn,task_memcg=/ },
        { kind: 'container', source: KERNEL_LOG, line: /hadoop-yarn,task_memcg=\S+\/(container_\w+),task=/ },
      ],
      responsibility: ['platform'],
      settings: {
        required: [['yarn.nodemanager.resource.memory-mb', 'memory.limit_in_bytes', 'memory.max']],
        forbidden: ['spark.executor.memory'],
      },
      links: [
        {
          link: 'tasks fail because their Python worker is gone',
          places: [{ source: CONTAINERS, line: /Python worker exited unexpectedly/ }],
        },
        {
          link: 'the kernel killed the Python worker',
          places: [{ source: KERNEL_LOG, line: /Memory cgroup out of memory: Killed process \d+ \(python3\)/ }],
        },
        {
          link: 'the group that was full is the one above the container',
          places: [{ source: KERNEL_LOG, line: /oom_memcg=(\S+\/hadoop-yarn),task_memcg=\1\/container_\w+,/ }],
        },
      ],
    },
  },
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
      { do: 'container-limits', hosts: NODES, limits: { ...USUAL, 'pids/pids.max': '160' } },
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
    restore: [{ do: 'container-limits', hosts: NODES, limits: null }],
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
      { do: 'container-limits', hosts: NODES, limits: USUAL },
      { do: 'submit', job: 'dws_device_digest_20261120' },
      { do: 'await', job: 'dws_device_digest_20261120', state: 'ended', seconds: 300 },
      { do: 'submit', job: 'dws_device_digest_20261121' },
      { do: 'await', job: 'dws_device_digest_20261121', state: 'tasks', seconds: 240 },
      { do: 'sample' },
      { do: 'mark', fault: 'begins' },
      ...parent('cpu', 'cpu.cfs_quota_us', '20000'),
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
    restore: [...parent('cpu', 'cpu.cfs_quota_us', '-1'), { do: 'container-limits', hosts: NODES, limits: null }],
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
  {
    name: 'heap-table',
    did: 'tasks build an array of 480 MB in executors with a heap of 512 MB; the limits of the containers are as usual',
    question: 'ads_user_embed_20261121 failed, executor gone with exit code, did the kernel kill it again?',
    truth: {
      code: 'memory.executor_heap_oom',
      acceptable: [],
      mustNotCode: [
        'kernel.memcg_oom',
        'kernel.memcg_ancestor_oom',
        'kernel.global_oom',
        'memory.python_worker',
        'memory.container_physical_limit',
        'scheduling.killed_by_user',
      ],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'container-limits', hosts: NODES, limits: USUAL },
      { do: 'submit', job: 'ads_user_embed_20261121' },
      { do: 'await', job: 'ads_user_embed_20261121', state: 'tasks', seconds: 240 },
      { do: 'mark', fault: 'begins' },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'ads_user_embed_20261121', state: 'ended', seconds: 300 },
    ],
    proofs: [
      {
        say: 'the JVM of an executor says that its heap is full',
        containersOf: 'ads_user_embed_20261121',
        line: /java\.lang\.OutOfMemoryError: Java heap space/,
      },
      {
        say: 'no group was at its limit',
        control: 'memory/memory.failcnt',
        of: 'containers',
        line: /^(?:.*container_\w+: 0\n?)+$/,
      },
    ],
    restore: [{ do: 'container-limits', hosts: NODES, limits: null }],
    scenario: {
      id: 'lab-405-ads-user-embed',
      title: 'The heap of an executor is full; the kernel killed nobody',
      tags: ['spark', 'yarn', 'failure', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-401-ads-item-embed',
      questions: [
        {
          text: 'ads_user_embed_20261121 failed, executor gone, did the kernel kill it again like item embed?',
          language: 'en',
        },
        { text: 'ads_user_embed_20261121 的 executor 退出了，是不是又被内核 OOM 杀了？', language: 'zh' },
        { text: 'ads_user_embed_20261121 red', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'yarn_application', id: 'job:ads_user_embed_20261121' },
        { kind: 'spark_application', id: 'job:ads_user_embed_20261121' },
      ],
      responsibility: ['user'],
      settings: {
        required: [['spark.executor.memory', 'spark.executor.cores', 'spark.sql.shuffle.partitions']],
        forbidden: [],
      },
      links: [
        {
          link: 'executors are lost, and the job with them',
          places: [{ source: CONTAINERS, line: /ExecutorLostFailure|Lost executor \d+|Lost task \d/ }],
        },
        {
          link: 'the JVM of an executor is out of heap',
          places: [{ source: CONTAINERS, line: /java\.lang\.OutOfMemoryError: Java heap space/ }],
        },
      ],
    },
  },
];
