import type { Cause } from './cause.ts';

/** Causes in the workflow engine (Airflow, AIFlow). */
export const WORKFLOW_CAUSES: readonly Cause[] = [
  {
    code: 'workflow.zombie_task',
    title: { en: 'Task declared dead for missed heartbeats', zh: '任务因心跳缺失被判死' },
    meaning: { en: 'The task was declared dead because its heartbeats were missed', zh: '任务因缺失心跳被判定为死亡' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: "The scheduler declares the task dead for its heartbeat, and the task's own log shows the gap or that it went on",
        zh: '调度器因心跳判定任务死亡，而任务自身日志显示空白期或仍在继续',
      },
      provenance: ['workflow_engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'A task got SIGTERM although nobody touched it', zh: '无人操作，任务却收到 SIGTERM' }],
    refutedBy: [
      { en: 'The process was killed before the scheduler noticed', zh: '进程在调度器发现前已被杀死' },
      { en: 'A person set the state of the task', zh: '有人改动了任务状态' },
    ],
    remediations: [
      {
        statement: {
          en: 'Find why the worker stood still: CPU, memory, database; allow more time',
          zh: '查明 worker 停顿原因：CPU、内存、数据库；适当放宽时间',
        },
        settings: [
          'scheduler.scheduler_zombie_task_threshold',
          'scheduler.task_instance_heartbeat_timeout',
          'scheduler.job_heartbeat_sec',
        ],
        by: 'platform',
        section: 'find-why-the-worker-stood-still',
      },
      {
        statement: { en: 'Retry the task; make it safe to run twice', zh: '重试任务，并保证可重复执行' },
        settings: ['core.default_task_retries'],
        by: 'user',
        section: 'retry-the-task-safely',
      },
    ],
    standing: 'recorded',
    runbook: 'workflow-zombie-task',
  },
  {
    code: 'workflow.scheduler_heartbeat',
    title: { en: 'Workflow scheduler slow or hung', zh: '工作流调度器缓慢或挂起' },
    meaning: { en: 'The workflow scheduler is slow, hung or has exited', zh: '工作流调度器缓慢、挂起或已退出' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: "The scheduler's last heartbeat stands still in its health answer, and its log has no line in that time",
        zh: '健康检查中调度器最近心跳停滞，且该时段其日志无任何输出',
      },
      provenance: ['workflow_engine', 'kernel'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Runs stay queued while pools have free slots', zh: '资源池有空闲槽位，运行却一直排队' }],
    refutedBy: [
      { en: 'The heartbeat is recent and tasks of other workflows start', zh: '心跳正常，其他工作流的任务能启动' },
    ],
    remediations: [
      {
        statement: {
          en: 'Restart or relieve the scheduler; limit the active runs',
          zh: '重启或减轻调度器负载，限制活动运行数',
        },
        settings: [
          'scheduler.scheduler_health_check_threshold',
          'core.parallelism',
          'core.max_active_runs_per_dag',
          'celery.sync_parallelism',
        ],
        by: 'platform',
        section: 'restart-or-relieve-the-scheduler',
      },
      {
        statement: {
          en: 'Nothing in the workflow is wrong; wait for the scheduler',
          zh: '工作流本身没有问题，等待调度器恢复',
        },
        settings: [],
        by: 'user',
        section: 'wait-for-the-scheduler',
      },
    ],
    standing: 'recorded',
    runbook: 'workflow-scheduler-heartbeat',
  },
  {
    code: 'workflow.db_lock',
    title: { en: 'Metadata database locked', zh: '元数据库被锁' },
    meaning: {
      en: 'A lock, a dead-lock or missing connections of the metadata database hold it back',
      zh: '元数据库的锁、死锁或连接耗尽造成阻塞',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The database or the scheduler names the lock that is waited for and its holder, or that no connection is left',
        zh: '数据库或调度器指明等待的锁及持有者，或连接已用尽',
      },
      provenance: ['workflow_engine'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'Nothing is scheduled for any workflow, and the interface hangs', zh: '所有工作流都不被调度，界面也卡住' },
    ],
    refutedBy: [
      { en: 'The database answers quickly and holds no waiting lock', zh: '数据库响应很快，且没有等待中的锁' },
    ],
    remediations: [
      {
        statement: {
          en: 'End the transaction that holds the lock; size the connection pool',
          zh: '结束持锁的事务，并调整连接池',
        },
        settings: ['database.sql_alchemy_pool_size'],
        by: 'platform',
        section: 'end-the-holder-and-size-the-pool',
      },
      {
        statement: {
          en: 'Wait until the lock is released; a restart of the scheduler does not help',
          zh: '等待锁释放，重启调度器没有用',
        },
        settings: [],
        by: 'user',
        section: 'wait-until-the-lock-is-released',
      },
    ],
    standing: 'recorded',
    runbook: 'workflow-db-lock',
  },
  {
    code: 'workflow.state_changed_externally',
    title: { en: 'State of the task was changed from outside', zh: '任务状态被外部更改' },
    meaning: {
      en: 'The task was stopped because its state was changed in the database',
      zh: '任务因其状态在数据库中被更改而停止',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The event log names who set or cleared the state just before the task was stopped',
        zh: '事件日志指明任务停止前是谁设置或清除了状态',
      },
      provenance: ['workflow_engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: "The task's log says that its state was set externally", zh: '任务日志写明状态被外部设置' }],
    refutedBy: [
      { en: 'No such event exists and the scheduler changed the state itself', zh: '没有此类事件，是调度器自己更改的' },
    ],
    remediations: [
      {
        statement: { en: 'Ask the person who is named, then run the task again', zh: '询问记录中的操作人，再重跑任务' },
        settings: [],
        by: 'user',
        section: 'ask-the-person-then-run-again',
      },
      {
        statement: { en: 'Restrict who may change states of this workflow', zh: '限制可更改该工作流状态的人员' },
        settings: [],
        by: 'platform',
        section: 'restrict-who-may-change-states',
      },
    ],
    standing: 'unproven',
    runbook: 'workflow-state-changed-externally',
  },
  {
    code: 'workflow.dag_import_error',
    title: { en: 'Workflow file cannot be imported', zh: '工作流文件无法导入' },
    meaning: {
      en: 'The workflow file is missing or cannot be imported on the worker',
      zh: '工作流文件缺失或无法在 worker 上导入',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The list of import errors names the file and the exception, or the scheduler says that the workflow failed to parse',
        zh: '导入错误列表指明文件和异常，或调度器声明该工作流解析失败',
      },
      provenance: ['workflow_engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'The task fails at once without a log of its own, and the workflow vanished from the list',
        zh: '任务立即失败且没有自身日志，工作流从列表消失',
      },
    ],
    refutedBy: [{ en: 'All workflows vanish at once: look at the database', zh: '所有工作流同时消失：应检查数据库' }],
    remediations: [
      {
        statement: {
          en: 'Correct the import or roll the release back, then clear the task',
          zh: '修正导入或回滚发布，然后清除任务',
        },
        settings: ['core.dagbag_import_timeout'],
        by: 'user',
        section: 'correct-the-import-or-roll-back',
      },
      {
        statement: {
          en: 'Put the same files and packages on all workers before they are used',
          zh: '在使用前让所有 worker 具有相同文件和包',
        },
        settings: ['scheduler.dag_dir_list_interval'],
        by: 'platform',
        section: 'deploy-files-and-packages-first',
      },
    ],
    standing: 'recorded',
    runbook: 'workflow-dag-import-error',
  },
  {
    code: 'workflow.upstream_failed',
    title: { en: 'Upstream task failed or late', zh: '上游任务失败或延迟' },
    meaning: {
      en: 'The task did not run because an upstream task failed or was late',
      zh: '上游任务失败或延迟，导致本任务没有运行',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The state of the task says so, and the upstream task that failed is named',
        zh: '任务状态如此显示，且有失败的上游任务',
      },
      provenance: ['workflow_engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The task has no attempt and no log', zh: '任务没有尝试记录和日志' }],
    refutedBy: [{ en: 'The task itself ran and failed', zh: '任务自己运行过并失败' }],
    remediations: [
      {
        statement: {
          en: 'Mend the upstream task first; its cause is the cause',
          zh: '先修复上游任务：它的原因才是根因',
        },
        settings: [],
        by: 'user',
        section: 'mend-the-upstream-task-first',
      },
      {
        statement: { en: 'Alert the owner of the upstream task', zh: '通知上游任务的负责人' },
        settings: [],
        by: 'platform',
        section: 'alert-the-owner-of-the-upstream-task',
      },
    ],
    standing: 'unproven',
    runbook: 'workflow-upstream-failed',
  },
  {
    code: 'workflow.version_changed',
    title: { en: 'Another workflow version was run', zh: '运行了不同的工作流版本' },
    meaning: {
      en: 'The run used another snapshot of the workflow than the last good run, and that explains it',
      zh: '本次使用了与上次正常运行不同的工作流快照，且能解释问题',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The runs name different versions, and the difference of their sources touches what failed',
        zh: '两次运行的版本不同，且源码差异涉及失败之处',
      },
      provenance: ['workflow_engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'A release lies between the good and the failed run', zh: '正常与失败运行之间有过发布' }],
    refutedBy: [{ en: 'Both runs used the same version', zh: '两次运行版本相同' }],
    remediations: [
      {
        statement: { en: 'Correct or roll back what the new version changed', zh: '修正或回滚新版本的改动' },
        settings: [],
        by: 'user',
        section: 'correct-or-roll-back-the-version',
      },
      {
        statement: {
          en: 'Pin running workflows to the version they began with',
          zh: '让运行中的工作流固定在其起始版本',
        },
        settings: [],
        by: 'platform',
        section: 'pin-running-workflows-to-their-version',
      },
    ],
    standing: 'recorded',
    runbook: 'workflow-version-changed',
  },
  {
    code: 'workflow.event_missing',
    title: { en: 'Awaited event never came', zh: '等待的事件没有到来' },
    meaning: {
      en: 'The event or condition that should start the task never came',
      zh: '应触发任务的事件或条件始终没有出现',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The sensor's log names what it waited for and its time-out, and the storage shows that it is not there",
        zh: '传感器日志指明等待对象和超时，且存储显示其不存在',
      },
      provenance: ['workflow_engine', 'storage'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Downstream tasks never started', zh: '下游任务从未启动' }],
    refutedBy: [{ en: 'The awaited file or event existed before the time-out', zh: '超时前等待的文件或事件已存在' }],
    remediations: [
      {
        statement: {
          en: 'Ask the producer for the missing output, then clear the sensor',
          zh: '向生产方索取缺失产出，然后清除传感器任务',
        },
        settings: [],
        by: 'user',
        section: 'ask-the-producer-then-clear-the-sensor',
      },
      {
        statement: { en: 'Wait for longer when the producer is only late', zh: '若生产方只是延迟，放宽等待时间' },
        settings: [],
        by: 'user',
        section: 'wait-longer-for-a-late-producer',
      },
    ],
    standing: 'recorded',
    runbook: 'workflow-event-missing',
  },
  {
    code: 'workflow.backfill_order',
    title: { en: 'Back-fill out of order', zh: '回填顺序错误' },
    meaning: {
      en: 'A back-fill fed events out of order or with another feature version',
      zh: '回填以错误顺序或不同特征版本输入事件',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The records of the back-fill show dates or versions that overlap or overtake the regular runs',
        zh: '回填记录显示其日期或版本与常规运行重叠或抢先',
      },
      provenance: ['workflow_engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Results change after a back-fill without a change of code', zh: '回填后结果变化而代码未变' }],
    refutedBy: [{ en: 'No back-fill touched the dates in question', zh: '没有回填涉及这些日期' }],
    remediations: [
      {
        statement: {
          en: 'Run the back-fill in order, apart from the regular runs',
          zh: '按顺序回填，并与常规运行隔离',
        },
        settings: ['core.max_active_runs_per_dag'],
        by: 'user',
        section: 'back-fill-in-order-and-apart',
      },
      {
        statement: { en: 'Fix the feature version for each back-fill', zh: '为每次回填固定特征版本' },
        settings: [],
        by: 'platform',
        section: 'fix-the-version-for-each-back-fill',
      },
    ],
    standing: 'unproven',
    runbook: 'workflow-backfill-order',
  },
];
