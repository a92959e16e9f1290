import type { LabIncident } from '../lab-incident.ts';
import { CONTAINERS, NODE_MANAGER_LOG, RESOURCE_MANAGER_LOG, toldBy } from './places.ts';

/** Memory of containers, lost hosts, full disks. */
export const NODE_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'python-memory',
    did: 'Python workers take 1.1 GB in containers of 768 MB',
    question: 'ads_item_vectors fails, executors die one after another, heap is nearly empty. bad node?',
    truth: {
      code: 'memory.python_worker',
      acceptable: ['memory.container_physical_limit'],
      mustNotCode: ['scheduling.spot_node_lost', 'memory.executor_heap_oom'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'mark', fault: 'begins' },
      { do: 'submit', job: 'ads_item_vectors' },
      { do: 'await', job: 'ads_item_vectors', state: 'tasks', seconds: 240 },
      {
        do: 'see',
        hosts: ['bd-node1', 'bd-node2'],
        path: '/var/log/hadoop-yarn/hadoop-yarn-nodemanager-$HOST.log',
        line: /is running \d+B beyond the 'PHYSICAL' memory limit/,
        seconds: 120,
      },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'ads_item_vectors', state: 'ended', seconds: 300 },
    ],
    proofs: [
      {
        say: 'a NodeManager killed a container over its limit',
        hosts: ['bd-node1', 'bd-node2'],
        path: '/var/log/hadoop-yarn/hadoop-yarn-nodemanager-$HOST.log',
        line: /is running \d+B beyond the 'PHYSICAL' memory limit\..{0,120}/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-303-ads-item-vectors',
      title: 'Python workers take 1.1 GB in containers of 768 MB; the NodeManager kills them',
      tags: ['spark', 'yarn', 'failure', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        {
          text: 'ads_item_vectors fails, executors die one after another, heap is nearly empty. bad node?',
          language: 'en',
        },
        {
          text: 'ads_item_vectors 的 executor 一个接一个挂，是不是机器有问题？加大 executor memory 有用吗',
          language: 'zh',
        },
        { text: 'ads_item_vectors failed again, pls check', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'yarn_application', id: 'job:ads_item_vectors' },
        { kind: 'spark_application', id: 'job:ads_item_vectors' },
      ],
      responsibility: ['user'],
      found: [
        { kind: 'container', source: NODE_MANAGER_LOG, line: /containerID=(container_\w+)\] is running \d+B beyond/ },
      ],
      settings: {
        required: [
          ['spark.executor.memoryOverhead', 'spark.executor.pyspark.memory', 'spark.executor.memoryOverheadFactor'],
        ],
        forbidden: [],
      },
      links: [
        {
          link: 'executors are lost, and the job with them',
          places: toldBy(
            'ads_item_vectors',
            /ExecutorLostFailure|Container killed by YARN for exceeding physical memory limits/,
          ),
        },
        {
          link: 'a NodeManager killed the containers over their limit',
          places: [{ source: NODE_MANAGER_LOG, line: /beyond the 'PHYSICAL' memory limit/ }],
        },
        {
          link: 'most of it is held by Python, not by the JVM',
          places: [{ source: NODE_MANAGER_LOG, line: /\|- \d+ .{0,200}python3.{0,60}pyspark\.daemon/ }],
        },
      ],
    },
  },
  {
    name: 'host-lost',
    did: 'every process of bd-node2 dies at once',
    question: 'ads_click_features is slow and lost executors, what happened to bd-node2?',
    truth: {
      code: 'scheduling.spot_node_lost',
      acceptable: ['network.heartbeat_timeout'],
      mustNotCode: ['memory.container_physical_limit', 'memory.executor_heap_oom', 'scheduling.preemption'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'submit', job: 'ads_click_features' },
      { do: 'await', job: 'ads_click_features', state: 'tasks', seconds: 240 },
      { do: 'mark', fault: 'begins' },
      { do: 'lose-host', host: 'bd-node2' },
      {
        do: 'see',
        hosts: ['bd-master'],
        path: '/var/log/hadoop-yarn/hadoop-yarn-resourcemanager-bd-master.log',
        line: /bd-node2:\d+ Node Transitioned from RUNNING to LOST/,
        seconds: 180,
      },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'ads_click_features', state: 'ended', seconds: 300 },
    ],
    proofs: [
      {
        say: 'the ResourceManager lost the node',
        hosts: ['bd-master'],
        path: '/var/log/hadoop-yarn/hadoop-yarn-resourcemanager-bd-master.log',
        line: /bd-node2:\d+ Node Transitioned from RUNNING to LOST/,
      },
    ],
    restore: [
      { do: 'start', daemon: 'nodemanager@bd-node2' },
      { do: 'start', daemon: 'alluxio-worker@bd-node2' },
    ],
    scenario: {
      id: 'lab-304-ads-click-features',
      title: 'Every process of a host dies at once: YARN loses the node and its executors',
      tags: ['spark', 'yarn', 'slowness', 'cross-layer', 'wrong-theory', 'chinese'],
      gate: 'always',
      questions: [
        { text: 'ads_click_features is slow and lost executors, what happened to bd-node2?', language: 'en' },
        { text: 'ads_click_features 今天慢，丢了 executor，是被更高优先级的任务抢占了吗？', language: 'zh' },
        { text: 'ads_click_features executor lost exit status -100, memory too small?', language: 'en' },
      ],
      behaviour: 'answer',
      components: [{ kind: 'host', id: 'bd-node2' }],
      found: [
        { kind: 'executor', source: CONTAINERS, line: /Lost executor (\d+) on bd-node2/ },
        { kind: 'container', source: CONTAINERS, line: /Lost executor \d+ on bd-node2: .{0,60}(container_\w+)/ },
      ],
      responsibility: ['platform'],
      links: [
        {
          link: 'the driver loses the executor of that host',
          places: toldBy('ads_click_features', /Container released on a \*lost\* node|Lost executor \d+ on bd-node2/),
        },
        {
          link: 'the ResourceManager takes the node for lost',
          places: [
            { source: RESOURCE_MANAGER_LOG, line: /bd-node2:\d+ Node Transitioned from RUNNING to LOST/ },
            { source: RESOURCE_MANAGER_LOG, line: /Expired:bd-node2:\d+ Timed out/ },
          ],
        },
      ],
    },
  },
  {
    name: 'disk-full',
    did: 'something fills the disk of the local directories of both nodes while tasks run',
    question: 'dws_shop_rank lost all its executors and started again from the beginning, executor memory too small?',
    truth: {
      code: 'storage.disk_full_local',
      acceptable: [],
      mustNotCode: ['memory.executor_heap_oom', 'memory.container_physical_limit', 'memory.spill'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'submit', job: 'dws_shop_rank' },
      { do: 'await', job: 'dws_shop_rank', state: 'tasks', seconds: 240 },
      { do: 'mark', fault: 'begins' },
      { do: 'fill', host: 'bd-node1', path: '/srv/yarn/local/old-dump.bin' },
      { do: 'fill', host: 'bd-node2', path: '/srv/yarn/local/old-dump.bin' },
      { do: 'sleep', seconds: 40, because: 'both nodes are taken out of service, and the job starts again in vain' },
      { do: 'ask', when: 'during' },
      { do: 'remove', host: 'bd-node1', path: '/srv/yarn/local/old-dump.bin' },
      { do: 'remove', host: 'bd-node2', path: '/srv/yarn/local/old-dump.bin' },
      { do: 'mark', fault: 'ends' },
      { do: 'await', job: 'dws_shop_rank', state: 'ended', seconds: 600 },
    ],
    proofs: [
      {
        say: 'the NodeManager found its directory full',
        hosts: ['bd-node1'],
        path: '/var/log/hadoop-yarn/hadoop-yarn-nodemanager-$HOST.log',
        line: /used space above threshold of 95\.0%/,
      },
    ],
    restore: [
      { do: 'remove', host: 'bd-node1', path: '/srv/yarn/local/old-dump.bin' },
      { do: 'remove', host: 'bd-node2', path: '/srv/yarn/local/old-dump.bin' },
      { do: 'sleep', seconds: 12, because: 'the NodeManagers look again' },
    ],
    scenario: {
      id: 'lab-305-dws-shop-rank',
      title: 'The disks of the local directories are full on both nodes: they are taken out of service',
      tags: ['spark', 'yarn', 'failure', 'disk', 'cross-layer', 'wrong-theory', 'chinese'],
      gate: 'always',
      questions: [
        {
          text: 'dws_shop_rank lost all its executors and started again from the beginning, executor memory too small?',
          language: 'en',
        },
        { text: 'dws_shop_rank 的 executor 全丢了又从头跑，是不是 OOM 了', language: 'zh' },
        { text: 'dws_shop_rank restarted from zero twice. yarn bug?', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'host', id: 'bd-node1' },
        { kind: 'host', id: 'bd-node2' },
      ],
      responsibility: ['platform'],
      links: [
        {
          link: 'containers end with the node, not by themselves',
          places: [
            ...toldBy(
              'dws_shop_rank',
              /Container released on an? \*(?:unhealthy|lost)\*|No space left on device|Exit status: -10[01]/,
            ),
            {
              source: RESOURCE_MANAGER_LOG,
              line: /Container Transitioned from RUNNING to KILLED|exit status: -10[01]/,
            },
          ],
        },
        {
          link: 'the ResourceManager is told that the nodes are unhealthy',
          places: [{ source: RESOURCE_MANAGER_LOG, line: /reported UNHEALTHY with details: .{0,80}local-dirs/ }],
        },
        {
          link: 'the disk of the local directories is full',
          places: [{ source: NODE_MANAGER_LOG, line: /used space above threshold of 95\.0%/ }],
        },
      ],
    },
  },
];
