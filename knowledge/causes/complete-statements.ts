import type { Bilingual } from '../bilingual.ts';

/**
 * A text that is a platform component's own complete statement of a cause: it names the cause and the thing it happened to,
 * so it confirms even when the asker pasted it. A text that lacks one of the named parts is not complete.
 */
export interface CompleteStatement {
  /** Name used in `Cause.proof.completeStatements` and `Finding.completeStatement`. */
  kind: string;
  /** What must stand in the text for it to be complete. */
  holds: Bilingual;
}

/** Every kind of complete statement the catalogue accepts. */
export const COMPLETE_STATEMENTS: readonly CompleteStatement[] = [
  {
    kind: 'kernel_oom_report',
    holds: {
      en: 'The line of the OOM killer with constraint, full group, group of the victim, process and pid; on older kernels the sentence on both groups with the kill line',
      zh: 'OOM killer 的约束行，含被占满的组、受害进程所在组、进程名和 pid；旧内核为描述两个组的语句加 kill 行',
    },
  },
  {
    kind: 'pids_limit_refusal',
    holds: {
      en: "The kernel's line that a fork was rejected by the pids controller, with the group",
      zh: '内核拒绝 fork 的 pids 控制器日志，含 cgroup 路径',
    },
  },
  {
    kind: 'kernel_disk_error',
    holds: {
      en: "The kernel's I/O error with device and sector, or its remount of a file system as read-only with the device",
      zh: '内核的 I/O 错误，含设备和扇区；或文件系统被重新挂载为只读，含设备',
    },
  },
  {
    kind: 'node_manager_beyond_limit',
    holds: {
      en: "The NodeManager's sentence that a container runs beyond its physical or virtual limit, with container and both amounts",
      zh: 'NodeManager 声明容器超出物理或虚拟内存上限，含容器 id 和两个数值',
    },
  },
  {
    kind: 'node_local_dirs_full',
    holds: {
      en: "The NodeManager's health report that names local directories over their usage limit, with directory and limit",
      zh: 'NodeManager 健康报告指明超过使用率上限的本地目录，含目录和上限',
    },
  },
  {
    kind: 'kubelet_oom_killed_status',
    holds: {
      en: 'The status of a container with its name, reason OOMKilled and exit code',
      zh: '容器状态，含容器名、原因 OOMKilled 和退出码',
    },
  },
  {
    kind: 'kubelet_eviction_message',
    holds: {
      en: "The kubelet's message that the node was low on a resource, with the container's use and request",
      zh: 'kubelet 声明节点资源不足的消息，含容器用量和请求量',
    },
  },
  {
    kind: 'kubelet_ephemeral_storage_eviction',
    holds: {
      en: "The kubelet's message that local storage of a pod or container exceeds its limit, with the name",
      zh: 'kubelet 声明 Pod 或容器本地存储超限的消息，含名称',
    },
  },
  {
    kind: 'resource_ask_over_maximum',
    holds: {
      en: 'The refusal of an ask with what is asked for and the maximum that is allowed',
      zh: '对资源申请的拒绝，含申请量和允许的最大值',
    },
  },
  {
    kind: 'queue_am_limit_exceeded',
    holds: {
      en: "The scheduler's diagnostics that the queue's limit for application masters is exceeded, with request, limit and use",
      zh: '调度器诊断信息：队列 AM 资源上限已超出，含申请量、上限和用量',
    },
  },
  {
    kind: 'application_killed_by_user',
    holds: {
      en: "The ResourceManager's sentence that an application was killed by a user, with application and user",
      zh: 'ResourceManager 声明应用被某用户终止，含应用 id 和用户',
    },
  },
  {
    kind: 'yarn_queue_acl_refusal',
    holds: {
      en: "The ResourceManager's sentence that a user cannot submit to a queue, with user and queue",
      zh: 'ResourceManager 声明某用户无权向队列提交，含用户和队列',
    },
  },
  {
    kind: 'hdfs_safe_mode_refusal',
    holds: {
      en: "The NameNode's exception that it is in safe mode, with the operation and path that it refused",
      zh: 'NameNode 处于安全模式的异常，含被拒绝的操作和路径',
    },
  },
  {
    kind: 'hdfs_quota_refusal',
    holds: {
      en: "The NameNode's exception that a quota is exceeded, with directory, quota and use",
      zh: 'NameNode 配额超出的异常，含目录、配额和用量',
    },
  },
  {
    kind: 'hdfs_permission_refusal',
    holds: {
      en: "The NameNode's refusal with user, access and inode",
      zh: 'NameNode 的权限拒绝，含用户、访问类型和 inode',
    },
  },
  {
    kind: 'no_datanode_running',
    holds: {
      en: "The NameNode's exception that a block could not be placed because no DataNode is running, with the file",
      zh: 'NameNode 因没有 DataNode 运行而无法放置数据块的异常，含文件',
    },
  },
  {
    kind: 'delegation_token_expired',
    holds: {
      en: "The service's exception that a delegation token is expired or not in its cache, with the token's identifier",
      zh: '服务声明委托令牌过期或不在缓存中的异常，含令牌标识',
    },
  },
  {
    kind: 'result_size_abort',
    holds: {
      en: "The driver's abort with the total size of serialized results and the limit",
      zh: 'Driver 的中止信息，含序列化结果总大小和上限',
    },
  },
  {
    kind: 'broadcast_over_maximum',
    holds: {
      en: "The engine's refusal to broadcast a table, with its size and the maximum",
      zh: '引擎拒绝广播某表，含其大小和最大值',
    },
  },
  {
    kind: 'kryo_buffer_overflow',
    holds: {
      en: "The engine's Kryo overflow with available and required size",
      zh: '引擎的 Kryo 缓冲区溢出信息，含可用和所需大小',
    },
  },
  {
    kind: 'parquet_column_mismatch',
    holds: {
      en: "The reader's exception that a Parquet column cannot be converted, with file, column, type expected and type found",
      zh: '读取器声明 Parquet 列无法转换的异常，含文件、列、期望类型和实际类型',
    },
  },
  {
    kind: 'unsupported_shuffle_manager',
    holds: {
      en: "The shuffle service's refusal of an executor's shuffle manager, with its class",
      zh: 'Shuffle 服务拒绝 Executor 的 Shuffle 管理器，含其类名',
    },
  },
  {
    kind: 'service_bind_failure',
    holds: {
      en: 'The exception that a service cannot bind, with the name of the service or port and the reason of the system',
      zh: '服务无法绑定的异常，含服务名或端口以及系统原因',
    },
  },
  {
    kind: 'python_version_mismatch',
    holds: {
      en: "The worker's exception that its Python version differs from the driver's, with both versions",
      zh: 'worker 的 Python 版本与 Driver 不同的异常，含两个版本',
    },
  },
  {
    kind: 'linkage_error',
    holds: {
      en: "The JVM's linkage error with class, member and signature",
      zh: 'JVM 链接错误，含类、成员和签名',
    },
  },
  {
    kind: 'class_file_version_refusal',
    holds: {
      en: "The JVM's refusal of a class file that is too new, with both version numbers",
      zh: 'JVM 拒绝过新的类文件，含两个版本号',
    },
  },
  {
    kind: 'serial_version_mismatch',
    holds: {
      en: 'The exception that a serialised class is incompatible, with class and both version numbers',
      zh: '序列化类不兼容的异常，含类名和两个版本号',
    },
  },
  {
    kind: 'jvm_option_refusal',
    holds: {
      en: "The JVM's refusal to start, with the option it does not accept",
      zh: 'JVM 拒绝启动的信息，含不被接受的参数',
    },
  },
  {
    kind: 'direct_memory_refusal',
    holds: {
      en: 'The refusal of a direct buffer with what is allocated and the limit',
      zh: '拒绝分配直接缓冲区的信息，含已分配量和上限',
    },
  },
  {
    kind: 'hs_err_native_frame',
    holds: {
      en: "The JVM's crash report with signal and problematic frame in a native library other than the JVM",
      zh: 'JVM 崩溃报告，含信号以及 JVM 之外本地库的问题栈帧',
    },
  },
  {
    kind: 'celeborn_quota_refusal',
    holds: {
      en: "The service's refusal because the storage use of the user exceeds its quota, with both figures",
      zh: '服务因用户存储用量超过配额而拒绝，含两个数值',
    },
  },
  {
    kind: 'insufficient_network_buffers',
    holds: {
      en: "The engine's exception with the network buffers required and available",
      zh: '引擎的异常，含所需和可用的网络缓冲区数量',
    },
  },
  {
    kind: 'airflow_pool_full',
    holds: {
      en: "The scheduler's line that it does not schedule because a pool has no open slots, with the pool",
      zh: '调度器因资源池没有空闲槽位而不调度的日志，含资源池名',
    },
  },
];
