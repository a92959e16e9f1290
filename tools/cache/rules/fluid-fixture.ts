import { BEGIN, iso } from '../../kubernetes/kubernetes-fixture.ts';
import { readKubernetesState } from '../../kubernetes/read-kubernetes-state.ts';
import type { FluidCase, FluidScope } from '../fluid-facts.ts';
import { fluidFactsOf } from '../read-fluid-facts.ts';

type Json = Readonly<Record<string, unknown>>;

/** Objects in the form of Fluid 1.0.8 (data.fluid.io/v1alpha1), built from its source; nothing here is a recording. */
const object = (kind: string, name: string, rest: Json): Json => ({
  apiVersion: 'data.fluid.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'train', creationTimestamp: iso(-3600) },
  ...rest,
});

export const dataset = (status: Json | null, name = 'imagenet'): Json =>
  object('Dataset', name, status ? { status } : {});

export const runtime = (status: Json, name = 'imagenet'): Json =>
  object('AlluxioRuntime', name, {
    status: {
      fusePhase: 'Ready',
      masterPhase: 'Ready',
      workerPhase: 'Ready',
      masterNumberReady: 1,
      workerNumberReady: 2,
      desiredWorkerNumberScheduled: 2,
      fuseNumberUnavailable: 0,
      ...status,
    },
  });

export const load = (status: Json | null, createdAt = -1800): Json => ({
  ...object('DataLoad', 'warm', {
    spec: { dataset: { name: 'imagenet', namespace: 'train' } },
    ...(status ? { status } : {}),
  }),
  metadata: { name: 'warm', namespace: 'train', creationTimestamp: iso(createdAt) },
});

export const cachePod = (role: string, status: Json, name = `imagenet-${role}-0`): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'train', uid: `uid-${name}`, labels: { release: 'imagenet', role: `alluxio-${role}` } },
  spec: { nodeName: 'gpu7', containers: [{ name: `alluxio-${role}` }] },
  status: { phase: 'Running', containerStatuses: [{ name: `alluxio-${role}`, restartCount: 1, ...status }] },
});

export const terminated = (at: number, end: Json = {}): Json => ({
  lastState: { terminated: { reason: 'Error', exitCode: 137, finishedAt: iso(at), ...end } },
});

/** What a rule about Fluid judges; everything is seen ten minutes after the question's time began. */
export function fluidCase(items: readonly Json[], scope: Partial<FluidScope> = {}): FluidCase {
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const state = readKubernetesState({ body, source: 'http/kubernetes/fluid.json', at: BEGIN + 600_000 });
  if (state === null) throw new Error('no Kubernetes');
  return {
    facts: fluidFactsOf(state),
    scope: { window: { from: BEGIN, to: BEGIN + 600_000 }, datasets: [], ...scope },
  };
}
