import { describe, expect, it } from 'vitest';
import { componentOfPod } from './component-of-pod.ts';

describe('componentOfPod', () => {
  it.each([
    [
      { 'spark-role': 'executor', 'spark-app-selector': 'spark-1f', 'spark-exec-id': '3' },
      'spark',
      'executor',
      'spark-1f',
    ],
    [
      { app: 'click-rt', component: 'taskmanager', type: 'flink-native-kubernetes' },
      'flink',
      'taskmanager',
      'click-rt',
    ],
    [{ release: 'imagenet', role: 'alluxio-fuse', app: 'alluxio' }, 'alluxio', 'fuse', 'imagenet'],
    [{ release: 'x', role: 'jindofs-worker' }, 'jindo', 'worker', 'x'],
    [
      { 'app.kubernetes.io/name': 'celeborn', 'app.kubernetes.io/role': 'worker', 'app.kubernetes.io/instance': 'rss' },
      'celeborn',
      'worker',
      'rss',
    ],
  ])('%o', (labels, engine, role, of) => {
    expect(componentOfPod(labels)).toEqual({ engine, role, of });
  });

  it('knows nothing of other pods', () => {
    expect(componentOfPod({ app: 'alluxio-like', role: 'worker' })).toBeNull();
    expect(componentOfPod({ app: 'celeborn' })).toBeNull();
    expect(componentOfPod({})).toBeNull();
    expect(componentOfPod({ 'spark-role': 7 })).toBeNull();
  });
});
