import type { Bilingual } from '../../knowledge/bilingual.ts';

/**
 * YARN's own exit statuses (`ContainerExitStatus` of Hadoop 2.x and 3.x; reference platform-texts-and-interfaces.md, C4).
 * -1000 means "not ended yet".
 */
export const EXIT_STATUS = {
  invalid: -1000,
  aborted: -100,
  disksFailed: -101,
  preempted: -102,
  virtualMemory: -103,
  physicalMemory: -104,
  killedByMaster: -105,
  killedByResourceManager: -106,
  killedAfterCompletion: -107,
  killedByContainerScheduler: -108,
} as const;

const STATUS_MEANING: ReadonlyMap<number, Bilingual> = new Map([
  [-100, { en: 'released or lost with its node', zh: '被释放或随节点丢失' }],
  [-101, { en: 'the node’s local disks failed', zh: '节点本地磁盘故障' }],
  [-102, { en: 'preempted by the scheduler', zh: '被调度器抢占' }],
  [-103, { en: 'over the virtual-memory limit', zh: '超出虚拟内存上限' }],
  [-104, { en: 'over the physical-memory limit', zh: '超出物理内存上限' }],
  [-105, { en: 'stopped by its ApplicationMaster', zh: '被 ApplicationMaster 停止' }],
  [-106, { en: 'killed by the ResourceManager', zh: '被 ResourceManager 终止' }],
  [-107, { en: 'stopped because the application had completed', zh: '应用已结束，容器被停止' }],
  [-108, { en: 'made room for guaranteed containers', zh: '为有保障的容器让出资源' }],
]);

/** Signals by number, as far as they end containers. */
const SIGNAL_MEANING: ReadonlyMap<number, Bilingual> = new Map([
  [1, { en: 'SIGHUP', zh: 'SIGHUP' }],
  [2, { en: 'SIGINT', zh: 'SIGINT' }],
  [3, { en: 'SIGQUIT', zh: 'SIGQUIT' }],
  [4, { en: 'SIGILL, an illegal instruction', zh: 'SIGILL，非法指令' }],
  [6, { en: 'SIGABRT, it aborted itself', zh: 'SIGABRT，进程自行中止' }],
  [7, { en: 'SIGBUS', zh: 'SIGBUS' }],
  [8, { en: 'SIGFPE', zh: 'SIGFPE' }],
  [9, { en: 'SIGKILL', zh: 'SIGKILL' }],
  [11, { en: 'SIGSEGV, a segmentation fault', zh: 'SIGSEGV，段错误' }],
  [15, { en: 'SIGTERM, an ordinary stop', zh: 'SIGTERM，正常停止信号' }],
]);

/**
 * Codes that Spark's executors and ApplicationMaster use (`SparkExitCode`, `ExecutorExitCode`, `ApplicationMaster` of 2.x to
 * 4.x; reference spark C5).
 */
const SPARK_MEANING: ReadonlyMap<number, Bilingual> = new Map([
  [10, { en: 'Spark: uncaught exception', zh: 'Spark：未捕获的异常' }],
  [11, { en: 'Spark: too many executors failed', zh: 'Spark：失败的执行器过多' }],
  [13, { en: 'Spark: the context was not ready in time', zh: 'Spark：上下文未按时就绪' }],
  [15, { en: 'Spark: the user’s class threw an exception', zh: 'Spark：用户类抛出异常' }],
  [50, { en: 'Spark: uncaught exception', zh: 'Spark：未捕获的异常' }],
  [52, { en: 'Spark: the JVM reported an OutOfMemoryError', zh: 'Spark:JVM 报告了 OutOfMemoryError' }],
  [53, { en: 'Spark: no local directory could be created', zh: 'Spark：无法创建本地目录' }],
  [56, { en: 'Spark: heartbeats to the driver failed', zh: 'Spark：到驱动的心跳失败' }],
]);

/** True for the code of a process (0 to 255), false for YARN's own negative ones. */
export function isOrdinaryStatus(status: number): boolean {
  return status >= 0 && status <= 255;
}

/** The signal behind an exit code (143 is 15); `null` when the process ended by itself. */
export function signalOf(exitCode: number): number | null {
  return exitCode > 128 && exitCode <= 128 + 64 ? exitCode - 128 : null;
}

/** What an exit status or exit code says by itself; never who did it. */
export function exitMeaning(status: number): Bilingual | null {
  const signal = signalOf(status);
  if (signal !== null) return SIGNAL_MEANING.get(signal) ?? { en: `signal ${signal}`, zh: `信号 ${signal}` };
  return STATUS_MEANING.get(status) ?? SPARK_MEANING.get(status) ?? null;
}
