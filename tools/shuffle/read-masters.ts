import { z } from 'zod';
import { parseJson } from '../platform/parse-json.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import { hostOfService } from './celeborn-services.ts';
import type { MeterName, MeterSeries, ShuffleMaster, ShuffleSettings } from './shuffle-facts.ts';

/** `/api/v1/masters` (0.6, 0.7). `startUpRole` is the role at start, not today's. */
const GROUP = z.object({
  leader: z.object({ id: z.string().max(80) }),
  masterCommitInfo: z
    .array(z.object({ id: z.string().max(80), clientAddress: z.string().max(300).optional() }))
    .max(100),
});

/** The masters that answered, and who of them leads: by the group's own answer, else by the metrics. */
export function readMasters(
  answers: ReadonlyMap<string, readonly HttpAnswer[]>,
  meters: Readonly<Partial<Record<MeterName, readonly MeterSeries[]>>>,
  settings: readonly ShuffleSettings[],
): ShuffleMaster[] {
  const leaders = [...answers.values()].flat().flatMap((answer) => leaderIn(answer) ?? []);
  const leader = leaders.toSorted((a, b) => a.at - b.at).at(-1)?.host ?? null;
  return [...answers].flatMap(([service, own]) => {
    const host = hostOfService(service);
    if (host === null) return [];
    const good = own.filter(({ status }) => status > 0);
    const conf = settings.find((one) => one.role === 'master' && one.host === host);
    const port = Number(conf?.values['celeborn.master.port']);
    return [
      {
        host,
        leader: leader === null ? byMeter(host, meters.isLeader) : leader === host,
        rpcPort: Number.isInteger(port) && port > 0 ? port : null,
        answeredAt: [...new Set(good.map(({ at }) => at))].sort((a, b) => a - b),
        evidence: conf?.evidence ?? null,
      },
    ];
  });
}

function leaderIn({ request, body, at }: HttpAnswer): { at: number; host: string } | null {
  if (request === '/masterGroupInfo') {
    const found = /leader info:\s{0,20}\S{0,80}\((?<host>[\w.-]{1,253}):\d{1,5}\)/.exec(body);
    return found?.groups?.host ? { at, host: found.groups.host } : null;
  }
  if (request !== '/api/v1/masters') return null;
  const parsed = GROUP.safeParse(parseJson(body));
  if (!parsed.success) return null;
  const { leader, masterCommitInfo } = parsed.data;
  const host = masterCommitInfo.find(({ id }) => id === leader.id)?.clientAddress?.split(':')[0];
  return host ? { at, host } : null;
}

function byMeter(host: string, series: readonly MeterSeries[] | undefined): boolean | null {
  const last = series?.find((one) => one.host === host)?.points.at(-1);
  return last ? last.value === 1 : null;
}
