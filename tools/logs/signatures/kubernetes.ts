import type { Signature } from '../signature.ts';
import { present } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { KUBERNETES, OWN_STATE } from './trusted-writers.ts';

/** What Kubernetes says about pods: pending, evicted, preempted, refused. `OOMKilled` stands with the container limits. */
export const KUBERNETES_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'kubernetes/unschedulable',
    code: 'scheduling.insufficient_resources',
    symptom: 'waiting',
    literals: ['nodes are available', 'exceeded quota'],
    pattern: [
      /(?<free>\d{1,6})\/(?<all>\d{1,6}) nodes are available: (?<why>[^\n]{1,400}?Insufficient[^\n]{0,200})/,
      /exceeded quota: (?<quota>[\w.-]{1,253}), requested: (?<why>[^\n]{1,300})/,
    ],
    observedFrom: KUBERNETES,
    rank: 80,
    seenIn: 'kube-scheduler FailedScheduling, ResourceQuota admission 1.1x-1.3x',
    say: (groups) => ({
      en: `Kubernetes cannot place the pod: ${groups.quota ? `quota ${groups.quota} is used up (${groups.why})` : groups.why}`,
      zh: `Kubernetes 无法放置该 pod:${groups.quota ? `配额 ${groups.quota} 已用完（${groups.why}）` : groups.why}`,
    }),
    read: (groups) => ({ values: present({ quota: groups.quota }) }),
  }),
  statementSignature({
    id: 'kubernetes/no-node-fits',
    code: 'config.resource_setting',
    symptom: 'waiting',
    literals: ['nodes are available'],
    pattern:
      /\d{1,6}\/\d{1,6} nodes are available: (?<why>[^\n]{0,400}?(?:node affinity|node selector|taint)[^\n]{0,200})/,
    unless: /Insufficient (?:cpu|memory|ephemeral|nvidia)/,
    observedFrom: KUBERNETES,
    rank: 76,
    seenIn: 'kube-scheduler FailedScheduling 1.1x-1.3x',
    say: (groups) => ({
      en: `No node is allowed for the pod: ${groups.why}`,
      zh: `没有节点允许运行该 pod:${groups.why}`,
    }),
  }),
  statementSignature({
    id: 'kubernetes/evicted-for-memory',
    code: 'scheduling.overcommit_eviction',
    symptom: 'process_killed',
    literals: [
      'The node was low on resource: memory',
      'The node had condition: [MemoryPressure]',
      'Evicted',
      'EvictionThresholdMet',
      'evictPods',
      'evicted by node memory',
    ],
    pattern: [
      /The node was low on resource: memory\.? ?(?<why>[^\n]{0,300})/,
      /The node had condition: \[MemoryPressure\]/,
      /(?:evictPods\w{0,60}|evicted by node) ?[mM]emory ?[uU]sage[^\n]{0,160}/,
      /(?:[rR]eason"?\s{0,8}[:=]\s{0,8}"?|\b\d\/\d\s{1,12})Evicted\b/,
    ],
    unless: /low on resource: (?:ephemeral-storage|nodefs|imagefs|inodes)|DiskPressure|[eE]phemeral/,
    observedFrom: KUBERNETES,
    rank: 84,
    seenIn: 'kubelet eviction manager 1.1x-1.3x; platform-texts-and-interfaces.md C6; koordlet memory evictor',
    say: {
      en: 'The node evicted the pod because memory on the node ran low: it was over its request, not necessarily over its limit',
      zh: '节点内存吃紧，pod 被驱逐：它超出的是 request，不一定超出 limit',
    },
    read: (_groups, record) => ({
      ...(/low on resource: memory|MemoryPressure/.test(record.text) ? {} : { inferredOnly: true }),
      ...(/low on resource: memory[\s\S]{0,300}Container \S{1,253} was using \S{1,40},/.test(record.text)
        ? { completeStatement: 'kubelet_eviction_message' }
        : {}),
    }),
  }),
  statementSignature({
    id: 'kubernetes/evicted-for-disk',
    code: 'storage.disk_full_local',
    symptom: 'process_killed',
    literals: [
      'low on resource: ',
      'DiskPressure',
      'ephemeral local storage',
      'local ephemeral storage limit',
      'Usage of EmptyDir volume',
    ],
    pattern: [
      /low on resource: (?:ephemeral-storage|nodefs|imagefs|inodes)[^\n]{0,300}/,
      /The node had condition: \[DiskPressure\]/,
      /Pod ephemeral local storage usage exceeds the total limit of containers ?(?<limit>\S{0,40})/,
      /exceeded its local ephemeral storage limit "?(?<limit>[\w.]{1,40})/,
      /Usage of EmptyDir volume "[^"\n]{1,120}" exceeds the limit "(?<limit>[^"\n]{1,40})"/,
    ],
    observedFrom: KUBERNETES,
    rank: 86,
    seenIn: 'kubelet eviction manager 1.1x-1.3x; platform-texts-and-interfaces.md C6',
    read: (groups) => (groups.limit ? { completeStatement: 'kubelet_ephemeral_storage_eviction' } : {}),
    say: (groups) => ({
      en: `The pod was evicted for local disk space${groups.limit ? ` (limit ${groups.limit})` : ''}: shuffle, spill or log files filled it`,
      zh: `pod 因本地磁盘空间被驱逐${groups.limit ? `（上限 ${groups.limit}）` : ''}:shuffle、溢写或日志文件占满`,
    }),
  }),
  statementSignature({
    id: 'kubernetes/preempted',
    code: 'scheduling.preemption',
    symptom: 'process_killed',
    literals: [
      'Preempted by ',
      'Preempted in order to admit critical pod',
      'PreemptionByScheduler',
      'preempting to accommodate a higher priority pod',
    ],
    pattern:
      /Preempted by [^\n]{1,200}|Preempted in order to admit critical pod|PreemptionByScheduler|preempting to accommodate a higher priority pod/,
    observedFrom: KUBERNETES,
    rank: 84,
    seenIn: 'kube-scheduler, kubelet critical pod admission 1.1x-1.3x',
    say: {
      en: 'Kubernetes stopped the pod in favour of one of higher priority',
      zh: 'Kubernetes 为更高优先级的 pod 停掉了它',
    },
  }),
  statementSignature({
    id: 'kubernetes/node-gone',
    code: 'scheduling.spot_node_lost',
    symptom: 'node_lost',
    literals: [
      'TaintManagerEviction',
      'DeletionByTaintManager',
      'NodeLost',
      'imminent node shutdown',
      'NodeNotReady',
      'DeletionByPodGC',
    ],
    pattern:
      /TaintManagerEviction|DeletionByTaintManager|\bNodeLost\b|imminent node shutdown|\bNodeNotReady\b|DeletionByPodGC/,
    observedFrom: KUBERNETES,
    rank: 78,
    seenIn: 'kube-controller-manager, kubelet graceful shutdown 1.1x-1.3x',
    say: { en: 'The node of the pod was lost, drained or shut down', zh: 'pod 所在节点失联、被排空或关机' },
  }),
  statementSignature({
    id: 'kubernetes/deleted-from-outside',
    code: 'scheduling.killed_by_user',
    symptom: 'executor_lost',
    literals: ['was deleted by a user or the framework'],
    pattern: /The executor with (?:id|ID) (?<executor>\d{1,7}) was deleted by a user or the framework/,
    observedFrom: [],
    rank: 34,
    inferredOnly: true,
    seenIn: 'spark ExecutorPodsLifecycleManager 2.4-4.x (also after evictions, scaling down and node loss)',
    say: (groups) => ({
      en: `The pod of executor ${groups.executor} was deleted from outside: by a person, an operator or the cluster`,
      zh: `executor ${groups.executor} 的 pod 被外部删除：人、operator 或集群`,
    }),
    read: (groups) => ({ keys: present({ executorId: groups.executor }) }),
  }),
  statementSignature({
    id: 'kubernetes/volume-not-mounted',
    code: 'config.wrong_path_or_endpoint',
    symptom: 'waiting',
    literals: ['MountVolume.SetUp failed', 'MountVolume.MountDevice failed', 'Unable to attach or mount volumes'],
    pattern:
      /MountVolume\.(?:SetUp|MountDevice) failed for volume [^\n]{1,400}|Unable to attach or mount volumes[^\n]{0,300}/,
    observedFrom: KUBERNETES,
    rank: 64,
    inferredOnly: true,
    seenIn: 'kubelet 1.1x-1.3x; fluid issue threads',
    say: { en: 'A volume of the pod could not be mounted on its node', zh: 'pod 的一个卷无法在节点上挂载' },
    read: (_groups, record) => (/fuse|fluid|alluxio|csi/i.test(record.text) ? { code: 'cache.fuse_crash' } : {}),
  }),
  statementSignature({
    id: 'kubernetes/not-allowed',
    code: 'security.permission_denied',
    symptom: 'submission_failed',
    literals: [' is forbidden: '],
    pattern:
      /(?<![\w.])(?<what>[\w.]{1,80} "?[\w.-]{0,253}"?) is forbidden: User "(?<user>[^"\n]{1,253})" cannot (?<verb>\w{1,20}) resource/,
    observedFrom: OWN_STATE,
    rank: 84,
    seenIn: 'kube-apiserver RBAC 1.1x-1.3x',
    say: (groups) => ({
      en: `Kubernetes does not let ${groups.user} ${groups.verb} ${groups.what}`,
      zh: `Kubernetes 不允许 ${groups.user} 对 ${groups.what} 执行 ${groups.verb}`,
    }),
    read: (groups) => ({ keys: present({ user: groups.user }) }),
  }),
];
