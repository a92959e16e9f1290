import { z } from 'zod';
import type { Outcome } from '../evidence/outcome.ts';
import type { Tool, ToolReport } from '../evidence/tool.ts';
import { diagnosticsRecords } from './diagnostics-records.ts';
import type { YarnFacts } from './facts.ts';
import { judgeYarn } from './judge-yarn.ts';
import { readYarnFacts } from './read-yarn-facts.ts';

const input = z.object({
  applicationIds: z
    .array(z.string().regex(/^application_\d{1,16}_\d{1,12}$/))
    .max(20)
    .optional()
    .describe('Application ids as YARN prints them, application_1700000000000_0042'),
  name: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The job’s name when no id is known; dates and hours do not matter'),
  window: z
    .object({ from: z.number().nullable(), to: z.number().nullable() })
    .optional()
    .describe('The time asked about, milliseconds since the epoch'),
  outcome: z
    .enum(['failed', 'unfinished'])
    .optional()
    .describe('How the asker says it went, to choose among several runs'),
});

/**
 * What the ResourceManager and the NodeManagers say of an application through REST. Records of their logs are merged by
 * `mergeYarnRecords`, and judged again by `judgeYarn`.
 */
export const yarnReadApplication: Tool<typeof input, YarnFacts> = {
  name: 'yarn_read_application',
  area: 'yarn',
  description:
    'Tells what YARN knows of an application: state, diagnostics, attempts, containers and how they ended, its queue, the nodes. ' +
    'Use it when a job on YARN failed, was killed, waits or lost containers. ' +
    'Example: { "applicationIds": ["application_1700000000000_0042"] }. ' +
    'It leaves out the logs of the daemons and of the application.',
  input,
  progress: ({ applicationIds, name }) => {
    const what = applicationIds?.[0] ?? name;
    return {
      en: what ? `Asking YARN about ${what}` : 'Asking YARN about the cluster',
      zh: what ? `正在向 YARN 查询 ${what}` : '正在向 YARN 查询集群状态',
    };
  },
  run: async (scope, { platform }): Promise<Outcome<ToolReport<YarnFacts>>> => {
    const read = await readYarnFacts(platform, {
      ...(scope.applicationIds ? { applicationIds: scope.applicationIds } : {}),
      ...(scope.name ? { name: scope.name } : {}),
      ...(scope.window ? { window: scope.window } : {}),
      ...(scope.outcome ? { outcome: scope.outcome } : {}),
    });
    if (read.outcome !== 'ok') return read;
    const facts = read.value;
    return {
      outcome: 'ok',
      value: { facts, findings: judgeYarn(facts), records: diagnosticsRecords(facts) },
      notes: read.notes,
    };
  },
};
