import { describe, expect, it } from 'vitest';
import { applicationOf, containerIn, EntityDirectory } from './entity-directory.ts';

const CONTAINER = 'container_e12_1700000000000_0042_01_000008';
const APPLICATION = 'application_1700000000000_0042';

describe('EntityDirectory', () => {
  const directory = new EntityDirectory([
    { applicationId: APPLICATION, executorId: '7', containerId: CONTAINER },
    { containerId: CONTAINER, host: 'n2' },
    { containerId: CONTAINER, host: 'other-name' },
  ]);

  it('tells of an executor which container it is and on which host', () => {
    expect(directory.enrich({ applicationId: APPLICATION, executorId: '7' })).toEqual({
      applicationId: APPLICATION,
      executorId: '7',
      containerId: CONTAINER,
      host: 'n2',
      applicationAttempt: 1,
    });
  });

  it('reads the container, the application and the attempt out of a control group', () => {
    expect(directory.enrich({ cgroupPath: `/hadoop-yarn/${CONTAINER}` })).toMatchObject({
      containerId: CONTAINER,
      applicationId: APPLICATION,
      applicationAttempt: 1,
      executorId: '7',
    });
  });

  it('never overwrites what a finding knows itself', () => {
    const keys = { containerId: CONTAINER, host: 'n9', executorId: '3' };
    expect(directory.enrich(keys)).toMatchObject({ host: 'n9', executorId: '3' });
    expect(keys).toEqual({ containerId: CONTAINER, host: 'n9', executorId: '3' });
  });

  it('does not take executor 7 of another application for this one', () => {
    expect(directory.enrich({ applicationId: 'application_1700000000000_0043', executorId: '7' })).toEqual({
      applicationId: 'application_1700000000000_0043',
      executorId: '7',
    });
    expect(directory.enrich({ executorId: '7' })).toEqual({ executorId: '7' });
  });
});

describe('ids in texts', () => {
  it('are found with and without an epoch, and nowhere else', () => {
    expect(containerIn(`task_memcg=/yarn/${CONTAINER}/x`)).toBe(CONTAINER);
    expect(containerIn('container_1700000000000_0042_01_000008')).toBe('container_1700000000000_0042_01_000008');
    expect(containerIn('/system.slice/docker.service')).toBeNull();
    expect(applicationOf(CONTAINER)).toBe(APPLICATION);
    expect(applicationOf('pod-1')).toBeNull();
  });
});
