import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import { limitOf, newestReading, usageOf } from '../group-values.ts';
import { hostGroupKeys, readingEvidence, shortGroup } from '../memory-finding.ts';

/**
 * A group is out of memory with the killer switched off: its processes hang in the kernel, silently, until memory is freed.
 * There is no kernel line and no exit code; only `memory.oom_control` shows it.
 */
export const oomKillDisabled: Rule<HostMemoryFacts> = {
  id: 'memory/oom-kill-disabled',
  area: 'memory',
  codes: ['kernel.memcg_oom'],
  apply(facts) {
    return facts.groups.flatMap((group): Finding[] => {
      const under = newestReading(group, (readings) => readings.get('memory.oom_control:under_oom') ?? null);
      if (under?.value !== 1) return [];
      const disabled = newestReading(group, (readings) => readings.get('memory.oom_control:oom_kill_disable') ?? null);
      const [usage, limit] = [newestReading(group, usageOf), newestReading(group, limitOf)];
      const off = disabled?.value === 1;
      const name = shortGroup(group.path);
      const size = limit && Number.isFinite(limit.value) ? bytes(limit.value) : null;
      const sample = group.samples.at(-1);
      return [
        {
          area: 'memory',
          rule: oomKillDisabled.id,
          kind: off ? 'observed' : 'inferred',
          code: 'kernel.memcg_oom',
          symptom: 'slow',
          statement: {
            en: `Group ${name} is out of memory${size ? ` at its limit of ${size}` : ''}${off ? ' and its OOM killer is switched off' : ''}: its processes hang until memory is freed, and no kernel line tells of it`,
            zh: `cgroup ${name} 内存已耗尽${size ? `（上限 ${size}）` : ''}${off ? '，且关闭了 OOM killer' : ''}：进程会一直挂住直到内存被释放，内核日志里不会有记录`,
          },
          keys: hostGroupKeys(facts, group.path),
          at: sample?.at ?? null,
          evidence: readingEvidence([usage, limit, disabled, under], sample?.at ?? null),
          count: 1,
          weight: off ? 1 : 0.5,
          values: {
            underOom: 1,
            ...(off ? { blocksProgress: 'true' } : {}),
            oomKillDisable: disabled?.value ?? 0,
            ...(usage ? { usageBytes: usage.value } : {}),
            ...(limit && Number.isFinite(limit.value) ? { limitBytes: limit.value } : {}),
          },
        },
      ];
    });
  },
};
