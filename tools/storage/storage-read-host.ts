import { z } from 'zod';
import type { Outcome } from '../evidence/outcome.ts';
import type { Tool, ToolReport } from '../evidence/tool.ts';
import { gatherHostDisks } from './gather-host-disks.ts';
import type { HostDiskFacts } from './host-disk-facts.ts';
import { STORAGE_RULES } from './rules/index.ts';

const INPUT = z.strictObject({
  hosts: z.array(z.string().max(255)).max(64).optional(),
  window: z.strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }).optional(),
});

/** Reads the disks of hosts: counters, fill, mounts, rate limits, kernel errors; and judges them. */
export const STORAGE_READ_HOST: Tool<typeof INPUT, readonly HostDiskFacts[]> = {
  name: 'storage_read_host',
  area: 'storage',
  description:
    'Answers whether a local disk of a host is full, faulty, read-only, slow or rate-limited. Use it when writes fail or hang on one host, when spill or shuffle writes are slow there, or when somebody blames the disk. Example: {"hosts":["node7"]}. Leaves out HDFS and object stores.',
  input: INPUT,
  progress: ({ hosts }) => {
    const where = hosts && hosts.length > 0 ? hosts.slice(0, 3).join(', ') : null;
    return {
      en: `Reading the disks ${where ? `of ${where}` : 'of the hosts'}`,
      zh: `正在查看${where ? ` ${where} ` : '各主机'}的磁盘`,
    };
  },
  async run({ hosts, window }, { platform, signal }): Promise<Outcome<ToolReport<readonly HostDiskFacts[]>>> {
    const facts = await gatherHostDisks(
      platform,
      { hosts: hosts ?? [], window: window ? { from: Date.parse(window.from), to: Date.parse(window.to) } : null },
      signal,
    );
    if (facts.length === 0) {
      return {
        outcome: 'no_data',
        looked: {
          en: 'No disk counters, mounts, df outputs or kernel log of these hosts are at hand',
          zh: '没有这些主机的磁盘计数、挂载表、df 输出或内核日志',
        },
      };
    }
    const findings = STORAGE_RULES.flatMap((rule) => rule.apply(facts));
    return { outcome: 'ok', value: { facts, findings, records: [] }, notes: facts.flatMap((host) => host.skipped) };
  },
};
