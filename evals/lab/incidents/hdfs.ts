import type { LabIncident } from '../lab-incident.ts';
import { DATANODE_LOG, NAMENODE_LOG as NAMENODE, submissionOf, toldBy } from './places.ts';

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
      { do: 'mark', fault: 'begins' },
      { do: 'dfsadmin', words: ['-safemode', 'enter'], user: 'root' },
      { do: 'submit', job: 'dim_city_sync' },
      { do: 'await', job: 'dim_city_sync', state: 'ended', seconds: 180 },
      { do: 'ask', when: 'during' },
      { do: 'dfsadmin', words: ['-safemode', 'leave'], user: 'root' },
      { do: 'mark', fault: 'ends' },
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
    scenario: {
      id: 'lab-306-dim-city-sync',
      title: 'The NameNode is in safe mode: the submission cannot upload anything',
      tags: ['spark', 'yarn', 'hdfs', 'failure', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'dim_city_sync cannot be submitted, is YARN down?', language: 'en' },
        { text: 'dim_city_sync 提交就报错，application 都没起来，是不是 /user/etl 没权限了', language: 'zh' },
        { text: 'dim_city_sync wont start', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'host', id: 'bd-master' },
        { kind: 'path', id: '/user/etl/.sparkStaging' },
      ],
      responsibility: ['platform'],
      links: [
        {
          link: 'the submission ends with a SafeModeException',
          places: [
            {
              source: submissionOf('dim_city_sync'),
              line: /SafeModeException|Name node is in safe mode|safe mode off/,
            },
          ],
        },
        {
          link: 'the NameNode was put into safe mode by hand',
          places: [
            {
              source: NAMENODE,
              line: /STATE\* Safe mode is ON|cmd=safemode_enter|Name node is in safe mode|SafeModeException/,
            },
            { source: /^http\/hdfs-namenode\/jmx/, line: /Safe mode is ON/ },
          ],
        },
      ],
    },
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
      { do: 'mark', fault: 'begins' },
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
    scenario: {
      id: 'lab-307-dwd-order-detail',
      title: 'The only replica of an input block is gone from the DataNode',
      tags: ['spark', 'yarn', 'hdfs', 'failure', 'cross-layer', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'dwd_order_detail fails reading its input, network to the datanode?', language: 'en' },
        { text: 'dwd_order_detail 读 ods_order 失败，是不是上游没产出？', language: 'zh' },
        { text: 'dwd_order_detail failed', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'path', id: '/dw/ods_order/dt=20261120/part-0.txt' },
        { kind: 'host', id: 'bd-node1' },
      ],
      responsibility: ['platform'],
      links: [
        {
          link: 'tasks fail: the block of the input cannot be obtained',
          places: toldBy('dwd_order_detail', /BlockMissingException|Could not obtain block/),
        },
        {
          link: 'the DataNode has no such replica',
          places: [{ source: DATANODE_LOG, line: /ReplicaNotFoundException|FileNotFoundException|removed block/ }],
        },
      ],
    },
  },
];
