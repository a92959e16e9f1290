import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

const IN_WORKER =
  /pyspark[\w./\\-]{0,80}(?:worker|daemon|serializers|cloudpickle|shuffle)\.py|\bPythonException\b|\bLost task \d/;
const DAG_FILE = /airflow[\w./-]{0,80}dagbag\.py|\bFailed to import: |\bBroken DAG/;

/** Python beside the JVM: its memory, its version, its packages. */
export const PYTHON_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'python/memory-error',
    code: 'memory.python_worker',
    literals: ['MemoryError', '[Errno 12]'],
    pattern: [
      /(?:^|[\s'"`(])(?:[\w.]{1,80}\.)?_?(?:Array)?MemoryError\b(?:: (?<what>[^\n]{0,200}))?/,
      /ArrowMemoryError: (?<what>[^\n]{0,200})/,
      /OSError: \[Errno 12\] Cannot allocate memory/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 84,
    seenIn: 'CPython 2.7-3.13, numpy _ArrayMemoryError, pyarrow ArrowMemoryError',
    say: {
      en: 'A Python process ran out of memory (MemoryError): it lives outside the Java heap',
      zh: 'Python 进程内存耗尽（MemoryError）：它在 Java 堆之外',
    },
  }),
  statementSignature({
    id: 'python/worker-vanished',
    code: 'memory.python_worker',
    symptom: 'task_failed',
    literals: ['Python worker exited unexpectedly', 'Python worker process terminated'],
    pattern: /Python worker (?:exited unexpectedly(?: \(crashed\))?|process terminated[^\n]{0,80})/,
    observedFrom: [],
    rank: 34,
    inferredOnly: true,
    seenIn: 'spark PythonRunner 1.x-4.x (any death without a traceback, EOFException below it); question q007',
    say: {
      en: 'A Python worker died without a Python traceback: killed for memory, or crashed in a native library',
      zh: 'Python worker 没有留下 Python 堆栈就死了：可能因内存被杀，也可能在原生库里崩溃',
    },
  }),
  statementSignature({
    id: 'python/fatal-error',
    code: 'code.native_crash',
    literals: ['Fatal Python error: '],
    pattern: /Fatal Python error: (?<what>[^\n]{1,120})/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 87,
    seenIn: 'CPython faulthandler (spark.python.worker.faulthandler.enabled, 3.2+)',
    say: (groups) => ({
      en: `The Python interpreter itself crashed: ${groups.what}`,
      zh: `Python 解释器自身崩溃：${groups.what}`,
    }),
  }),
  statementSignature({
    id: 'python/version-mismatch',
    code: 'dependency.python_env',
    literals: [
      'Python in worker has different version',
      'PYTHON_VERSION_MISMATCH',
      'unsupported pickle protocol',
      'an integer is required (got type bytes)',
      'code() takes at most',
      'code() argument 13 must be str',
    ],
    pattern: [
      /Python in worker has different version:? (?<worker>[\d.(), ]{1,20}?) than that in driver:? (?<driver>[\d.(), ]{1,20}?)[,.] ?PySpark/,
      /Python in worker has different version[^\n]{0,120}/,
      /\[PYTHON_VERSION_MISMATCH\][^\n]{0,160}/,
      /ValueError: unsupported pickle protocol: \d/,
      /TypeError: (?:an integer is required \(got type bytes\)|code\(\) (?:takes at most|argument 13))[^\n]{0,80}/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 86,
    seenIn: 'pyspark worker.py 1.4-4.x; pyspark 2.x cloudpickle under Python 3.8+',
    say: (groups) => ({
      en: `Driver and workers run different Python versions${groups.worker ? ` (worker ${groups.worker}, driver ${groups.driver})` : ''}, or one that this PySpark does not know`,
      zh: `driver 与 worker 的 Python 版本不同${groups.worker ? `（worker ${groups.worker}，driver ${groups.driver}）` : ''}，或该版本不被这个 PySpark 支持`,
    }),
    read: (groups) => ({
      values: present({ workerVersion: groups.worker, driverVersion: groups.driver }),
      ...(groups.worker ? { completeStatement: 'python_version_mismatch' } : {}),
    }),
  }),
  statementSignature({
    id: 'python/module-missing',
    code: 'dependency.python_env',
    literals: ['ModuleNotFoundError', 'ImportError: '],
    pattern: [
      /ModuleNotFoundError: No module named '?(?<module>[\w.]{1,120})/,
      /ImportError: No module named '?(?<module>[\w.]{1,120})/,
      /ImportError: cannot import name '?(?<module>[\w.]{1,120})[^\n]{0,200}/,
      /ImportError: (?!No module|cannot import)[^\n]{1,200}/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 78,
    seenIn: 'CPython 2 (ImportError) and 3.6+ (ModuleNotFoundError)',
    say: { en: 'A Python module is missing', zh: '缺少 Python 模块' },
    read: moduleMissing,
  }),
  statementSignature({
    id: 'python/interpreter-missing',
    code: 'dependency.python_env',
    literals: ['Cannot run program', 'Python worker failed to connect back', 'must be installed; however'],
    pattern: [
      /Cannot run program "(?<program>[^"\n]{0,200}python[^"\n]{0,40})"[^\n]{0,200}(?:error=2,|error=13,|No such file)/,
      /Python worker failed to connect back/,
      /(?<program>[Pp]y[Aa]rrow|[Pp]andas|grpcio[\w-]{0,20}|protobuf) >= ?[\d.]{1,12} must be installed; however/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 80,
    seenIn: 'java.lang.ProcessBuilder; spark PythonWorkerFactory 2.x-4.x; pyspark require_minimum_*_version',
    say: (groups) => ({
      en: `The Python environment of the process does not fit${groups.program ? `: ${groups.program} is absent or too old there` : ': its worker could not start'}`,
      zh: `该进程的 Python 环境不合适${groups.program ? `：${groups.program} 在那里不存在或太旧` : '：worker 无法启动'}`,
    }),
    read: (groups) => ({ values: present({ program: groups.program }) }),
  }),
];

function moduleMissing(groups: Groups, record: TextRecord): Details | null {
  if (DAG_FILE.test(record.text)) return null;
  const name = groups.module ? ` "${groups.module}"` : '';
  const onWorker = IN_WORKER.test(record.text);
  return {
    values: present({ module: groups.module, where: onWorker ? 'worker' : 'driver' }),
    ...(onWorker ? {} : { responsibility: 'user' as const }),
    statement: onWorker
      ? {
          en: `The Python environment of the workers lacks a module or has another version of it${name}`,
          zh: `worker 的 Python 环境缺少模块或版本不同${name}`,
        }
      : {
          en: `The Python program could not import a module${name}: its own environment lacks it or has another version`,
          zh: `Python 程序无法导入模块${name}：它自己的环境里没有或版本不同`,
        },
  };
}
