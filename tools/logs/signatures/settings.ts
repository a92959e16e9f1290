import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { JVM_ITSELF, OWN_STATE, OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

/** Settings that cannot work as they stand. Addresses and paths are in `endpoints.ts`. */
export const SETTING_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'setting/jvm-option',
    code: 'config.resource_setting',
    symptom: 'process_crashed',
    literals: [
      'VM option',
      'Unrecognized option:',
      'Could not create the Java Virtual Machine',
      'Invalid maximum heap size',
      'Invalid initial heap size',
      'Initial heap size set to a larger value',
      'Could not reserve enough space',
      'Conflicting collector combinations',
      'Multiple garbage collectors selected',
      'Too small maximum heap',
      'Too small initial heap',
      'Error opening zip file or JAR manifest missing',
      'Improperly specified VM option',
    ],
    pattern: [
      /Unrecognized VM option '(?<option>[^'\n]{1,160})'/,
      /(?:VM option '|Improperly specified VM option ')(?<option>[^'\n]{1,160})'[^\n]{0,160}/,
      /Unrecognized option: (?<option>\S{1,160})/,
      /Invalid (?:maximum|initial) heap size: (?<option>\S{1,80})/,
      /(?:Initial heap size set to a larger value than the maximum heap size|Could not reserve enough space for [^\n]{1,60}object heap|Conflicting collector combinations in option list[^\n]{0,80}|Multiple garbage collectors selected|Too small (?:maximum|initial) heap)/,
      /Error opening zip file or JAR manifest missing : (?<option>\S{1,300})/,
      /Error: Could not create the Java Virtual Machine/,
    ],
    observedFrom: JVM_ITSELF,
    rank: 86,
    seenIn: 'java launcher and HotSpot arguments.cpp JDK 8-21; capture yarn-003',
    say: (groups) => ({
      en: `The JVM refused to start: ${groups.option ? `option ${groups.option} is not valid here` : 'its options cannot work as set'}`,
      zh: `JVM 拒绝启动：${groups.option ? `参数 ${groups.option} 在这里无效` : '启动参数不成立'}`,
    }),
    read: (groups) => ({
      values: present({ option: groups.option }),
      ...(groups.option ? { completeStatement: 'jvm_option_refusal' } : {}),
    }),
  }),
  statementSignature({
    id: 'setting/kryo-buffer',
    code: 'config.serializer_buffer',
    literals: [
      'Kryo serialization failed: Buffer overflow',
      'KryoException: Buffer overflow',
      'KRYO_BUFFER_OVERFLOW',
      'spark.kryoserializer.buffer',
    ],
    pattern: [
      /Buffer overflow\. Available: (?<available>\d{1,15}), required: (?<required>\d{1,15})/,
      /\[KRYO_BUFFER_OVERFLOW\][^\n]{0,200}/,
      /spark\.kryoserializer\.buffer(?:\.max)? must be less than 2048/,
      /KryoException: Buffer overflow/,
    ],
    observedFrom: OWN_STATE,
    rank: 88,
    seenIn: 'spark KryoSerializer 1.x-4.x, kryo 2-4 Output.require',
    say: {
      en: 'One record is larger than the Kryo buffer may grow (spark.kryoserializer.buffer.max)',
      zh: '单条记录超过 Kryo 缓冲区允许的最大值（spark.kryoserializer.buffer.max）',
    },
    read: (groups) => ({
      values: present({ availableBytes: wholeOf(groups.available), requiredBytes: wholeOf(groups.required) }),
      ...(groups.required ? { completeStatement: 'kryo_buffer_overflow' } : {}),
    }),
  }),
  statementSignature({
    id: 'setting/ask-over-maximum',
    code: 'config.resource_setting',
    symptom: 'submission_failed',
    literals: [
      'is above the max threshold',
      'Invalid resource request',
      'InvalidResourceRequest',
      'greater than maximum allowed allocation',
    ],
    pattern: [
      /Required (?<who>executor|AM|driver) memory \((?<memory>\d{1,9})(?:\+(?<plus>\d{1,9}))? ?(?:MB)?\)?(?:, offHeap memory \((?<offHeap>\d{1,9})\) MB)?(?:, overhead \((?<overhead>\d{1,9}) MB\))?(?:, and PySpark memory \((?<python>\d{1,9}) MB\))?[^\n]{0,60}?is above the max threshold \((?<maximum>\d{1,9}) MB\)/,
      /Requested resource=<memory:(?<memory>\d{1,12}), vCores:(?<cores>\d{1,6})[^>\n]{0,100}>, maximum allowed allocation=<memory:(?<maximum>\d{1,12}), vCores:(?<maximumCores>\d{1,6})/,
      /requestedMemory=(?<memory>\d{1,12}), maxMemory=(?<maximum>\d{1,12})/,
      /requestedVirtualCores=(?<cores>\d{1,6}), maxVirtualCores=(?<maximumCores>\d{1,6})/,
      /Invalid resource request(?!, node label)[^\n]{0,200}|InvalidResourceRequestException/,
    ],
    observedFrom: OWN_STATE,
    rank: 86,
    seenIn:
      'spark yarn Client.verifyClusterResources 1.x-4.x, hadoop SchedulerUtils 2.x (requestedMemory) and 3.x; captures yarn-008, question q044',
    say: { en: 'More was asked for than one container may have', zh: '申请的资源超过单个容器的上限' },
    read: askOverMaximum,
  }),
  statementSignature({
    id: 'setting/ask-over-every-worker',
    code: 'config.resource_setting',
    symptom: 'waiting',
    literals: ['requires more resource than any of Workers could have'],
    pattern: /App (?<app>app-\d{14}-\d{4,6}) requires more resource than any of Workers could have/,
    observedFrom: OWN_STATE,
    rank: 82,
    seenIn: 'spark standalone Master 2.4-4.x (recorded on 3.5.6)',
    say: {
      en: 'One executor was asked for with more memory or cores than any Worker has in all: it can never be placed',
      zh: '单个 executor 申请的内存或核数超过任何一个 Worker 的总量：永远无法放置',
    },
    read: (groups) => ({ keys: present({ applicationId: groups.app }) }),
  }),
  statementSignature({
    id: 'setting/too-small',
    code: 'config.resource_setting',
    literals: [
      'message larger than max',
      'maximum permitted memory-backed state',
      'maximum akka framesize',
      'maximum pekko framesize',
      'must be at least 471859200',
      'must be at least',
      'has to be >= the number of cpus per task',
      'requires the external shuffle service',
      'Dynamic allocation of executors requires',
      'Netty direct memory should at least be bigger than',
      'must be less than or equal to',
      "can't be less than",
      'must be a positive number',
      'must be a non-negative number',
      'must be greater than the value of spark.',
      'is not allowed to set Spark options',
      'is not allowed to specify max heap',
      'requirement failed: ',
      'Barrier execution mode does not allow run a barrier stage that requires more slots',
      'CONCURRENT_SLOTS',
    ],
    pattern: [
      /Barrier execution mode does not allow run a barrier stage that requires more slots[^\n]{0,200}/,
      /\[BARRIER[\w.]{0,40}CONCURRENT_SLOTS\w{0,20}\][^\n]{0,200}/,
      /(?:Received|Sent) message larger than max \(\d{1,15} vs\. \d{1,15}\)/,

      /Size of the state is larger than the maximum permitted memory-backed state/,
      /rpc invocation size \d{1,15} exceeds the maximum (?:akka|pekko) framesize/,

      /(?:System|Executor) memory \S{1,20} must be at least \S{1,20}/,
      /The number of cores per executor \(=\d{1,5}\) has to be >= the number of (?:cpus|slots) per task/i,
      /Dynamic allocation of executors (?:requires|requires one of)[^\n]{0,200}shuffle/,
      /(?:initial|minimum|maximum) (?:number of )?executors? [^\n]{0,80}must be (?:less than or equal to|between)[^\n]{0,80}/i,
      /Netty direct memory should at least be bigger than[^\n]{0,200}/,
      /(?:(?:Driver|Executor) (?:memory|cores)|Total executor cores|Number of executors) must be a (?:positive|non-negative) number/,
      /spark\.[\w.]{3,80} is not allowed to (?:set Spark options|specify max heap)[^\n]{0,200}/,
      /requirement failed: [^\n]{0,160}?\bspark\.[a-z][\w.]{2,100}[^\n]{0,160}/,
    ],
    observedFrom: OWN_STATE,
    rank: 84,
    seenIn:
      'spark UnifiedMemoryManager, SparkContext.warnOrThrow, ExecutorAllocationManager 1.6-4.x, SparkSubmitArguments and SparkConf.validateSettings 2.x-4.x',
    say: { en: 'A size or flag of the job cannot work as set', zh: '作业的某个大小或开关设置不成立' },
  }),
  statementSignature({
    id: 'setting/unreadable-value',
    code: 'config.resource_setting',
    literals: [
      'Size must be specified as bytes',
      'Time must be specified as seconds',
      'Failed to parse byte string',
      'Failed to parse time string',
      'INVALID_CONF_VALUE',
      'Unrecognized Spark conf',
      ' should be int, but was ',
      ' should be long, but was ',
      ' should be boolean, but was ',
      ' should be double, but was ',
      'CODEC_NOT_AVAILABLE',
      'CODEC_SHORT_NAME_NOT_FOUND',
      'is not available. Consider setting spark.io.compression.codec',
    ],
    pattern: [
      /\[CODEC_(?:NOT_AVAILABLE|SHORT_NAME_NOT_FOUND)[^\]\n]{0,80}\][^\n]{0,60}?codec (?<value>[^\s\n]{1,80}) is not available[^\n]{0,120}/,
      /Codec \[(?<value>[^\]\n]{1,80})\] is not available\. Consider setting (?<key>spark\.[\w.]{1,80})/,
      /\[CODEC_(?:NOT_AVAILABLE|SHORT_NAME_NOT_FOUND)[^\n]{0,200}/,
      /Failed to parse (?:byte|time) string: ?(?<value>[^\n]{0,80})/,
      /(?:Size must be specified as bytes|Time must be specified as seconds)[^\n]{0,160}/,
      /(?<key>(?:spark|hive|mapreduce|yarn)\.[\w.]{1,120}) should be (?:int|long|boolean|double), but was (?<value>[^\n]{0,80})/,
      /\[INVALID_CONF_VALUE[^\n]{0,300}/,
    ],
    observedFrom: OWN_STATE,
    rank: 83,
    seenIn: 'spark JavaUtils, ConfigBuilder, CompressionCodec 1.4-4.x (the codec recorded on 3.5.6)',
    say: (groups) => ({
      en: `A setting has a value that cannot be read${groups.key ? `: ${groups.key}` : ''}${groups.value ? ` (${groups.value})` : ''}`,
      zh: `设置的值无法解析${groups.key ? `：${groups.key}` : ''}${groups.value ? `（${groups.value}）` : ''}`,
    }),
    read: (groups) => ({ values: present({ key: groups.key, value: groups.value }) }),
  }),
  statementSignature({
    id: 'setting/named-in-refusal',
    code: 'config.resource_setting',
    literals: ['IllegalArgumentException: ', 'SparkConfException', 'NumberFormatException: '],
    // The engine refuses an argument and names a setting: usually that setting's value, sometimes only advice.
    pattern:
      /(?:(?:Spark)?IllegalArgumentException|SparkConfException|NumberFormatException): (?<said>[^\n]{0,300}?(?<![\w.])(?<key>spark\.(?:[a-z][\w-]{0,40}\.){1,6}[a-zA-Z][\w-]{0,60})\b[^\n]{0,200})/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 57,
    inferredOnly: true,
    seenIn: 'spark ConfigBuilder, SparkConf, SparkContext 2.x-4.x: checks of one setting',
    say: (groups) => ({
      en: `The engine refuses to go on and names the setting ${groups.key}`,
      zh: `引擎拒绝继续，并点名了设置 ${groups.key}`,
    }),
    read: (groups) => ({ values: present({ key: groups.key }) }),
  }),
  statementSignature({
    id: 'setting/user-without-name',
    code: 'config.resource_setting',
    literals: ['NullPointerException: invalid null input', 'basedir must be absolute: ?/.ivy2'],
    pattern: [
      /LoginException: java\.lang\.NullPointerException: invalid null input(?:: name)?/,
      /basedir must be absolute: \?\/\.ivy2[^\n]{0,80}/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 84,
    seenIn:
      'hadoop UserGroupInformation with UnixLoginModule (JDK 8-21), ivy; recorded with Spark 3.5.6 as a user id without an account',
    say: {
      en: 'The process runs as a user id that has no account on this host or in this image: it has neither a name nor a home',
      zh: '进程以一个在本机或镜像中没有账号的用户 id 运行：既没有用户名也没有主目录',
    },
  }),
  statementSignature({
    id: 'setting/kryo-registration',
    code: 'config.resource_setting',
    literals: ['Class is not registered: '],
    pattern: /IllegalArgumentException: Class is not registered: (?<class>[\w.$[\];]{1,200})/,
    observedFrom: OWN_STATE,
    rank: 78,
    seenIn: 'kryo Kryo.getRegistration (spark.kryo.registrationRequired)',
    say: (groups) => ({
      en: `spark.kryo.registrationRequired is on and class ${groups.class} is not registered`,
      zh: `启用了 spark.kryo.registrationRequired，但类 ${groups.class} 没有注册`,
    }),
  }),
  statementSignature({
    id: 'setting/transfer-threads',
    code: 'config.resource_setting',
    literals: ['exceeds the limit of concurrent xcievers'],
    pattern: /Xceiver count (?<count>\d{1,9}) exceeds the limit of concurrent xcievers:? ?(?<limit>\d{1,9})/,
    observedFrom: ['storage', 'engine'],
    rank: 82,
    seenIn: 'hadoop DataXceiverServer 2.x/3.x (sic)',
    say: (groups) => ({
      en: `A DataNode serves as many transfers as it may (${groups.limit}): further readers and writers are refused`,
      zh: `DataNode 的并发传输数已到上限（${groups.limit}）：新的读写被拒绝`,
    }),
    read: (groups) => ({ values: present({ count: wholeOf(groups.count), limitCount: wholeOf(groups.limit) }) }),
  }),
  statementSignature({
    id: 'setting/label-or-queue-unknown',
    code: 'config.resource_setting',
    symptom: 'submission_failed',
    literals: [
      'to unknown queue',
      'Invalid label resource request',
      'node label not enabled',
      'is not a leaf queue',
      'cannot access label',
      'Application rejected by queue placement policy',
      'cluster do not contain , label',
    ],
    pattern: [
      /submitted by user (?<user>\S{1,80}) to unknown queue: ?(?<queue>[\w.:-]{1,200})/,
      /(?<![\w.:-])(?<queue>[\w.:-]{1,200}) is not a leaf queue/,
      /Invalid label resource request[^\n]{0,200}|node label not enabled but request contains label/,
      /Queue=(?<queue>[\w.:-]{1,200}) cannot access label|Application rejected by queue placement policy/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 82,
    seenIn: 'hadoop CapacityScheduler, FairScheduler 2.x/3.x',
    say: (groups) => ({
      en: `The job asks for a queue or node label that does not exist or is not open to it${groups.queue ? `: ${groups.queue}` : ''}`,
      zh: `作业指定的队列或节点标签不存在，或不允许使用${groups.queue ? `：${groups.queue}` : ''}`,
    }),
    read: (groups) => ({ keys: present({ queue: groups.queue, user: groups.user }) }),
  }),
];

const MIB = 2 ** 20;

function askOverMaximum(groups: Groups): Details {
  const parts = [groups.memory, groups.plus, groups.offHeap, groups.overhead, groups.python].map(
    (part) => wholeOf(part) ?? 0,
  );
  const askedMb = parts.reduce((sum, part) => sum + part, 0);
  const maximumMb = wholeOf(groups.maximum);
  const cores = wholeOf(groups.cores);
  const maximumCores = wholeOf(groups.maximumCores);
  const coresDecide = cores !== undefined && maximumCores !== undefined && cores > maximumCores;
  const known = maximumMb !== undefined && askedMb > 0;
  const asked = coresDecide ? `${cores} vCores, ${maximumCores}` : `${askedMb} MB, ${maximumMb} MB`;
  return {
    ...(known || coresDecide ? { completeStatement: 'resource_ask_over_maximum' } : {}),
    values: present({
      requestedBytes: known ? askedMb * MIB : undefined,
      maximumBytes: known ? maximumMb * MIB : undefined,
      requestedCores: cores,
      maximumCores,
    }),
    statement:
      known || coresDecide
        ? {
            en: `One container was asked for with ${asked} allowed: it can never be placed, however much is free in sum`,
            zh: `单个容器申请 ${asked.replace(', ', '，上限 ')}：无论集群合计空闲多少都放不下`,
          }
        : { en: 'One container was asked for with more than any may have', zh: '单个容器申请的资源超过允许的上限' },
  };
}
