import { shorten } from '../../evidence/shorten.ts';
import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

const NAME = '[\\w.$/]{1,300}';

/** Classes, jars and native libraries: absent, or there in a version that does not fit. */
export const CLASS_PATH_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'class-path/member-missing',
    code: 'dependency.version_conflict',
    literals: [
      'requires Jackson Databind version',
      'Incompatible Jackson version',
      ' cannot be cast to ',
      'NoSuchMethodError',
      'NoSuchFieldError',
      'IncompatibleClassChangeError',
      'AbstractMethodError',
      'IllegalAccessError',
      'VerifyError',
      'loader constraint violation',
      'InaccessibleObjectException',
    ],
    pattern: [
      /(?<member>Scala module [\d.]{1,12} requires Jackson Databind version[^\n]{0,80}|Incompatible Jackson version: [^\n]{1,80})/,
      /(?<![\w.$])(?<member>[\w$]{1,60}(?:\.[\w$]{1,80}){1,12}) cannot be cast to (?:class )?\k<member>(?![\w.$])/,

      new RegExp(`NoSuchMethodError: '?(?:[\\w.$\\[\\]]{1,200} )?(?<member>${NAME}[(.][^\\n]{0,300})`),
      /(?<kind>NoSuchFieldError|IncompatibleClassChangeError|AbstractMethodError|IllegalAccessError|VerifyError|InaccessibleObjectException)(?:: (?<member>[^\n]{1,300}))?/,
      /NoSuchMethodError/,
      /LinkageError: loader constraint violation[^\n]{0,300}/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 80,
    seenIn: 'java.lang linkage errors JDK 8-21 (quoted signature since 11); questions q006, q009',
    say: (groups) => ({
      en: `Code was compiled against another version of a library than the one loaded${groups.member ? `: ${cut(groups.member)}` : ''}`,
      zh: `代码编译时用的库版本与实际加载的不同${groups.member ? `：${cut(groups.member)}` : ''}`,
    }),
    read: (groups) => ({
      values: present({ member: groups.member ? cut(groups.member) : undefined }),
      ...(groups.kind === undefined && groups.member?.includes('(') ? { completeStatement: 'linkage_error' } : {}),
    }),
  }),
  statementSignature({
    id: 'class-path/class-file-too-new',
    code: 'dependency.version_conflict',
    literals: [
      'Unsupported class file major version',
      'UnsupportedClassVersionError',
      'Unsupported major.minor version',
      'class file has wrong version',
    ],
    pattern: [
      /Unsupported class file major version (?<built>\d{1,4})/,

      /(?<![\w./$])(?<class>[\w./$]{1,200}) has been compiled by a more recent version of the Java Runtime \(class file version (?<built>[\d.]{1,8})\), this version of the Java Runtime only recognizes class file versions up to (?<known>[\d.]{1,8})/,
      /Unsupported major\.minor version (?<built>[\d.]{1,8})/,
      /UnsupportedClassVersionError|class file has wrong version/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 85,
    seenIn: 'JDK 7-21 ClassLoader (52 = Java 8, 55 = 11, 61 = 17, 65 = 21)',
    say: (groups) => ({
      en: `A jar was built for ${javaOf(groups.built, 'a newer Java')} than the one that runs${groups.known ? ` (${javaOf(groups.known, '')})` : ''}`,
      zh: `jar 是为 ${javaOf(groups.built, '更新的 Java')} 编译的，运行的 Java 更旧${groups.known ? `（${javaOf(groups.known, '')}）` : ''}`,
    }),
    read: (groups) => ({
      values: present({ builtFor: groups.built, runsOn: groups.known }),
      ...(groups.built && groups.known ? { completeStatement: 'class_file_version_refusal' } : {}),
    }),
  }),
  statementSignature({
    id: 'class-path/java-too-new',
    code: 'dependency.version_conflict',
    literals: [
      'getSubject is ',
      'java.nio.DirectByteBuffer.<init>(long, int)',
      'DirectByteBuffer(long,int) accessible',
    ],
    pattern: [
      /UnsupportedOperationException: (?<what>getSubject is (?:not supported|supported only if a security manager is allowed))/,
      /NoSuchMethodException: (?<what>java\.nio\.DirectByteBuffer\.<init>\(long, int\))/,
      /Unable to make (?<what>private java\.nio\.DirectByteBuffer\(long,int\)) accessible/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 84,
    seenIn:
      'javax.security.auth.Subject JDK 23 and 24+ under hadoop 3.3 (recorded: Spark 3.5.6 on Java 25); java.nio of JDK 16 and 21 under older Spark and Arrow',
    say: (groups) => ({
      en: `The Java that runs is newer than this engine knows: it lacks what the engine calls (${groups.what})`,
      zh: `运行的 Java 比该引擎支持的版本新：引擎调用的功能已不存在（${groups.what}）`,
    }),
    read: (groups) => ({ values: present({ member: groups.what }) }),
  }),
  statementSignature({
    id: 'class-path/serial-version-differs',
    code: 'dependency.version_conflict',
    literals: [
      'local class incompatible',
      'does not exist in the JVM',
      'Server IPC version',
      'Unrecognized Hadoop major version',
      'Invalid method name:',
    ],
    pattern: [
      /InvalidClassException: (?<class>[\w.$]{1,200}); local class incompatible: stream classdesc serialVersionUID = -?\d{1,20}, local class serialVersionUID = -?\d{1,20}/,
      /(?<![\w.$])(?<class>[\w.$]{1,200}) does not exist in the JVM/,
      /Server IPC version \d{1,4} cannot communicate with client version \d{1,4}/,
      /Unrecognized Hadoop major version number: [\d.]{1,20}/,
      /Invalid method name: ?'?(?<class>\w{1,80})/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 82,
    seenIn: 'java.io.ObjectStreamClass, py4j 0.10, hadoop ipc 1.x/2.x, hive shims, thrift TApplicationException',
    say: (groups) => ({
      en: `Two sides run different versions of the same software${groups.class ? ` (${groups.class})` : ''}: client and cluster, driver and executors, or Python and Java part`,
      zh: `两端运行的是同一软件的不同版本${groups.class ? `（${groups.class}）` : ''}：客户端与集群、driver 与 executor，或 Python 与 Java 部分`,
    }),
    read: (groups, record) => ({
      values: present({ className: groups.class }),
      ...(/local class incompatible: stream classdesc/.test(record.text)
        ? { completeStatement: 'serial_version_mismatch' }
        : {}),
    }),
  }),
  statementSignature({
    id: 'class-path/native-library',
    code: 'dependency.class_missing',
    literals: [
      'UnsatisfiedLinkError',
      'GLIBC_',
      'GLIBCXX_',
      'CXXABI_',
      'cannot open shared object file',
      ' library not available',
      'Cannot load native gpl library',
    ],
    pattern: [
      /(?:OSError|ImportError): (?<library>[^\s:]{1,200}): cannot open shared object file[^\n]{0,80}/,
      /RuntimeException: (?<library>native[ -][\w-]{2,20} library not available[^\n]{0,120})/,
      /(?<library>Cannot load native gpl library)[^\n]{0,80}/,
      /version `(?<library>(?:GLIBC|GLIBCXX|CXXABI)_[\d.]{1,12})' not found/,
      /UnsatisfiedLinkError: (?<library>[^\n]{1,300})/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 79,
    seenIn:
      'JDK 8-21, glibc loader (Python says OSError or ImportError), hadoop codecs without their library; both recorded on Spark 3.5.6',
    say: (groups) => ({
      en: `A native library cannot be loaded: ${groups.library}`,
      zh: `无法加载原生库：${groups.library}`,
    }),
    read: (groups, record) => {
      if (/^(?:GLIBC|CXXABI)/.test(groups.library ?? '')) return { code: 'dependency.version_conflict' };
      return /(?:OSError|ImportError): [^\n]{1,220}cannot open shared object/.test(record.text)
        ? { code: 'dependency.python_env' }
        : {};
    },
  }),
  statementSignature({
    id: 'class-path/class-missing',
    code: 'dependency.class_missing',
    literals: [
      'Could not find any factory for identifier',
      'ClassNotFoundException',
      'NoClassDefFoundError',
      'Failed to find data source',
      'DATA_SOURCE_NOT_FOUND',
      'Failed to load class',
      'Could not find or load main class',
      'No suitable driver',
      "'JavaPackage' object is not callable",
      'SerializedLambda to field',
      'List$SerializationProxy to field',
      'UNRESOLVED DEPENDENCIES',
      'unresolved dependency:',
    ],
    pattern: [
      /Could not find any factory for identifier '(?<class>[\w-]{1,80})'/,

      new RegExp(
        `ClassNotFoundException: (?:Class )?(?:Failed to find data source: )?(?<class>${NAME})(?: not found)?`,
      ),
      new RegExp(`NoClassDefFoundError: (?<init>Could not initialize class )?(?<class>${NAME})`),
      new RegExp(
        `(?:Failed to find data source: |\\[DATA_SOURCE_NOT_FOUND\\] Failed to find the data source: )(?<class>${NAME})`,
      ),
      new RegExp(`Failed to load class (?<class>${NAME})`),
      new RegExp(`Could not find or load main class (?<class>${NAME})`),
      /SQLException: No suitable driver/,
      /'JavaPackage' object is not callable/,
      /cannot assign instance of (?<class>java\.lang\.invoke\.SerializedLambda|scala\.collection\.immutable\.List\$SerializationProxy) to field/,
      /unresolved dependency: (?<class>[\w.#;:-]{1,200})/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 77,
    seenIn: 'JDK 8-21, spark DataSource 1.x-4.x, SparkSubmit; captures yarn-028, flow-208',
    say: { en: 'A class is missing', zh: '缺少类' },
    read: classMissing,
  }),
  statementSignature({
    id: 'class-path/file-system-missing',
    code: 'dependency.class_missing',
    literals: [
      'No FileSystem for scheme',
      'Could not find a file system implementation for scheme',
      'UnsupportedFileSystemException',
    ],
    pattern: [
      /No FileSystem for scheme:? ?"?(?<scheme>[\w+.-]{0,20})/,
      /Could not find a file system implementation for scheme '(?<scheme>[\w+.-]{0,20})'/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 84,
    seenIn: 'hadoop FileSystem 2.x (colon) and 3.x (quotes), flink FileSystem; capture flow-208',
    say: (groups) => ({
      en: `Nothing on the class path reads the scheme "${groups.scheme}"`,
      zh: `类路径上没有能读取 "${groups.scheme}" 协议的实现`,
    }),
    read: (groups) => ({
      values: present({ scheme: groups.scheme }),
      ...(HADOOP_SCHEMES.has(groups.scheme ?? '') ? {} : { code: 'config.wrong_path_or_endpoint' as const }),
    }),
  }),
];

/** Schemes that a jar of Hadoop or of a vendor serves; any other is a mistake in the path. */
const HADOOP_SCHEMES: ReadonlySet<string> = new Set([
  'hdfs',
  'viewfs',
  'webhdfs',
  'har',
  's3a',
  'oss',
  'cosn',
  'cos',
  'obs',
  'gs',
  'abfs',
  'abfss',
  'wasb',
  'wasbs',
  'adl',
  'alluxio',
  'jfs',
  'gfs',
  'goosefs',
  'jindo',
  'tos',
  'bos',
  'ks3',
  'ozone',
  'ofs',
  'o3fs',
  'swift',
  'chdfs',
]);

function classMissing(groups: Groups, record: TextRecord): Details | null {
  const name = (groups.class ?? '').replaceAll('/', '.').replace(/[.:]$/, '');
  if (groups.init) {
    return {
      code: 'dependency.version_conflict',
      inferredOnly: true,
      values: { className: name },
      statement: {
        en: `Class ${name} is there but could not be initialised: see the first error of its initialiser`,
        zh: `类 ${name} 存在，但初始化失败：要看它第一次初始化时的错误`,
      },
    };
  }
  if (SCALA_MISMATCH.test(name)) {
    return {
      code: 'dependency.version_conflict',
      values: { className: name },
      statement: {
        en: `A jar was built for another Scala version than the one that runs (${name})`,
        zh: `jar 是为另一个 Scala 版本编译的（${name}）`,
      },
    };
  }
  if (PYSPARK_LACKS_JVM_CLASS.test(record.text)) {
    return {
      code: 'dependency.version_conflict',
      statement: {
        en: 'The Python part of Spark calls a class that its Java part does not have: the two are of different versions',
        zh: 'Spark 的 Python 部分调用了 Java 部分没有的类：两者版本不同',
      },
    };
  }
  const guessed = /SerializedLambda|SerializationProxy|JavaPackage/.test(name || record.text);
  return {
    values: present({ className: name || undefined }),
    ...(guessed ? { inferredOnly: true } : {}),
    statement: {
      en: name
        ? `Class ${name} is on no class path of this process: its jar is missing`
        : 'A jar is missing on the class path of this process',
      zh: name ? `该进程的类路径中没有类 ${name}：缺少 jar` : '该进程的类路径中缺少 jar',
    },
  };
}

/** The call on a class that is not there was made by PySpark itself, not by the job's code or a library of its own. */
const PYSPARK_LACKS_JVM_CLASS =
  /\n {2}File "[^"\n]{0,400}pyspark(?:\.zip)?[\\/][^"\n]{0,200}", line \d{1,9}, in [^\n]{1,120}(?:\n {4}[^\n]{0,400}){0,3}\nTypeError: 'JavaPackage' object is not callable/;

/** Classes that exist in one Scala line only: `X$class` to 2.11, `scala.Serializable` to 2.12, `IterableOnce` from 2.13. */
const SCALA_MISMATCH =
  /^scala\.(?:[\w.$]{0,80}\$class|Serializable|collection\.(?:IterableOnce|GenTraversableOnce|immutable\.ArraySeq|mutable\.ArrayOps)\S{0,60}|runtime\.LambdaDeserialize)$/;

function cut(text: string): string {
  return shorten(text.replace(/'$/, '').trim(), 160);
}

/** `Java 17` for class file version 61 and so on. */
function javaOf(version: string | undefined, otherwise: string): string {
  const major = Math.trunc(Number(version));
  return Number.isFinite(major) && major >= 49 ? `Java ${major - 44}` : otherwise;
}
