import type { LabIncident } from '../lab-incident.ts';
import { CONTAINER_NODES, MIB, onEveryParent, USUAL_LIMITS } from './container-limits.ts';
import { CONTAINERS } from './places.ts';
import { KERNEL_LOG } from './places-of-runs.ts';

/** Memory of a container, of all containers of a node, and a heap that is full without the kernel. */
export const KERNEL_MEMORY_INCIDENTS: readonly LabIncident[] = [
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
      {
        do: 'container-limits',
        hosts: CONTAINER_NODES,
        limits: { ...USUAL_LIMITS, 'memory/memory.limit_in_bytes': String(512 * MIB) },
      },
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
    restore: [{ do: 'container-limits', hosts: CONTAINER_NODES, limits: null }],
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
      { do: 'container-limits', hosts: CONTAINER_NODES, limits: USUAL_LIMITS },
      { do: 'submit', job: 'etl_log_backfill' },
      { do: 'await', job: 'etl_log_backfill', state: 'tasks', seconds: 240 },
      ...onEveryParent('memory', 'memory.limit_in_bytes', String(700 * MIB)),
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
      ...onEveryParent('memory', 'memory.limit_in_bytes', '-1'),
      { do: 'container-limits', hosts: CONTAINER_NODES, limits: null },
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
      { do: 'container-limits', hosts: CONTAINER_NODES, limits: USUAL_LIMITS },
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
    restore: [{ do: 'container-limits', hosts: CONTAINER_NODES, limits: null }],
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
