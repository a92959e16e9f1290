import { shorten } from '../../evidence/shorten.ts';
import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { statementSignature, symptomSignature } from './statement-signature.ts';
import { OWN_STATE, OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

/** What was seen on the surface, and what is known to be an effect: none of it is ever a root. */
export const SYMPTOM_SIGNATURES: readonly Signature[] = [
  symptomSignature({
    id: 'symptom/context-shut-down',
    symptom: 'job_failed',
    echo: true,
    literals: [
      'SparkContext was shut down',
      'methods on a stopped SparkContext',
      'sparkEnv is stopped',
      'Could not find CoarseGrainedScheduler',
      'Cannot find endpoint',
      '"sc" is null',
      'RpcEnv already stopped',
      'SparkContext has been shutdown',
    ],
    pattern:
      /(?:because )?SparkContext (?:was shut down|has been shutdown)|Cannot call methods on a stopped SparkContext|sparkEnv is stopped|Could not find CoarseGrainedScheduler|Cannot find endpoint: spark:\/\/CoarseGrainedScheduler|"sc" is null|RpcEnv already stopped/,
    observedFrom: OWN_STATE,
    rank: 48,
    seenIn: 'spark DAGScheduler, SparkContext, Dispatcher 1.x-4.x; captures yarn-023, flow-112',
    say: {
      en: 'Something still used the Spark context after it had been shut down: an effect of the end, not its cause',
      zh: 'Spark 上下文关闭之后仍被使用：这是结束的后果，不是原因',
    },
  }),
  symptomSignature({
    id: 'symptom/cancelled-with-the-stage',
    symptom: 'task_failed',
    echo: true,
    literals: [
      'Stage cancelled',
      'TaskKilled (Stage cancelled',
      'TaskKilled (killed intentionally',
      'TaskKilled (Stage finished',
      'reason: Stage cancelled',
    ],
    pattern:
      /TaskKilled \((?:Stage cancelled|killed intentionally|Stage finished)[^\n]{0,200}|reason: Stage cancelled|Killing all running tasks in stage \d{1,9}: Stage cancelled/,
    observedFrom: OWN_STATE,
    rank: 13,
    seenIn: 'spark TaskSchedulerImpl, Executor 2.x-4.x',
    say: {
      en: 'Tasks were stopped with their stage: an effect of its failure',
      zh: '任务随阶段一起被取消：是阶段失败的后果',
    },
  }),
  symptomSignature({
    id: 'symptom/stage-gave-up',
    symptom: 'stage_failed',
    literals: ['Job aborted due to stage failure', 'has failed the maximum allowable number of times', 'aborting job'],
    pattern:
      /(?:Task \d{1,9} in stage [\d.]{1,12} failed (?<tries>\d{1,4}) times|has failed the maximum allowable number of times: (?<attempts>\d{1,4})|Job aborted due to stage failure)/,
    observedFrom: OWN_STATE,
    rank: 15,
    seenIn: 'spark DAGScheduler, TaskSetManager 1.x-4.x',
    say: (groups) => ({
      en: `A stage gave up${groups.tries ? ` after one task had failed ${groups.tries} times` : ''}`,
      zh: `阶段放弃${groups.tries ? `：同一任务失败了 ${groups.tries} 次` : ''}`,
    }),
    read: (groups) => ({ values: present({ tries: wholeOf(groups.tries ?? groups.attempts) }) }),
  }),
  symptomSignature({
    id: 'symptom/task-lost',
    symptom: 'task_failed',
    literals: ['Lost task '],
    pattern: /Lost task \d{1,9}\.\d{1,4} in stage \d{1,9}\.\d{1,4} \(TID \d{1,12}/,
    observedFrom: OWN_STATE,
    rank: 12,
    seenIn: 'spark TaskSetManager 1.x-4.x',
    say: { en: 'A task failed', zh: '一个任务失败' },
  }),
  symptomSignature({
    id: 'symptom/executor-lost',
    symptom: 'executor_lost',
    literals: [
      'Lost executor ',
      'ExecutorLostFailure',
      'Rpc client disassociated',
      'RPC client disassociated',
      'Executor lost for unknown reasons',
      'Executor Process Lost',
      'Slave lost',
    ],
    pattern:
      /(?:Lost executor (?<executor>\d{1,7}) on (?<host>[\w.-]{1,253}): (?<why>[^\n]{0,200})|ExecutorLostFailure \(executor (?<executor2>\d{1,7})[^\n]{0,300}|[Rr]emote R[Pp][Cc] client disassociated)/,
    unless: /killed by driver|[Ee]xecutor decommission|after application shutdown/,
    observedFrom: OWN_STATE,
    rank: 22,
    seenIn: 'spark TaskSchedulerImpl, CoarseGrainedSchedulerBackend 1.x-4.x; questions q002, q003',
    say: (groups) => ({
      en: `Executor ${groups.executor ?? groups.executor2 ?? ''} was lost${groups.why ? `: ${shorten(groups.why, 120)}` : ''}`,
      zh: `executor ${groups.executor ?? groups.executor2 ?? ''} 丢失${groups.why ? `：${shorten(groups.why, 120)}` : ''}`,
    }),
    read: (groups) => ({ keys: present({ executorId: groups.executor ?? groups.executor2, host: groups.host }) }),
  }),
  symptomSignature({
    id: 'symptom/executor-released',
    symptom: 'executor_lost',
    echo: true,
    literals: [
      'killed by driver',
      'xecutor decommission',
      'after application shutdown',
      'exited from explicit termination request',
      'Container released by application',
    ],
    pattern:
      /Container released by application|Executor \d{1,7} on [\w.-]{1,253} killed by driver|Lost executor \d{1,7} on [\w.-]{1,253}: (?:Executor decommission|[^\n]{0,80}killed by driver)|after application shutdown|exited from explicit termination request/,
    observedFrom: OWN_STATE,
    rank: 23,
    seenIn: 'spark TaskSchedulerImpl, YarnAllocator 1.x-4.x; captures slow-012, question q014',
    say: { en: 'An executor was released on purpose: harmless', zh: 'executor 被主动释放：无害' },
  }),
  symptomSignature({
    id: 'symptom/yarn-event',
    symptom: 'executor_lost',
    literals: ['exited because of a YARN event'],
    pattern: /exited because of a YARN event \(e\.g\., pre-emption\)/,
    observedFrom: OWN_STATE,
    rank: 25,
    seenIn: 'spark YarnAllocator 2.x-4.x',
    say: {
      en: 'A container ended for a reason of YARN (it may be preemption, a lost node or a release), not by a fault of the job',
      zh: '容器因 YARN 事件结束（可能是抢占、节点丢失或释放），不是作业自身的错误',
    },
  }),
  symptomSignature({
    id: 'symptom/container-exited',
    symptom: 'container_exited',
    literals: [
      'Container killed on request',
      'Container exited with a non-zero exit code',
      'Exception from container-launch',
      'Container from a bad node',
      'Container marked as failed',
      'Exit code from container',
      'Command exited with code',
      'exited with  exitCode',
    ],
    pattern: [
      /Container (?:from a bad node|marked as failed): (?<container>container_\w{1,60}) on host: (?<host>[\w.-]{1,253})\. Exit status: (?<code>-?\d{1,5})/,
      /Exit code from container (?<container>container_\w{1,60}) is ?: ?(?<code>-?\d{1,5})/,
      /(?:exited with\s{1,3}exitCode:|non-zero exit code|Exit code is|Command exited with code) ?(?<code>-?\d{1,5})/,
      /Exception from container-launch/,
    ],
    observedFrom: OWN_STATE,
    rank: 21,
    seenIn: 'hadoop ContainerExecutor 2.x/3.x, spark YarnAllocator, Worker 1.x-4.x; question q019',
    say: (groups) => ({
      en: `A container ended with exit code ${groups.code ?? '?'}: ${exitWords(groups.code).en}`,
      zh: `容器以退出码 ${groups.code ?? '?'} 结束：${exitWords(groups.code).zh}`,
    }),
    read: (groups) => ({
      keys: present({ containerId: groups.container, host: groups.host }),
      values: present({ exitCode: wholeOf(groups.code) }),
    }),
  }),
  symptomSignature({
    id: 'symptom/asked-to-end',
    symptom: 'process_killed',
    echo: true,
    literals: ['RECEIVED SIGNAL'],
    pattern: /RECEIVED SIGNAL (?:TERM|\d{1,3}: SIGTERM|INT|HUP)/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 11,
    seenIn: 'spark SignalUtils, hadoop SignalLogger 1.x-4.x; captures yarn-004, slow-* (also at every normal end)',
    say: {
      en: 'A process was asked to end (SIGTERM): also normal at the end of an application; who asked is not said here',
      zh: '进程收到结束信号（SIGTERM）：应用正常结束时也会出现；这里没有说是谁发的',
    },
  }),
  symptomSignature({
    id: 'symptom/process-killed',
    symptom: 'process_killed',
    literals: [
      'signal 9 (SIGKILL)',
      'failed liveness probe',
      'return code -9',
      'Killed by external signal',
      ' Killed ',
      'exit code 137',
      'status 137',
    ],
    pattern:
      /return code -9\b|Killed by external signal|signal 9 \(SIGKILL\)|failed liveness probe|line \d{1,6}: {1,4}\d{1,10} Killed {1,20}|(?:exit code|status) 137\b/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 17,
    seenIn: 'bash, airflow, hadoop ContainerExecutor; captures flow-118, cache-201',
    say: {
      en: 'A process was killed by a signal; who sent it is not said here',
      zh: '进程被信号杀死；这里没有说是谁发的',
    },
  }),
  symptomSignature({
    id: 'symptom/connection-lost-after-death',
    symptom: 'process_killed',
    echo: true,
    literals: [
      'Connection reset by peer',
      'Broken pipe',
      'ClosedChannelException',
      'requests outstanding when connection from',
      'disassociated! Shutting down',
      'Driver terminated or disconnected',
    ],
    pattern:
      /Connection reset by peer|Broken pipe|ClosedChannelException|Still have \d{1,9} requests? outstanding when connection from|Driver \S{1,120} disassociated! Shutting down|Driver terminated or disconnected/,
    observedFrom: OWN_STATE,
    rank: 19,
    seenIn: 'netty, spark TransportResponseHandler, CoarseGrainedExecutorBackend, AMEndpoint 1.x-4.x; question q002',
    say: { en: 'A connection broke because the peer went away: an effect', zh: '对端消失导致连接断开：是后果' },
  }),
  statementSignature({
    id: 'symptom/page-of-an-ended-application',
    code: null,
    echo: true,
    literals: ['handleException /proxy/application_'],
    pattern:
      /handleException \/proxy\/(?<app>application_\d{13}_\d{4,10})\S{0,300} [^\n]{0,300}(?:Connection refused|timed out)/,
    observedFrom: OWN_STATE,
    rank: 61,
    seenIn: 'hadoop web proxy of the ResourceManager 3.x; captures yarn-017, yarn-019',
    say: {
      en: 'Somebody opened the page of an application whose driver had already ended: harmless',
      zh: '有人打开了一个 driver 已结束的应用的页面：无害',
    },
    read: (groups) => ({ keys: present({ applicationId: groups.app }) }),
  }),
  symptomSignature({
    id: 'symptom/java-gateway-gone',
    symptom: 'process_crashed',
    literals: [
      'JAVA_GATEWAY_EXITED',
      'Answer from Java side is empty',
      'Py4JNetworkError',
      'Error while sending or receiving',
      'Java gateway process exited before',
    ],
    pattern:
      /Answer from Java side is empty|\[JAVA_GATEWAY_EXITED\]|Py4JNetworkError[^\n]{0,160}|Java gateway process exited before sending its port number/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 27,
    seenIn: 'py4j 0.8-0.10, pyspark java_gateway',
    say: {
      en: 'The Python program lost the Java process of its driver, or it never started: look there',
      zh: 'Python 程序失去了 driver 的 Java 进程，或者它根本没启动：要看那一侧',
    },
  }),
  symptomSignature({
    id: 'symptom/application-failed',
    symptom: 'application_failed',
    literals: [
      'FAILED: Execution Error, return code',
      'finished with failed status',
      'Final app status: FAILED',
      'User application exited with status',
      'Application diagnostics message',
      'final status: FAILED',
      'Application has been killed. Reason',
    ],
    pattern:
      /FAILED: Execution Error, return code \d{1,6} from [\w.]{1,120}|finished with failed status|Final app status: FAILED[^\n]{0,60}|User application exited with (?:status )?(?<code>\d{1,3})|final status: FAILED|Application has been killed\. Reason: (?!Master removed our application: KILLED)[^\n]{0,160}/,
    observedFrom: OWN_STATE,
    rank: 10,
    seenIn: 'spark yarn Client, ApplicationMaster, StandaloneSchedulerBackend 1.x-4.x',
    say: { en: 'The application ended as failed', zh: '应用以失败结束' },
    read: (groups) => ({ values: present({ exitCode: wholeOf(groups.code) }) }),
  }),
];

const EXIT_WORDS: Readonly<Record<string, { en: string; zh: string }>> = {
  '1': { en: 'a general error, see its own output', zh: '一般错误，看它自己的输出' },
  '137': {
    en: 'killed by SIGKILL, by the kernel, the node manager or somebody',
    zh: '被 SIGKILL 强杀：内核、NodeManager 或某个人',
  },
  '143': {
    en: 'ended by SIGTERM: an ordinary stop, a memory check, preemption, or its own OnOutOfMemoryError option',
    zh: '被 SIGTERM 结束：正常停止、内存检查、抢占，或自身的 OnOutOfMemoryError 选项',
  },
};

function exitWords(code: string | undefined): { en: string; zh: string } {
  return (
    EXIT_WORDS[code ?? ''] ?? {
      en: 'its own output or the node manager says why',
      zh: '原因看它自己的输出或 NodeManager 日志',
    }
  );
}
