import type { Evidence } from '../evidence/evidence.ts';
import {
  childObject,
  childObjects,
  countAt,
  instantAt,
  type JsonObject,
  own,
  quoteMembers,
  textAt,
} from '../evidence/json-object.ts';
import type { Outcome } from '../evidence/outcome.ts';
import { gatherKubernetes } from '../kubernetes/gather-kubernetes.ts';
import type { Condition, KubernetesState, OtherObject, PodState } from '../kubernetes/kubernetes-state.ts';
import { conditionsOf } from '../kubernetes/read-kubernetes-state.ts';
import type { Platform } from '../platform/platform.ts';
import type { FluidDataset, FluidFacts, FluidLoad, FluidRuntime } from './fluid-facts.ts';

/** Lists that Fluid's objects are read from; a cluster without Fluid answers 404, which says nothing bad. */
export const FLUID_LISTS: readonly { group: string; plural: string }[] = [
  'datasets',
  'alluxioruntimes',
  'juicefsruntimes',
  'jindoruntimes',
  'dataloads',
].map((plural) => ({ group: 'apis/data.fluid.io/v1alpha1', plural }));

/** Reads Fluid from the API server, its recorded answers, or `kubectl` files on hosts. */
export async function readFluidFacts(
  platform: Platform,
  namespaces: readonly string[],
  signal: AbortSignal,
): Promise<Outcome<FluidFacts>> {
  const read = await gatherKubernetes(platform, { namespaces, others: FLUID_LISTS }, signal);
  if (read.outcome !== 'ok') return read;
  const facts = fluidFactsOf(read.value);
  if (facts.datasets.length + facts.runtimes.length + facts.pods.length === 0) {
    return {
      outcome: 'no_data',
      looked: { en: 'this Kubernetes holds no dataset of Fluid', zh: '该 Kubernetes 中没有 Fluid 数据集' },
    };
  }
  return { outcome: 'ok', value: facts, notes: read.notes };
}

const CACHES = new Set(['alluxio', 'juicefs', 'jindo']);
/** Container that Fluid injects into pods where the CSI driver cannot mount. */
const SIDECAR = /^fluid-fuse(?:-\d{1,3})?$/;

/** Fluid's part of what was read from Kubernetes; pure, so that one reading serves several areas. */
export function fluidFactsOf(state: KubernetesState): FluidFacts {
  const fluid = state.others.filter(({ apiVersion }) => apiVersion.startsWith('data.fluid.io/'));
  const ofKind = (pattern: RegExp) => fluid.filter(({ kind }) => pattern.test(kind));
  return {
    datasets: ofKind(/^Dataset$/).map(datasetOf),
    runtimes: ofKind(/^\w{1,40}Runtime$/).map(runtimeOf),
    loads: ofKind(/^DataLoad$/).map(loadOf),
    pods: state.pods.filter(isOfCache),
    events: state.events.filter(
      ({ kind, reason }) =>
        /^(?:Dataset|\w{1,40}Runtime|DataLoad)$/.test(kind) ||
        reason === 'FailedMount' ||
        reason.startsWith('FuseRecover'),
    ),
  };
}

function isOfCache({ component, containers }: PodState): boolean {
  return (component !== null && CACHES.has(component.engine)) || containers.some(({ name }) => SIDECAR.test(name));
}

function datasetOf({ name, namespace, object, at }: OtherObject): FluidDataset {
  const status = childObject(object, 'status');
  const cache = status && childObject(status, 'cacheStates');
  return {
    name,
    namespace,
    phase: status ? textAt(status, 'phase') : '',
    conditions: conditionsIn(status),
    totalBytes: status ? sizeOf(textAt(status, 'ufsTotal')) : null,
    cachedBytes: cache ? sizeOf(textAt(cache, 'cached')) : null,
    capacityBytes: cache ? sizeOf(textAt(cache, 'cacheCapacity')) : null,
    cachedShare: cache ? shareOf(textAt(cache, 'cachedPercentage')) : null,
    hitRatio: cache ? textAt(cache, 'cacheHitRatio').slice(0, 20) : '',
    mountPoints: [...mountsOf(status), ...mountsOf(childObject(object, 'spec'))],
    seenAt: at,
    evidence: evidenceOf(status ?? object, status ? ['phase'] : []),
    cacheEvidence: cache ? evidenceOf(cache, ['cached', 'cachedPercentage', 'cacheCapacity']) : null,
  };
}

