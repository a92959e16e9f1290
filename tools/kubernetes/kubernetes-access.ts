import { readFile } from 'node:fs/promises';
import { tlsGet } from '../platform/tls-get.ts';

/** How the API server is reached: a service account that may `get` and `list`, nothing more. */
export interface KubernetesAccess {
  /** `https://10.0.0.1:6443`; plain HTTP is for `kubectl proxy` on this machine, and never carries a token. */
  baseUrl: string;
  /** File with the bearer token; read for each request, since a service account's token is renewed hourly. */
  tokenFile: string | null;
  /** File with the authority's certificate; null: those that this machine trusts. */
  caFile: string | null;
}

/** Where a pod finds what it needs to ask its own cluster. */
const IN_CLUSTER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Access from inside a cluster by its environment; null outside of one. */
export function inClusterAccess(environment: Readonly<Record<string, string | undefined>>): KubernetesAccess | null {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = environment;
  if (!host || !/^[\w.:-]{1,253}$/.test(host) || !/^\d{1,5}$/.test(port)) return null;
  const name = host.includes(':') ? `[${host}]` : host;
  return { baseUrl: `https://${name}:${port}`, tokenFile: `${IN_CLUSTER}/token`, caFile: `${IN_CLUSTER}/ca.crt` };
}

/**
 * A fetch that puts token and certificate to requests for the API server and leaves all others to the given one. Only GET leaves it,
 * no redirect is followed, and the token goes to that origin alone.
 *
 * The API is asked by plain GETs instead of through a client library, so that the live platform and its recordings stay one code with
 * one set of limits, and nothing that could write is at hand.
 */
export function withKubernetesAccess(
  fetch: typeof globalThis.fetch,
  access: KubernetesAccess,
): typeof globalThis.fetch {
  const { origin, protocol } = new URL(access.baseUrl);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin || protocol !== 'https:') return await fetch(input, init);
    const [token, ca] = await Promise.all([
      access.tokenFile === null ? null : readFile(access.tokenFile, 'utf8'),
      access.caFile === null ? null : readFile(access.caFile),
    ]);
    return await tlsGet(url, {
      headers: { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token.trim()}` }) },
      ...(ca === null ? {} : { ca }),
      ...(init?.signal ? { signal: init.signal } : {}),
    });
  };
}
