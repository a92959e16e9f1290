import type { LabIncident } from '../lab-incident.ts';
import { APPLICATION, RESOURCE_MANAGER_LOG, submissionOf } from './places.ts';

/** Queues, and people who end what runs in them. */
export const QUEUE_INCIDENTS: readonly LabIncident[] = [
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
      { do: 'mark', fault: 'begins' },
      { do: 'submit', job: 'rpt_gmv_daily' },
      { do: 'await', job: 'rpt_gmv_daily', state: 'accepted', seconds: 120 },
      { do: 'sleep', seconds: 75, because: 'every start waits a little' },
      { do: 'ask', when: 'during' },
      { do: 'yarn', words: ['application', '-kill', 'job:etl_backfill_orders'], user: 'etl' },
      { do: 'mark', fault: 'ends' },
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
    scenario: {
      id: 'lab-301-rpt-gmv-daily',
      title: 'Another queue holds the whole cluster: the application waits for its first container',
      tags: ['spark', 'yarn', 'slowness', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'rpt_gmv_daily is stuck since submission, no log at all, is the job broken?', language: 'en' },
        { text: 'rpt_gmv_daily 提交以后好几分钟没动静，一行日志都没有，是不是网络断了？', language: 'zh' },
        { text: 'rpt_gmv_daily so slow today, why', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'queue', id: 'adhoc' },
        { kind: 'queue', id: 'root.adhoc' },
        { kind: 'yarn_application', id: 'job:rpt_gmv_daily' },
        { kind: 'spark_application', id: 'job:rpt_gmv_daily' },
      ],
      responsibility: ['platform', 'shared'],
      links: [
        {
          link: 'the client sees nothing but ACCEPTED for minutes',
          places: [
            { source: submissionOf('rpt_gmv_daily'), line: /\(state: ACCEPTED\)|AM container|not yet activated/ },
            { source: APPLICATION, line: /"name":"rpt_gmv_daily"/ },
          ],
        },
        {
          link: 'the job of another queue is given containers first',
          places: [
            {
              source: RESOURCE_MANAGER_LOG,
              line: /assignedContainer.{0,400}queue=(?:root\.)?etl|Assigned container.{0,200}_0001_01_/,
            },
            { source: APPLICATION, line: /"name":"etl_backfill_orders"/ },
            { source: /^http\/yarn-rm\/ws_v1_cluster_metrics/, line: /"availableMB":0\b/ },
            { source: /^http\/yarn-rm\/ws_v1_cluster_scheduler/, line: /"queueName":"etl"/ },
          ],
        },
      ],
    },
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
      { do: 'mark', fault: 'begins' },
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
    scenario: {
      id: 'lab-302-ads-click-features',
      title: 'A person kills the running application with the YARN client',
      tags: ['spark', 'yarn', 'failure', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'who killed ads_click_features? it was half way, was it preempted?', language: 'en' },
        { text: 'ads_click_features 跑到一半没了，executor 都正常，是集群抢占还是内存超了？', language: 'zh' },
        { text: 'ads_click_features gone?', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'yarn_application', id: 'job:ads_click_features' },
        { kind: 'spark_application', id: 'job:ads_click_features' },
      ],
      responsibility: ['user'],
      links: [
        {
          link: 'the client is told that the application was killed',
          places: [
            {
              source: submissionOf('ads_click_features'),
              line: /was killed by user|final status: KILLED|\(state: KILLED\)/,
            },
            { source: APPLICATION, line: /"finalStatus":"KILLED"/ },
          ],
        },
        {
          link: 'the ResourceManager wrote down who asked for it',
          places: [{ source: RESOURCE_MANAGER_LOG, line: /USER=etl.{0,80}OPERATION=Kill Application Request/ }],
        },
      ],
    },
  },
  {
    name: 'queue-stopped',
    did: 'the queue is set to STOPPED before the job is submitted',
    question: 'rpt_gmv_daily cannot be submitted, cluster full?',
    truth: {
      code: 'scheduling.queue_blocked',
      acceptable: ['config.changed'],
      mustNotCode: ['scheduling.queue_wait', 'scheduling.insufficient_resources', 'network.connection_timeout'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'mark', fault: 'begins' },
      {
        do: 'configure',
        host: 'bd-master',
        file: 'capacity-scheduler.xml',
        settings: { 'yarn.scheduler.capacity.root.adhoc.state': 'STOPPED' },
      },
      { do: 'rmadmin', words: ['-refreshQueues'], user: 'root' },
      { do: 'submit', job: 'rpt_gmv_daily' },
      { do: 'await', job: 'rpt_gmv_daily', state: 'ended', seconds: 240 },
      { do: 'ask', when: 'during' },
    ],
    proofs: [
      {
        say: 'the ResourceManager says that the queue is stopped',
        hosts: ['bd-master'],
        path: '/var/log/hadoop-yarn/hadoop-yarn-resourcemanager-bd-master.log',
        line: /Queue root\.adhoc is STOPPED\. Cannot accept submission.{0,120}/,
      },
    ],
    restore: [
      {
        do: 'configure',
        host: 'bd-master',
        file: 'capacity-scheduler.xml',
        settings: { 'yarn.scheduler.capacity.root.adhoc.state': 'RUNNING' },
      },
      { do: 'rmadmin', words: ['-refreshQueues'], user: 'root' },
    ],
    scenario: {
      id: 'lab-319-rpt-gmv-daily',
      title: 'The queue is stopped: nothing may be submitted to it',
      tags: ['spark', 'yarn', 'failure', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-301-rpt-gmv-daily',
      questions: [
        { text: 'rpt_gmv_daily cannot be submitted, cluster full?', language: 'en' },
        { text: 'rpt_gmv_daily 提交失败，没有日志，是不是 HDFS 有问题？', language: 'zh' },
        { text: 'rpt_gmv_daily did not run today', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'queue', id: 'adhoc' },
        { kind: 'queue', id: 'root.adhoc' },
      ],
      responsibility: ['platform', 'shared'],
      links: [
        {
          link: 'the client is told that the application was not accepted',
          places: [
            {
              source: submissionOf('rpt_gmv_daily'),
              line: /Failed to submit application|is STOPPED\. Cannot accept submission/,
            },
          ],
        },
        {
          link: 'the ResourceManager has the queue stopped',
          places: [
            { source: RESOURCE_MANAGER_LOG, line: /is STOPPED\. Cannot accept submission/ },
            { source: /^http\/yarn-rm\/ws_v1_cluster_scheduler/, line: /"state":"STOPPED"/ },
          ],
        },
      ],
    },
  },
];
