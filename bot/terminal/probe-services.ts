import { httpClient } from '../../tools/platform/http-client.ts';
import type { HttpNoReply, HttpReply } from '../../tools/platform/http-reply.ts';
import { questionBudget } from '../../tools/platform/question-budget.ts';
import { parseServiceName, type ServiceKind } from '../../tools/platform/service-name.ts';
import { troubleBook } from '../../tools/platform/service-troubles.ts';
import { visibleText } from '../render/visible-text.ts';
import type { Cluster, Settings } from '../settings.ts';
import { isOpenWire } from './is-open-wire.ts';

/** One line of `wherefore doctor`. */
export interface Check {
  name: string;
  /** null: not configured. */
  ok: boolean | null;
  detail: string;
}

/** Asks every configured service of a cluster for its version, side by side. */
export async function probeServices(settings: Settings, cluster: Cluster): Promise<Check[]> {
  const client = httpClient({
    services: cluster.services,
    limits: { timeoutMs: settings.httpTimeoutMs, maxBytes: settings.httpMaxBytes },
    budget: questionBudget(settings.budget),
    fetch: globalThis.fetch,
  });
  return await Promise.all(
    Object.entries(cluster.services).map(async ([name, access]) => {
      const of = parseServiceName(name)?.of;
      if (of === undefined) return { name, ok: false, detail: 'is no service' };
      const asked = await client.get(name, of.probe);
      const older = of.otherwise !== undefined && 'status' in asked && asked.status === 404;
      const request = older ? (of.otherwise ?? of.probe) : of.probe;
      const check = judge(name, request, of, older ? await client.get(name, request) : asked);
      const open = access.token !== undefined && isOpenWire(access.url);
      return open ? { ...check, detail: `${check.detail}; its token goes over plain http` } : check;
    }),
  );
}

function judge(name: string, request: string, of: ServiceKind, reply: HttpReply | HttpNoReply): Check {
  if ('status' in reply && reply.status === 200 && of.form.test(reply.body.toString('utf8'))) {
    const version = of.version?.exec(reply.body.toString('utf8'))?.[1];
    return { name, ok: true, detail: `reachable${version === undefined ? '' : `, version ${visibleText(version)}`}` };
  }
  const book = troubleBook();
  book.note(name, request, reply);
  const told = book.all()[0]?.note.en ?? `${name} answered, but not as this system does: check the URL`;
  return { name, ok: false, detail: told.startsWith(`${name} `) ? told.slice(name.length + 1) : told };
}
