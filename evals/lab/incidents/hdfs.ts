import type { LabIncident } from '../lab-incident.ts';

const NAMENODE_LOG = '/var/log/hadoop-hdfs/hadoop-hdfs-namenode-bd-master.log';

/** Safe mode, lost blocks, no DataNode. */
export const HDFS_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'safe-mode',
    did: 'the NameNode is put into safe mode before the job is submitted',
    question: 'dim_city_sync cannot be submitted, is YARN down?',
    truth: {
      code: 'storage.hdfs_safemode',
      acceptable: [],
      mustNotCode: ['network.connection_timeout', 'scheduling.queue_blocked'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'dfsadmin', words: ['-safemode', 'enter'], user: 'root' },
      { do: 'submit', job: 'dim_city_sync' },
      { do: 'await', job: 'dim_city_sync', state: 'ended', seconds: 180 },
      { do: 'ask', when: 'during' },
      { do: 'dfsadmin', words: ['-safemode', 'leave'], user: 'root' },
    ],
    proofs: [
      {
        say: 'the NameNode is in safe mode',
        hosts: ['bd-master'],
        path: NAMENODE_LOG,
        line: /Name node is in safe mode/,
      },
    ],
    restore: [{ do: 'dfsadmin', words: ['-safemode', 'leave'], user: 'root' }],
  },
  {
    name: 'block-gone',
    did: 'the only replica of an input block is deleted from the DataNode’s disk',
    question: 'dwd_order_detail fails reading its input, network to the datanode?',
    truth: {
      code: 'storage.hdfs_missing_block',
      acceptable: ['network.datanode_unreachable'],
      mustNotCode: ['data.input_missing', 'network.dns_hostname'],
    },
    during: { code: 'storage.hdfs_missing_block', acceptable: ['none.still_running'] },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'put', path: '/dw/ods_order/dt=20261120/part-0.txt', bytes: 300_000 },
      { do: 'delete-newest-blocks' },
      { do: 'submit', job: 'dwd_order_detail' },
      { do: 'await', job: 'dwd_order_detail', state: 'tasks', seconds: 240 },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'dwd_order_detail', state: 'ended', seconds: 300 },
    ],
    proofs: [
      {
        say: 'the DataNode has no such block',
        hosts: ['bd-node1'],
        path: '/var/log/hadoop-hdfs/hadoop-hdfs-datanode-bd-node1.log',
        line: /(?:ReplicaNotFoundException|FileNotFoundException|does not exist|not found).{0,200}/,
      },
    ],
    restore: [{ do: 'hdfs', words: ['-rm', '-r', '-f', '-skipTrash', '/dw/ods_order'], user: 'root' }],
  },
];
