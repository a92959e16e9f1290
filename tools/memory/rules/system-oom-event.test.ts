import { describe, expect, it } from 'vitest';
import { composedKill, hostFacts } from './host-memory-fixture.ts';
import { systemOomEvent } from './system-oom-event.ts';

/** Composed event in the API's form. */
const event = (reason: string, message = 'System OOM encountered, victim process: java, pid: 4711') => ({
  apiVersion: 'v1',
  kind: 'EventList',
  items: [
    {
      reason,
      message,
      count: 2,
      lastTimestamp: '2026-11-21T10:22:41Z',
      involvedObject: { kind: 'Node', name: 'node7' },
      metadata: { uid: 'u1', namespace: 'default' },
      source: { component: 'kubelet', host: 'node7' },
    },
  ],
});

describe('memory/system-oom-event', () => {
  it("suggests a full host by the kubelet's event", () => {
    expect(systemOomEvent.apply(hostFacts({ kubernetes: event('SystemOOM') }))[0]).toMatchObject({
      kind: 'inferred',
      code: 'kernel.global_oom',
      keys: { host: 'node7', pid: 4711 },
      count: 2,
    });
  });

  it("tells a memory group from the host by the kernel's line that a node problem detector repeats", () => {
    const line =
      'Memory cgroup out of memory: Killed process 4711 (java) total-vm:9kB, anon-rss:8kB, file-rss:1kB, shmem-rss:0kB';
    expect(systemOomEvent.apply(hostFacts({ kubernetes: event('OOMKilling', line) }))[0]).toMatchObject({
      kind: 'inferred',
      code: 'kernel.memcg_oom',
      keys: { pid: 4711 },
    });
  });

  it("leaves it to the kernel's text where there is some; other events and none are no OOM", () => {
    const log = composedKill({ full: null, task: '/x', victim: [4711, 1000, 0, 'java'] });
    expect(systemOomEvent.apply(hostFacts({ kubernetes: event('SystemOOM'), log }))).toEqual([]);
    expect(systemOomEvent.apply(hostFacts({ kubernetes: event('NodeReady') }))).toEqual([]);
    expect(systemOomEvent.apply(hostFacts({}))).toEqual([]);
  });
});
