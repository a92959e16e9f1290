import type { Finding } from '../../../tools/evidence/finding.ts';
import type { JoinKeys } from '../../../tools/evidence/join-keys.ts';
import { identifyGroup } from '../../../tools/host/cgroup-path.ts';
import { isWithin } from '../../../tools/host/oom-messages.ts';
import { applicationOf, type EntityDirectory } from './entity-directory.ts';

/** What belongs to the subject of a question. */
export interface Scope {
  applicationId: string | null;
  /** The subject is a run that ended before it got an id: what names an application speaks of another one. */
  withoutId?: boolean;
  /** Who runs the subject; null when unknown. */
  user: string | null;
  /** Hosts the subject is known to have used; empty when unknown. */
  hosts: ReadonlySet<string>;
  /** Containers and pods asked about without an application. */
  containerIds: ReadonlySet<string>;
  /** Control groups in which the hosts' own files show the subject's containers; empty when unknown. */
  groups: ReadonlySet<string>;
  /** Time of the subject, milliseconds since the epoch; null when unknown. */
  window: { from: number; to: number } | null;
}

/** Before a run begins and after it ends, things are still written about it. */
const BEFORE_MS = 120_000;
const AFTER_MS = 180_000;

/**
 * The findings that may concern the subject, their keys completed. Another application's troubles, other hosts and other
 * times are left out: a loud neighbour is no cause.
 */
export function scopeFindings(findings: readonly Finding[], scope: Scope, directory: EntityDirectory): Finding[] {
  return findings
    .map((finding) => ({ ...finding, keys: directory.enrich(finding.keys) }))
    .filter((finding) => isInScope(finding, scope));
}

function isInScope(finding: Finding, scope: Scope): boolean {
  if (isAnothersAccess(finding, scope)) return false;
  const application = applicationIn(finding.keys);
  if (scope.applicationId !== null && application !== null) return application === scope.applicationId;
  if (scope.withoutId && application !== null) return false;
  if (isInAnotherContainer(finding, scope.groups)) return false;
  if (!isInWindow(finding, scope.window)) return false;
  const { host, containerId } = finding.keys;
  if (containerId !== undefined && scope.containerIds.size > 0) return scope.containerIds.has(containerId);
  if (host !== undefined && isAboutHost(finding) && scope.hosts.size > 0) return scope.hosts.has(host);
  return true;
}

/**
 * What the kernel says of another container is not about the subject whose own containers are known: neither one of its groups
 * nor a group that holds one (YARN inside of a pod). A service of the host is no container: its end may well concern the subject.
 */
function isInAnotherContainer({ keys }: Finding, groups: ReadonlySet<string>): boolean {
  const { cgroupPath } = keys;
  if (cgroupPath === undefined || groups.size === 0 || !isContainer(cgroupPath)) return false;
  return ![...groups].some((own) => isWithin(own, cgroupPath) || isWithin(cgroupPath, own));
}

function isContainer(path: string): boolean {
  const { kind } = identifyGroup(path);
  return kind === 'container' || kind === 'kubernetes_container' || kind === 'pod';
}

function applicationIn(keys: JoinKeys): string | null {
  return keys.applicationId ?? (keys.containerId ? applicationOf(keys.containerId) : null);
}

/** Storage refuses and serves many: what it says about another user is not about the subject. */
function isAnothersAccess(finding: Finding, scope: Scope): boolean {
  const { user } = finding.keys;
  const byStorage = finding.evidence.some((piece) => piece.provenance === 'storage');
  return byStorage && scope.user !== null && user !== undefined && user !== scope.user;
}

/** What the kernel, a disk or a NodeManager of a host says concerns only who was on that host. */
function isAboutHost(finding: Finding): boolean {
  if (finding.sharedService) return false;
  return finding.area === 'memory' || finding.area === 'storage' || finding.area === 'yarn';
}

function isInWindow(finding: Finding, window: Scope['window']): boolean {
  if (window === null || finding.at === null) return true;
  return (finding.until ?? finding.at) >= window.from - BEFORE_MS && finding.at <= window.to + AFTER_MS;
}
