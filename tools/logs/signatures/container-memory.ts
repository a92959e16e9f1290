import type { Signature } from '../signature.ts';
import { bytesOf, present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { KUBERNETES, YARN } from './trusted-writers.ts';

const SIZE = '[\\d.]{1,12} ?[KMGTP]?i?B';
const USAGE = `Current usage: (?<used>${SIZE}) of (?<limit>${SIZE}) physical memory used; (?<virtualUsed>${SIZE}) of (?<virtualLimit>${SIZE}) virtual memory used`;

/** A container or pod was stopped for its memory, in the words of those who watch it. */
export const CONTAINER_MEMORY_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'container-memory/beyond-limit',
    code: 'memory.container_physical_limit',
    symptom: 'process_killed',
    literals: ['is running beyond ', "B beyond the 'PHYSICAL' memory limit", "B beyond the 'VIRTUAL' memory limit"],
    pattern: [
      new RegExp(
        `Container \\[pid=(?<pid>\\d{1,10}),containerID=(?<container>container_\\w{1,60})\\] is running (?:(?<over>\\d{1,18})B )?beyond (?:the '(?<kind3>PHYSICAL|VIRTUAL)' memory limit|(?<kind2>physical|virtual) memory limits)\\. ${USAGE}`,
      ),
      /is running (?:(?<over>\d{1,18})B )?beyond (?:the '(?<kind3>PHYSICAL|VIRTUAL)' memory limit|(?<kind2>physical|virtual) memory limits)/,
    ],
    observedFrom: YARN,
    ignoredFrom: ['user_process'],
    rank: 95,
    seenIn:
      'hadoop ContainersMonitorImpl 2.x and 3.x; platform-texts-and-interfaces.md C4; captures yarn-005, yarn-017',
    say: { en: 'A container was over its memory limit', zh: '容器超出内存限额' },
    read: beyondLimit,
  }),
  statementSignature({
    id: 'container-memory/killed-by-yarn-for-limits',
    code: 'memory.container_physical_limit',
    symptom: 'executor_lost',
    literals: ['Container killed by YARN for exceeding'],
    pattern: new RegExp(
      `Container killed by YARN for exceeding (?:(?<kind>physical|virtual) )?memory limits\\.(?: (?<used>${SIZE}) of (?<limit>${SIZE}) (?<which>physical|virtual) memory used)?`,
    ),
    observedFrom: YARN,
    ignoredFrom: ['user_process'],
    rank: 92,
    seenIn: 'spark YarnAllocator 1.3-4.x (relays the NodeManager); captures yarn-005, yarn-029, question q020',
    say: { en: 'YARN killed a container for its memory', zh: 'YARN 因内存杀掉了容器' },
    read: killedByYarn,
  }),
  statementSignature({
    id: 'container-memory/exit-status-104',
    code: 'memory.container_physical_limit',
    symptom: 'container_exited',
    literals: [': -104', ': -103', 'xitStatus":-104', 'xitStatus":-103'],
    pattern: /(?:[eE]xit ?[sS]tatus|exitCode|[eE]xit[ _][cC]ode)"?: ?(?<status>-10[34])\b/,
    observedFrom: YARN,
    rank: 90,
    seenIn: 'hadoop ContainerExitStatus 2.5+ (-104 physical, -103 virtual); capture yarn-017',
    say: { en: 'A container was stopped by the memory check', zh: '容器被内存检查停止' },
    read: (groups) => exitStatus(groups.status),
  }),
  statementSignature({
    id: 'container-memory/under-oom',
    code: 'memory.container_physical_limit',
    symptom: 'process_killed',
    literals: ['is under oom because it exceeded its physical memory limit', 'is out of its limits, using'],
    pattern: [
      /(?<container>container_\w{1,60}) is under oom because it exceeded its physical memory limit/,
      /Container (?<container>container_\w{1,60}) is out of its limits, using (?<used>\d{1,18})(?: when requested only (?<limit>\d{1,18}))?/,
    ],
    observedFrom: ['node_manager'],
    ignoredFrom: ['user_process'],
    rank: 93,
    seenIn: 'hadoop CGroupsMemoryResourceHandlerImpl, DefaultOOMHandler 3.2+; platform-texts-and-interfaces.md C4',
    say: {
      en: 'A container was over its own physical limit, as its control group showed',
      zh: '容器超出自己的物理内存限额（由控制组发现）',
    },
    read: (groups) => ({
      keys: groups.container ? { containerId: groups.container } : {},
      values: present({ usedBytes: wholeOf(groups.used), limitBytes: wholeOf(groups.limit) }),
    }),
  }),
  statementSignature({
    id: 'container-memory/elastic-handler',
    code: 'scheduling.overcommit_eviction',
    symptom: 'process_killed',
    literals: ['killed by elastic cgroups OOM handler', 'CGroups reserved for containers ran out of memory'],
    pattern: [
      /container (?<container>container_\w{1,60}) killed by elastic cgroups OOM handler/i,
      /CGroups reserved for containers ran out of memory/,
    ],
    observedFrom: ['node_manager'],
    ignoredFrom: ['user_process'],
    rank: 91,
    seenIn: 'hadoop DefaultOOMHandler 3.2+; platform-texts-and-interfaces.md C4',
    say: {
      en: 'The containers of the node together ran out of memory and the node manager chose one to kill',
      zh: '节点上所有容器合计内存用尽，NodeManager 选了一个容器杀掉',
    },
    read: (groups) => ({ keys: groups.container ? { containerId: groups.container } : {} }),
  }),
  statementSignature({
    id: 'container-memory/oom-killed-pod',
    code: 'memory.container_physical_limit',
    symptom: 'process_killed',
    literals: ['Status=oom', 'OOMKilled', 'OOMKilling'],
    pattern: /(?:(?:termination )?[rR]eason"?\s{0,12}[:=]\s{0,12}"?OOMKilled|\bOOMKill(?:ed|ing)\b|\bStatus=oom\b)/,
    observedFrom: KUBERNETES,
    ignoredFrom: ['user_process'],
    rank: 90,
    seenIn:
      'kubelet container status; spark ExecutorPodsLifecycleManager 2.4+; platform-texts-and-interfaces.md C5, C6',
    say: {
      en: 'Kubernetes reports the container as OOMKilled: a memory limit of its group was hit, however free the node was',
      zh: 'Kubernetes 报告容器被 OOMKilled：撞上了它所在控制组的内存限额，与节点是否空闲无关',
    },
    read: (_groups, record) => ({ ...podKeys(record.text), ...oomKilledStatus(record.text) }),
  }),
  statementSignature({
    id: 'container-memory/exit-137-possible-oom',
    code: 'memory.container_physical_limit',
    symptom: 'executor_lost',
    literals: ['possible container OOM'],
    pattern: /exit(?:ed with)?(?: exit)? code:? 137\(SIGKILL, possible container OOM\)/,
    observedFrom: [],
    rank: 36,
    inferredOnly: true,
    seenIn:
      'spark ExecutorExitCode.explainExitCode / ExecutorPodsLifecycleManager 3.1+; platform-texts-and-interfaces.md C5',
    say: {
      en: 'An executor pod ended with 137: it was killed, possibly for memory; the pod status would tell',
      zh: 'executor pod 以 137 结束：被强杀，可能是因为内存；要看 pod 状态才能确定',
    },
    read: (_groups, record) => ({ ...podKeys(record.text), values: { exitCode: 137 } }),
  }),
];

