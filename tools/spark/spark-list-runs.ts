import { z } from 'zod';
import { count, plural } from '../evidence/spoken-figures.ts';
import type { Tool } from '../evidence/tool.ts';
import { knownRuns } from './known-runs.ts';
import type { SparkRunListing } from './source.ts';

const INPUT = z.strictObject({
  /** Part of the application's name, any case. */
  name: z.string().min(1).max(255).optional(),
  applicationId: z
    .string()
    .max(128)
    .regex(/^[\w.-]+$/)
    .optional(),
  window: z.strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }).optional(),
  limit: z.int().min(1).max(500).default(50),
});

/** Lists the Spark runs that the platform's event logs and history servers know, newest first. */
export const SPARK_LIST_RUNS: Tool<typeof INPUT, readonly SparkRunListing[]> = {
  name: 'spark_list_runs',
  area: 'spark',
  description:
    'Answers which Spark runs are known, by name, id or time. Use it when a job is meant by its name, or to find the runs before a slow one. Example: {"name":"dwd_order_user_wide","limit":10}. Leaves out what happened inside a run: read the run.',
  input: INPUT,
  progress: ({ name, applicationId }) => {
    const what = applicationId ?? name;
    return {
      en: `Looking for Spark runs${what ? ` of ${what}` : ''}`,
      zh: `正在查找${what ? ` ${what} 的` : ''} Spark 运行记录`,
    };
  },
  async run({ name, applicationId, window, limit }, { platform }) {
    const known = await knownRuns(platform);
    if (known.outcome !== 'ok') return known;
    const wanted = name?.toLowerCase();
    const [from, to] = window ? [Date.parse(window.from), Date.parse(window.to)] : [0, Number.POSITIVE_INFINITY];
    const facts = known.value
      .map(({ listing }) => listing)
      .filter((listing) => wanted === undefined || (listing.applicationName ?? '').toLowerCase().includes(wanted))
      .filter((listing) => applicationId === undefined || listing.applicationId === applicationId)
      .filter((listing) => (listing.startedAt ?? from) <= to && (listing.endedAt ?? to) >= from);
    if (facts.length === 0) {
      return {
        outcome: 'no_data',
        looked: {
          en: `none of the ${known.value.length} known Spark runs fits`,
          zh: `已知的 ${known.value.length} 次 Spark 运行都不符合条件`,
        },
      };
    }
    const left = facts.length - limit;
    const notes =
      left > 0
        ? [
            {
              en: `${plural(left, 'older run')} ${left === 1 ? 'is' : 'are'} left out`,
              zh: `省略了更早的 ${count(left)} 次运行`,
            },
          ]
        : [];
    return {
      outcome: 'ok',
      value: { facts: facts.slice(0, limit), findings: [], records: [] },
      notes: [...known.notes, ...notes],
    };
  },
};
