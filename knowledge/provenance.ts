/**
 * Who wrote a piece of evidence. Provenance decides what a line may prove: a kernel line quoted in a user's stderr is
 * `user_process` and proves nothing about the kernel.
 *
 * - `kernel`: the kernel log, procfs and cgroup files
 * - `jvm`: what the Java runtime itself printed (GC logs, hs_err, its OutOfMemoryError, its option errors)
 * - `engine`: records of the engine's own loggers (Spark, Flink), its event log and its REST answers
 * - `asker`: pasted or attached by the person who asks
 */
export const PROVENANCES = [
  'kernel',
  'jvm',
  'kubernetes',
  'node_manager',
  'resource_manager',
  'engine',
  'shuffle_service',
  'cache',
  'storage',
  'workflow_engine',
  'user_process',
  'asker',
] as const;

export type Provenance = (typeof PROVENANCES)[number];
