import { describe, expect, it } from 'vitest';
import { keysInText } from './keys-in-text.ts';

describe('keysInText', () => {
  it('reads container, attempt and application, with and without the epoch', () => {
    expect(keysInText('Container container_e50_1484482570459_1471903_01_000599 exited')).toEqual({
      containerId: 'container_e50_1484482570459_1471903_01_000599',
      applicationAttempt: 1,
      applicationId: 'application_1484482570459_1471903',
    });
    expect(keysInText('container_1795259698281_0018_02_000003').applicationAttempt).toBe(2);
  });

  it('takes no id when several of its kind are named', () => {
    const keys = keysInText('container_1795259698281_0018_01_000003, container_1795259698281_0018_01_000004');
    expect(keys.containerId).toBeUndefined();
    expect(
      keysInText('application_1795259698281_0018 and application_1795259698281_0019').applicationId,
    ).toBeUndefined();
  });

  it('reads the executor and its host in the forms of all versions', () => {
    expect(keysInText('Lost executor 2 on bd-node13: Container x')).toMatchObject({
      executorId: '2',
      host: 'bd-node13',
    });
    expect(keysInText('Lost task 0.3 in stage 3.0 (TID 10) (bd-node11 executor 8): x')).toMatchObject({
      executorId: '8',
      host: 'bd-node11',
      taskId: 10,
      stageId: 3,
      stageAttempt: 0,
    });
    expect(keysInText('Lost task 0.0 in stage 3.0 (TID 12, node7, executor 3): x')).toMatchObject({
      executorId: '3',
      host: 'node7',
    });
    expect(keysInText('The executor with id 13 exited with exit code 137')).toMatchObject({ executorId: '13' });
  });

  it('reads the host behind "on host:" without the full stop', () => {
    expect(keysInText('Container c on host: bd-node12. Exit status: 137.').host).toBe('bd-node12');
  });

  it('reads nothing where nothing is named', () => {
    expect(keysInText('java.lang.OutOfMemoryError: Java heap space')).toEqual({});
  });
});
