import type { Component, Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { causeFamily, serviceOfCause } from './cause-family.ts';

/** What cases of one incident share. */
export interface IncidentKey {
  /** `host`, `queue`, `worker`, `service` …; `run` of a cause on the user's side; `case` of what groups with nothing. */
  kind: string;
  /** In lower case for hosts, otherwise as the platform writes it. */
  id: string;
  /** `causeFamily` of the code; `any` of a run whose cause is open; `-` of a case on its own. */
  family: string;
  /** The cluster; empty: not told. */
  cluster: string;
}

/** Components that many runs share. */
const SHARED_KINDS: ReadonlySet<Component['kind']> = new Set(['host', 'queue', 'worker', 'cluster', 'dataset', 'path']);
/** Components on a host: a trouble of the platform that hits them is one of their host. */
const ON_A_HOST: ReadonlySet<Component['kind']> = new Set([
  'container',
  'executor',
  'driver',
  'stage',
  'task',
  'worker',
]);
const RUN_KINDS = new Set(['spark_application', 'yarn_application', 'flink_job', 'workflow_run']);

/**
 * What a diagnosis groups by. A cause on the platform's side groups by its component; one on the user's side only with the same run, asked by
 * several people; an open one only with the same subject; what is healthy or about nothing groups with nothing.
 */
export function incidentKeyOf(diagnosis: Diagnosis, caseId: string, cluster: string | null = null): IncidentKey {
  const inCluster = (kind: string, id: string, family: string): IncidentKey => ({
    kind,
    id: kind === 'host' ? hostName(id) : id,
    family,
    cluster: cluster ?? '',
  });
  const alone = inCluster('case', caseId, '-');
  const [cause] = diagnosis.rootCauses;
  const { subject } = diagnosis;
  if (!cause || cause.code.startsWith('none.')) return alone;
  if (diagnosis.outcome === 'needs_more' || cause.code.startsWith('unknown.'))
    return subject === null ? alone : inCluster(RUN_KINDS.has(subject.kind) ? 'run' : subject.kind, subject.id, 'any');
  const family = causeFamily(cause.code);
  if (cause.responsibility !== 'user') {
    const shared = sharedComponent(diagnosis, cause);
    if (shared) return inCluster(shared.kind, shared.id, family);
  }
  return subject === null ? alone : inCluster('run', subject.id, family);
}

/** The component that several runs have in common; null: the cause lies within the run. */
function sharedComponent(diagnosis: Diagnosis, cause: RootCause): { kind: string; id: string } | null {
  const { component } = cause;
  if (component && SHARED_KINDS.has(component.kind)) return component;
  const service = serviceOfCause(cause.code);
  if (service !== null) return { kind: 'service', id: service };
  const host = (!component || ON_A_HOST.has(component.kind)) && hostOf(diagnosis, cause);
  return host ? { kind: 'host', id: host } : null;
}

/** The host of a cause: of its chain's last link that names one, otherwise the only one whose files its last link cites. */
function hostOf(diagnosis: Diagnosis, { chain }: RootCause): string | null {
  const named = chain.findLast(({ component }) => component?.kind === 'host')?.component;
  if (named) return named.id;
  const cited = new Set(chain.at(-1)?.evidence ?? []);
  const hosts = new Set(
    diagnosis.evidence
      .filter(({ id }) => cited.has(id))
      .map(({ source }) => /^hosts\/([^/]{1,255})\//.exec(source)?.[1])
      .filter((host) => host !== undefined)
      .map(hostName),
  );
  const [only] = hosts;
  return hosts.size === 1 && only !== undefined ? only : null;
}

/** `NM-7.example.` and `nm-7.example` are one host; a short name and a full one are not taken for the same: two domains may have it. */
function hostName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** When it failed: the time of the root, otherwise of the symptom, otherwise the end of the window; null: no time is known. */
export function failureTimeMs({ rootCauses: [cause], window }: Diagnosis): number | null {
  const at = cause?.at ?? cause?.chain.findLast((link) => link.at !== null)?.at ?? window?.to ?? null;
  return at === null ? null : Date.parse(at);
}
