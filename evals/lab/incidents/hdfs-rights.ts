import type { LabIncident } from '../lab-incident.ts';
import { NAMENODE_LOG as NAMENODE, submissionOf, toldBy } from './places.ts';

const NAMENODE_LOG = '/var/log/hadoop-hdfs/hadoop-hdfs-namenode-bd-master.log';

/** Quotas, rights, and a DataNode that is not there: what HDFS refuses, and the same with one thing changed. */
export const RIGHTS_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'space-quota',
    did: 'the folder that the job writes to gets a space quota of 2 MiB',
    question: 'ads_campaign_daily fails while writing, is a datanode full?',
    truth: {
      code: 'storage.hdfs_quota',
      acceptable: [],
      mustNotCode: ['storage.disk_full_local', 'storage.hdfs_datanode_down', 'security.permission_denied'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'hdfs', words: ['-mkdir', '-p', '/dw/ads_campaign'], user: 'etl' },
      { do: 'mark', fault: 'begins' },
      { do: 'dfsadmin', words: ['-setSpaceQuota', '2m', '/dw/ads_campaign'], user: 'root' },
      { do: 'submit', job: 'ads_campaign_daily' },
      { do: 'await', job: 'ads_campaign_daily', state: 'tasks', seconds: 240 },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'ads_campaign_daily', state: 'ended', seconds: 300 },
    ],
    during: { code: 'storage.hdfs_quota', acceptable: ['none.still_running'] },
    proofs: [
      {
        say: 'the NameNode refused a block for the quota',
        hosts: ['bd-master'],
        path: NAMENODE_LOG,
        line: /DSQuotaExceededException: The DiskSpace quota of \/dw\/ads_campaign is exceeded.{0,120}/,
      },
    ],
    restore: [
      { do: 'dfsadmin', words: ['-clrSpaceQuota', '/dw/ads_campaign'], user: 'root' },
      { do: 'hdfs', words: ['-rm', '-r', '-f', '-skipTrash', '/dw/ads_campaign'], user: 'root' },
    ],
    scenario: {
      id: 'lab-311-ads-campaign-daily',
      title: 'The output folder has a space quota of 2 MiB',
      tags: ['spark', 'yarn', 'hdfs', 'failure', 'cross-layer', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'ads_campaign_daily fails while writing, is a datanode full?', language: 'en' },
        { text: 'ads_campaign_daily 写表失败，HDFS 还有很多空间啊，是不是磁盘坏了？', language: 'zh' },
        { text: 'ads_campaign_daily red', language: 'en' },
      ],
      behaviour: 'answer',
      components: [{ kind: 'path', id: '/dw/ads_campaign' }],
      responsibility: ['shared', 'platform', 'user'],
      links: [
        {
          link: 'tasks fail while they write: the space quota of the folder is exceeded',
          places: toldBy('ads_campaign_daily', /DSQuotaExceededException|DiskSpace quota of/),
        },
        {
          link: 'the NameNode holds the folder to its quota',
          places: [{ source: NAMENODE, line: /DSQuotaExceededException|cmd=setSpaceQuota/ }],
        },
      ],
    },
  },
  {
    name: 'space-quota-roomy',
    did: 'the same job and the same folder with a space quota of 512 MiB: it writes all it has',
    question: 'ads_campaign_daily took its time, did it hit the space quota of /dw/ads_campaign?',
    complaint: 'slow',
    truth: {
      code: 'none.healthy',
      acceptable: [],
      mustNotCode: ['storage.hdfs_quota', 'storage.slow_disk', 'storage.hdfs_datanode_down'],
    },
    during: { code: 'none.still_running', acceptable: ['none.healthy'] },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'hdfs', words: ['-mkdir', '-p', '/dw/ads_campaign'], user: 'etl' },
      { do: 'dfsadmin', words: ['-setSpaceQuota', '512m', '/dw/ads_campaign'], user: 'root' },
      { do: 'submit', job: 'ads_campaign_daily' },
      { do: 'await', job: 'ads_campaign_daily', state: 'tasks', seconds: 240 },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'ads_campaign_daily', state: 'ended', seconds: 300 },
    ],
    proofs: [
      {
        say: 'YARN says that it succeeded',
        url: 'http://bd-master:8088/ws/v1/cluster/apps?queue=etl',
        line: /"name":"ads_campaign_daily","queue":"(?:root\.)?etl","state":"FINISHED","finalStatus":"SUCCEEDED"/,
      },
    ],
    restore: [{ do: 'hdfs', words: ['-rm', '-r', '-f', '-skipTrash', '/dw/ads_campaign'], user: 'root' }],
    scenario: {
      id: 'lab-312-ads-campaign-daily',
      title: 'The same job with a quota that is large enough: nothing is wrong',
      tags: ['spark', 'yarn', 'hdfs', 'slowness', 'healthy', 'twin', 'wrong-theory', 'chinese'],
      gate: 'always',
      twinOf: 'lab-311-ads-campaign-daily',
      questions: [
        { text: 'ads_campaign_daily took its time, did it hit the space quota of /dw/ads_campaign?', language: 'en' },
        { text: 'ads_campaign_daily 今天是不是有问题？听说目录加了配额', language: 'zh' },
      ],
      behaviour: 'healthy',
      components: [],
      responsibility: [],
      window: false,
      links: [],
    },
  },
  {
    name: 'staging-denied',
    did: 'the home folder of the user in HDFS is given to somebody else',
    question: 'dim_city_sync cannot be submitted, namenode in safe mode again?',
    truth: {
      code: 'security.permission_denied',
      acceptable: [],
      mustNotCode: ['storage.hdfs_safemode', 'storage.hdfs_quota', 'scheduling.queue_blocked'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'mark', fault: 'begins' },
      { do: 'hdfs', words: ['-chown', 'bi', '/user/etl'], user: 'root' },
      { do: 'submit', job: 'dim_city_sync' },
      { do: 'await', job: 'dim_city_sync', state: 'ended', seconds: 180 },
      { do: 'ask', when: 'during' },
    ],
    proofs: [
      {
        say: 'the NameNode refused the folder to the user',
        hosts: ['bd-master'],
        path: NAMENODE_LOG,
        line: /allowed=false\tugi=etl.{0,60}cmd=mkdirs\tsrc=\/user\/etl.{0,80}/,
      },
    ],
    restore: [{ do: 'hdfs', words: ['-chown', 'etl', '/user/etl'], user: 'root' }],
    scenario: {
      id: 'lab-313-dim-city-sync',
      title: 'The home folder of the user belongs to somebody else: no staging folder can be made',
      tags: ['spark', 'yarn', 'hdfs', 'failure', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-306-dim-city-sync',
      questions: [
        { text: 'dim_city_sync cannot be submitted, namenode in safe mode again?', language: 'en' },
        { text: 'dim_city_sync 提交就报错，没有 application，是不是 YARN 队列停了', language: 'zh' },
        { text: 'dim_city_sync wont start', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'path', id: '/user/etl' },
        { kind: 'path', id: '/user/etl/.sparkStaging' },
      ],
      responsibility: ['shared', 'platform', 'user'],
      links: [
        {
          link: 'the submission ends: the user may not write below its home folder',
          places: [
            { source: submissionOf('dim_city_sync'), line: /AccessControlException: Permission denied: user=etl/ },
          ],
        },
        {
          link: 'the NameNode refuses, since the folder was given to another user',
          places: [
            { source: NAMENODE, line: /allowed=false\tugi=etl.{0,60}cmd=mkdirs|Permission denied: user=etl/ },
            { source: NAMENODE, line: /cmd=setOwner\tsrc=\/user\/etl/ },
          ],
        },
      ],
    },
  },
  {
    name: 'datanode-killed',
    did: 'kill -9 of the only DataNode before the job is submitted',
    question: 'dim_city_sync cannot be submitted, is it the permission of /user/etl?',
    truth: {
      code: 'storage.hdfs_datanode_down',
      acceptable: ['network.datanode_unreachable'],
      mustNotCode: ['storage.hdfs_safemode', 'security.permission_denied', 'storage.hdfs_quota'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'mark', fault: 'begins' },
      { do: 'signal', daemon: 'datanode@bd-node1', signal: 'SIGKILL' },
      {
        do: 'see',
        hosts: ['bd-master'],
        path: NAMENODE_LOG,
        line: /removeDeadDatanode|lost heartbeat from/,
        seconds: 180,
      },
      { do: 'submit', job: 'dim_city_sync' },
      { do: 'await', job: 'dim_city_sync', state: 'ended', seconds: 240 },
      { do: 'ask', when: 'during' },
    ],
    proofs: [
      {
        say: 'the NameNode lost the DataNode',
        hosts: ['bd-master'],
        path: NAMENODE_LOG,
        line: /(?:removeDeadDatanode: )?lost heartbeat from.{0,120}/,
      },
    ],
    restore: [{ do: 'start', daemon: 'datanode@bd-node1' }],
    scenario: {
      id: 'lab-314-dim-city-sync',
      title: 'The only DataNode is dead: the submission cannot store its files',
      tags: ['spark', 'yarn', 'hdfs', 'failure', 'cross-layer', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-306-dim-city-sync',
      questions: [
        { text: 'dim_city_sync cannot be submitted, is it the permission of /user/etl?', language: 'en' },
        { text: 'dim_city_sync 提交报错，是不是目录配额满了？', language: 'zh' },
        { text: 'dim_city_sync wont start', language: 'en' },
      ],
      behaviour: 'answer',
      components: [{ kind: 'host', id: 'bd-node1' }],
      responsibility: ['platform'],
      links: [
        {
          link: 'the submission cannot store its files: no DataNode runs',
          places: [
            {
              source: submissionOf('dim_city_sync'),
              line: /could only be written to 0 of the \d minReplication nodes|There are 0 datanode\(s\) running/,
            },
          ],
        },
        {
          link: 'the NameNode lost the DataNode',
          places: [
            { source: NAMENODE, line: /lost heartbeat from/ },
            { source: /^http\/hdfs-namenode\/jmx/, line: /"NumDeadDataNodes" ?: ?1/ },
          ],
        },
      ],
    },
  },
];
