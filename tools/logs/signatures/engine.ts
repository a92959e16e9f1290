import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { JVM_ITSELF, OWN_STATE, OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

/** Crashes of native code, defects of the engine, and behaviour that changed with a version. */
export const ENGINE_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'engine/jvm-crashed',
    code: 'code.native_crash',
    symptom: 'process_crashed',
    literals: [
      'A fatal error has been detected by the Java Runtime Environment',
      'Problematic frame:',
      'SIGSEGV',
      'SIGBUS',
      'SIGILL',
      'SIGABRT',
      'Segmentation fault',
      'hs_err_pid',
    ],
    pattern: [
      /(?<signal>SIGSEGV|SIGBUS|SIGILL|SIGFPE) \(0x[0-9a-f]{1,4}\) at pc=(?:[^\n,]{0,60}, pid=(?<pid>\d{1,9}))?[^\n]{0,200}(?:[\s\S]{0,1200}?Problematic frame:\n#? ?(?<frame>[^\n]{1,200}))?/,
      /A fatal error has been detected by the Java Runtime Environment/,
      /Segmentation fault(?: \(core dumped\))?/,
    ],
    unless: /insufficient memory for the Java Runtime/,
    observedFrom: JVM_ITSELF,
    rank: 86,
    seenIn: 'HotSpot vmError.cpp JDK 8-21 (hs_err, stdout), shells',
    say: (groups) => ({
      en: `Native code crashed the process${groups.signal ? ` (${groups.signal}` : ''}${groups.frame ? `, in ${groups.frame.trim()}` : ''}${groups.signal ? ')' : ''}`,
      zh: `原生代码使进程崩溃${groups.signal ? `（${groups.signal}` : ''}${groups.frame ? `，位于 ${groups.frame.trim()}` : ''}${groups.signal ? '）' : ''}`,
    }),
    read: (groups) => ({
      keys: present({ pid: wholeOf(groups.pid) }),
      values: present({ signal: groups.signal, frame: groups.frame?.trim() }),
      ...(/^C {1,4}\[(?!libjvm)/.test(groups.frame?.trim() ?? '') ? { completeStatement: 'hs_err_native_frame' } : {}),
    }),
  }),
  statementSignature({
    id: 'engine/crash-exit-code',
    code: 'code.native_crash',
    symptom: 'container_exited',
    literals: ['139', '134'].flatMap((code) => [
      `xit code ${code}`,
      `xit code: ${code}`,
      `xit status: ${code}`,
      `xitCode: ${code}`,
      `xit code is ${code}`,
      ` is : ${code}`,
      `with code ${code}`,
    ]),
    pattern: [
      /(?:[eE]xit (?:status|code)(?: is)?:?|exitCode:|exited with (?:exit )?code:?) (?<code>139|134)\b/,
      /[eE]xit code from container \S{1,80} is ?: ?(?<code>139|134)\b/,
    ],
    observedFrom: [],
    rank: 54,
    inferredOnly: true,
    seenIn: '128 + SIGSEGV / SIGABRT; spark ExecutorExitCode; platform-texts-and-interfaces.md C4, C5',
    say: (groups) => ({
      en: `A process ended with ${groups.code}: ${groups.code === '139' ? 'a segmentation fault' : 'it aborted itself'} in native code (its hs_err file names the library)`,
      zh: `进程以 ${groups.code} 结束：原生代码${groups.code === '139' ? '段错误' : '主动中止'}（hs_err 文件会写明是哪个库）`,
    }),
    read: (groups) => ({ values: { exitCode: Number(groups.code) } }),
  }),
  statementSignature({
    id: 'engine/internal-error',
    code: 'code.engine_bug',
    literals: [
      'INTERNAL_ERROR',
      'You hit a bug in Spark',
      "Couldn't find ",
      'Failed to compile: ',
      'Comparison method violates its general contract',
      'is not safe for multi-threaded access',
    ],
    pattern: [
      // Of the classes by layer (3.4+) most say that a peer, a disk or an executor went away: no defect of the engine.
      /\[INTERNAL_ERROR(?!_(?:NETWORK|SHUFFLE|STORAGE|EXECUTOR|BROADCAST|MEMORY)\b)\w{0,60}\][^\n]{0,300}/,
      /You hit a bug in Spark/,
      /Couldn't find [\w.]{1,80}#\d{1,9}L? in \[/,
      /[Ff]ailed to compile: org\.codehaus\.(?:commons\.compiler|janino)[^\n]{0,200}/,
      /Comparison method violates its general contract/,
      /KafkaConsumer is not safe for multi-threaded access/,
    ],
    unless: /Whole-stage codegen disabled for plan|falling? ?back/i,
    observedFrom: OWN_STATE,
    rank: 63,
    inferredOnly: true,
    seenIn: 'spark QueryExecution.toInternalError 3.3+, BindReferences, CodeGenerator 2.x-4.x, java.util.TimSort',
    say: {
      en: 'The engine failed in its own internals: a defect known by this text, to be checked against its version',
      zh: '引擎内部出错：从文字看是引擎缺陷，需对照版本核实',
    },
  }),
  statementSignature({
    id: 'engine/code-generation-fell-back',
    code: null,
    echo: true,
    literals: ['Whole-stage codegen disabled for plan', 'grows beyond 64 KB'],
    pattern: /Whole-stage codegen disabled for plan|grows beyond 64 KB/,
    observedFrom: OWN_STATE,
    rank: 7,
    seenIn: 'spark WholeStageCodegenExec 2.x-4.x',
    say: {
      en: 'Generated code was too large and the engine went on without it: slower, not wrong',
      zh: '生成的代码过大，引擎改用非编译方式继续：更慢，但结果不受影响',
    },
  }),
  statementSignature({
    id: 'engine/strict-arithmetic',
    code: 'code.engine_upgrade',
    literals: [
      'spark.sql.ansi.enabled',
      'DIVIDE_BY_ZERO',
      'CAST_INVALID_INPUT',
      'CAST_OVERFLOW',
      'ARITHMETIC_OVERFLOW',
      'INVALID_ARRAY_INDEX',
      'NUMERIC_VALUE_OUT_OF_RANGE',
    ],
    pattern: [
      /\[(?<error>DIVIDE_BY_ZERO|CAST_INVALID_INPUT|CAST_OVERFLOW\w{0,30}|ARITHMETIC_OVERFLOW|INVALID_ARRAY_INDEX\w{0,30}|NUMERIC_VALUE_OUT_OF_RANGE[\w.]{0,40}|INTERVAL_ARITHMETIC_OVERFLOW[\w.]{0,40})\][^\n]{0,400}/,
      /set "?spark\.sql\.ansi\.enabled"? to "?false"?[^\n]{0,80}bypass this error/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 70,
    inferredOnly: true,
    seenIn: 'spark QueryExecutionErrors 3.2-4.x (ANSI mode is the default since 4.0; spark-diagnosis.md b10)',
    say: (groups) => ({
      en: `A value that used to become NULL now fails (${groups.error ?? 'ANSI mode'}): strict SQL is on, the default since Spark 4.0`,
      zh: `过去会得到 NULL 的值现在报错（${groups.error ?? 'ANSI 模式'}）：启用了严格 SQL，Spark 4.0 起为默认`,
    }),
    read: (groups) => ({ values: present({ errorClass: groups.error }) }),
  }),
  statementSignature({
    id: 'engine/behaviour-changed',
    code: 'code.engine_upgrade',
    literals: [
      'You may get a different result due to the upgrading',
      'INCONSISTENT_BEHAVIOR_CROSS_VERSION',
      'was removed in the version',
      'to restore the',
      'restore the behavior before Spark',
      'SparkUpgradeException',
    ],
    pattern: [
      /You may get a different result due to the upgrading to(?: Spark)? ?(?:>= ?)?(?<version>[\d.]{1,8})?/,
      /\[INCONSISTENT_BEHAVIOR_CROSS_VERSION[\w.]{0,80}\]/,
      /The SQL config '(?<key>spark\.[\w.]{1,120})' was removed in the version (?<version>[\d.]{1,8})/,
      /set "?(?<key>spark\.sql\.legacy\.[\w.]{1,120})"? (?:to|as) "?\w{1,20}"? to restore the (?:legacy )?behaviou?r/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 82,
    seenIn: 'spark SparkUpgradeException 3.0-4.x, SQLConf.removedSQLConfigs',
    say: (groups) => ({
      en: `The engine says itself that its behaviour changed with a version${groups.version ? ` (${groups.version})` : ''}${groups.key ? `: ${groups.key}` : ''}`,
      zh: `引擎自己说明：行为随版本改变${groups.version ? `（${groups.version}）` : ''}${groups.key ? `：${groups.key}` : ''}`,
    }),
    read: (groups) => ({ values: present({ version: groups.version, key: groups.key }) }),
  }),
];
