import type { Finding } from '../evidence/finding.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { YarnApplication } from './application-facts.ts';
import type { YarnContainerHistory } from './container-history.ts';
import type { YarnFacts } from './facts.ts';

/** What a rule of this area must say; the rest has one usual value. */
type Said = Pick<Finding, 'rule' | 'statement' | 'keys' | 'evidence'> & Partial<Finding>;

/** A finding of this area: observed, once, of full weight, unless said otherwise. */
export function yarnFinding(said: Said): Finding {
  return { area: 'yarn', kind: 'observed', code: null, at: null, count: 1, weight: 1, values: {}, ...said };
}

/** The applications that the question is about. */
export function askedApplications(facts: YarnFacts): YarnApplication[] {
  const asked = new Set(facts.asked);
  return facts.applications.filter((application) => asked.has(application.id));
}

/** Rules ask for the same containers again and again; facts never change, so one look at them is enough. */
const BY_APPLICATION = new WeakMap<readonly YarnContainerHistory[], Map<string, YarnContainerHistory[]>>();

/** The containers of an application that ever ran or ended with a status; cancelled reservations are none. */
export function containersOfApplication(facts: YarnFacts, applicationId: string): readonly YarnContainerHistory[] {
  const known = BY_APPLICATION.get(facts.containers);
  const index = known ?? Map.groupBy(facts.containers.filter(ranOrEnded), (container) => container.applicationId);
  if (!known) BY_APPLICATION.set(facts.containers, index);
  return index.get(applicationId) ?? [];
}

function ranOrEnded(container: YarnContainerHistory): boolean {
  return (
    container.startedAt !== null ||
    container.exitCode !== null ||
    container.exitStatus !== null ||
    container.breach !== null ||
    container.endedBy === 'preempted' ||
    container.localizationFailure !== null
  );
}

/** What a finding about an application can be joined on. */
export function applicationKeys(application: YarnApplication): JoinKeys {
  return {
    applicationId: application.id,
    ...(application.name ? { applicationName: application.name } : {}),
    ...(application.user ? { user: application.user } : {}),
    ...(application.queue ? { queue: application.queue } : {}),
  };
}

/** What a finding about a container can be joined on. */
export function containerKeys(container: YarnContainerHistory): JoinKeys {
  const pid = container.breach?.pid ?? null;
  return {
    applicationId: container.applicationId,
    applicationAttempt: container.attempt,
    containerId: container.containerId,
    ...(container.host ? { host: container.host } : {}),
    ...(container.executorId ? { executorId: container.executorId } : {}),
    ...(pid === null ? {} : { pid }),
  };
}

/** The container as a person calls it: `executor 8 (container_…_000011) on bd-node11`. */
export function containerName(container: YarnContainerHistory): { en: string; zh: string } {
  const on = container.host ? { en: ` on ${container.host}`, zh: `（${container.host}）` } : { en: '', zh: '' };
  const id = container.containerId;
  switch (container.role) {
    case 'driver':
      return { en: `the driver's container ${id}${on.en}`, zh: `Driver 容器 ${id}${on.zh}` };
    case 'application_master':
      return { en: `the ApplicationMaster's container ${id}${on.en}`, zh: `ApplicationMaster 容器 ${id}${on.zh}` };
    case 'executor': {
      const name = container.executorId;
      return name
        ? { en: `executor ${name} (${id})${on.en}`, zh: `Executor ${name}（${id}）${on.zh}` }
        : { en: `the executor in ${id}${on.en}`, zh: `Executor 容器 ${id}${on.zh}` };
    }
    default:
      return { en: `container ${id}${on.en}`, zh: `容器 ${id}${on.zh}` };
  }
}

/** A sentence with its first letter as a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Groups of the same evidence once. */
export function distinctEvidence(evidence: readonly (Finding['evidence'][number] | null)[]): Finding['evidence'] {
  const seen = new Set<string>();
  return evidence.flatMap((piece) => {
    if (!piece) return [];
    const key = `${piece.source}#${piece.fromLine}#${piece.excerpt.slice(0, 200)}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [piece];
  });
}
