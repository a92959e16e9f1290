import type { Cause } from './cause.ts';

/** Causes in the code of the job or of the engine. */
export const CODE_CAUSES: readonly Cause[] = [
  {
    code: 'code.inefficient_plan',
    title: { en: 'Inefficient plan or code path', zh: '低效的执行计划或代码写法' },
    meaning: {
      en: 'The plan or code does work that is not needed: collect, cross product, bad join, full listing, row-wise Python',
      zh: '计划或代码做了不必要的工作：collect、笛卡尔积、不当联接、全量列举、逐行 Python',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The plan or the driver's gaps show the step that takes the time, and the usual run does without it",
        zh: '执行计划或 Driver 空档显示耗时步骤，而平时的运行没有这一步',
      },
      provenance: ['engine'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'The driver computes alone while all executors are idle', zh: 'Driver 独自计算，所有 Executor 空闲' },
    ],
    refutedBy: [
      { en: 'The usual run has the same plan and code at the same input', zh: '平时的运行在相同输入下计划和代码相同' },
    ],
    remediations: [
      {
        statement: {
          en: 'Leave the work to the engine: native expressions and joins instead of loops, collect and row-wise functions',
          zh: '把工作交给引擎：用原生表达式和联接代替循环、collect 和逐行函数',
        },
        settings: ['spark.sql.execution.arrow.pyspark.enabled'],
        by: 'user',
        section: 'leave-the-work-to-the-engine',
      },
      {
        statement: {
          en: 'Choose a join that fits: broadcast the small side, avoid the cross product',
          zh: '选择合适的联接：广播小表，避免笛卡尔积',
        },
        settings: ['spark.sql.autoBroadcastJoinThreshold'],
        by: 'user',
        section: 'choose-a-join-that-fits',
      },
    ],
    standing: 'recorded',
    runbook: 'code-inefficient-plan',
  },
  {
    code: 'code.user_code',
    title: { en: "Fault in the job's own code", zh: '作业自身代码错误' },
    meaning: { en: "A fault in the job's own code, resource leaks included", zh: '作业自身代码有错，包括资源泄漏' },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The deepest exception is thrown by a line of the job's own code, and it comes before every other failure",
        zh: '最深层异常由作业自身代码抛出，且早于其他所有失败',
      },
      provenance: ['engine', 'user_process', 'workflow_engine', 'jvm'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'The failure follows the release of the job, on all hosts alike',
        zh: '失败随作业发布出现，所有主机都一样',
      },
    ],
    refutedBy: [
      {
        en: 'The deepest exception is thrown by the engine or a service because of something outside the job',
        zh: '最深层异常由引擎或服务因作业之外的原因抛出',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Correct the line that the traceback names, and guard it against such input',
          zh: '修正 traceback 指出的代码行，并对此类输入加保护',
        },
        settings: [],
        by: 'user',
        when: 'failure',
        section: 'correct-the-line-that-fails',
      },
      {
        statement: {
          en: 'Give that work more processes, or do less of it in the loop: prepare the data once and read the result',
          zh: '给这部分工作更多进程，或在循环里少做：数据预先处理一次，之后直接读取结果',
        },
        settings: [],
        by: 'user',
        when: 'slowness',
        section: 'do-less-in-the-loop-or-add-processes',
      },
      {
        statement: {
          en: 'Release what the code opens: sessions, clients, threads',
          zh: '释放代码打开的资源：会话、客户端、线程',
        },
        settings: [],
        by: 'user',
        when: 'failure',
        section: 'release-what-the-code-opens',
      },
    ],
    standing: 'recorded',
    runbook: 'code-user-code',
  },
  {
    code: 'code.native_crash',
    title: { en: 'Native library crashed the process', zh: '本地库导致进程崩溃' },
    meaning: { en: 'A native library crashed the process', zh: '本地库导致进程崩溃' },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The JVM's crash report names a native frame of a library, or the kernel logs the segmentation fault with it",
        zh: 'JVM 崩溃报告指明某本地库的栈帧，或内核记录了该库的段错误',
      },
      provenance: ['jvm', 'kernel'],
      completeStatements: ['hs_err_native_frame'],
    },
    suggestedBy: [{ en: 'Exit code 134 or 139 without a Java exception', zh: '退出码 134 或 139，且没有 Java 异常' }],
    refutedBy: [{ en: 'The process was killed by a signal from outside', zh: '进程被外部信号杀死' }],
    remediations: [
      {
        statement: {
          en: 'Update or replace the native library, or switch its use off',
          zh: '更新或替换该本地库，或停用它',
        },
        settings: ['spark.python.worker.faulthandler.enabled'],
        by: 'user',
        section: 'update-replace-or-switch-off-the-library',
      },
      {
        statement: { en: 'Keep the crash reports of containers', zh: '保留容器的崩溃报告' },
        settings: ['-XX:ErrorFile'],
        by: 'platform',
        section: 'keep-the-crash-reports',
      },
    ],
    standing: 'recorded',
    runbook: 'code-native-crash',
  },
  {
    code: 'code.engine_bug',
    title: { en: 'Defect of the engine or platform', zh: '引擎或平台缺陷' },
    meaning: { en: 'A defect of the engine or platform itself', zh: '引擎或平台自身的缺陷' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The failure matches a published defect of the version in use, in text, version and conditions',
        zh: '故障在报文、版本和条件上与所用版本的已公开缺陷一致',
      },
      provenance: ['engine', 'jvm', 'shuffle_service'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'An internal error or assertion of the engine without any code of the job on the stack',
        zh: '引擎内部错误或断言，栈中没有作业代码',
      },
    ],
    refutedBy: [{ en: "The deepest exception is thrown by the job's own code", zh: '最深层异常由作业自身代码抛出' }],
    remediations: [
      {
        statement: { en: 'Upgrade to the version with the correction', zh: '升级到已修复的版本' },
        settings: [],
        by: 'platform',
        section: 'upgrade-to-the-corrected-version',
      },
      {
        statement: { en: 'Avoid the condition of the defect until then', zh: '在此之前避开触发该缺陷的条件' },
        settings: [],
        by: 'user',
        section: 'avoid-the-condition-until-then',
      },
    ],
    standing: 'unproven',
    runbook: 'code-engine-bug',
  },
  {
    code: 'code.engine_upgrade',
    title: { en: 'Behaviour changed with an engine upgrade', zh: '引擎升级改变了行为' },
    meaning: { en: 'A behaviour or default changed with an engine upgrade', zh: '引擎升级后行为或默认值发生变化' },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The versions of the two runs differ, and the default or behaviour that explains the change is one that the new version altered',
        zh: '两次运行版本不同，且解释变化的默认值或行为正是新版本改动之处',
      },
      provenance: ['engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The change came with the first run on the new version', zh: '变化始于新版本上的首次运行' }],
    refutedBy: [
      { en: 'Runs on the new version were as good as before', zh: '新版本上的运行与以前一样好' },
      { en: 'Input or settings changed as well and explain it', zh: '输入或配置也有变化且足以解释' },
    ],
    remediations: [
      {
        statement: {
          en: 'Set the behaviour of the old version explicitly where the job relies on it',
          zh: '在作业依赖旧行为之处显式设置',
        },
        settings: ['spark.sql.ansi.enabled', 'spark.sql.legacy.timeParserPolicy', 'spark.sql.adaptive.enabled'],
        by: 'user',
        section: 'set-the-old-behaviour-explicitly',
      },
      {
        statement: { en: 'Announce changed defaults with the upgrade', zh: '升级时公告变更的默认值' },
        settings: [],
        by: 'platform',
        section: 'announce-changed-defaults',
      },
    ],
    standing: 'recorded',
    runbook: 'code-engine-upgrade',
  },
];
