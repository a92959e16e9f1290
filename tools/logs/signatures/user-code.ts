import type { ExceptionLink, TextRecord } from '../../evidence/text-record.ts';
import type { Signature, SignatureMatch } from '../signature.ts';
import { cutExcerpt } from './cut-excerpt.ts';
import { ownFrame } from './own-frame.ts';
import { pythonTracebacks } from './python-traceback.ts';
import { present, wholeOf } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { OWN_STATE, OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

/** Python exceptions that only hand on what happened elsewhere. */
const PYTHON_WRAPPER =
  /(?:^|\.)(?:Py4J\w{1,30}|PythonException|Airflow(?:Exception|TaskTimeout|SensorTimeout|SkipException|RescheduleException|TaskTerminated)|CalledProcessError|AnalysisException|ParseException|SparkConnect\w{1,30}|IllegalArgumentException|StreamingQueryException|QueryExecutionException|SystemExit|KeyboardInterrupt|SparkUpgradeException|SparkRuntimeException|ArithmeticException|NumberFormatException|DateTimeException)$/;

/** Java exceptions that speak of the world around the job, not of its code: other signatures know them. */
const NOT_THE_CODE =
  /^(?:java\.net\.|java\.nio\.(?:channels|file)\.|java\.util\.concurrent\.|java\.lang\.(?:InterruptedException|OutOfMemoryError|ClassNotFoundException|NoClassDefFoundError|NoSuchMethodError|UnsatisfiedLinkError|StackOverflowError)|javax\.net\.|org\.ietf\.jgss\.|javax\.security\.)|(?:AccessControl|Communications|SQLTransient\w{0,40}|SQLRecoverable|SQLNonTransientConnection|Amazon\w{0,20}|S3|OSS|CosService|Timeout|Connect|UnknownHost|Socket)Exception$|SparkException$/;

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
    (one) => one.ownFrame !== undefined && !PYTHON_WRAPPER.test(one.className),
  );
  if (!blame) return null;
  return {
    excerpt: cutExcerpt(record.text, blame.at, blame.at + blame.line.length),
    keys: { exceptionClass: blame.className },
    values: present({ exceptionClass: blame.className, frame: blame.ownFrame }),
    statement: {
      en: `The job's own Python code failed: ${shorten(blame.line)} (${blame.ownFrame})`,
      zh: `作业自己的 Python 代码出错:${shorten(blame.line)}(${blame.ownFrame})`,
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
      en: `The job's own code failed: ${shorten(line)} at ${shorten(frame)}`,
      zh: `作业自己的代码出错:${shorten(line)},位置 ${shorten(frame)}`,
    },
  };
}

function lineOf(link: ExceptionLink): string {
  const firstLine = link.message.split('\n', 1)[0] ?? '';
  return firstLine ? `${link.className}: ${firstLine}` : link.className;
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
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
    say: (groups) => ({ en: `A Python program failed: ${groups.error}`, zh: `Python 程序出错:${groups.error}` }),
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
    say: (groups) => ({ en: `The job's main class failed: ${groups.error}`, zh: `作业主类抛出异常:${groups.error}` }),
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
      zh: `发给 executor 的函数引用了不可序列化的对象${groups.class ? `:${groups.class}` : ''}`,
    }),
    read: (groups) => ({ values: present({ className: groups.class }) }),
  }),
  statementSignature({
    id: 'user-code/query-invalid',
    code: 'code.user_code',
    symptom: 'application_failed',
    literals: [
      'AnalysisException',
      'ParseException',
      'UNRESOLVED_COLUMN',
      'UNRESOLVED_ROUTINE',
      'cannot resolve',
      'PARSE_SYNTAX_ERROR',
      'DATATYPE_MISMATCH',
      'AMBIGUOUS_REFERENCE',
      'MISSING_AGGREGATION',
      'SemanticException',
      'Undefined function',
    ],
    pattern: [
      /\[(?<error>UNRESOLVED_(?:COLUMN|ROUTINE|FIELD)[\w.]{0,60}|PARSE_SYNTAX_ERROR|DATATYPE_MISMATCH[\w.]{0,60}|AMBIGUOUS_REFERENCE|MISSING_AGGREGATION|AMBIGUOUS_COLUMN\w{0,40}|COLUMN_ALREADY_EXISTS|NUM_COLUMNS_MISMATCH|WRONG_NUM_ARGS[\w.]{0,40})\][^\n]{0,300}/,
      /cannot resolve '?`?(?<error>[^\n]{1,120}?)'? given input columns/,
      /(?:AnalysisException|SemanticException|ParseException)[^\n]{0,60}(?<error>(?:Column '?\S{1,120} does not exist|Reference '\S{1,120}' is ambiguous|Undefined function|mismatched input|extraneous input|no viable alternative|Invalid table alias or column|neither present in the group by|Found duplicate column|Invalid function|due to data type mismatch)[^\n]{0,160})/,
      /ParseException: ?\n(?<error>[^\n]{1,160})/,
      /(?<error>Undefined function: [^\n]{1,120})/,
    ],
    unless: /PATH_NOT_FOUND|Path does not exist|TABLE_OR_VIEW_NOT_FOUND/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 68,
    seenIn: 'spark analyzer and parser 2.x (text) and 3.3+ (error classes), hive SemanticAnalyzer',
    say: (groups) => ({
      en: `The query itself is not valid: ${groups.error}`,
      zh: `查询语句本身不成立:${groups.error}`,
    }),
  }),
  statementSignature({
    id: 'user-code/implicit-cross-product',
    code: 'code.inefficient_plan',
    literals: ['implicit cartesian product', 'UNSUPPORTED_CARTESIAN', 'java.lang.StackOverflowError'],
    pattern: [
      /Detected implicit cartesian product/,
      /StackOverflowError[\s\S]{0,2500}?org\.apache\.spark\.sql\.catalyst/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 72,
    seenIn: 'spark CheckCartesianProducts 2.x-4.x; StackOverflowError in catalyst trees (plans built in loops)',
    say: {
      en: 'The plan itself is the problem: a join without a condition, or a plan grown too deep by a loop',
      zh: '问题在执行计划本身:没有条件的连接,或者循环把计划堆得过深',
    },
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
      zh: '递归或没有 checkpoint 的血缘过深,超出线程栈',
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
      zh: '程序错误地使用 Spark 上下文:同时创建两个,或在任务里使用',
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
      zh: `cluster 模式下程序启动 ${Math.round(Number(groups.ms) / 1000)} 秒后仍未创建 SparkContext:先做了别的事,或根本没有创建`,
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
      zh: '共享的 HDFS 客户端在仍被使用时被关闭:程序自己关的,或进程正在结束',
    },
  }),
];
