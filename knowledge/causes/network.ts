import type { Cause } from './cause.ts';

/** Causes between processes: heartbeats, connections, names, ports. */
export const NETWORK_CAUSES: readonly Cause[] = [
  {
    code: 'network.heartbeat_timeout',
    title: { en: 'Heartbeat late beyond the timeout', zh: '心跳超时' },
    meaning: {
      en: 'Peers are alive but their heartbeats come later than the timeout',
      zh: '对端仍存活，但心跳晚于超时时间',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The late peer goes on working or registers again after it was declared lost, and no kill or collection explains the gap',
        zh: '被判定丢失的对端随后继续工作或重新注册，且没有被杀或垃圾回收可解释这段空白',
      },
      provenance: ['engine', 'workflow_engine', 'resource_manager', 'node_manager', 'shuffle_service'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'A heartbeat timed out and no reason for the silence is shown', zh: '心跳超时，但没有显示沉默的原因' },
    ],
    refutedBy: [
      { en: 'The peer was killed: what killed it is the cause', zh: '对端已被杀死：应查杀死它的原因' },
      { en: 'Long garbage collections fill the silence', zh: '沉默期间在做长时间垃圾回收' },
    ],
    remediations: [
      {
        statement: {
          en: 'Find why the process stood still: overloaded or frozen host, stopped process, lost packets',
          zh: '查明进程停顿的原因：主机过载或冻结、进程被停止、丢包',
        },
        settings: [],
        by: 'platform',
        section: 'find-why-the-process-stood-still',
      },
      {
        statement: { en: 'Allow more time where hosts are known to be slow', zh: '主机已知较慢时放宽超时' },
        settings: ['spark.network.timeout', 'spark.executor.heartbeatInterval', 'heartbeat.timeout'],
        by: 'user',
        section: 'allow-more-time-on-slow-hosts',
      },
    ],
    standing: 'recorded',
    runbook: 'network-heartbeat-timeout',
  },
  {
    code: 'network.connection_timeout',
    title: { en: 'Connection refused, reset or timed out', zh: '连接被拒绝、重置或超时' },
    meaning: { en: 'A connection is refused, reset or timed out', zh: '连接被拒绝、重置或超时' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'One side names the address that refuses, resets or does not answer, while the process there is shown to live',
        zh: '一方指明拒绝、重置或无响应的地址，而该处进程被证明存活',
      },
      provenance: ['engine', 'shuffle_service', 'storage', 'cache', 'kernel'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Connection errors of several clients against one host at the same time',
        zh: '多个客户端同时对同一主机出现连接错误',
      },
    ],
    refutedBy: [
      { en: 'The process behind the address had ended before', zh: '该地址后的进程此前已退出' },
      { en: 'The address is wrong', zh: '地址本身错误' },
    ],
    remediations: [
      {
        statement: {
          en: 'Look at the network between the two hosts: packet filter, full accept queue, limits',
          zh: '检查两台主机之间的网络：防火墙、连接队列满、限流',
        },
        settings: ['net.core.somaxconn'],
        by: 'platform',
        section: 'look-at-the-network-between-the-two-hosts',
      },
      {
        statement: { en: 'Retry more often and for longer', zh: '增加重试次数和时间' },
        settings: ['spark.shuffle.io.maxRetries', 'spark.shuffle.io.retryWait', 'spark.network.timeout'],
        by: 'user',
        section: 'retry-more-often-and-for-longer',
      },
    ],
    standing: 'recorded',
    runbook: 'network-connection-timeout',
  },
  {
    code: 'network.driver_unreachable',
    title: { en: 'Executors cannot reach the driver', zh: 'Executor 无法连接 Driver' },
    meaning: { en: 'Executors cannot reach the driver', zh: 'Executor 无法连接 Driver' },
    responsibility: 'user',
    proof: {
      statement: {
        en: "An executor names the driver's address that it cannot connect to, while the driver runs",
        zh: 'Executor 指明其无法连接的 Driver 地址，而 Driver 正在运行',
      },
      provenance: ['engine', 'jvm', 'user_process'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'Executors end soon after their start and no task runs', zh: 'Executor 启动后很快退出，没有运行任何 Task' },
    ],
    refutedBy: [
      { en: 'The driver had ended before the executors failed', zh: 'Driver 在 Executor 失败前已退出' },
      { en: 'Executors registered and ran tasks', zh: 'Executor 已注册并运行过 Task' },
    ],
    remediations: [
      {
        statement: {
          en: 'Advertise an address of the driver that the hosts of the executors can reach',
          zh: '让 Driver 公布 Executor 所在主机可达的地址',
        },
        settings: ['spark.driver.host', 'spark.driver.bindAddress', 'spark.driver.port'],
        by: 'user',
        section: 'advertise-an-address-that-executors-reach',
      },
      {
        statement: { en: "Open the driver's ports in the packet filter", zh: '在防火墙中放行 Driver 端口' },
        settings: ['spark.driver.port', 'spark.port.maxRetries'],
        by: 'platform',
        section: 'open-the-ports-of-the-driver',
      },
    ],
    standing: 'recorded',
    runbook: 'network-driver-unreachable',
  },
  {
    code: 'network.datanode_unreachable',
    title: { en: 'Client cannot reach DataNodes', zh: '客户端无法连接 DataNode' },
    meaning: {
      en: 'The client reaches the NameNode but not the DataNodes',
      zh: '客户端能连 NameNode，却连不上 DataNode',
    },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'All running DataNodes are excluded by the client after failed connections to their data ports',
        zh: '客户端因连接数据端口失败而排除了所有在运行的 DataNode',
      },
      provenance: ['engine', 'storage'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The addresses of the DataNodes are internal ones', zh: 'DataNode 的地址是内部地址' }],
    refutedBy: [
      { en: 'No DataNode runs at all', zh: '根本没有 DataNode 在运行' },
      { en: 'The DataNodes refuse for lack of space', zh: 'DataNode 因空间不足而拒绝' },
    ],
    remediations: [
      {
        statement: {
          en: "Connect to DataNodes by name, and run the client inside the cluster's network",
          zh: '以主机名连接 DataNode，并在集群网络内运行客户端',
        },
        settings: ['dfs.client.use.datanode.hostname'],
        by: 'user',
        section: 'connect-by-name-inside-the-network',
      },
      {
        statement: { en: 'Open the data ports of the DataNodes to the client', zh: '向客户端放行 DataNode 数据端口' },
        settings: ['dfs.client.socket-timeout'],
        by: 'platform',
        section: 'open-the-data-ports-to-the-client',
      },
    ],
    standing: 'recorded',
    runbook: 'network-datanode-unreachable',
  },
  {
    code: 'network.dns_hostname',
    title: { en: 'Name or advertised address wrong', zh: '主机名或公布地址错误' },
    meaning: {
      en: 'A host name does not resolve, or a component advertises a wrong address',
      zh: '主机名无法解析，或组件公布了错误地址',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The exception names a host that cannot be resolved, or the peer drops messages for an address that is not its own',
        zh: '异常指明无法解析的主机名，或对端丢弃发往非自身地址的消息',
      },
      provenance: ['engine', 'jvm', 'storage', 'cache', 'kubernetes', 'user_process'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'A component advertises localhost or an internal name', zh: '组件公布了 localhost 或内部名称' },
    ],
    refutedBy: [{ en: 'The name resolves on that host at the time', zh: '当时该主机能够解析该名称' }],
    remediations: [
      {
        statement: {
          en: 'Correct DNS or the hosts file, and the name that the component advertises',
          zh: '修正 DNS 或 hosts 文件，以及组件公布的名称',
        },
        settings: ['jobmanager.rpc.address', 'alluxio.master.hostname'],
        by: 'platform',
        section: 'correct-dns-or-hosts-file-and-the-advertised-name',
      },
      {
        statement: { en: 'Set the address to advertise', zh: '设置要公布的地址' },
        settings: ['spark.driver.host', 'spark.driver.bindAddress'],
        by: 'user',
        section: 'set-the-address-to-advertise',
      },
    ],
    standing: 'recorded',
    runbook: 'network-dns-hostname',
  },
  {
    code: 'network.bind_address',
    title: { en: 'Cannot bind address or port', zh: '无法绑定地址或端口' },
    meaning: { en: 'A service cannot bind its address or port', zh: '服务无法绑定地址或端口' },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The service names the address or port it cannot bind and the reason of the system',
        zh: '服务指明无法绑定的地址或端口及系统给出的原因',
      },
      provenance: ['engine', 'jvm', 'storage', 'resource_manager', 'node_manager', 'workflow_engine'],
      completeStatements: ['service_bind_failure'],
    },
    suggestedBy: [{ en: 'Peers cannot reach a component that has just been started', zh: '对端连不上刚启动的组件' }],
    refutedBy: [
      { en: 'The service was bound and ended later for another reason', zh: '服务已绑定成功，之后因其他原因退出' },
    ],
    remediations: [
      {
        statement: {
          en: 'Bind to an address of this host, or choose a free port',
          zh: '绑定到本机地址，或选择空闲端口',
        },
        settings: ['spark.driver.bindAddress', 'spark.driver.host', 'spark.port.maxRetries', 'rest.port'],
        by: 'user',
        section: 'bind-to-an-address-of-this-host-or-a-free-port',
      },
      {
        statement: {
          en: 'Free the port, or give each service a port of its own',
          zh: '释放端口，或为各服务分配独立端口',
        },
        settings: ['rest.bind-port', 'net.ipv4.ip_local_port_range'],
        by: 'platform',
        section: 'free-the-port-or-give-each-service-its-own',
      },
    ],
    standing: 'recorded',
    runbook: 'network-bind-address',
  },
];
