import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { OWN_STATE, OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

/** Addresses, schemes, paths and site files that point to the wrong place. */
export const ENDPOINT_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'endpoint/wrong-file-system',
    code: 'config.wrong_path_or_endpoint',
    literals: [
      'NameNode is not formatted',
      'has not been formatted',
      'Wrong FS:',
      'Incomplete HDFS URI',
      'is not an HDFS file system',
      'Relative path in absolute URI',
      'Can not create a Path from an',
      'Illegal character in ',
    ],
    pattern: [
      /NameNode is not formatted|[jJ]ournal[^\n]{0,200}has not been formatted/,

      /Wrong FS: (?<got>[^\s,]{1,500}), expected: (?<wanted>\S{1,300})/,
      /Incomplete HDFS URI, no host: (?<got>\S{1,300})/,
      /FileSystem (?<got>\S{1,200}) is not an HDFS file system/,
      /(?:Relative path in absolute URI|Illegal character in (?:path|scheme name|authority|host ?name) at index \d{1,6}): ?(?<got>[^\n]{1,300})/,
      /Can not create a Path from an (?:empty|null) string/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 70,
    seenIn: 'hadoop FileSystem.checkPath, Path, DistributedFileSystem 2.x/3.x; question q042',
    say: (groups) => ({
      en: `A path or default file system is wrong${groups.got ? `: ${groups.got}` : ''}${groups.wanted ? ` where ${groups.wanted} was expected` : ''}`,
      zh: `路径或默认文件系统有误${groups.got ? `：${groups.got}` : ''}${groups.wanted ? `，期望 ${groups.wanted}` : ''}`,
    }),
    read: (groups) => ({ keys: present({ path: groups.got }) }),
  }),
  statementSignature({
    id: 'endpoint/nameservice-unknown',
    code: 'config.wrong_path_or_endpoint',
    literals: ['IllegalArgumentException: java.net.UnknownHostException', 'buildTokenService'],
    pattern: /IllegalArgumentException: java\.net\.UnknownHostException: (?<host>[\w-]{1,80})(?![\w.-])/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 79,
    seenIn: 'hadoop SecurityUtil.buildTokenService, NameNodeProxies 2.x/3.x',
    say: (groups) => ({
      en: `"${groups.host}" is taken for a host name: the client lacks the settings of this name service (hdfs-site.xml)`,
      zh: `"${groups.host}" 被当成了主机名：客户端缺少这个 nameservice 的配置（hdfs-site.xml）`,
    }),
    read: (groups) => ({ values: present({ nameservice: groups.host }) }),
  }),
  statementSignature({
    id: 'endpoint/site-files-missing',
    code: 'config.wrong_path_or_endpoint',
    symptom: 'submission_failed',
    literals: [
      'Master must either be yarn or start with',
      'HADOOP_HOME and hadoop.home.dir are unset',
      'Could not locate executable',
      'HADOOP_CONF_DIR or YARN_CONF_DIR must be set',
      'Could not parse Master URL',
      'A master URL must be set',
      'JAVA_HOME is not set',
      '/bin/java: No such file',
      'Retrying connect to server: 0.0.0.0',
      'No resolvable bootstrap urls',
    ],
    pattern: [
      /Master must either be yarn or start with/,
      /HADOOP_HOME and hadoop\.home\.dir are unset|Could not locate executable (?<got>\S{1,120}winutils\.exe)/,

      /either HADOOP_CONF_DIR or YARN_CONF_DIR must be set/,
      /Could not parse Master URL: ?'?(?<got>[^'\n]{1,120})/,
      /A master URL must be set in your configuration/,
      /JAVA_HOME is not set|(?<![^\s"'(:])(?<got>[^\s"'(:]{1,200}\/bin\/java): No such file or directory/,
      /Retrying connect to server: (?<got>0\.0\.0\.0\/0\.0\.0\.0:\d{2,5})/,
      /No resolvable bootstrap urls given in bootstrap\.servers/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 81,
    seenIn: 'spark SparkSubmitArguments, SparkContext 1.x-4.x, hadoop ipc Client, kafka ClientUtils',
    say: (groups) => ({
      en: `The client does not know where its cluster is${groups.got ? ` (${groups.got})` : ''}: a site file, address or variable is missing`,
      zh: `客户端不知道集群在哪里${groups.got ? `（${groups.got}）` : ''}：缺少站点配置、地址或环境变量`,
    }),
  }),
  statementSignature({
    id: 'endpoint/script-missing',
    code: 'config.wrong_path_or_endpoint',
    symptom: 'submission_failed',
    literals: [": can't open file '", 'Keytab file: '],
    pattern: [
      /Keytab file: (?<path>[^\s\n]{1,500}) does not exist/,
      /python[\d.]{0,6}: can't open file '(?<path>[^'\n]{1,500})': \[Errno (?:2|13|20)\][^\n]{0,80}/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 80,
    seenIn: 'CPython 2.7-3.13 main.c, spark SparkSubmit 1.5-4.x (both recorded: spark-submit 3.5.6)',
    say: (groups) => ({
      en: `A file named at submission, the program or its keytab, is not there: ${groups.path}`,
      zh: `提交时指定的文件（程序或 keytab）不存在：${groups.path}`,
    }),
    read: (groups) => ({ keys: present({ path: groups.path }) }),
  }),
  statementSignature({
    id: 'endpoint/another-protocol-answers',
    code: 'config.wrong_path_or_endpoint',
    literals: [
      'RPC response exceeds maximum data length',
      'RPC response has invalid length',
      'Too large frame: ',
      'end-group tag did not match expected tag',
      'Unrecognized SSL message, plaintext connection',
      'not an SSL/TLS record',
      'This is not a HTTP port',
      'It looks like you are making an HTTP request to a Hadoop IPC port',
    ],
    pattern: [
      /RPC response exceeds maximum data length|RPC response has invalid length/,
      /IllegalArgumentException: Too large frame: \d{10,20}/,
      /Protocol message end-group tag did not match expected tag/,
      /Unrecognized SSL message, plaintext connection\?|NotSslRecordException: not an SSL\/TLS record/,
      /This is not a HTTP port|It looks like you are making an HTTP request to a Hadoop IPC port/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 74,
    seenIn:
      'hadoop ipc Client 2.x/3.x, protobuf, spark TransportFrameDecoder 1.6-4.x, JSSE, netty; recorded on Spark 3.5.6 (hdfs:// with the port of a web page)',
    say: {
      en: 'Another protocol answers at that address: the port belongs to another service, or one side encrypts and the other does not',
      zh: '该地址上应答的是另一种协议：端口属于别的服务，或者一端加密而另一端没有',
    },
  }),
  statementSignature({
    id: 'endpoint/standby-asked',
    code: 'config.wrong_path_or_endpoint',
    literals: ['is not supported in state standby', 'StandbyException'],
    pattern: /Operation category \w{1,20} is not supported in state (?:standby|observer)/,
    observedFrom: OWN_STATE,
    rank: 55,
    inferredOnly: true,
    seenIn: 'hadoop StandbyState 2.x/3.x (a line of the fail-over proxy on INFO or WARN is normal)',
    say: {
      en: 'The client asks a standby NameNode: it names one host instead of the name service',
      zh: '客户端访问的是 standby NameNode：配置写的是单个主机而不是 nameservice',
    },
    read: (_groups, record) => (/failover|RetryInvocationHandler/i.test(record.logger + record.text) ? null : {}),
  }),
  statementSignature({
    id: 'endpoint/own-pod-as-master',
    code: 'config.wrong_path_or_endpoint',
    literals: ['Connection refused: ', 'Connection refused'],
    // A pod of a Deployment (name-<replica set>-<five characters>, both from the vowel-free alphabet of Kubernetes) has no DNS
    // name: nobody is meant to connect to it by that.
    pattern:
      /Connection refused: (?<host>[a-z0-9](?:[a-z0-9-]{0,200})-[bcdfghj-np-tv-xz2456789]{8,10}-[bcdfghj-np-tv-xz2456789]{5})\/(?<ip>[\d.]{7,15}):(?<port>\d{2,5})/,
    observedFrom: OWN_STATE,
    rank: 64,
    inferredOnly: true,
    seenIn: 'question q031 (netty AnnotatedConnectException)',
    say: (groups) => ({
      en: `A client connects to port ${groups.port} of the pod ${groups.host}, the name of a pod of a deployment and not of a service: its master address fell back to its own host name`,
      zh: `客户端连接的是 pod ${groups.host} 的端口 ${groups.port}；这是普通 pod 名，不是服务名：master 地址退回成了它自己的主机名`,
    }),
    read: (groups) => ({ keys: present({ podName: groups.host }), values: present({ port: groups.port }) }),
  }),
  statementSignature({
    id: 'endpoint/local-service-asked',
    code: 'config.wrong_path_or_endpoint',
    literals: ['to 0.0.0.0:', 'to localhost:', 'localhost/127.0.0.1:'],
    pattern: [
      /Call From \S{1,253} to (?<host>localhost|0\.0\.0\.0):(?<port>\d{2,5}) failed on connection exception/,
      /(?:Failed to connect to|Connection refused:|Retrying connect to server:) ?(?<host>localhost)\/127\.0\.0\.1:(?<port>\d{2,5})/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 56,
    inferredOnly: true,
    seenIn: 'hadoop NetUtils.wrapException, spark TransportClientFactory',
    say: (groups) => ({
      en: `A client looks for its service on its own host (${groups.host}:${groups.port}), where nothing listens: an address was left at its default`,
      zh: `客户端在本机（${groups.host}:${groups.port}）找服务，而那里没有监听：地址没有从默认值改过来`,
    }),
    read: (groups) => ({ values: present({ port: groups.port }) }),
  }),
  statementSignature({
    id: 'endpoint/bucket-or-database-unknown',
    code: 'config.wrong_path_or_endpoint',
    literals: [
      'NoSuchBucket',
      'The specified bucket does not exist',
      'PermanentRedirect',
      'AuthorizationHeaderMalformed',
      'Unknown database',
      'Database does not exist',
      'ImagePullBackOff',
      'ErrImagePull',
    ],
    pattern: [
      /NoSuchBucket|The specified bucket does not exist/,
      /PermanentRedirect|AuthorizationHeaderMalformed[^\n]{0,200}region/,
      /Unknown database '(?<got>[^'\n]{1,120})'/,
      /(?<got>ImagePullBackOff|ErrImagePull)/,
    ],
    observedFrom: OWN_STATE,
    rank: 72,
    seenIn: 'AWS SDK for Java 1/2, MySQL server, kubelet',
    say: {
      en: 'The address, bucket, database or image that was asked for does not exist there',
      zh: '所访问的地址、存储桶、数据库或镜像在那里不存在',
    },
  }),
  statementSignature({
    id: 'endpoint/staging-gone',
    code: null,
    symptom: 'attempt_failed',
    echo: true,
    literals: ['FileNotFoundException', 'File does not exist: '],
    pattern:
      /File(?:NotFoundException:)?(?: File)? ?(?:does not exist:? )?(?<path>\S{0,400}\.sparkStaging\/application_\d{13}_\d{4,10}\S{0,200})(?: does not exist)?/,
    unless: /AccessControlException|QuotaExceeded|SafeModeException|Permission denied/,
    observedFrom: OWN_STATE,
    rank: 46,
    seenIn: 'hadoop FSDownload; spark yarn Client.cleanupStagingDir 1.x-4.x',
    say: {
      en: 'The staging directory of the application was already gone: an earlier attempt or the program itself had ended (an effect)',
      zh: '应用的 staging 目录已被删除：更早的尝试或程序本身已经结束（这是后果）',
    },
    read: staging,
  }),
];

function staging(groups: Groups, record: TextRecord): Details | null {
  return /FileNotFoundException|does not exist/.test(record.text) ? { keys: present({ path: groups.path }) } : null;
}
