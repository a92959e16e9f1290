import type { LabIncident } from '../lab-incident.ts';
import { APPLICATION, RESOURCE_MANAGER_LOG, submissionOf, toldBy } from './places.ts';

const APPS = 'http://bd-master:8088/ws/v1/cluster/apps?queue=etl';

/** What a job asks of YARN, too much or just right or more than its share; and one that is simply not at its end. */
export const ASK_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'ask-over-maximum',
    did: 'the job asks for executors of 1656 MB where YARN gives at most 1536',
    question: 'ads_item_vectors does not start any more, is the queue stopped?',
    truth: {
      code: 'config.resource_setting',
      acceptable: ['scheduling.insufficient_resources'],
      mustNotCode: ['scheduling.queue_blocked', 'scheduling.queue_wait', 'memory.container_physical_limit'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'mark', fault: 'begins' },
      { do: 'submit', job: 'ads_item_vectors', settings: { 'spark.executor.memory': '1400m' } },
      { do: 'await', job: 'ads_item_vectors', state: 'ended', seconds: 180 },
      { do: 'ask', when: 'during' },
    ],
    proofs: [
      {
        say: 'the ResourceManager gives at most 1536 MB',
        url: 'http://bd-master:8088/ws/v1/cluster/scheduler',
        line: /"maximumAllocation":\{[^{}]{0,80}"memory":1536/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-321-ads-item-vectors',
      title: 'The job asks for executors that are larger than YARN gives',
      tags: ['spark', 'yarn', 'failure', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-303-ads-item-vectors',
      questions: [
        { text: 'ads_item_vectors does not start any more, is the queue stopped?', language: 'en' },
        { text: 'ads_item_vectors 昨天调大了内存，今天提交直接失败，集群没资源了吗？', language: 'zh' },
        { text: 'ads_item_vectors fails at submit', language: 'en' },
      ],
      behaviour: 'answer',
      components: [],
      responsibility: ['user'],
      settings: {
        required: [['spark.executor.memory', 'spark.executor.memoryOverhead', 'yarn.scheduler.maximum-allocation-mb']],
        forbidden: [],
      },
      links: [
        {
          link: 'the client refuses: more memory than the maximum of the cluster',
          places: [
            {
              source: submissionOf('ads_item_vectors'),
              line: /is above the max threshold \(1536 MB\)|Required executor memory/,
            },
          ],
        },
      ],
    },
  },
  {
    name: 'memory-raised',
    did: 'the job of Python workers with an overhead of 1 GiB: they fit, and it ends well',
    question: 'ads_item_vectors, did executors die again today?',
    truth: {
      code: 'none.healthy',
      acceptable: [],
      mustNotCode: ['memory.python_worker', 'memory.container_physical_limit', 'memory.executor_heap_oom'],
    },
    during: { code: 'none.still_running', acceptable: ['none.healthy'] },
    needs: ['hadoop', 'history'],
    steps: [
      {
        do: 'submit',
        job: 'ads_item_vectors',
        settings: { 'spark.executor.memoryOverhead': '1024m', 'spark.executor.instances': 1 },
      },
      { do: 'await', job: 'ads_item_vectors', state: 'tasks', seconds: 240 },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'ads_item_vectors', state: 'ended', seconds: 300 },
    ],
    proofs: [
      {
        say: 'YARN says that it succeeded',
        url: APPS,
        line: /"name":"ads_item_vectors","queue":"(?:root\.)?etl","state":"FINISHED","finalStatus":"SUCCEEDED"/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-322-ads-item-vectors',
      title: 'The same job with room for its Python workers: nothing is wrong',
      tags: ['spark', 'yarn', 'failure', 'healthy', 'twin', 'wrong-theory', 'chinese'],
      gate: 'always',
      twinOf: 'lab-303-ads-item-vectors',
      questions: [
        { text: 'ads_item_vectors, did executors die again today?', language: 'en' },
        { text: 'ads_item_vectors 今天是不是又内存超限了？', language: 'zh' },
      ],
      behaviour: 'healthy',
      components: [],
      responsibility: [],
      window: false,
      links: [],
    },
  },
  {
    name: 'still-running',
    did: 'nothing: the job is recorded while its tasks run',
    question: 'ads_click_features is still not finished, is it hanging? can I kill it?',
    truth: {
      code: 'none.still_running',
      acceptable: ['none.healthy'],
      mustNotCode: ['scheduling.spot_node_lost', 'scheduling.queue_wait', 'skew.join_key'],
    },
    needs: ['hadoop', 'history'],
    steps: [
      { do: 'submit', job: 'ads_click_features' },
      { do: 'await', job: 'ads_click_features', state: 'tasks', seconds: 240 },
      { do: 'sample' },
      { do: 'sleep', seconds: 25, because: 'somebody who waits asks after a while' },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'ads_click_features', state: 'ended', seconds: 400 },
    ],
    proofs: [
      {
        say: 'its tasks run',
        containersOf: 'ads_click_features',
        line: /[^\n]{0,80}Running task [^\n]{0,80}/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-323-ads-click-features',
      title: 'The run goes on and nothing is wrong with it',
      tags: ['spark', 'yarn', 'slowness', 'still-running', 'twin', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      twinOf: 'lab-304-ads-click-features',
      recordAt: 'ask',
      questions: [
        { text: 'ads_click_features is still not finished, is it hanging? can I kill it?', language: 'en' },
        { text: 'ads_click_features 怎么还没跑完，是不是又丢节点了', language: 'zh' },
        { text: 'ads_click_features done yet?', language: 'en' },
      ],
      behaviour: 'still_running',
      components: [],
      responsibility: [],
      window: false,
      links: [],
    },
  },
  {
    name: 'preempted',
    did: 'a job that borrows more than the share of its queue loses two executors to a job of the queue that owns them',
    question: 'rpt_coupon_whatif lost executors half way, was it the memory limit?',
    subject: 'rpt_coupon_whatif',
    complaint: 'slow',
    truth: {
      code: 'scheduling.preemption',
      acceptable: [],
      mustNotCode: ['memory.container_physical_limit', 'memory.executor_heap_oom', 'scheduling.spot_node_lost'],
    },
    during: { code: 'scheduling.preemption', acceptable: ['none.still_running'] },
    needs: ['hadoop', 'history'],
    settings: {
      'yarn-site.xml': {
        'yarn.resourcemanager.scheduler.monitor.enable': true,
        'yarn.resourcemanager.monitor.capacity.preemption.monitoring_interval': 1_000,
        'yarn.resourcemanager.monitor.capacity.preemption.max_wait_before_kill': 4_000,
        'yarn.resourcemanager.monitor.capacity.preemption.total_preemption_per_round': 1,
        'yarn.resourcemanager.monitor.capacity.preemption.natural_termination_factor': 1,
      },
      'capacity-scheduler.xml': { 'yarn.scheduler.capacity.root.adhoc.maximum-capacity': 100 },
    },
    steps: [
      { do: 'submit', job: 'rpt_coupon_whatif' },
      { do: 'await', job: 'rpt_coupon_whatif', state: 'tasks', seconds: 240 },
      { do: 'sleep', seconds: 12, because: 'its third executor comes a little later' },
      { do: 'mark', fault: 'begins' },
      { do: 'submit', job: 'dws_trade_summary' },
      {
        do: 'see',
        hosts: ['bd-master'],
        path: '/var/log/hadoop-yarn/hadoop-yarn-resourcemanager-bd-master.log',
        line: /Non-AM container preempted/,
        seconds: 180,
      },
      { do: 'ask', when: 'during' },
      { do: 'await', job: 'dws_trade_summary', state: 'ended', seconds: 300 },
      { do: 'await', job: 'rpt_coupon_whatif', state: 'ended', seconds: 400 },
    ],
    proofs: [
      {
        say: 'the ResourceManager preempted containers',
        hosts: ['bd-master'],
        path: '/var/log/hadoop-yarn/hadoop-yarn-resourcemanager-bd-master.log',
        line: /Non-AM container preempted, current appAttemptId=appattempt_\d+_0001_.{0,120}/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-320-rpt-coupon-whatif',
      title: 'The job borrows more than the share of its queue and loses executors to the queue that owns them',
      tags: ['spark', 'yarn', 'slowness', 'cross-layer', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'rpt_coupon_whatif lost executors half way, was it the memory limit?', language: 'en' },
        { text: 'rpt_coupon_whatif 跑到一半 executor 被杀了好几个，是节点挂了吗？', language: 'zh' },
        { text: 'rpt_coupon_whatif executors gone, why', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'yarn_application', id: 'job:rpt_coupon_whatif' },
        { kind: 'spark_application', id: 'job:rpt_coupon_whatif' },
        { kind: 'queue', id: 'adhoc' },
        { kind: 'queue', id: 'root.adhoc' },
        { kind: 'queue', id: 'etl' },
      ],
      found: [
        {
          kind: 'container',
          source: RESOURCE_MANAGER_LOG,
          line: /Non-AM container preempted, .{0,80}containerId=(container_\w+)/,
        },
      ],
      responsibility: ['platform', 'shared'],
      links: [
        {
          link: 'the driver is told that containers were preempted',
          places: toldBy('rpt_coupon_whatif', /was preempted|Container preempted|preempted by/i),
        },
        {
          link: 'the ResourceManager took them away',
          places: [{ source: RESOURCE_MANAGER_LOG, line: /Non-AM container preempted/ }],
        },
        {
          link: 'for a job of the queue that owns the share',
          places: [
            {
              source: RESOURCE_MANAGER_LOG,
              line: /appattempt_\d+_0002_000001 State change from SUBMITTED to SCHEDULED/,
            },
            { source: APPLICATION, line: /"name":"dws_trade_summary"/ },
          ],
        },
      ],
    },
  },
];
