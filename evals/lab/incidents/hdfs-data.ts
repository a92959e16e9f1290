import type { LabIncident, Step } from '../lab-incident.ts';
import { DATANODE_LOG, NAMENODE_LOG as NAMENODE, toldBy } from './places.ts';

const NAMENODE_LOG = '/var/log/hadoop-hdfs/hadoop-hdfs-namenode-bd-master.log';

/** Another job writes the input first, as every night. */
const LOAD: readonly Step[] = [
  { do: 'submit', job: 'ods_pay_load' },
  { do: 'await', job: 'ods_pay_load', state: 'ended', seconds: 300 },
];

const READ: readonly Step[] = [
  { do: 'submit', job: 'dwd_pay_detail' },
  { do: 'await', job: 'dwd_pay_detail', state: 'tasks', seconds: 240 },
  { do: 'ask', when: 'during' },
  { do: 'await', job: 'dwd_pay_detail', state: 'ended', seconds: 300 },
];

/** Input that is damaged, absent or on a disk that hangs. */
export const DATA_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'parquet-damaged',
    did: 'the last bytes of one Parquet file of the input are overwritten, through HDFS: its checksums are right',
    question: 'dwd_pay_detail fails on reading ods_pay, is a block missing on the datanode?',
    truth: {
      code: 'data.corrupt_file',
      acceptable: [],
      mustNotCode: ['storage.hdfs_missing_block', 'data.schema_mismatch', 'data.input_missing'],
    },
    during: { code: 'data.corrupt_file', acceptable: ['none.still_running'] },
    needs: ['hadoop', 'history'],
    steps: [
      ...LOAD,
      { do: 'mark', fault: 'begins' },
      { do: 'damage-file', path: '/dw/ods_pay/dt=20261120/part-00000*', at: 'tail', bytes: 8 },
      ...READ,
    ],
    proofs: [
      {
        say: 'Parquet finds no magic number at the end of the file',
        containersOf: 'dwd_pay_detail',
        line: /[^\n]{0,120}is not a Parquet file[^\n]{0,120}/,
      },
    ],
    restore: [{ do: 'hdfs', words: ['-rm', '-r', '-f', '-skipTrash', '/dw/ods_pay'], user: 'root' }],
    scenario: {
      id: 'lab-315-dwd-pay-detail',
      title: 'One Parquet file of the input ends with rubbish; its blocks are sound',
      tags: ['spark', 'yarn', 'hdfs', 'failure', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'dwd_pay_detail fails on reading ods_pay, is a block missing on the datanode?', language: 'en' },
        { text: 'dwd_pay_detail 读 ods_pay 报错，上游 schema 改了吗？', language: 'zh' },
        { text: 'dwd_pay_detail failed??', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'path', id: '/dw/ods_pay/dt=20261120' },
        { kind: 'dataset', id: '/dw/ods_pay' },
      ],
      responsibility: ['shared', 'user', 'platform'],
      links: [
        {
          link: 'the job fails on a file that is no Parquet file',
          places: toldBy('dwd_pay_detail', /is not a Parquet file|Expected magic number at tail|Could not read footer/),
        },
        {
          link: 'the file was written again after the job that made it',
          places: [{ source: NAMENODE, line: /cmd=create\tsrc=\/dw\/ods_pay\/dt=20261120\/part-00000/ }],
        },
      ],
    },
  },
  {
    name: 'block-damaged',
    did: 'bytes in the middle of the only replicas of the input are overwritten on the DataNode’s disk',
    question: 'dwd_pay_detail fails on reading ods_pay, did somebody write a bad parquet file?',
    truth: {
      code: 'storage.hdfs_missing_block',
      acceptable: ['storage.bad_disk'],
      mustNotCode: ['data.schema_mismatch', 'data.input_missing', 'shuffle.corruption'],
    },
    during: { code: 'storage.hdfs_missing_block', acceptable: ['none.still_running', 'storage.bad_disk'] },
    needs: ['hadoop', 'history'],
    steps: [...LOAD, { do: 'mark', fault: 'begins' }, { do: 'damage-newest-blocks' }, ...READ],
    proofs: [
      {
        say: 'the NameNode was told of a corrupt replica',
        hosts: ['bd-master'],
        path: NAMENODE_LOG,
        line: /\*DIR\* reportBadBlocks for block: \S+.{0,80}/,
      },
    ],
    restore: [{ do: 'hdfs', words: ['-rm', '-r', '-f', '-skipTrash', '/dw/ods_pay'], user: 'root' }],
    scenario: {
      id: 'lab-316-dwd-pay-detail',
      title: 'The only replicas of the input do not match their checksums',
      tags: ['spark', 'yarn', 'hdfs', 'failure', 'cross-layer', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-315-dwd-pay-detail',
      questions: [
        { text: 'dwd_pay_detail fails on reading ods_pay, did somebody write a bad parquet file?', language: 'en' },
        { text: 'dwd_pay_detail 读 ods_pay 失败，是网络不通吗', language: 'zh' },
        { text: 'dwd_pay_detail failed??', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'path', id: '/dw/ods_pay/dt=20261120' },
        { kind: 'host', id: 'bd-node1' },
      ],
      responsibility: ['platform'],
      links: [
        {
          link: 'tasks fail: what is read does not match its checksum',
          places: toldBy(
            'dwd_pay_detail',
            /ChecksumException|Checksum error|BlockMissingException|Could not obtain block/,
          ),
        },
        {
          link: 'the NameNode was told that the only replica is corrupt',
          places: [
            { source: NAMENODE, line: /reportBadBlocks|addToCorruptReplicasMap|corrupt/i },
            { source: /^http\/hdfs-namenode\/jmx/, line: /"CorruptBlocks" ?: ?[1-9]/ },
          ],
        },
      ],
    },
  },
  {
    name: 'input-missing',
    did: 'the partition of the day was never written; the one of the day before is there',
    question: 'dwd_order_detail fails at once, block missing again?',
    truth: {
      code: 'data.input_missing',
      acceptable: ['config.wrong_path_or_endpoint'],
      mustNotCode: ['storage.hdfs_missing_block', 'security.permission_denied', 'code.engine_bug'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'put', path: '/dw/ods_order/dt=20261119/part-0.txt', bytes: 300_000 },
      { do: 'mark', fault: 'begins' },
      { do: 'submit', job: 'dwd_order_detail' },
      { do: 'await', job: 'dwd_order_detail', state: 'ended', seconds: 300 },
      { do: 'ask', when: 'during' },
    ],
    proofs: [
      {
        say: 'the NameNode was asked for the partition, which it does not have',
        hosts: ['bd-master'],
        path: NAMENODE_LOG,
        line: /cmd=getfileinfo\tsrc=\/dw\/ods_order\/dt=20261120/,
      },
    ],
    restore: [{ do: 'hdfs', words: ['-rm', '-r', '-f', '-skipTrash', '/dw/ods_order'], user: 'root' }],
    scenario: {
      id: 'lab-317-dwd-order-detail',
      title: 'The partition of the day was never written',
      tags: ['spark', 'yarn', 'hdfs', 'failure', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-307-dwd-order-detail',
      questions: [
        { text: 'dwd_order_detail fails at once, block missing again?', language: 'en' },
        { text: 'dwd_order_detail 一启动就失败，是集群资源不够吗？', language: 'zh' },
        { text: 'dwd_order_detail failed', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'path', id: '/dw/ods_order/dt=20261120' },
        { kind: 'dataset', id: '/dw/ods_order' },
      ],
      responsibility: ['user', 'shared'],
      links: [
        {
          link: 'the job ends at once: the path does not exist',
          places: toldBy('dwd_order_detail', /Path does not exist|PATH_NOT_FOUND/),
        },
        {
          link: 'the NameNode has the partition of the day before and not this one',
          places: [{ source: NAMENODE, line: /src=\/dw\/ods_order\/dt=(?:20261120|20261119)/ }],
        },
      ],
    },
  },
  {
    name: 'disk-hung',
    did: 'the disk of the DataNode hangs for 45 seconds while the job writes (fsfreeze of its file system)',
    question: 'dwd_log_sessions stood still for a minute in the middle, long gc on the driver?',
    complaint: 'slow',
    truth: {
      code: 'storage.slow_disk',
      acceptable: ['storage.bad_disk'],
      mustNotCode: ['memory.gc_overhead', 'scheduling.queue_wait', 'skew.join_key', 'network.connection_timeout'],
    },
    during: { code: 'none.still_running', acceptable: ['storage.slow_disk', 'storage.bad_disk'] },
    needs: ['hadoop', 'history'],
    disks: [{ host: 'bd-node1', path: '/srv/hdfs/dn', mebibytes: 512 }],
    steps: [
      { do: 'submit', job: 'dwd_log_sessions' },
      { do: 'await', job: 'dwd_log_sessions', state: 'tasks', seconds: 240 },
      { do: 'mark', fault: 'begins' },
      { do: 'freeze-disk', host: 'bd-node1', path: '/srv/hdfs/dn' },
      { do: 'sleep', seconds: 20, because: 'writers shall wait' },
      { do: 'ask', when: 'during' },
      { do: 'sleep', seconds: 25, because: 'the client warns after 30 seconds' },
      { do: 'thaw-disk', host: 'bd-node1', path: '/srv/hdfs/dn' },
      { do: 'mark', fault: 'ends' },
      { do: 'await', job: 'dwd_log_sessions', state: 'ended', seconds: 300 },
    ],
    proofs: [
      {
        say: 'a writer waited for its block as long as the disk hung',
        containersOf: 'dwd_log_sessions',
        line: /Slow waitForAckedSeqno took \d{5}ms[^\n]{0,120}/,
      },
    ],
    restore: [{ do: 'thaw-disk', host: 'bd-node1', path: '/srv/hdfs/dn' }],
    scenario: {
      id: 'lab-318-dwd-log-sessions',
      title: 'The disk of the DataNode hangs for 45 seconds while the job writes',
      tags: ['spark', 'yarn', 'hdfs', 'disk', 'slowness', 'cross-layer', 'wrong-theory', 'chinese', 'terse'],
      gate: 'usually',
      gateBecause: 'one short hang, told by one daemon and one client',
      questions: [
        { text: 'dwd_log_sessions stood still for a minute in the middle, long gc on the driver?', language: 'en' },
        { text: 'dwd_log_sessions 中间卡了快一分钟，是不是数据倾斜', language: 'zh' },
        { text: 'dwd_log_sessions slower than usual', language: 'en' },
      ],
      behaviour: 'answer',
      components: [{ kind: 'host', id: 'bd-node1' }],
      responsibility: ['platform'],
      links: [
        {
          link: 'a writer of the job waits for its block',
          places: toldBy('dwd_log_sessions', /Slow (?:ReadProcessor|waitForAckedSeqno|hflush|WriteProcessor)/),
        },
        {
          link: 'the DataNode waits for its disk',
          places: [
            {
              source: /^hosts\/bd-node1\/@[^/]+\/proc\/\d+\/task\/\d+\/stack$/,
              line: /percpu_rwsem_wait|mnt_want_write/,
            },
            { source: DATANODE_LOG, line: /Slow .{0,120}cost:\d{5}ms/ },
            { source: /^hosts\/bd-node1\/@[^/]+\/proc\/\d+\/task\/\d+\/status$/, line: /^State:\s+D/ },
          ],
        },
      ],
    },
  },
];
