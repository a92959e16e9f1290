import type { JoinKeys } from '../evidence/join-keys.ts';

/** What a group's path says about who lives in it. Paths are user-controlled only below a delegated group. */
export interface GroupIdentity {
  /** YARN container id, or the container runtime's id of 64 hex digits. */
  containerId?: string;
  applicationId?: string;
  podUid?: string;
  /** systemd unit: `docker.service`, `kubelet.service`, a slice. */
  unit?: string;
  /** What kind of group the last part is. */
  kind: 'yarn_container' | 'kubernetes_container' | 'pod' | 'kubernetes_slice' | 'container' | 'unit' | 'other';
}

const YARN = /(?:^|[/_-])(container_(?:e\d{1,6}_)?(\d{10,16})_(\d{4,10})_\d{2,6}_\d{6,12})(?=$|[/.])/;
const POD_UID = /pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})/;
const RUNTIME_ID = /^(?:(?:cri-containerd|crio|docker|libpod|containerd|cri-o|podman)[-:])?([0-9a-f]{64})(?:\.scope)?$/;
const UNIT = /^[A-Za-z0-9@:._\\-]{1,200}\.(?:service|slice|scope)$/;

/**
 * Reads ids out of a group's path: `/hadoop-yarn/container_…`, `/kubepods/burstable/pod<uid>/<id>`,
 * `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod<uid_>.slice/cri-containerd-<id>.scope`,
 * `/docker/<id>`, `/system.slice/x.service`.
 */
export function identifyGroup(path: string): GroupIdentity {
  const text = path.length > 4096 ? path.slice(0, 4096) : path;
  const parts = text.split('/').filter((part) => part !== '');
  const yarn = YARN.exec(text);
  if (yarn) {
    return {
      kind: 'yarn_container',
      containerId: yarn[1] ?? '',
      applicationId: `application_${yarn[2]}_${yarn[3]}`,
    };
  }
  const podAt = parts.findIndex((part) => POD_UID.test(part) && /^(?:kubepods|pod)/.test(part));
  if (podAt !== -1) return identifyPod(parts, podAt);
  const runtime = parts.map((part) => RUNTIME_ID.exec(part)?.[1]).find((id) => id !== undefined);
  if (runtime) return { kind: 'container', containerId: runtime };
  const unit = parts.findLast((part) => UNIT.test(part));
  if (/^kubepods(?:[.-]|$)/.test(parts[0] ?? '')) return { kind: 'kubernetes_slice', ...(unit ? { unit } : {}) };
  return unit ? { kind: 'unit', unit } : { kind: 'other' };
}

/** Static pods have a uid of 32 hex digits without dashes; it is kept as it is. */
function identifyPod(parts: readonly string[], podAt: number): GroupIdentity {
  const podUid = (POD_UID.exec(parts[podAt] ?? '')?.[1] ?? '').replaceAll('_', '-');
  const below = parts.slice(podAt + 1);
  if (below.length === 0) return { kind: 'pod', podUid };
  const id = below.map((part) => RUNTIME_ID.exec(part)?.[1]).find((found) => found !== undefined);
  return { kind: 'kubernetes_container', podUid, ...(id ? { containerId: id } : {}) };
}

/** The same as join keys, with the path itself. */
export function groupKeys(path: string): JoinKeys {
  const { containerId, applicationId, podUid } = identifyGroup(path);
  return {
    cgroupPath: path,
    ...(containerId ? { containerId } : {}),
    ...(applicationId ? { applicationId } : {}),
    ...(podUid ? { podUid } : {}),
  };
}

/** True when two groups belong to the same container (or are the same): a limit of one is the other's own. */
export function isSameContainer(a: string, b: string): boolean {
  if (a === b) return true;
  const [first, second] = [identifyGroup(a), identifyGroup(b)];
  return first.containerId !== undefined && first.containerId === second.containerId;
}
