import { z } from 'zod';
import type { Outcome } from '../evidence/outcome.ts';
import type { Tool, ToolReport } from '../evidence/tool.ts';
import type { HostMemoryFacts } from '../host/host-memory-facts.ts';
import { gatherHostMemory } from './gather-host-memory.ts';
import { MEMORY_RULES } from './rules/index.ts';

const INPUT = z.strictObject({
  hosts: z.array(z.string().max(255)).max(64).optional(),
  containers: z.array(z.string().max(128)).max(64).optional(),
  window: z.strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }).optional(),
});

/** Reads kernel logs, control groups, processes and pod status of hosts, and judges them. */
export const MEMORY_READ_HOST: Tool<typeof INPUT, readonly HostMemoryFacts[]> = {
  name: 'memory_read_host',
  area: 'memory',
  description:
    'Answers whether the kernel killed or slowed a container, for whose limit, and who held the memory. Use it when a process, container or pod ended with 137 or -9, hangs, stalls or is throttled, or when somebody blames memory or the node. Example: {"hosts":["node7"],"containers":["container_1700000000000_0042_01_000008"]}. Leaves out what programs wrote themselves (heap errors, GC): ask the logs.',
  input: INPUT,
  progress: ({ hosts }) => {
    const where = hosts && hosts.length > 0 ? hosts.slice(0, 3).join(', ') : null;
    return {
      en: `Reading the kernel's side ${where ? `of ${where}` : 'of the hosts'}`,
      zh: `正在读取${where ? ` ${where} ` : '各主机'}的内核日志与 cgroup`,
    };
  },
  async run(
    { hosts, containers, window },
    { platform, signal },
  ): Promise<Outcome<ToolReport<readonly HostMemoryFacts[]>>> {
    const facts = await gatherHostMemory(
      platform,
      {
        hosts: hosts ?? [],
        containers: containers ?? [],
        window: window ? { from: Date.parse(window.from), to: Date.parse(window.to) } : null,
      },
      signal,
    );
    if (facts.length === 0) {
      return {
        outcome: 'no_data',
        looked: {
          en: 'No kernel log, control group or pod status of these hosts is at hand',
          zh: '没有这些主机的内核日志、cgroup 或 Pod 状态',
        },
      };
    }
    const findings = facts.flatMap((host) => MEMORY_RULES.flatMap((rule) => rule.apply(host)));
    return { outcome: 'ok', value: { facts, findings, records: [] }, notes: facts.flatMap((host) => host.skipped) };
  },
};
