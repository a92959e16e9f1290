import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { OWN_STATE, WORKFLOW } from './trusted-writers.ts';

const AIRFLOW = /airflow|sqlalchemy|dag_run|dag_id|task_instance|slot_pool|scheduler_job/i;

/** Airflow and AIFlow, mostly for pasted text. */
export const WORKFLOW_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'workflow/zombie-task',
    code: 'workflow.zombie_task',
    symptom: 'task_failed',
    literals: [
      'Detected zombie job',
      'without a heartbeat',
      'jobs without heartbeat',
      'Heartbeat time limit exceeded',
      'Time since last heartbeat',
      'TASK_HEARTBEAT_TIMEOUT',
    ],
    pattern: [
      /Detected zombie job: ?[^\n]{0,300}/,
      /Detected a task instance without a heartbeat[^\n]{0,300}/,
      /Failing \((?<count>\d{1,9})\) jobs without heartbeat after/,
      /Heartbeat time limit exceeded/,
      /Time since last heartbeat\((?<seconds>[\d.]{1,12}) ?s\) exceeded limit/,
      /TASK_HEARTBEAT_TIMEOUT/,
    ],
    observedFrom: WORKFLOW,
    rank: 53,
    inferredOnly: true,
    seenIn: 'airflow 2.x scheduler_job_runner / local_task_job_runner, 3.x; captures flow-103, flow-116, question q041',
    say: {
      en: 'The task was declared dead because its job stopped sending heartbeats to the metadata database; this does not say why they stopped',
      zh: '任务的作业进程停止向元数据库发心跳，因此被判定为僵死；这没有说明心跳为何停止',
    },
    read: (groups) => ({ values: present({ silentSeconds: groups.seconds ? Number(groups.seconds) : undefined }) }),
  }),
  statementSignature({
    id: 'workflow/heartbeat-recovered',
    code: null,
    symptom: 'heartbeat_late',
    literals: ['Heartbeat recovered after'],
    pattern: /Heartbeat recovered after (?<seconds>[\d.]{1,12}) seconds/,
    observedFrom: WORKFLOW,
    rank: 28,
    seenIn: 'airflow job.py 2.x; real-servers.md (Airflow: the best sign of a starved host); captures flow-*',
    say: (groups) => ({
      en: `A process of the workflow engine was late by ${groups.seconds} s and went on: its host is starved or was frozen`,
      zh: `工作流引擎的进程心跳迟到 ${groups.seconds} 秒后恢复：主机资源紧张或曾被冻结`,
    }),
    read: (groups) => ({ values: present({ silentSeconds: groups.seconds ? Number(groups.seconds) : undefined }) }),
  }),
  statementSignature({
    id: 'workflow/scheduler-silent',
    code: 'workflow.scheduler_heartbeat',
    literals: [
      'scheduler does not appear to be running',
      'Scheduler heartbeat got an exception',
      '"latest_scheduler_heartbeat"',
    ],
    pattern:
      /scheduler does not appear to be running|Scheduler heartbeat got an exception|"scheduler": ?\{[^}]{0,200}"status": ?"unhealthy"/,
    observedFrom: WORKFLOW,
    rank: 66,
    seenIn: 'airflow 2.x web page and /health; question q039',
    say: {
      en: 'The workflow scheduler sent no heartbeat within its threshold: hung, exited, or one loop takes longer than that',
      zh: '调度器在阈值内没有心跳：卡住、退出，或单次循环耗时超过阈值',
    },
  }),
  statementSignature({
    id: 'workflow/database-locked',
    code: 'workflow.db_lock',
    literals: [
      'MySQL server has gone away',
      'Lost connection to MySQL server',
      'server closed the connection unexpectedly',
      'could not obtain lock on row',
      'deadlock detected',
      'Deadlock found when trying to get lock',
      'Lock wait timeout exceeded',
      'due to lock timeout',
      'remaining connection slots are reserved',
      'too many clients already',
      'QueuePool limit of size',
      'Too many connections',
      'database is locked',
    ],
    pattern: [
      /MySQL server has gone away|Lost connection to MySQL server|server closed the connection unexpectedly/,

      /could not obtain lock on (?:row in )?relation "(?<table>\w{1,80})"/,
      /deadlock detected|Deadlock found when trying to get lock|Lock wait timeout exceeded|canceling statement due to lock timeout|database is locked/,
      /remaining connection slots are reserved|too many clients already|QueuePool limit of size \d{1,6} overflow|Too many connections/,
    ],
    observedFrom: [...WORKFLOW, 'engine'],
    rank: 76,
    seenIn: 'PostgreSQL, MySQL 1205 / 1213 / 1040, SQLite, SQLAlchemy texts; captures flow-109, question q040',
    say: (groups) => ({
      en: `A database answered with a lock or ran out of connections${groups.table ? ` (table ${groups.table})` : ''}`,
      zh: `数据库返回锁冲突或连接用尽${groups.table ? `（表 ${groups.table}）` : ''}`,
    }),
    read: (groups, record) => ({
      values: present({ table: groups.table }),
      ...(record.writer === 'airflow' || AIRFLOW.test(record.text)
        ? {}
        : { code: 'storage.commit_conflict' as const, inferredOnly: true }),
    }),
  }),
  statementSignature({
    id: 'workflow/state-changed-outside',
    code: 'workflow.state_changed_externally',
    symptom: 'task_failed',
    literals: ['has been externally set to', "shouldn't be running anymore", 'should not be running anymore'],
    pattern: [
      /State of this instance has been externally set to (?<state>\w{1,30})/,
      /Server indicated the task should(?:n't| not) be running anymore/,
    ],
    observedFrom: WORKFLOW,
    rank: 72,
    seenIn: 'airflow local_task_job_runner 2.x, supervisor 3.x; real-servers.md (Airflow)',
    say: (groups) => ({
      en: `The task was stopped because its state was changed from outside${groups.state ? ` to ${groups.state}` : ''}`,
      zh: `任务状态被外部改动${groups.state ? `为 ${groups.state}` : ''}，因此被停止`,
    }),
    read: (groups) => ({ values: present({ state: groups.state }) }),
  }),
  statementSignature({
    id: 'workflow/file-not-importable',
    code: 'workflow.dag_import_error',
    literals: [
      'DagBag import timeout for',
      'Failed to import: ',
      'Broken DAG',
      'it does not exist or it failed to parse',
      'not found in DagModel',
      'DagNotFound',
      'no longer exists',
    ],
    pattern: [
      /DagBag import timeout for (?<path>\S{1,400})/,

      /Failed to import: (?<path>\/\S{1,400})/,
      /Broken DAG: ?\[(?<path>[^\]\n]{1,400})\]/,
      /[dD]ag '?(?<dag>[\w.-]{1,250})'? could not be found; either it does not exist or it failed to parse/,
      /Dag id (?<dag>[\w.-]{1,250}) not found in DagModel|DagNotFound/,
      /Serialized DAG (?<dag>[\w.-]{1,250}) no longer exists/,
    ],
    observedFrom: WORKFLOW,
    rank: 79,
    seenIn: 'airflow dagbag 1.10-3.x; capture flow-106',
    say: (groups) => ({
      en: `The workflow file could not be read${groups.path ? `: ${groups.path}` : ''}${groups.dag ? ` (${groups.dag})` : ''}`,
      zh: `工作流文件无法导入${groups.path ? `：${groups.path}` : ''}${groups.dag ? `（${groups.dag}）` : ''}`,
    }),
    read: (groups) => ({ keys: present({ path: groups.path }), values: present({ dag: groups.dag }) }),
  }),
  statementSignature({
    id: 'workflow/ran-too-long',
    code: 'config.resource_setting',
    symptom: 'task_failed',
    literals: ['AirflowTaskTimeout', 'TimeLimitExceeded', 'in queued state for longer than', 'stuck in queued'],
    pattern: [
      /AirflowTaskTimeout|TimeLimitExceeded\(/,
      /(?<queued>(?:in|stuck in)(?: the)? queued(?: state)?[^\n]{0,40}(?:longer than|marked|exceed))/,
    ],
    unless: /DagBag import timeout/,
    observedFrom: WORKFLOW,
    rank: 58,
    inferredOnly: true,
    seenIn: 'airflow execution_timeout, task_queued_timeout 2.x, celery task_time_limit',
    say: { en: 'The task ran longer than the time it is given', zh: '任务运行超过了给定的时限' },
    read: (groups) =>
      groups.queued
        ? {
            code: 'scheduling.queue_wait',
            statement: {
              en: 'The task waited in the queue longer than is allowed: no worker took it',
              zh: '任务排队时间超过允许值：没有 worker 接走它',
            },
          }
        : {},
  }),
  statementSignature({
    id: 'workflow/upstream-failed',
    code: 'workflow.upstream_failed',
    symptom: 'waiting',
    literals: ['upstream_failed', 'requires all upstream tasks to have succeeded'],
    pattern: [
      /requires all upstream tasks to have succeeded, but found (?<count>\d{1,6}) non-success/,
      /(?:state|in the) ?(?:is|to|=|:)? ?'?upstream_failed'?/,
    ],
    observedFrom: WORKFLOW,
    rank: 60,
    seenIn: 'airflow trigger_rule_dep 1.10-3.x',
    say: { en: 'The task did not run because a task before it had failed', zh: '上游任务失败，因此该任务没有运行' },
    read: (groups) => ({ values: present({ upstreamFailures: wholeOf(groups.count) }) }),
  }),
  statementSignature({
    id: 'workflow/sensor-timed-out',
    code: 'workflow.event_missing',
    symptom: 'task_failed',
    literals: ['Sensor has timed out', 'AirflowSensorTimeout', 'Snap. Time is OUT'],
    pattern:
      /Sensor has timed out; run duration of (?<seconds>[\d.]{1,12}) seconds|AirflowSensorTimeout|Snap\. Time is OUT/,
    observedFrom: WORKFLOW,
    rank: 70,
    seenIn: 'airflow sensors.base 1.10-3.x; capture flow-108',
    say: {
      en: 'A sensor waited its whole time: what it watches for (a partition, a file, an event) never came',
      zh: '传感器等到超时：它等待的分区、文件或事件始终没有出现',
    },
    read: (groups) => ({ values: present({ waitedSeconds: groups.seconds ? Number(groups.seconds) : undefined }) }),
  }),
  statementSignature({
    id: 'workflow/command-failed',
    code: null,
    symptom: 'task_failed',
    literals: [
      'Was the task killed externally',
      'Bash command failed',
      'Task exited with return code',
      'Task received SIGTERM',
      'Terminating subprocesses',
      'finished with state failed',
      'Process terminated by signal',
      'Negsignal',
    ],
    pattern: [
      /Was the task killed externally\?/,

      /Bash command failed\. The command returned a non-zero exit code (?<code>\d{1,3})/,
      /Task exited with return code (?<code>-?\d{1,3}|Negsignal\.\w{1,20})/,
      /Process terminated by signal[^\n]{0,80}|Negsignal\.\w{1,20}/,
      /Task received SIGTERM signal|Received SIGTERM\. Terminating subprocesses/,
      /reported that the task instance [^\n]{1,300} finished with state failed/,
    ],
    observedFrom: OWN_STATE,
    rank: 16,
    seenIn: 'airflow bash operator, local_task_job_runner 2.x/3.x; captures flow-112, flow-116, flow-133',
    say: {
      en: 'The workflow engine saw the task end badly; the cause stands in what the task ran',
      zh: '工作流引擎看到任务异常结束；原因要看任务所运行的程序',
    },
    read: (groups) => ({ values: present({ exitCode: groups.code }) }),
  }),
];
