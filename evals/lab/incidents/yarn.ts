import type { LabIncident } from '../lab-incident.ts';

/** Queue, memory of containers, kills by people, lost hosts. */
export const YARN_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'queue-full',
    did: 'another queue takes the whole cluster before the job is submitted',
    question: 'rpt_gmv_daily is stuck since submission, no log at all, is the job broken?',
    // It ends well in the end: nothing was wrong with it but the time.
    complaint: 'slow',
    truth: {
      code: 'scheduling.queue_wait',
      acceptable: ['scheduling.insufficient_resources'],
      mustNotCode: ['network.connection_timeout', 'code.user_code'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'submit', job: 'etl_backfill_orders' },
      { do: 'await', job: 'etl_backfill_orders', state: 'tasks', seconds: 240 },
      { do: 'sleep', seconds: 10, because: 'its third executor comes a little later' },
      { do: 'submit', job: 'rpt_gmv_daily' },
      { do: 'await', job: 'rpt_gmv_daily', state: 'accepted', seconds: 120 },
      { do: 'sleep', seconds: 75, because: 'every start waits a little' },
      { do: 'ask', when: 'during' },
      { do: 'yarn', words: ['application', '-kill', 'job:etl_backfill_orders'], user: 'etl' },
      { do: 'await', job: 'rpt_gmv_daily', state: 'ended', seconds: 240 },
    ],
    proofs: [
      {
        say: 'the ResourceManager put it into the queue',
        url: 'http://bd-master:8088/ws/v1/cluster/apps?queue=adhoc',
        line: /"name":"rpt_gmv_daily"/,
      },
    ],
    restore: [],
  },
  {
    name: 'killed-by-user',
    did: 'somebody kills the running job with the YARN client',
    question: 'who killed ads_click_features? it was half way, was it preempted?',
    truth: { code: 'scheduling.killed_by_user', acceptable: [], mustNotCode: ['scheduling.preemption'] },
    during: { code: 'none.still_running', acceptable: ['none.healthy'] },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'submit', job: 'ads_click_features' },
      { do: 'await', job: 'ads_click_features', state: 'tasks', seconds: 240 },
      { do: 'ask', when: 'during' },
      { do: 'yarn', words: ['application', '-kill', 'job:ads_click_features'], user: 'etl' },
      { do: 'await', job: 'ads_click_features', state: 'ended', seconds: 120 },
    ],
    proofs: [
      {
        say: 'the ResourceManager wrote down who asked',
        hosts: ['bd-master'],
        path: '/var/log/hadoop-yarn/hadoop-yarn-resourcemanager-bd-master.log',
        line: /USER=etl.{0,80}OPERATION=Kill Application Request.{0,200}/,
      },
    ],
    restore: [],
  },
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
      { do: 'lose-host', host: 'bd-node2' },
      {
        do: 'see',
        hosts: ['bd-master'],
        path: '/var/log/hadoop-yarn/hadoop-yarn-resourcemanager-bd-master.log',
        line: /bd-node2:\d+ Node Transitioned from RUNNING to LOST/,
        seconds: 90,
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
      { do: 'fill', host: 'bd-node1', path: '/srv/yarn/local/old-dump.bin' },
      { do: 'fill', host: 'bd-node2', path: '/srv/yarn/local/old-dump.bin' },
      { do: 'sleep', seconds: 40, because: 'both nodes are taken out of service, and the job starts again in vain' },
      { do: 'ask', when: 'during' },
      { do: 'remove', host: 'bd-node1', path: '/srv/yarn/local/old-dump.bin' },
      { do: 'remove', host: 'bd-node2', path: '/srv/yarn/local/old-dump.bin' },
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
  },
];