/** `…_000001` is the container of the ApplicationMaster: in cluster mode the driver. */
function isMaster(container: string | undefined): boolean {
  return /_0{3,11}1$/.test(container ?? '');
}

function beyondLimit(groups: Groups): Details {
  const isVirtual = (groups.kind3 ?? groups.kind2 ?? '').toLowerCase() === 'virtual';
  const [used, limit] = isVirtual ? [groups.virtualUsed, groups.virtualLimit] : [groups.used, groups.limit];
  const amounts =
    used && limit ? { en: `: ${used} of ${limit} used`, zh: `：${limit} 中用了 ${used}` } : { en: '', zh: '' };
  const whose = isMaster(groups.container)
    ? {
        en: 'The container of the ApplicationMaster (in cluster mode the driver)',
        zh: 'ApplicationMaster 的容器（cluster 模式下即 driver）',
      }
    : { en: 'A container', zh: '容器' };
  const limitName = isVirtual ? { en: 'virtual', zh: '虚拟' } : { en: 'physical', zh: '物理' };
  return {
    code: isVirtual ? 'memory.virtual_limit' : 'memory.container_physical_limit',
    statement: {
      en: `${whose.en} was over its ${limitName.en} memory limit and the node manager killed it${amounts.en}`,
      zh: `${whose.zh}超出${limitName.zh}内存限额，被 NodeManager 杀掉${amounts.zh}`,
    },
    keys: present({ containerId: groups.container, pid: wholeOf(groups.pid) }),
    values: present({
      peakBytes: bytesOf(used),
      limitBytes: bytesOf(limit),
      overBytes: wholeOf(groups.over),
      limitKind: limitName.en,
      role: isMaster(groups.container) ? 'application_master' : undefined,
    }),
    ...(groups.container && used && limit ? { completeStatement: 'node_manager_beyond_limit' } : {}),
  };
}