function runtimeOf({ kind, name, namespace, object, at }: OtherObject): FluidRuntime {
  const status = childObject(object, 'status') ?? object;
  return {
    kind,
    name,
    namespace,
    masterPhase: textAt(status, 'masterPhase'),
    workerPhase: textAt(status, 'workerPhase'),
    masterReason: textAt(status, 'masterReason'),
    workerReason: textAt(status, 'workerReason'),
    mastersReady: countAt(status, 'masterNumberReady'),
    workersDesired: countAt(status, 'desiredWorkerNumberScheduled'),
    workersReady: countAt(status, 'workerNumberReady'),
    fusesDesired: countAt(status, 'desiredFuseNumberScheduled'),
    fusesReady: countAt(status, 'fuseNumberReady'),
    fusesUnavailable: countAt(status, 'fuseNumberUnavailable'),
    conditions: conditionsIn(status),
    seenAt: at,
    evidence: {
      master: evidenceOf(status, ['masterPhase']),
      workers: evidenceOf(status, ['workerNumberReady']),
      fuses: evidenceOf(status, ['fuseNumberUnavailable']),
    },
  };
}

function loadOf({ name, namespace, object }: OtherObject): FluidLoad {
  const spec = childObject(object, 'spec');
  const status = childObject(object, 'status');
  const metadata = childObject(object, 'metadata');
  const dataset = spec && childObject(spec, 'dataset');
  const phase = status ? textAt(status, 'phase') : '';
  const conditions = conditionsIn(status);
  const last = conditions.findLast(({ type }) => type === phase) ?? conditions.at(-1);
  return {
    name,
    namespace,
    dataset: dataset ? textAt(dataset, 'name') : '',
    phase,
    at: last?.at ?? (status ? instantAt(status, 'lastSuccessfulTime') : null),
    createdAt: metadata ? instantAt(metadata, 'creationTimestamp') : null,
    paths: spec ? childObjects(spec, 'target', 100).map((target) => textAt(target, 'path')) : [],
    message: last?.message ?? '',
    evidence: evidenceOf(status ?? object, status ? ['phase'] : []),
  };
}

function conditionsIn(status: JsonObject | null): Condition[] {
  return (status ? conditionsOf(status) : []).map((condition) => ({
    ...condition,
    evidence: { ...condition.evidence, area: 'cache' as const },
  }));
}

function mountsOf(holder: JsonObject | null): string[] {
  const mounts = holder ? childObjects(holder, 'mounts', 100) : [];
  return mounts.map((mount) => textAt(mount, 'mountPoint')).filter((point) => point !== '');
}

/** `45.6%`; null for anything else. */
function shareOf(text: string): number | null {
  const digits = /^(\d{1,9}(?:\.\d{1,6})?) ?%$/.exec(text.trim())?.[1];
  return digits === undefined ? null : Number(digits) / 100;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Fluid writes sizes as words: `28.8GiB`, `0.00B`; null for `[Calculating]` and anything else. */
function sizeOf(text: string): number | null {
  const parts = /^(\d{1,12}(?:\.\d{1,6})?) ?([KMGTP]i)?B$/.exec(text.trim());
  return parts ? Math.round(Number(parts[1]) * 1024 ** Math.max(0, UNITS.indexOf(`${parts[2] ?? ''}B`))) : null;
}

function evidenceOf(object: JsonObject, keys: readonly string[]): Evidence {
  const there = keys.filter((key) => own(object, key) !== undefined);
  return { ...quoteMembers(object, there), area: 'cache', provenance: 'kubernetes', at: object.document.at };
}
