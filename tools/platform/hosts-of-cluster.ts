import type { ServiceAccess } from './http-client.ts';
import type { HttpAnswer, HttpMiss } from './platform.ts';

/** Stands for a host's name in the name and URL of a service, and in the root path of hosts. */
export const HOST_PLACE = '{host}';

/** Every NodeManager of a large cluster; more are no cluster. */
const MAX_HOSTS = 10_000;
/** Of services that an area asks one by one, whoever ran where. */
const MAX_ASKED = 200;
/** The area asks only those that ran what the question is about. */
const CHOSEN_BY_AREA = /^yarn-nm@/;

/** What a template came to: services by their names, and how many hosts found no room. */
export interface Expanded {
  services: Record<string, ServiceAccess>;
  leftOut: { service: string; hosts: number }[];
}

/**
 * Hosts as the ResourceManager lists its nodes (`/ws/v1/cluster/nodes`, 2.x and 3.x), each once; empty without an answer. Names that
 * are none are left out: they become part of a URL.
 *
 * @param get asks a service; each request is asked once for a question, so that the YARN area's own reading costs no second one
 */
export async function hostsOfCluster(
  services: readonly string[],
  get: (service: string, request: string) => Promise<HttpAnswer | HttpMiss>,
): Promise<string[]> {
  const managers = services.filter((name) => /^yarn-rm(?:@|$)/.test(name));
  const answers = await Promise.all(managers.map((service) => get(service, '/ws/v1/cluster/nodes')));
  const names = answers.flatMap((answer) =>
    'status' in answer && answer.status === 200
      ? [...answer.body.matchAll(/"nodeHostName"\s{0,5}:\s{0,5}"([^"]{1,253})"/g)].map((found) => found[1] ?? '')
      : [],
  );
  return [...new Set(names)].filter(isHostName).sort().slice(0, MAX_HOSTS);
}

/** A name of letters, digits, dots and dashes. */
export function isHostName(name: string): boolean {
  return /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?$/.test(name) && !name.includes('..');
}

/** `yarn-nm@{host}` at `http://{host}:8042` for each host; a service that is named by itself stays as it is named. */
export function expandServices(
  templates: Readonly<Record<string, ServiceAccess>>,
  hosts: readonly string[],
  named: Readonly<Record<string, unknown>>,
): Expanded {
  const expanded: Expanded = { services: {}, leftOut: [] };
  for (const [template, access] of Object.entries(templates)) {
    const fitting = access.only === undefined ? hosts : hosts.filter(fits(access.only));
    const own = CHOSEN_BY_AREA.test(template) ? fitting : fitting.slice(0, MAX_ASKED);
    if (own.length < fitting.length) expanded.leftOut.push({ service: template, hosts: fitting.length - own.length });
    for (const host of own) {
      const name = template.replace(HOST_PLACE, host);
      if (Object.hasOwn(named, name)) continue;
      expanded.services[name] = { ...access, url: access.url.replaceAll(HOST_PLACE, host) };
    }
  }
  return expanded;
}

/** Whether a name fits a pattern; case does not count, as in host names. */
function fits(pattern: string): (host: string) => boolean {
  const parts = pattern.toLowerCase().split(/\*+/);
  return (host) => {
    const name = host.toLowerCase();
    const [first = '', ...rest] = parts;
    const last = rest.pop();
    if (last === undefined) return name === first;
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
    let at = first.length;
    return rest.every((part) => {
      const found = name.indexOf(part, at);
      at = found + part.length;
      return found >= 0 && at <= name.length - last.length;
    });
  };
}
