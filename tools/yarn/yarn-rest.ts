import type { Bilingual } from '../../knowledge/bilingual.ts';
import { shorten } from '../evidence/shorten.ts';
import type { HttpAnswer, Platform } from '../platform/platform.ts';
import type { YarnScope } from './facts.ts';
import { remoteException } from './parse-applications.ts';

/** A NodeManager's REST service and the host in its name. */
interface NodeService {
  service: string;
  host: string;
}

/** YARN's REST services of one platform, live or recorded. */
export interface YarnRest {
  /** Services of ResourceManagers: one, or the two of a pair (the one on standby answers no data). */
  managers: readonly string[];
  nodes: readonly NodeService[];
  /** True when answers come from a recording: then everything recorded may be read. */
  recorded: boolean;
  /** The latest good answer of any ResourceManager. */
  latest(request: string): Promise<HttpAnswer | null>;
  ofNode(service: string, request: string): Promise<HttpAnswer | null>;
  /** Answers that may tell of the applications of a scope: single ones and lists, oldest first. */
  applicationAnswers(scope: YarnScope): Promise<readonly HttpAnswer[]>;
  /** NodeManager services to ask: all of a recording, on a live platform those of the hosts given. */
  nodesFor(hosts: readonly string[]): readonly NodeService[];
  /** What did not answer as it should, said once each. */
  skipped(): readonly Bilingual[];
}

const MANAGER = /^yarn-rm(?:[@:].{1,255})?$/;
const NODE = /^yarn-nm@([^:@]{1,255})(?::\d{1,5})?$/;
const APPLICATION_ID = /^application_\d{1,16}_\d{1,12}$/;

/** A listing on a live cluster is cut at this many applications (some 270,000 jobs run a day). */
const LIST_LIMIT = 5000;

/** How long before an asked window a run in it may have begun. */
const LOOK_BACK_MS = 24 * 3_600_000;

/** The YARN services of a platform, by their names (DESIGN §9: `yarn-rm`, `yarn-nm@host`, a port added where two share a host). */
export async function openYarnRest(platform: Platform): Promise<YarnRest> {
  const services = await platform.services();
  const managers = services.filter((service) => MANAGER.test(service));
  const nodes = services.flatMap((service) => {
    const host = NODE.exec(service)?.[1];
    return host ? [{ service, host }] : [];
  });
  const recorded = platform.kind === 'capture';
  const problems = new Map<string, Bilingual>();
  const ask = async (service: string, request: string) => await good(platform, service, request, problems);
  const latest = async (request: string) => {
    const answers = await Promise.all(managers.map(async (service) => await ask(service, request)));
    return answers.reduce((best, answer) => (answer && (!best || answer.at >= best.at) ? answer : best), null);
  };
  return {
    managers,
    nodes,
    recorded,
    latest,
    ofNode: ask,
    applicationAnswers: async (scope) =>
      recorded ? await recordedApplications(platform, managers) : await liveApplications(latest, scope, platform.now),
    nodesFor: (hosts) => (recorded ? nodes : nodes.filter((node) => hosts.includes(node.host))),
    skipped: () => [...problems.values()],
  };
}

/** A usable answer; what is none is noted and dropped (a miss of a recording is no fault: much is never asked for). */
async function good(
  platform: Platform,
  service: string,
  request: string,
  problems: Map<string, Bilingual>,
): Promise<HttpAnswer | null> {
  const answer = await platform.get(service, request);
  if ('miss' in answer) {
    if (answer.miss === 'unreachable' || answer.miss === 'too_large')
      problems.set(`${service} ${answer.miss}`, answer.why);
    return null;
  }
  if (answer.status >= 200 && answer.status < 300 && /^\uFEFF?\s{0,200}[{[]/.test(answer.body)) return answer;
  if (answer.status !== 404) {
    const [path] = request.split('?', 1);
    const said = shorten(remoteException(answer) ?? kindOfBody(answer.body), 200);
    problems.set(`${service} ${request}`, {
      en: `${service} answered ${path} with status ${answer.status}: ${said}`,
      zh: `${service} 对 ${path} 的应答状态为 ${answer.status}：${said}`,
    });
  }
  return null;
}

function kindOfBody(body: string): string {
  if (/This is standby RM/i.test(body)) return 'standby ResourceManager';
  if (/^\s{0,200}<(?:!doctype|html)/i.test(body)) return 'HTML';
  if (/^\s{0,200}<\?xml/i.test(body)) return 'XML';
  return body === '' ? 'empty' : 'no JSON';
}

/** A narrower request is answered from the wider answers recorded: every recorded answer about applications is read. */
async function recordedApplications(platform: Platform, managers: readonly string[]): Promise<HttpAnswer[]> {
  const answers = (await Promise.all(managers.map(async (service) => await platform.recorded(service)))).flat();
  return answers
    .filter((answer) => /^\/ws\/v1\/cluster\/apps(?:\/application_\w{1,40})?\/?(?:\?|$)/.test(answer.request))
    .filter((answer) => answer.status >= 200 && answer.status < 300)
    .sort((a, b) => a.at - b.at || a.request.length - b.request.length);
}

async function liveApplications(
  latest: YarnRest['latest'],
  scope: YarnScope,
  now: number,
): Promise<readonly HttpAnswer[]> {
  const ids = (scope.applicationIds ?? []).filter((id) => APPLICATION_ID.test(id));
  const from = (scope.window?.from ?? now) - LOOK_BACK_MS;
  const to = scope.window?.to ?? now;
  const list = `/ws/v1/cluster/apps?limit=${LIST_LIMIT}&startedTimeBegin=${from}&startedTimeEnd=${to}`;
  // The list tells who else was in the queue; the single answer is there for a run of any age.
  const asked = [list, ...ids.map((id) => `/ws/v1/cluster/apps/${id}`)];
  const answers = await Promise.all(asked.map((request) => latest(request)));
  return answers.filter((answer) => answer !== null);
}
