import type { SignatureCase } from './signature-case.ts';

/** Typed from the sources of the daemons; none of them is a recording. */
export const HOST_KILLER_CASES: readonly SignatureCase[] = [
  {
    id: 'host-killers/earlyoom',
    code: 'scheduling.overcommit_eviction',
    seen: 'typed from earlyoom 1.7 kill.c',
    by: 'unknown',
    kind: 'inferred',
    keys: { pid: 4608 },
    text: 'Nov 21 03:10:47 bd-w-13 earlyoom[811]: sending SIGTERM to process 4608 uid 1002 "java": oom_score 812, VmRSS 5800 MiB, cmdline "java -Xmx6g"',
  },
  {
    id: 'host-killers/earlyoom',
    code: 'scheduling.overcommit_eviction',
    seen: 'typed from earlyoom 1.3',
    by: 'unknown',
    kind: 'inferred',
    keys: { pid: 12 },
    text: 'sending SIGKILL to process 12 "python3": badness 900, VmRSS 300 MiB',
  },
  {
    id: 'host-killers/systemd-oomd',
    code: 'scheduling.overcommit_eviction',
    seen: 'typed from systemd 250 oomd-manager.c',
    by: 'unknown',
    kind: 'inferred',
    keys: { cgroupPath: '/system.slice/hadoop-yarn.slice/container_e31_1795200000000_0609_01_000003.scope' },
    text: 'Nov 21 03:10:47 n1 systemd-oomd[702]: Killed /system.slice/hadoop-yarn.slice/container_e31_1795200000000_0609_01_000003.scope due to memory pressure for /system.slice/hadoop-yarn.slice being 78.11% > 60.00% for > 20s with reclaim activity',
  },
  {
    id: 'host-killers/kubelet-reclaims-memory',
    code: 'scheduling.overcommit_eviction',
    seen: 'typed from kubelet 1.27 eviction_manager.go',
    by: 'kubelet',
    kind: 'inferred',
    text: 'I1121 03:10:40.101010    1201 eviction_manager.go:351] "Eviction manager: attempting to reclaim" resourceName="memory"',
  },
  {
    id: 'host-killers/kubelet-reclaims-disk',
    code: 'storage.disk_full_local',
    seen: 'typed from kubelet 1.18 eviction_manager.go',
    by: 'kubelet',
    kind: 'inferred',
    text: 'I1121 03:10:40.101010    1201 eviction_manager.go:339] eviction manager: attempting to reclaim ephemeral-storage',
  },
  {
    id: 'host-killers/kubelet-evicted-pod',
    code: null,
    seen: 'typed from kubelet 1.27 eviction_manager.go',
    by: 'kubelet',
    kind: 'observed',
    keys: { podName: 'wide-join-exec-4' },
    text: 'I1121 03:10:41.101010    1201 eviction_manager.go:598] "Eviction manager: pod is evicted successfully" pod="etl/wide-join-exec-4"',
  },
  {
    id: 'host-killers/kubelet-reclaims-memory',
    code: 'not this',
    seen: 'near miss: the threshold is met, nothing is reclaimed yet',
    by: 'kubelet',
    text: 'I1121 03:10:40.101010    1201 helpers.go:827] "Eviction manager: no observation found for eviction signal" signal="allocatableMemory.available"',
  },
];
