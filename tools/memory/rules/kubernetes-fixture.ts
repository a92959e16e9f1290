/** Composed pod in the API's form (core/v1); nothing here is a recording. */
export function composedPod(spec: {
  reason?: string;
  message?: string;
  ended?: { reason: string; exitCode: number; finishedAt?: string; container?: string };
  containerId?: string;
}) {
  const name = spec.ended?.container ?? 'spark-kubernetes-executor';
  const terminated = spec.ended && {
    exitCode: spec.ended.exitCode,
    reason: spec.ended.reason,
    startedAt: '2026-11-21T10:00:00Z',
    finishedAt: spec.ended.finishedAt ?? '2026-11-21T10:22:41Z',
    containerID: `containerd://${spec.containerId ?? 'c'.repeat(64)}`,
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'ads-exec-3',
      namespace: 'ads',
      uid: '5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21',
      labels: { 'spark-app-selector': 'spark-1f2e', 'spark-exec-id': '3' },
    },
    spec: {
      nodeName: 'node7',
      containers: [{ name, resources: { limits: { memory: '4Gi' }, requests: { memory: '2Gi' } } }],
    },
    status: {
      phase: 'Failed',
      startTime: '2026-11-21T10:00:00Z',
      ...(spec.reason ? { reason: spec.reason, message: spec.message ?? '' } : {}),
      ...(terminated
        ? { containerStatuses: [{ name, restartCount: 1, containerID: 'x', state: {}, lastState: { terminated } }] }
        : {}),
    },
  };
}
