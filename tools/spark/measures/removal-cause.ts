import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { ExecutorFacts } from '../facts.ts';

/** What a removal's own words suggest beyond "gone". Never a proof: another process writes the proof. */
export interface RemovalHint {
  code: CauseCode | null;
  en: string;
  zh: string;
}

/** YARN's container exit statuses below zero (hadoop `ContainerExitStatus`, 2.6 to 3.4) and Spark's and the JVM's codes. */
const EXIT_HINTS: ReadonlyMap<number, RemovalHint> = new Map([
  [
    -100,
    // ContainerExitStatus.ABORTED: given back by the application, or taken with a lost node, which the text then says.
    { code: null, en: 'its container was released (-100)', zh: '容器被释放（-100）' },
  ],
  [-101, { code: 'storage.bad_disk', en: 'too many disks of its node had failed', zh: '所在节点的磁盘坏得太多' }],
  [-102, { code: 'scheduling.preemption', en: 'its container was preempted', zh: '容器被抢占' }],
  [
    -103,
    { code: 'memory.virtual_limit', en: 'its container passed the virtual-memory limit', zh: '容器超过虚拟内存上限' },
  ],
  [
    -104,
    {
      code: 'memory.container_physical_limit',
      en: 'its container passed the physical-memory limit',
      zh: '容器超过物理内存上限',
    },
  ],
  [
    52,
    {
      code: 'memory.executor_heap_oom',
      en: 'exit code 52: the JVM saw an OutOfMemoryError',
      zh: '退出码 52：JVM 自己遇到了 OutOfMemoryError',
    },
  ],
  [
    53,
    {
      code: 'storage.disk_full_local',
      en: 'exit code 53: no local directory could be created',
      zh: '退出码 53：无法创建本地目录',
    },
  ],
  [
    56,
    { code: null, en: 'exit code 56: it could not reach the driver with heartbeats', zh: '退出码 56：心跳送不到驱动' },
  ],
  [
    134,
    { code: 'code.native_crash', en: 'exit code 134: the process aborted itself', zh: '退出码 134：进程自行 abort' },
  ],
  [
    137,
    {
      code: null,
      en: 'exit code 137: killed by signal 9; by whom is not said',
      zh: '退出码 137：被信号 9 杀死，没说是谁杀的',
    },
  ],
  [139, { code: 'code.native_crash', en: 'exit code 139: a segmentation fault', zh: '退出码 139：段错误' }],
  [
    143,
    {
      code: null,
      en: 'exit code 143: asked to end by signal 15; by whom is not said',
      zh: '退出码 143：被信号 15 要求结束，没说是谁发的',
    },
  ],
]);

const LOST_NODE =
  /\*?lost\*? node|node[^.]{0,40}\b(?:lost|removed|reclaimed|terminated)\b|\bspot\b|worker (?:is )?lost|host (?:is )?lost/i;

/** Reads the hint of a removal: its kind first (Spark's own judgement), then its exit code. */
export function removalHint(executor: ExecutorFacts): RemovalHint {
  const reason = executor.removalReason ?? '';
  if (executor.removalKind === 'preempted') {
    return { code: 'scheduling.preemption', en: 'its container was preempted', zh: '容器被抢占' };
  }
  if (executor.removalKind === 'memory_limit') {
    const virtual = /virtual/i.test(reason) && !/physical/i.test(reason);
    return {
      code: virtual ? 'memory.virtual_limit' : 'memory.container_physical_limit',
      en: virtual ? 'its container passed the virtual-memory limit' : 'its container passed the physical-memory limit',
      zh: virtual ? '容器超过虚拟内存上限' : '容器超过物理内存上限',
    };
  }
  if (executor.removalKind === 'heartbeat') {
    return { code: null, en: 'its heartbeats did not arrive in time', zh: '心跳没有按时到达' };
  }
  if (LOST_NODE.test(reason.slice(0, 1_000))) {
    return { code: 'scheduling.spot_node_lost', en: 'its node or worker was lost', zh: '所在节点或 worker 丢失' };
  }
  return byExitCode(executor);
}

function byExitCode(executor: ExecutorFacts): RemovalHint {
  const { exitCode } = executor;
  const known = exitCode === null ? undefined : EXIT_HINTS.get(exitCode);
  if (known) return known;
  return exitCode === null
    ? { code: null, en: 'why is not said', zh: '没说原因' }
    : { code: null, en: `exit code ${exitCode}`, zh: `退出码 ${exitCode}` };
}

/** Amounts in "A of B memory used" of Spark's YARN text (any unit), in bytes. */
export function usedOfLimit(reason: string): { usedBytes: number; limitBytes: number } | null {
  const match = /(\d{1,9}(?:\.\d{1,6})?) ?([KMGTP]?i?B) of (\d{1,9}(?:\.\d{1,6})?) ?([KMGTP]?i?B)/i.exec(
    reason.slice(0, 4_000),
  );
  if (!match) return null;
  const usedBytes = amount(match[1], match[2]);
  const limitBytes = amount(match[3], match[4]);
  return usedBytes > 0 && limitBytes > 0 ? { usedBytes, limitBytes } : null;
}

function amount(number: string | undefined, unit: string | undefined): number {
  const power = ['B', 'K', 'M', 'G', 'T', 'P'].indexOf((unit ?? '').charAt(0).toUpperCase());
  return Math.round(Number(number) * 1024 ** Math.max(0, power));
}
