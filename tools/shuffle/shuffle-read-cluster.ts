import { z } from 'zod';
import type { Outcome } from '../evidence/outcome.ts';
import type { Tool, ToolContext, ToolReport } from '../evidence/tool.ts';
import { judgeShuffle } from './judge-shuffle.ts';
import { readShuffleFacts } from './read-shuffle-facts.ts';
import type { ShuffleFacts } from './shuffle-facts.ts';

const INPUT = z.object({
  applicationId: z
    .string()
    .regex(/^[\w-]{1,200}$/)
    .optional(),
  window: z
    .object({ from: z.number(), to: z.number() })
    .optional()
    .describe('the time asked about, milliseconds since the epoch'),
});

type Input = z.infer<typeof INPUT>;

/** Reads a remote shuffle cluster by what its processes answer; logs are read by `logs_read`. */
export const SHUFFLE_READ_CLUSTER: Tool<typeof INPUT, ShuffleFacts> = {
  name: 'shuffle_read_cluster',
  area: 'shuffle',
  description:
    'How is the remote shuffle (Celeborn) doing, and which of its workers held data of a run? Use it when a job with a remote shuffle is ' +
    'slow, falls back to the built-in shuffle, or fails to fetch: it asks masters and workers for their lists, disks, settings and ' +
    'metrics. Example: { "applicationId": "application_1700000000000_0042" }. It leaves out logs, and never asks anything that changes ' +
    'the cluster.',
  input: INPUT,
  progress: () => ({ en: 'asking the remote shuffle', zh: '正在查询远程 shuffle' }),
  run,
};

async function run(input: Input, { platform, signal }: ToolContext): Promise<Outcome<ToolReport<ShuffleFacts>>> {
  const window = input.window ?? null;
  const read = await readShuffleFacts(platform, window, signal);
  if (read.outcome !== 'ok') return read;
  const findings = judgeShuffle(read.value, { applicationId: input.applicationId ?? null, window, hosts: [] });
  return { outcome: 'ok', value: { facts: read.value, findings, records: [] }, notes: read.notes };
}
