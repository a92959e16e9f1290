import { describe, expect, it } from 'vitest';
import { componentOf } from './component-of.ts';

describe('componentOf', () => {
  it('is the narrowest thing that has a name', () => {
    const keys = { applicationId: 'app-1', host: 'h1', stageId: 0, executorId: '7' };
    expect(componentOf({ ...keys, containerId: 'container_1' })).toEqual({ kind: 'container', id: 'container_1' });
    expect(componentOf({ ...keys, podName: 'pod-1' })).toEqual({ kind: 'container', id: 'pod-1' });
    expect(componentOf(keys)).toEqual({ kind: 'executor', id: '7' });
    expect(componentOf({ applicationId: 'app-1', host: 'h1', stageId: 0 })).toEqual({ kind: 'stage', id: '0' });
    expect(componentOf({ applicationId: 'app-1' })).toEqual({ kind: 'spark_application', id: 'app-1' });
  });

  it('is the queue where scheduling happened or no run is named, else the run that happened to be in it', () => {
    const keys = { applicationId: 'app-1', queue: 'ads' };
    expect(componentOf(keys, 'scheduling.queue_blocked')).toEqual({ kind: 'queue', id: 'ads' });
    expect(componentOf({ queue: 'ads' })).toEqual({ kind: 'queue', id: 'ads' });
    expect(componentOf(keys, 'config.changed')).toEqual({ kind: 'spark_application', id: 'app-1' });
    expect(componentOf(keys)).toEqual({ kind: 'spark_application', id: 'app-1' });
  });

  it('is the driver where the executor is the driver', () => {
    expect(componentOf({ executorId: 'driver', host: 'h1' })).toEqual({ kind: 'driver', id: 'driver' });
  });

  it('is nothing where nothing is named', () => {
    expect(componentOf({ pid: 7, host: '' })).toBeNull();
  });
});