function killedByYarn(groups: Groups): Details {
  const isVirtual = (groups.kind ?? groups.which) === 'virtual';
  const amounts = groups.used
    ? { en: `: ${groups.used} of ${groups.limit}`, zh: `：${groups.limit} 中用了 ${groups.used}` }
    : { en: '', zh: '' };
  return {
    code: isVirtual ? 'memory.virtual_limit' : 'memory.container_physical_limit',
    statement: isVirtual
      ? {
          en: `YARN killed the container for exceeding its virtual memory limit${amounts.en}`,
          zh: `容器超出虚拟内存限额，被 YARN 杀掉${amounts.zh}`,
        }
      : {
          en: `YARN killed the container for exceeding its physical memory limit${amounts.en}`,
          zh: `容器超出物理内存限额，被 YARN 杀掉${amounts.zh}`,
        },
    values: present({
      peakBytes: bytesOf(groups.used),
      limitBytes: bytesOf(groups.limit),
      limitKind: isVirtual ? 'virtual' : 'physical',
    }),
  };
}

function exitStatus(status: string | undefined): Details {
  const isVirtual = status === '-103';
  return {
    code: isVirtual ? 'memory.virtual_limit' : 'memory.container_physical_limit',
    values: { exitCode: isVirtual ? -103 : -104 },
    statement: isVirtual
      ? {
          en: 'Exit status -103: the container was over its virtual memory limit',
          zh: '退出状态 -103：容器超出虚拟内存限额',
        }
      : {
          en: 'Exit status -104: the container was over its physical memory limit',
          zh: '退出状态 -104：容器超出物理内存限额',
        },
  };
}

/** A status is complete with the container's name, the reason and the exit code. */
function oomKilledStatus(text: string): Details {
  const named = /container ?name"?: {0,8}"?[\w.-]{1,63}|"name": ?"[\w.-]{1,63}"|[Nn]ame: {1,12}[\w.-]{1,63}/.test(text);
  const code = /exit ?[cC]ode"?: {0,8}137\b/.test(text);
  return named && code ? { completeStatement: 'kubelet_oom_killed_status', values: { exitCode: 137 } } : {};
}

/** Pod and container as Spark's executor-pod message names them. */
function podKeys(text: string): Details {
  const pod = /\bpod name: (?<pod>[\w.-]{1,253})/.exec(text)?.groups?.pod;
  return pod ? { keys: { podName: pod } } : {};
}
