import { z } from 'zod';
import type { Outcome } from '../evidence/outcome.ts';
import type { Tool, ToolReport } from '../evidence/tool.ts';
import type { HdfsFacts } from './hdfs-facts.ts';
import { judgeHdfs } from './hdfs-rules.ts';
import { readHdfsFacts } from './read-hdfs-facts.ts';

const INPUT = z.strictObject({
  paths: z.array(z.string().max(1000)).max(8).optional(),
  window: z.strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }).optional(),
});

/** Reads what HDFS says of itself and of the paths named, and judges it. */
export const STORAGE_READ_HDFS: Tool<typeof INPUT, HdfsFacts> = {
  name: 'storage_read_hdfs',
  area: 'storage',
  description:
    'Answers whether HDFS is in safe mode and why, misses blocks, has dead, full or slow DataNodes, or a path is at its quota. Use it when a job cannot write, create or read in HDFS. Example: {"paths":["/user/etl"]}. Leaves out local disks and the texts of logs; a live NameNode tells only now.',
  input: INPUT,
  progress: () => ({ en: 'Asking HDFS how it is', zh: '正在查看 HDFS 的状态' }),
  async run({ paths, window }, { platform, signal }): Promise<Outcome<ToolReport<HdfsFacts>>> {
    const read = await readHdfsFacts(platform, paths ?? [], signal);
    if (read.outcome !== 'ok') return read;
    const findings = judgeHdfs(read.value, {
      window: window ? { from: Date.parse(window.from), to: Date.parse(window.to) } : null,
      applicationId: null,
      paths: paths ?? [],
      hosts: [],
    });
    return { outcome: 'ok', value: { facts: read.value, findings, records: [] }, notes: read.notes };
  },
};
