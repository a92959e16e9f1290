import type { Evidence } from '../evidence/evidence.ts';
import { recordEvidence } from './record-evidence.ts';
import type { ShuffleFacts } from './shuffle-facts.ts';

/** Port of a master that names none (`celeborn.master.port`, default 0.2-0.7). */
const DEFAULT_PORT = 9097;

/** Addresses that clients and workers reach a master at, each with the place that says so. */
export type MasterAddresses = ReadonlyMap<string, Evidence | null>;

/** Where the masters really are: by their own settings, by those of the workers, and by clients that did connect. */
export function masterAddresses(facts: ShuffleFacts): MasterAddresses {
  const addresses = new Map<string, Evidence | null>();
  const add = (address: string, evidence: Evidence | null) => {
    if (!addresses.get(address)) addresses.set(address, evidence);
  };
  for (const { host, rpcPort, evidence } of facts.masters) {
    if (rpcPort !== null) add(`${host}:${rpcPort}`, evidence);
  }
  for (const { role, values, evidence } of facts.settings) {
    const host = values['celeborn.master.host'];
    if (role === 'master' && host) add(`${host}:${values['celeborn.master.port'] ?? DEFAULT_PORT}`, evidence);
    for (const address of (values['celeborn.master.endpoints'] ?? '').split(',')) {
      if (/^[\w.-]{1,253}:\d{1,5}$/.test(address.trim())) add(address.trim(), evidence);
    }
  }
  for (const event of facts.events) {
    if (event.kind === 'connected') add(event.address, recordEvidence(event.record));
  }
  return addresses;
}

/**
 * How the addresses a client was given compare with the masters': `right` when one of them is a master's; `other_port` when
 * a master stands on the same host at another port; `other_host` when no master is known on any of their hosts; `unknown` when
 * no master is known at all, or names cannot be compared with numbers.
 */
export function compareAddresses(
  given: readonly string[],
  known: MasterAddresses,
): 'right' | 'other_port' | 'other_host' | 'unknown' {
  if (known.size === 0 || given.length === 0) return 'unknown';
  if (given.some((address) => known.has(address))) return 'right';
  const hosts = new Set([...known.keys()].map(hostOf));
  if (given.some((address) => hosts.has(hostOf(address)))) return 'other_port';
  return given.some((address) => isNumeric(hostOf(address))) !== [...hosts].some(isNumeric) ? 'unknown' : 'other_host';
}

function hostOf(address: string): string {
  return address.replace(/:\d{1,5}$/, '').toLowerCase();
}

function isNumeric(host: string): boolean {
  return /^[\d.]{7,15}$/.test(host) || host.includes(':');
}
