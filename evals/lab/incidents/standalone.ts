import type { LabIncident } from '../lab-incident.ts';
import { submissionOf } from './places.ts';
import { EXECUTORS, MASTER_LOG, WORKER_LOG } from './places-of-runs.ts';

/** What happens to jobs of Spark's own cluster: a kill by nobody knows whom, damaged input, a module or an address that is not there. */
export const STANDALONE_INCIDENTS: readonly LabIncident[] = [
  {
    name: 'executor-killed',
    did: 'SIGKILL by hand to an executor while its tasks run; the kernel wrote no line of it',
    question: 'ads_shop_traffic_20261121 failed, executor exited with 137, that is OOM right? raise executor memory?',
    truth: {
      code: 'unknown.insufficient_evidence',
      acceptable: ['shuffle.executor_lost'],
      mustNotCode: [
        'kernel.memcg_oom',
        'kernel.memcg_ancestor_oom',
        'kernel.global_oom',
        'memory.executor_heap_oom',
        'memory.container_physical_limit',
        'memory.python_worker',
        'scheduling.spot_node_lost',
      ],
    },
    needs: ['standalone', 'history'],
    steps: [
      { do: 'submit', job: 'ads_shop_traffic_20261121' },
      { do: 'await', job: 'ads_shop_traffic_20261121', state: 'tasks', seconds: 120 },
      { do: 'sleep', seconds: 4, because: 'some tasks shall have run well' },
      { do: 'ask', when: 'during' },
      { do: 'mark', fault: 'begins' },
      { do: 'kill-executor', job: 'ads_shop_traffic_20261121', host: 'bd-node2' },
      { do: 'await', job: 'ads_shop_traffic_20261121', state: 'ended', seconds: 180 },
    ],
    proofs: [
      {
        say: 'the worker saw its executor end by SIGKILL',
        hosts: ['bd-node2'],
        path: '/var/log/spark/spark-worker-bd-node2.out',
        line: /Executor app-\S+ finished with state \w+ message Command exited with code 137 exitStatus 137/,
      },
      {
        say: 'the run ended by it',
        driver: 'ads_shop_traffic_20261121',
        line: /ExecutorLostFailure \(executor \d+ exited .{0,80}\) Reason: .{0,60}/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-411-ads-shop-traffic',
      title: 'An executor is killed with SIGKILL by somebody; nothing that was recorded tells by whom',
      tags: ['spark', 'standalone', 'failure', 'insufficient', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        {
          text: 'ads_shop_traffic_20261121 failed, executor exited with 137, that is OOM right? raise executor memory?',
          language: 'en',
        },
        { text: 'ads_shop_traffic_20261121 的 executor 退出码 137，是不是内存超了被杀的？', language: 'zh' },
        { text: 'ads_shop_traffic_20261121 failed', language: 'en' },
        { text: 'shop traffic job lost an executor on bd-node2, node reboot?', language: 'en' },
      ],
      behaviour: 'needs_more',
      components: [],
      responsibility: [],
      settings: { required: [], forbidden: ['spark.executor.memory', 'spark.executor.memoryOverhead'] },
      links: [
        {
          link: 'the run failed with its executor',
          places: [
            { source: submissionOf('ads_shop_traffic_20261121'), line: /ExecutorLostFailure \(executor \d+ exited/ },
          ],
        },
        {
          link: 'the executor ended by SIGKILL, as its worker says',
          places: [{ source: WORKER_LOG, line: /Command exited with code 137 exitStatus 137/ }],
        },
      ],
    },
  },
  {
    name: 'parquet-cut',
    did: 'the largest Parquet file of the input is cut to half its length after it was written',
    question: 'rpt_city_age_20261121 fails reading, disk of a node broken?',
    truth: {
      code: 'data.corrupt_file',
      acceptable: [],
      mustNotCode: [
        'storage.bad_disk',
        'storage.hdfs_missing_block',
        'data.input_missing',
        'memory.executor_heap_oom',
        'code.user_code',
      ],
    },
    needs: ['standalone', 'history'],
    steps: [
      { do: 'submit', job: 'dwd_user_city_di' },
      { do: 'await', job: 'dwd_user_city_di', state: 'ended', seconds: 180 },
      { do: 'mark', fault: 'begins' },
      { do: 'cut-file', folder: '/mnt/dw/dwd_user_city/dt=20261121', keep: 0.5 },
      { do: 'ask', when: 'during' },
      { do: 'submit', job: 'rpt_city_age_20261121' },
      { do: 'await', job: 'rpt_city_age_20261121', state: 'ended', seconds: 180 },
    ],
    proofs: [
      {
        say: 'the reader finds no footer in the file that was cut',
        driver: 'rpt_city_age_20261121',
        line: /\S+\.parquet is not a Parquet file\. Expected magic number at tail.{0,80}/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-412-rpt-city-age',
      title: 'A Parquet file of the input is cut short',
      tags: ['spark', 'standalone', 'failure', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        { text: 'rpt_city_age_20261121 fails reading, is a disk of a node broken?', language: 'en' },
        { text: 'rpt_city_age_20261121 读数据报错，是不是某台机器的磁盘坏了？', language: 'zh' },
        { text: 'rpt_city_age_20261121 err', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'path', id: '/mnt/dw/dwd_user_city/dt=20261121' },
        { kind: 'spark_application', id: 'job:rpt_city_age_20261121' },
      ],
      responsibility: ['shared', 'user'],
      links: [
        {
          link: 'tasks of the run fail while they read',
          places: [
            { source: submissionOf('rpt_city_age_20261121'), line: /Lost task \d|Job aborted due to stage failure/ },
          ],
        },
        {
          link: 'a file of the input has no footer',
          places: [
            {
              source: submissionOf('rpt_city_age_20261121'),
              line: /is not a Parquet file\. Expected magic number at tail/,
            },
            { source: EXECUTORS, line: /is not a Parquet file\. Expected magic number at tail/ },
          ],
        },
      ],
    },
  },
  {
    name: 'module-not-shipped',
    did: 'a Python module lies on the gateway alone; the driver imports it, the workers cannot',
    question: 'ads_text_tokens_20261121 fails on all executors, works when I import it on the gateway, bad nodes?',
    truth: {
      code: 'dependency.python_env',
      acceptable: [],
      mustNotCode: ['code.user_code', 'dependency.class_missing', 'storage.bad_disk', 'memory.python_worker'],
    },
    needs: ['standalone', 'history'],
    steps: [
      {
        do: 'write-on-host',
        host: 'bd-gw',
        path: '/srv/libs/adtext.py',
        text: 'def tokens(title):\n    return title.lower().split()\n',
      },
      { do: 'mark', fault: 'begins' },
      { do: 'submit', job: 'ads_text_tokens_20261121' },
      { do: 'await', job: 'ads_text_tokens_20261121', state: 'ended', seconds: 180 },
      { do: 'ask', when: 'during' },
    ],
    proofs: [
      {
        say: 'a worker cannot import what the driver imported',
        containersOf: 'ads_text_tokens_20261121',
        line: /ModuleNotFoundError: No module named 'adtext'/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-413-ads-text-tokens',
      title: 'A Python module is on the gateway and not on the workers',
      tags: ['spark', 'standalone', 'failure', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        {
          text: 'ads_text_tokens_20261121 fails on all executors, works when I import it on the gateway, bad nodes?',
          language: 'en',
        },
        { text: 'ads_text_tokens_20261121 在 executor 上全部失败，网关上跑没问题，是节点坏了吗？', language: 'zh' },
        { text: 'ads_text_tokens_20261121 broke', language: 'en' },
      ],
      behaviour: 'answer',
      components: [{ kind: 'spark_application', id: 'job:ads_text_tokens_20261121' }],
      responsibility: ['user'],
      settings: {
        required: [['spark.submit.pyFiles', 'spark.pyspark.python', 'spark.archives']],
        forbidden: [],
      },
      links: [
        {
          link: 'every task fails',
          places: [{ source: submissionOf('ads_text_tokens_20261121'), line: /Job aborted due to stage failure/ }],
        },
        {
          link: 'the workers have no such module',
          places: [{ source: EXECUTORS, line: /ModuleNotFoundError: No module named 'adtext'/ }],
        },
      ],
    },
  },
  {
    name: 'driver-bound-elsewhere',
    did: 'spark.driver.bindAddress is 127.0.0.1 while executors are told the address of the gateway',
    question: 'ods_coupon_load_20261121 never gets an executor, cluster has free cores, is the worker broken?',
    truth: {
      code: 'network.driver_unreachable',
      acceptable: ['network.bind_address', 'config.wrong_path_or_endpoint'],
      mustNotCode: [
        'scheduling.insufficient_resources',
        'scheduling.queue_wait',
        'memory.executor_heap_oom',
        'scheduling.spot_node_lost',
      ],
    },
    needs: ['standalone', 'history'],
    steps: [
      { do: 'mark', fault: 'begins' },
      { do: 'submit', job: 'ods_coupon_load_20261121' },
      { do: 'sleep', seconds: 40, because: 'some executors shall have tried; it goes on like this for ever' },
      { do: 'ask', when: 'during' },
    ],
    proofs: [
      {
        say: 'executors cannot connect to the address that they were told',
        containersOf: 'ods_coupon_load_20261121',
        line: /Failed to connect to bd-gw\/127\.0\.3\.21:\d+/,
      },
      {
        say: 'what they were told',
        containersOf: 'ods_coupon_load_20261121',
        line: /spark:\/\/CoarseGrainedScheduler@bd-gw:\d+/,
      },
    ],
    restore: [],
    scenario: {
      id: 'lab-414-ods-coupon-load',
      title: 'The driver listens on another address than the one executors are told',
      tags: ['spark', 'standalone', 'failure', 'still-running', 'wrong-theory', 'chinese', 'terse'],
      gate: 'always',
      questions: [
        {
          text: 'ods_coupon_load_20261121 never gets an executor, cluster has free cores, is the worker broken?',
          language: 'en',
        },
        { text: 'ods_coupon_load_20261121 一直拿不到 executor，集群明明有空闲，是 worker 挂了吗？', language: 'zh' },
        { text: 'ods_coupon_load_20261121 stuck', language: 'en' },
      ],
      behaviour: 'answer',
      components: [
        { kind: 'driver', id: 'job:ods_coupon_load_20261121' },
        { kind: 'spark_application', id: 'job:ods_coupon_load_20261121' },
        { kind: 'host', id: 'bd-gw' },
      ],
      responsibility: ['user'],
      settings: {
        required: [['spark.driver.host', 'spark.driver.bindAddress', 'spark.driver.port']],
        forbidden: ['spark.executor.memory'],
      },
      recordAt: 'ask',
      links: [
        {
          link: 'every executor ends soon after its start',
          places: [
            { source: MASTER_LOG, line: /Removing executor app-\S+ because it is EXITED/ },
            { source: submissionOf('ods_coupon_load_20261121'), line: /is now EXITED \(Command exited with code 1\)/ },
          ],
        },
        {
          link: 'it cannot connect to the driver',
          places: [{ source: EXECUTORS, line: /Failed to connect to bd-gw\/127\.0\.3\.21:\d+/ }],
        },
      ],
    },
  },
];
