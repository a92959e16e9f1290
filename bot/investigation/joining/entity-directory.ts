import type { JoinKeys } from '../../../tools/evidence/join-keys.ts';

/** What one source told about who is who: an executor's container, a container's host. */
export interface EntityLink {
  applicationId?: string | undefined;
  executorId?: string | undefined;
  containerId?: string | undefined;
  host?: string | undefined;
  podName?: string | undefined;
}

/**
 * Knows which names mean the same thing: executor 7 of an application is a container, the container is on a host. Fills the
 * keys a finding left out, never overwrites one it has.
 */
export class EntityDirectory {
  readonly #byContainer = new Map<string, EntityLink>();
  readonly #byExecutor = new Map<string, EntityLink>();

  constructor(links: readonly EntityLink[]) {
    for (const link of links) {
      if (link.containerId) this.#merge(this.#byContainer, link.containerId, link);
      if (link.executorId && link.applicationId) {
        this.#merge(this.#byExecutor, `${link.applicationId} ${link.executorId}`, link);
      }
    }
  }

  /** The keys with everything added that is known about them. */
  enrich(keys: JoinKeys): JoinKeys {
    const full: JoinKeys = { ...keys };
    if (full.cgroupPath && !full.containerId) {
      const container = containerIn(full.cgroupPath);
      if (container) full.containerId = container;
    }
    this.#fillByExecutor(full);
    if (full.containerId) {
      fill(full, this.#byContainer.get(full.containerId));
      const application = applicationOf(full.containerId);
      if (application && !full.applicationId) full.applicationId = application;
      const attempt = attemptOf(full.containerId);
      if (attempt && !full.applicationAttempt) full.applicationAttempt = attempt;
    }
    this.#fillByExecutor(full);
    return full;
  }

  /** An executor leads to its container, a container to its executor: whichever is known first. */
  #fillByExecutor(keys: JoinKeys): void {
    if (keys.executorId && keys.applicationId) {
      fill(keys, this.#byExecutor.get(`${keys.applicationId} ${keys.executorId}`));
    }
  }

  #merge(map: Map<string, EntityLink>, key: string, link: EntityLink): void {
    const known = map.get(key) ?? {};
    const given = Object.fromEntries(Object.entries(link).filter(([, value]) => value !== undefined && value !== ''));
    map.set(key, { ...given, ...known });
  }
}

function fill(keys: JoinKeys, link: EntityLink | undefined): void {
  if (!link) return;
  for (const key of ['applicationId', 'executorId', 'containerId', 'host', 'podName'] as const) {
    const known = link[key];
    if (known !== undefined) keys[key] ??= known;
  }
}

const CONTAINER = /container_(?:e\d{1,6}_)?(\d{10,16})_(\d{4,10})_(\d{2,5})_(\d{6,12})/;

/** The YARN container id in a text such as a cgroup path; null when there is none. */
export function containerIn(text: string): string | null {
  return CONTAINER.exec(text)?.[0] ?? null;
}

/** `application_…` of a container id. */
export function applicationOf(containerId: string): string | null {
  const match = CONTAINER.exec(containerId);
  return match ? `application_${match[1]}_${match[2]}` : null;
}

/** The application's attempt a container belongs to, from 1. */
export function attemptOf(containerId: string): number | null {
  const match = CONTAINER.exec(containerId);
  return match ? Number(match[3]) : null;
}
