import { describe, expect, it } from 'vitest';
import { classifyRemoval } from './classify-removal.ts';

// Texts marked R are recorded (shared/captures, shared/eventlogs); the others are Spark's own, typed from its source.
describe('classifyRemoval', () => {
  it.each([
    // R
    ['Executor killed by driver.', 'released', null],
    ['Container container_1628109047826_1317105_01_000004 exited from explicit termination request.', 'released', null],
    ['Container container_1795259698281_0018_01_000003 on host: bd-node11 was preempted.', 'preempted', null],
    [
      'Container killed by YARN for exceeding physical memory limits. 834.9 MB of 768 MB physical memory used. Consider boosting spark.executor.memoryOverhead.',
      'memory_limit',
      null,
    ],
    [
      'Container from a bad node: container_1795259698281_0014_01_000002 on host: bd-node12. Exit status: 143. Diagnostics: [2026-11-21 11:32:00.1]Container killed on request. Exit code is 143\n[2026]Killed by external signal\n.',
      'exit_code',
      143,
    ],
    ['Command exited with code 1', 'exit_code', 1],
    ['Executor Process Lost', 'lost', null],
    [
      'Unable to create executor due to Unable to register with external shuffle server due to : Failed to connect to spark-n1/127.0.2.1:7337',
      'lost',
      null,
    ],
    // YarnAllocator
    [
      'Executor for container container_1_1_01_000002 exited because of a YARN event (e.g., preemption) and not because of an error in the running job.',
      'lost',
      null,
    ],
    [
      'Container killed by YARN for exceeding virtual memory limits. 3.1 GB of 2.1 GB virtual memory used. Consider boosting spark.executor.memoryOverhead or boosting yarn.nodemanager.vmem-pmem-ratio or disabling yarn.nodemanager.vmem-check-enabled because of YARN-4714.',
      'memory_limit',
      null,
    ],
    [
      'Container marked as failed: container_1_1_01_000002 on host: h. Exit status: -100. Diagnostics: Container released on a *lost* node.',
      'lost',
      -100,
    ],
    [
      'Container marked as failed: container_1_1_01_000002 on host: h. Exit status: -101. Diagnostics: disks failed.',
      'exit_code',
      -101,
    ],
    [
      'Container from a bad node: container_1_1_01_000002 on host: h. Exit status: -104. Diagnostics: x.',
      'memory_limit',
      -104,
    ],
    [
      'Container marked as failed: container_1_1_01_000002. Exit status: -102. Diagnostics: Container preempted by scheduler.',
      'preempted',
      -102,
    ],
    // CoarseGrainedSchedulerBackend, HeartbeatReceiver, StandaloneSchedulerBackend
    [
      'Remote RPC client disassociated. Likely due to containers exceeding thresholds, or network issues. Check driver logs for WARN messages.',
      'lost',
      null,
    ],
    ['Slave lost', 'lost', null],
    ['worker lost', 'lost', null],
    ['Executor heartbeat timed out after 152041 ms', 'heartbeat', null],
    ['Executor decommission: spot node is going away', 'released', null],
    ['Command exited with code 137', 'exit_code', 137],
    // ExecutorPodsLifecycleManager, ExecutorPodsAllocator
    [
      '\nThe executor with id 3 exited with exit code 137(SIGKILL, possible container OOM).\n\n\n\nThe API gave the following container statuses:\n\n\n\t container name: spark-kubernetes-executor',
      'exit_code',
      137,
    ],
    ['The executor with id 3 was deleted by a user or the framework.', 'lost', null],
    [
      'The executor with ID 4 (registered at 1 ms) was not found in the cluster at the polling time (2 ms)',
      'lost',
      null,
    ],
    ['', 'unknown', null],
    ['something new', 'unknown', null],
  ] as const)('reads %j', (reason, kind, exitCode) => {
    expect(classifyRemoval(reason)).toEqual({ kind, exitCode });
  });

  it('does not believe words of the process that are quoted behind its exit', () => {
    const reason =
      'Container from a bad node: container_1_1_01_000002 on host: h. Exit status: 1. Diagnostics: [x]Exception from container-launch.\nLast 4096 bytes of stderr :\nwas preempted; killed by driver; exceeding physical memory limits';
    expect(classifyRemoval(reason)).toEqual({ kind: 'exit_code', exitCode: 1 });
  });
});
