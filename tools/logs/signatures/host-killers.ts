import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';

/**
 * Daemons of a host that end processes before the kernel does: earlyoom, systemd-oomd, the kubelet's own log. They write to the
 * host's syslog or journal; the kernel log stays clean and the container ends with 137 or 143. What they write suggests: a syslog
 * takes lines from anybody.
 */
export const HOST_KILLER_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'host-killers/earlyoom',
    code: 'scheduling.overcommit_eviction',
    symptom: 'process_killed',
    literals: ['sending SIGTERM to process ', 'sending SIGKILL to process '],
    pattern:
      /\bsending (?<signal>SIGTERM|SIGKILL) to process (?<pid>\d{1,10})(?: uid \d{1,10})? "(?<comm>[^"\n]{1,40})": (?:oom_score|badness) \d{1,6}, VmRSS (?<mib>\d{1,9}) MiB/,
    observedFrom: [],
    rank: 82,
    inferredOnly: true,
    seenIn: 'earlyoom kill.c 1.3-1.8',
    say: (groups) => ({
      en: `earlyoom sent ${groups.signal} to ${groups.comm} (pid ${groups.pid}), which held ${groups.mib} MiB, because the host's memory ran low: before the kernel's own killer, and without a line of it`,
      zh: `整机内存吃紧，earlyoom 向 ${groups.comm}（pid ${groups.pid}，占用 ${groups.mib} MiB）发送了 ${groups.signal}：早于内核 OOM killer，内核日志里没有记录`,
    }),
    read: (groups) => ({ keys: present({ pid: wholeOf(groups.pid) }) }),
  }),
  statementSignature({
    id: 'host-killers/systemd-oomd',
    code: 'scheduling.overcommit_eviction',
    symptom: 'process_killed',
    literals: ['due to memory pressure for ', 'due to memory used ('],
    pattern: /\bKilled (?<group>\/\S{1,400}) due to memory (?<why>pressure for|used \()[^\n]{0,300}/,
    observedFrom: [],
    rank: 82,
    inferredOnly: true,
    seenIn: 'systemd oomd-manager.c 247-257',
    say: (groups) => ({
      en: `systemd-oomd killed the group ${shortGroup(groups.group)} for memory ${groups.why === 'used (' ? 'and swap used up' : 'pressure'} of the host or slice: not the kernel, and not the group's own limit`,
      zh: `systemd-oomd 因整机或 slice 的${groups.why === 'used (' ? '内存和交换分区耗尽' : '内存压力'}杀死了 cgroup ${shortGroup(groups.group)}：不是内核，也不是该组自身上限`,
    }),
    read: (groups) => ({ keys: present({ cgroupPath: groups.group }) }),
  }),
  statementSignature({
    id: 'host-killers/kubelet-reclaims-memory',
    code: 'scheduling.overcommit_eviction',
    symptom: 'process_killed',
    literals: ['attempting to reclaim'],
    pattern: /[eE]viction manager: attempting to reclaim"? ?(?:resourceName="?)?memory\b/,
    observedFrom: [],
    rank: 80,
    inferredOnly: true,
    seenIn: 'kubelet eviction_manager.go 1.6-1.33 (klog text and structured)',
    say: {
      en: 'The kubelet ran into its memory threshold and looked for a pod to evict',
      zh: '节点内存达到 kubelet 驱逐阈值，kubelet 正在挑选要驱逐的 pod',
    },
  }),
  statementSignature({
    id: 'host-killers/kubelet-reclaims-disk',
    code: 'storage.disk_full_local',
    symptom: 'process_killed',
    literals: ['attempting to reclaim'],
    pattern:
      /[eE]viction manager: attempting to reclaim"? ?(?:resourceName="?)?(?<what>ephemeral-storage|nodefs|imagefs|inodes)\b/,
    observedFrom: [],
    rank: 80,
    inferredOnly: true,
    seenIn: 'kubelet eviction_manager.go 1.6-1.33 (klog text and structured)',
    say: (groups) => ({
      en: `The kubelet ran out of ${groups.what} on the node and looked for a pod to evict`,
      zh: `节点 ${groups.what} 不足，kubelet 正在挑选要驱逐的 pod`,
    }),
  }),
  statementSignature({
    id: 'host-killers/kubelet-evicted-pod',
    code: null,
    symptom: 'process_killed',
    literals: ['is evicted successfully'],
    pattern: [
      /pod is evicted successfully" pod="(?<namespace>[\w.-]{1,253})\/(?<pod>[\w.-]{1,253})"/,
      /eviction manager: pod (?<namespace>[\w.-]{1,253})_(?<pod>[\w.-]{1,253}?)(?:\([\w-]{1,40}\))? is evicted successfully/,
    ],
    observedFrom: ['kubernetes'],
    rank: 70,
    seenIn: 'kubelet eviction_manager.go 1.6-1.33',
    say: (groups) => ({
      en: `The kubelet evicted the pod ${groups.pod}`,
      zh: `kubelet 驱逐了 pod ${groups.pod}`,
    }),
    read: (groups) => ({ keys: present({ podName: groups.pod }) }),
  }),
];

function shortGroup(path: string | undefined): string {
  return path?.split('/').at(-1) || '/';
}
