import { shorten } from '../../evidence/shorten.ts';
import type { ExceptionLink, TextRecord } from '../../evidence/text-record.ts';
import type { Signature, SignatureMatch } from '../signature.ts';
import { cutExcerpt } from './cut-excerpt.ts';
import { ownFrame } from './own-frame.ts';
import { pythonTracebacks } from './python-traceback.ts';
import { present, wholeOf } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { OWN_STATE, OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

/** Of an error's own words so many are told; the evidence has all. */
const MOST_SAID = 200;

/** Python exceptions that only hand on what happened elsewhere. */
const PYTHON_WRAPPER =
  /(?:^|\.)(?:Py4J\w{1,30}|PythonException|Airflow(?:Exception|TaskTimeout|SensorTimeout|SkipException|RescheduleException|TaskTerminated)|CalledProcessError|AnalysisException|ParseException|SparkConnect\w{1,30}|IllegalArgumentException|StreamingQueryException|QueryExecutionException|SystemExit|KeyboardInterrupt|SparkUpgradeException|SparkRuntimeException|ArithmeticException|NumberFormatException|DateTimeException)$/;

/** Last lines of a Python traceback that speak of the world around the job: a peer that refused, is silent or has no address. */
const PYTHON_WORLD =
  /^(?:[\w.]{0,120}\.)?(?:Connection(?:Refused|Reset|Aborted)?Error|ConnectTimeout\w{0,8}|ReadTimeout\w{0,8}|gaierror|RemoteDisconnected|NoBrokersAvailable|ServerSelectionTimeoutError|NewConnectionError|MaxRetryError)\b|\[Errno (?:101|104|110|111|113)\]|^(?:TimeoutError|socket\.timeout): (?:timed out|The read operation timed out)|Can't connect to MySQL server|could not connect to server: /;

/** Java exceptions that speak of the world around the job, not of its code: other signatures know them. */
const NOT_THE_CODE =
  /^(?:java\.net\.|java\.nio\.(?:channels|file)\.|java\.util\.concurrent\.|java\.lang\.(?:InterruptedException|OutOfMemoryError|ClassNotFoundException|NoClassDefFoundError|NoSuchMethodError|UnsatisfiedLinkError|StackOverflowError)|javax\.net\.|org\.ietf\.jgss\.|javax\.security\.)|(?:AccessControl|SyncFailed|Communications|SQLTransient\w{0,40}|SQLRecoverable|SQLNonTransientConnection|Amazon\w{0,20}|S3|OSS|CosService|Timeout|Connect|UnknownHost|Socket)Exception$|SparkException$/;

const pythonProgram: Signature = {
  id: 'user-code/python-traceback',
  code: 'code.user_code',
  symptom: 'task_failed',
  literals: ['Traceback (most recent call last)'],
  observedFrom: OWN_STATE_AND_PROGRAM,
  rank: 50,
  seenIn: 'CPython 2.7-3.13; pyspark PythonException; captures yarn-023, flow-101, flow-131',
  match: matchPython,
};

function matchPython(record: TextRecord): SignatureMatch | null {
  const blame = pythonTracebacks(record.text).find(
    (one) => one.ownFrame !== undefined && !PYTHON_WRAPPER.test(one.className) && !PYTHON_WORLD.test(one.line),
  );
  if (!blame) return null;
  return {
    excerpt: cutExcerpt(record.text, blame.at, blame.at + blame.line.length),
    keys: { exceptionClass: blame.className },
    values: present({ exceptionClass: blame.className, frame: blame.ownFrame }),
    statement: {
      en: `The job's own Python code failed: ${shorten(blame.line, MOST_SAID)} (${blame.ownFrame})`,
      zh: `作业自己的 Python 代码出错：${shorten(blame.line, MOST_SAID)}（${blame.ownFrame}）`,
    },
  };
}

const javaProgram: Signature = {
  id: 'user-code/exception-in-own-frame',
  code: 'code.user_code',
  symptom: 'task_failed',
  literals: ['\n\tat ', '\n    at ', '\n        at ', '\n  at ', '\n\t\tat '],
  observedFrom: OWN_STATE_AND_PROGRAM,
  rank: 46,
  seenIn:
    'Java stack traces (JDK 8-21): the deepest cause thrown from a frame outside engine and language; capture flow-205',
  match: matchJava,
};

function matchJava(record: TextRecord): SignatureMatch | null {
  const root = record.exceptions.at(-1);
  if (!root || NOT_THE_CODE.test(root.className)) return null;
  const frame = ownFrame(root);
  if (!frame) return null;
  const line = lineOf(root);
  const at = record.text.indexOf(line);
  if (at === -1) return null;
  return {
    excerpt: cutExcerpt(record.text, at, at + line.length),
    keys: { exceptionClass: root.className },
    values: { exceptionClass: root.className, frame },
    statement: {
      en: `The job's own code failed: ${shorten(line, MOST_SAID)} at ${shorten(frame, MOST_SAID)}`,
      zh: `作业自己的代码出错：${shorten(line, MOST_SAID)}，位置 ${shorten(frame, MOST_SAID)}`,
    },
  };
}

function lineOf(link: ExceptionLink): string {
  const firstLine = link.message.split('\n', 1)[0] ?? '';
  return firstLine ? `${link.className}: ${firstLine}` : link.className;
}

/** Faults in the job's own code, and in how it uses the engine. */
export const USER_CODE_SIGNATURES: readonly Signature[] = [
  pythonProgram,
  javaProgram,
  statementSignature({
    id: 'user-code/python-error-alone',
    code: 'code.user_code',
    literals: [
      'ZeroDivisionError',
      'KeyError: ',
      'TypeError: ',
      'ValueError: ',
      'IndexError: ',
      'AttributeError: ',
      'NameError: ',
      'UnboundLocalError',
      'RecursionError',
      'IndentationError',
      'SyntaxError: ',
    ],
    pattern:
      /(?:^|\n)\s{0,8}(?<error>(?:ZeroDivision|Key|Type|Value|Index|Attribute|Name|UnboundLocal|Recursion|Indentation|Syntax)Error: [^\n]{1,300})/,
    unless: /Traceback \(most recent call last\)/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 44,
    inferredOnly: true,
    seenIn: 'CPython built-in exceptions',
    say: (groups) => ({ en: `A Python program failed: ${groups.error}`, zh: `Python 程序出错：${groups.error}` }),
  }),
  statementSignature({
    id: 'user-code/arguments-refused',
    code: 'code.user_code',
    symptom: 'attempt_failed',
    literals: [
      ': error: argument ',
      ': error: the following arguments are required',
      ': error: unrecognized arguments',
      'Error: Missing option ',
      'Error: Invalid value for ',
    ],
    pattern: [
      /(?:^|\n)(?<program>[\w.-]{1,120}): error: (?<why>(?:argument [^\n:]{1,80}: |the following arguments are required: |unrecognized arguments: )[^\n]{1,200})/,
      /(?:^|\n)Error: (?<why>(?:Missing option |Invalid value for )[^\n]{1,200})/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 72,
    seenIn: 'CPython argparse 2.7-3.13 and click (exit code 2); recorded on spark-submit 3.5.6',
    say: (groups) => ({
      en: `The program was started with arguments that it refuses: ${groups.why}`,
      zh: `程序拒绝了启动参数：${groups.why}`,
    }),
  }),
  statementSignature({
    id: 'user-code/user-class-threw',
    code: 'code.user_code',
    symptom: 'attempt_failed',
    literals: ['User class threw exception: '],
    pattern:
      /User class threw exception: (?<error>(?!org\.apache\.|java\.net\.|java\.io\.|java\.lang\.(?:OutOfMemory|NoClassDef|NoSuchMethod|ClassNotFound|Interrupted)|java\.util\.concurrent|java\.lang\.reflect)[\w.$]{3,200}[^\n]{0,300})/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 45,
    inferredOnly: true,
    seenIn: 'spark ApplicationMaster 1.x-4.x (final status message)',
    say: (groups) => ({ en: `The job's main class failed: ${groups.error}`, zh: `作业主类抛出异常：${groups.error}` }),
  }),
  statementSignature({
    id: 'user-code/udf-failed',
    code: 'code.user_code',
    symptom: 'task_failed',
    literals: ['ailed to execute user defined function', 'FAILED_EXECUTE_UDF'],
    pattern: [/\[FAILED_EXECUTE_UDF\][^\n]{0,300}/, /[Ff]ailed to execute user defined function[^\n]{0,200}/],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 47,
    seenIn: 'spark ScalaUDF 2.x-4.x',
    say: { en: 'A user-defined function of the job failed', zh: '作业的用户自定义函数出错' },
  }),
  statementSignature({
    id: 'user-code/not-serializable',
    code: 'code.user_code',
    literals: ['Task not serializable', 'NotSerializableException', 'object not serializable (class'],
    pattern: [
      /Task not serializable[\s\S]{0,4000}?NotSerializableException: (?<class>[\w.$]{1,200})/,
      /NotSerializableException: (?<class>[\w.$]{1,200})/,
      /object not serializable \(class: (?<class>[\w.$]{1,200})/,
      /Task not serializable/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 74,
    seenIn: 'spark ClosureCleaner 1.x-4.x',
    say: (groups) => ({
      en: `A function sent to the executors drags an object along that cannot be sent${groups.class ? `: ${groups.class}` : ''}`,
      zh: `发给 executor 的函数引用了不可序列化的对象${groups.class ? `：${groups.class}` : ''}`,
    }),
    read: (groups) => ({ values: present({ className: groups.class }) }),
  }),
  statementSignature({
    id: 'user-code/stack-overflow',
    code: 'code.user_code',
    literals: ['java.lang.StackOverflowError'],
    pattern: /StackOverflowError/,
    unless: /org\.apache\.spark\.sql\.catalyst/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 60,
    inferredOnly: true,
    seenIn: 'HotSpot; long lineages and deep recursion',
    say: {
      en: 'A recursion or a lineage without checkpoint grew too deep for the thread stack',
      zh: '递归或没有 checkpoint 的血缘过深，超出线程栈',
    },
  }),
  statementSignature({
    id: 'user-code/context-misused',
    code: 'code.user_code',
    literals: [
      'Only one SparkContext',
      'Cannot run multiple SparkContexts at once',
      'attempting to reference SparkContext from',
      'CONTEXT_ONLY_VALID_ON_DRIVER',
    ],
    pattern: [
      /Only one SparkContext (?:may|should) be running in this JVM|Cannot run multiple SparkContexts at once/,
      /attempting to reference SparkContext from a broadcast variable|\[CONTEXT_ONLY_VALID_ON_DRIVER\]/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 71,
    inferredOnly: true,
    seenIn: 'spark SparkContext, pyspark SparkContext.__getnewargs__ (SPARK-5063), ApplicationMaster 1.x-4.x',
    say: {
      en: 'The program uses its Spark context wrongly: two at once, or inside of a task',
      zh: '程序错误地使用 Spark 上下文：同时创建两个，或在任务里使用',
    },
  }),
  statementSignature({
    id: 'user-code/no-context-in-time',
    code: 'code.user_code',
    symptom: 'attempt_failed',
    literals: ['SparkContext did not initialize after waiting for', 'yarn.ApplicationMaster.runDriver('],
    // spark.yarn.am.waitTime is 100 s by default; what waits is always ApplicationMaster.runDriver.
    pattern: [
      /SparkContext did not initialize after waiting for (?<ms>\d{1,9}) ms/,
      /TimeoutException: Futures timed out after \[(?<ms>\d{1,9}) milliseconds\](?:\s{1,8}at [^\n]{1,300}){1,12}?\s{1,8}at org\.apache\.spark\.deploy\.yarn\.ApplicationMaster\.runDriver\(/,
    ],
    observedFrom: OWN_STATE,
    rank: 71,
    seenIn: 'spark ApplicationMaster.runDriver 1.x-4.x (recorded on 3.5.6)',
    say: (groups) => ({
      en: `In cluster mode the program had made no SparkContext after ${Math.round(Number(groups.ms) / 1000)} s: it did other work first, or never makes one`,
      zh: `cluster 模式下程序启动 ${Math.round(Number(groups.ms) / 1000)} 秒后仍未创建 SparkContext：先做了别的事，或根本没有创建`,
    }),
    read: (groups) => ({ values: present({ waitedMs: wholeOf(groups.ms) }) }),
  }),
  statementSignature({
    id: 'user-code/file-system-closed',
    code: 'code.user_code',
    literals: ['Filesystem closed'],
    pattern: /IOException: Filesystem closed/,
    unless: /ShutdownHook|shutdown hook|RECEIVED SIGNAL/i,
    observedFrom: [],
    rank: 41,
    inferredOnly: true,
    seenIn: 'hadoop DFSClient.checkOpen 1.x-3.x (also an effect of a process that is ending)',
    say: {
      en: 'The shared HDFS client was closed while it was still used: by the program itself, or because the process was ending',
      zh: '共享的 HDFS 客户端在仍被使用时被关闭：程序自己关的，或进程正在结束',
    },
  }),
];
