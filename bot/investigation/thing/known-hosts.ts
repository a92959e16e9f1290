import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { YarnFacts } from '../../../tools/yarn/facts.ts';
import type { FirstLook } from '../first-look.ts';

/** Every host that anything read names as a place where something ran, each once, in order of name. */
export function knownHosts(first: FirstLook, yarn: YarnFacts, services: readonly string[], run?: SparkRun): string[] {
  const names = [
    ...first.hosts.map(({ host }) => host),
    ...first.logs.map(({ keys, source }) => keys.host ?? /^hosts\/([^/]{1,255})\//.exec(source)?.[1]),
    ...yarn.nodes.map(({ host }) => host),
    ...yarn.containers.map(({ host }) => host),
    ...services.map((service) => /@([^:]{1,255})/.exec(service)?.[1]),
    ...(run?.executors ?? []).map(({ host }) => host),
  ];
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== ''))].sort();
}

/** The known host that a name means: itself, with its domain, or the only one that ends in it (`node12` for `bd-node12`). */
export function hostMeant(said: string, known: readonly string[]): string | null {
  const name = said.toLowerCase();
  const same = known.find((host) => host.toLowerCase() === name);
  if (same !== undefined) return same;
  const byDomain = known.filter((host) => isOneHost(host.toLowerCase(), name));
  const ending = known.filter((host) => host.toLowerCase().split('.')[0]?.endsWith(`-${name}`));
  const [only, ...others] = byDomain.length > 0 ? byDomain : ending;
  return only !== undefined && others.length === 0 ? only : null;
}

/** `node7` and `node7.prod.example` are one host. */
export function isOneHost(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}
