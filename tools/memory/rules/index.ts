import type { Rule } from '../../evidence/rule.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import { ancestorOom } from './ancestor-oom.ts';
import { blockedProcess } from './blocked-process.ts';
import { cacheAtLimit } from './cache-at-limit.ts';
import { cpuLockup } from './cpu-lockup.ts';
import { cpuSteal } from './cpu-steal.ts';
import { cpuThrottled } from './cpu-throttled.ts';
import { directReclaim } from './direct-reclaim.ts';
import { farBelowLimit } from './far-below-limit.ts';
import { globalOom } from './global-oom.ts';
import { hostReclaim } from './host-reclaim.ts';
import { lowCpuIdentity } from './low-cpu-identity.ts';
import { memcgOom } from './memcg-oom.ts';
import { nativeFault } from './native-fault.ts';
import { noKernelKill } from './no-kernel-kill.ts';
import { oomCounter } from './oom-counter.ts';
import { oomKillDisabled } from './oom-kill-disabled.ts';
import { oomPriority } from './oom-priority.ts';
import { oomScoreAdj } from './oom-score-adj.ts';
import { pageAllocationFailure } from './page-allocation-failure.ts';
import { pidsLimit } from './pids-limit.ts';
import { podEvicted } from './pod-evicted.ts';
import { podOomKilled } from './pod-oom-killed.ts';
import { processKilled } from './process-killed.ts';
import { pythonInGroup } from './python-in-group.ts';
import { reclaimLatency } from './reclaim-latency.ts';
import { spuriousKill } from './spurious-kill.ts';
import { systemOomEvent } from './system-oom-event.ts';

/** Every rule of the memory area. A rule that is not in this list does not exist. */
export const MEMORY_RULES: readonly Rule<HostMemoryFacts>[] = [
  processKilled,
  memcgOom,
  ancestorOom,
  globalOom,
  oomPriority,
  oomScoreAdj,
  spuriousKill,
  pageAllocationFailure,
  pythonInGroup,
  oomCounter,
  oomKillDisabled,
  directReclaim,
  reclaimLatency,
  hostReclaim,
  cpuThrottled,
  lowCpuIdentity,
  cpuSteal,
  cpuLockup,
  blockedProcess,
  pidsLimit,
  nativeFault,
  podOomKilled,
  podEvicted,
  systemOomEvent,
  noKernelKill,
  farBelowLimit,
  cacheAtLimit,
];
