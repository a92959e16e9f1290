import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { OWN_STATE, OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

const HOST_PORT = '(?<host>[\\w.-]{1,253})(?:/(?:<unresolved>|[\\d.]{7,15}))?:(?<port>\\d{2,5})';

/**
 * Asking whether the host is a machine of a cloud, by an address that answers there and nowhere else: Alluxio's update check and
 * the AWS SDK do it at every start, and elsewhere it fails without harm.
 */
const CLOUD_METADATA = /EC2MetadataUtils|InstanceMetadataService|\b169\.254\.169\.254\b/;

/** Connections, names, ports and heartbeats. Much of this is an effect: the ranks are low where it usually is. */
export const NETWORK_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'network/heartbeat-late',
    code: 'network.heartbeat_timeout',
    symptom: 'heartbeat_late',
    literals: [
      'Executor heartbeat timed out',
      'with no recent heartbeats',
      'Unable to send heartbeats',
      'Exit as unable to send heartbeats',
      'controlled by spark.executor.heartbeatInterval',
      'driver in heartbeater',
      'ApplicationMaster for attempt',
    ],
    pattern: [
      /Executor heartbeat timed out after (?<ms>\d{1,12}) ms/,
      /Removing executor (?<executor>\d{1,7}) with no recent heartbeats: (?<ms>\d{1,12}) ms exceeds timeout (?<limit>\d{1,12}) ms/,
      /Unable to send heartbeats to driver more than \d{1,6} times|Exit as unable to send heartbeats/,
      /Futures timed out after [^\n]{0,60}controlled by spark\.executor\.heartbeatInterval/,
      /Issue communicating with driver in heartbeater/,
      /ApplicationMaster for attempt appattempt_\w{1,60} timed out/,
    ],
    observedFrom: [],
    rank: 35,
    inferredOnly: true,
    seenIn: 'spark HeartbeatReceiver, Executor 1.x-4.x, hadoop RMAppAttemptImpl; platform-texts-and-interfaces.md C5',
    say: {
      en: 'Heartbeats stayed away too long: the process was dead, in garbage collection, starved, or cut off',
      zh: '心跳超时：进程可能已死、在做垃圾回收、得不到 CPU，或网络不通',
    },
    read: (groups) => ({
      keys: present({ executorId: groups.executor }),
      values: present({ silentMs: wholeOf(groups.ms), timeoutMs: wholeOf(groups.limit) }),
    }),
  }),
  statementSignature({
    id: 'network/driver-unreachable',
    code: 'network.driver_unreachable',
    symptom: 'process_crashed',
    literals: [
      'Failed to connect to driver',
      'Cannot register with driver',
      'Cannot receive any reply from',
      'executor.CoarseGrainedExecutorBackend$',
    ],
    pattern: [
      /Failed to connect to driver(?: at (?<host>[\w.-]{1,253}):(?<port>\d{2,5}))?/,
      /Cannot register with driver: spark:\/\/CoarseGrainedScheduler@(?<host>[\w.-]{1,253}):(?<port>\d{2,5})/,
      /executor\.CoarseGrainedExecutorBackend\$[\s\S]{0,4000}?Caused by: java\.io\.IOException: (?:Failed to connect to|Connecting to) \/?(?<host>[\w.-]{1,253})(?:\/[\d.]{7,15})?:(?<port>\d{2,5})/,
      /Exception in thread "main"[\s\S]{0,600}?Cannot receive any reply from (?<host>[\w.-]{1,253}):(?<port>\d{2,5}) in/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 67,
    seenIn: 'spark ApplicationMaster.waitForSparkDriver, CoarseGrainedExecutorBackend 1.x-4.x',
    say: (groups) => ({
      en: `A process of the job could not reach the driver${groups.host ? ` at ${groups.host}:${groups.port}` : ''}`,
      zh: `作业的进程连不上 driver${groups.host ? `（${groups.host}:${groups.port}）` : ''}`,
    }),
    read: driverUnreachable,
  }),
  statementSignature({
    id: 'network/port-taken-next-tried',
    code: null,
    echo: true,
    literals: ['could not bind on port'],
    pattern: /Service '\w{1,60}' could not bind on port \d{1,5}\. Attempting port \d{1,5}/,
    observedFrom: OWN_STATE,
    rank: 9,
    seenIn: 'spark Utils.startServiceOnPort 1.x-4.x; captures slow-*',
    say: { en: 'A port was taken and the next one was tried: harmless', zh: '端口被占用，自动尝试下一个：无害' },
  }),
  statementSignature({
    id: 'network/bind-failed',
    code: 'network.bind_address',
    symptom: 'process_crashed',
    literals: [
      'BindException',
      'could not bind on a random free port',
      'failed after',
      'Cannot assign requested address',
      "Can't assign requested address",
      '无法分配请求的地址',
      '无法指定被请求的地址',
      '地址已在使用',
      'Address already in use',
      'Problem binding to',
      'on any port in port range',
    ],
    pattern: [
      /Service '?(?<service>\w{1,60})'? could not bind on a random free port/,
      /Service '?(?<service>\w{1,60})'? failed after (?<tries>\d{1,4}) retries(?<random> \(on a random free port\))?(?: \(starting from (?<port>\d{1,5})\))?/,
      /(?:Cannot|Can't) assign requested address|无法分配请求的地址|无法指定被请求的地址/,
      /BindException: (?<why>[^\n]{1,200})/,
      /Problem binding to \[?(?<host>[\w.-]{1,253}):(?<port>\d{1,5})/,
      /(?:bind[^\n]{0,60}|\[Errno 98\] )Address already in use|地址已在使用/,
    ],
    unless: /could not bind on port \d{1,5}\. Attempting port/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 78,
    seenIn:
      'spark Utils.startServiceOnPort 1.x-4.x, java.net.BindException (Linux, macOS, zh locale), flink RestServerEndpoint; captures flow-216, questions q012, q013',
    say: { en: 'A service could not bind its address', zh: '服务无法绑定地址' },
    read: bindFailed,
  }),
  statementSignature({
    id: 'network/name-unknown',
    code: 'network.dns_hostname',
    literals: [
      'UnknownHostException',
      'Name or service not known',
      'Temporary failure in name resolution',
      'nodename nor servname provided',
      '未知的名称或服务',
      'for non-local recipient',
      'getaddrinfo failed',
      'Expected hostname',
    ],
    pattern: [
      /dropping message [^\n]{0,300}for non-local recipient[^\n]{0,400}inbound addresses are \[(?<inbound>[^\]\n]{1,200})\]/,
      /UnknownHostException: (?<host>[\w.-]{1,253})/,
      /(?:Name or service not known|Temporary failure in name resolution|nodename nor servname provided|未知的名称或服务|getaddrinfo failed)/,
      /Expected hostname[^\n]{0,80}/,
      /UnknownHostException/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 68,
    seenIn: 'java.net, getaddrinfo texts of glibc, macOS and Python, akka / pekko EndpointWriter; question q024',
    say: (groups) => ({
      en: groups.inbound
        ? `A process is addressed by another name or address than the one it bound (${groups.inbound}): messages to it are dropped`
        : `A host name cannot be resolved${groups.host ? `: ${groups.host}` : ''}`,
      zh: groups.inbound
        ? `进程被访问的地址与它绑定的地址（${groups.inbound}）不一致，消息被丢弃`
        : `主机名无法解析${groups.host ? `：${groups.host}` : ''}`,
    }),
    read: (groups) => ({ values: present({ unresolvedHost: groups.host, inbound: groups.inbound }) }),
  }),
  statementSignature({
    id: 'network/program-could-not-connect',
    code: 'network.connection_timeout',
    symptom: 'task_failed',
    literals: [
      'ConnectionRefusedError',
      'ConnectionResetError',
      '[Errno 101]',
      '[Errno 104]',
      '[Errno 110]',
      '[Errno 111]',
      '[Errno 113]',
      'Max retries exceeded with url',
      "Can't connect to MySQL server",
      'could not connect to server: ',
      'NoBrokersAvailable',
      'ServerSelectionTimeoutError',
    ],
    pattern: [
      /Can't connect to MySQL server on '(?<host>[\w.-]{1,253})'[^\n]{0,120}/,
      /HTTPS?Connection(?:Pool)?\(host='(?<host>[\w.-]{1,253})', port=(?<port>\d{1,5})\): Max retries exceeded with url[^\n]{0,300}/,
      /could not connect to server: [^\n]{1,160}/,
      /(?:\w{1,40}\.){0,6}(?:ConnectionRefusedError|ConnectionResetError|NoBrokersAvailable|ServerSelectionTimeoutError|URLError|TimeoutError|OSError|ConnectionError|OperationalError)[^\n]{0,120}\[Errno (?:101|104|110|111|113)\][^\n]{0,120}/,
      /(?:ConnectionRefusedError|ConnectionResetError|NoBrokersAvailable|ServerSelectionTimeoutError)(?::[^\n]{0,200})?/,
    ],
    // The program's own gateway to its JVM refuses when that JVM has ended: an effect.
    unless:
      /py4j[^"\n]{0,80}\.py", line \d{1,6}, in (?:_?create\w{0,30}|_?get_\w{0,30}connection|connect\w{0,30}|start)\b|Py4JNetworkError|local_connect_and_auth|NameResolutionError|Name or service not known/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 60,
    seenIn:
      'CPython 3 OSError subclasses, urllib, requests, mysql, psycopg2, kafka-python, pymongo; recorded in workers and in the driver of Spark 3.5.6',
    say: (groups) => ({
      en: `The job's own program could not reach a service that it calls${groups.host ? ` (${groups.host})` : ''}`,
      zh: `作业自己的程序连不上它调用的服务${groups.host ? `（${groups.host}）` : ''}`,
    }),
    read: (groups) => ({ values: present({ peer: groups.host, port: groups.port }) }),
  }),
  statementSignature({
    id: 'network/connection-failed',
    code: 'network.connection_timeout',
    literals: [
      'Timeout expired while fetching topic metadata',
      'Timed out waiting for a node assignment',
      'Could not resolve ResourceManager address',
      'ailed to connect to',
      'Connection refused',
      'onnection timed out',
      'connect timed out',
      'millis timeout while waiting for channel',
      'No route to host',
      'Network is unreachable',
      '拒绝连接',
      '连接超时',
      '没有到主机的路由',
      'Already tried',
      'Communications link failure',
      'not present in metadata after',
      'Failed to update metadata after',
      'has been quiet for',
      'All masters are unresponsive',
      'Timed out connecting to',
      'Timeout waiting for connection from pool',
      'ConnectTimeoutException',
      'Read timed out',
    ],
    pattern: [
      /Timeout expired while fetching topic metadata|Timed out waiting for a node assignment|Could not resolve ResourceManager address/,

      new RegExp(`Call From \\S{1,253} to ${HOST_PORT} failed on (?:connection exception|socket timeout exception)`),
      new RegExp(`Connection refused: /?${HOST_PORT}`),
      new RegExp(`Retrying connect to server: ${HOST_PORT}[^\\n]{0,40}Already tried (?<tries>\\d{1,6}) time`),
      new RegExp(
        `(?:Failed to connect to|Connecting to|Timed out connecting to|connection timed out:|Connection to) /?${HOST_PORT}[^\\n]{0,60}(?:timed out|has been quiet|refused)?`,
      ),
      /(?:ConnectException|SocketException|NoRouteToHostException|ConnectTimeoutException|SocketTimeoutException|ConnectionRefusedError|TimeoutError)[^\n]{0,200}(?:Connection refused|[cC]onnection timed out|connect timed out|No route to host|Network is unreachable|millis timeout while waiting|Read timed out|拒绝连接|连接超时|没有到主机的路由)/,
      /Communications link failure|not present in metadata after \d{1,9} ms|Failed to update metadata after \d{1,9} ms|All masters are unresponsive|Timeout waiting for connection from pool/,
      /Connection to \S{1,253} has been quiet for (?<quiet>[^\n]{1,40}?) while there are outstanding requests/,
    ],
    unless: CLOUD_METADATA,
    observedFrom: OWN_STATE,
    rank: 42,
    inferredOnly: true,
    seenIn:
      'java.net, hadoop NetUtils / ipc Client, spark TransportClientFactory / TransportChannelHandler, netty, mysql-connector, kafka-clients',
    say: { en: 'A connection failed', zh: '连接失败' },
    read: connectionFailed,
  }),
];

/** Services known by their default port, so that "connection refused" names who is absent. */
const SERVICE_OF_PORT: Readonly<Record<string, { code: CauseCode; name: string }>> = {
  '9083': { code: 'storage.metastore', name: 'Hive metastore' },
  '50010': { code: 'network.datanode_unreachable', name: 'DataNode' },
  '9866': { code: 'network.datanode_unreachable', name: 'DataNode' },
  '1004': { code: 'network.datanode_unreachable', name: 'DataNode' },
  '9097': { code: 'shuffle.remote_service_unavailable', name: 'Celeborn master' },
  '19998': { code: 'cache.master_unresponsive', name: 'Alluxio master' },
  '29999': { code: 'cache.worker_lost', name: 'Alluxio worker' },
  '8020': { code: 'network.connection_timeout', name: 'NameNode' },
  '9000': { code: 'network.connection_timeout', name: 'NameNode' },
  '8032': { code: 'network.connection_timeout', name: 'ResourceManager' },
  '8030': { code: 'network.connection_timeout', name: 'ResourceManager' },
  '10000': { code: 'network.connection_timeout', name: 'HiveServer2' },
  '2181': { code: 'network.connection_timeout', name: 'ZooKeeper' },
};

function connectionFailed(groups: Groups, record: TextRecord): Details {
  const service = groups.port ? SERVICE_OF_PORT[groups.port] : undefined;
  const where = groups.host ? `${groups.host}:${groups.port}` : undefined;
  const verb = /[Rr]efused|拒绝/.test(record.text)
    ? { en: 'was refused', zh: '被拒绝' }
    : { en: 'timed out or broke', zh: '超时或中断' };
  const who =
    service && where
      ? { en: `the ${service.name} at ${where}`, zh: `${where} 上的 ${service.name}` }
      : where
        ? { en: where, zh: where }
        : undefined;
  return {
    ...(service ? { code: service.code } : {}),
    values: present({ peerHost: groups.host, peerPort: wholeOf(groups.port), tries: wholeOf(groups.tries) }),
    statement: {
      en: who ? `A connection to ${who.en} ${verb.en}` : `A connection ${verb.en}`,
      zh: who ? `到${who.zh} 的连接${verb.zh}` : `连接${verb.zh}`,
    },
  };
}

function bindFailed(groups: Groups, record: TextRecord): Details {
  const taken =
    /Address already in use|地址已在使用|on any port in port range/.test(record.text) || groups.port !== undefined;
  const notLocal = /assign requested address|无法分配请求的地址|无法指定被请求的地址|random free port/.test(
    record.text,
  );
  const service = groups.service ? { en: ` '${groups.service}'`, zh: ` '${groups.service}'` } : { en: '', zh: '' };
  const complete =
    (groups.service !== undefined || groups.port !== undefined) &&
    /BindException|assign requested address|Address already in use/.test(record.text);
  return {
    ...(complete ? { completeStatement: 'service_bind_failure' } : {}),
    values: present({
      service: groups.service,
      reason: notLocal ? 'address_not_local' : taken ? 'port_taken' : undefined,
      port: wholeOf(groups.port),
    }),
    statement:
      taken && !notLocal
        ? {
            en: `The service${service.en} could not bind: its port or ports were taken`,
            zh: `服务${service.zh}无法绑定：端口已被占用`,
          }
        : {
            en: `The service${service.en} could not bind its address: the host name resolves to an address that no interface of this machine has`,
            zh: `服务${service.zh}无法绑定地址：主机名解析到的地址不在本机任何网卡上`,
          },
  };
}

function driverUnreachable(groups: Groups, record: TextRecord): Details | null {
  if (/Could not find CoarseGrainedScheduler|RpcEndpointNotFoundException|RpcEnv already stopped/.test(record.text))
    return null;
  return { values: present({ driverHost: groups.host, driverPort: wholeOf(groups.port) }) };
}
