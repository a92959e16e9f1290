import { describe, expect, it } from 'vitest';
import { capacityChanges, environmentChanges } from './environment-changes.ts';
import { buildJob, type JobSpec } from './fixtures/build-job.ts';

describe('environmentChanges', () => {
  const changes = (slow: JobSpec, ...usual: JobSpec[]) =>
    environmentChanges(
      buildJob(slow).run,
      usual.map((spec) => buildJob(spec).run),
    ).map(({ name, from, to }) => `${name} ${from} → ${to}`);

  it('names versions that no run of the history had', () => {
    expect(changes({ version: '4.0.1', javaVersion: '21' }, {})).toEqual([
      'Spark version 3.5.6 → 4.0.1',
      'Java version 17.0.1 → 21',
    ]);
    expect(changes({ version: '4.0.1' }, {}, { version: '4.0.1' })).toEqual([]);
  });

  it('names libraries by their versions', () => {
    const withJars = (...classPathJars: string[]) => {
      const { run } = buildJob();
      return { ...run, environment: { ...run.environment, classPathJars } };
    };
    const found = environmentChanges(withJars('/opt/rz-udf-1.5.0.jar', '/opt/guava-14.0.1.jar'), [
      withJars('/opt/rz-udf-1.4.2.jar', '/opt/guava-14.0.1.jar'),
    ]);
    expect(found.map(({ name, from, to }) => `${name} ${from} → ${to}`)).toEqual(['jar rz-udf 1.4.2 → 1.5.0']);
  });

  it('says nothing of what one run does not tell', () => {
    expect(changes({ run: { version: null } }, {})).toEqual([]);
  });
});

describe('capacityChanges', () => {
  const changes = (slow: JobSpec, ...usual: JobSpec[]) =>
    capacityChanges(buildJob(slow), usual.map(buildJob)).map(
      ({ name, worsens }) => `${name}${worsens ? ' worse' : ''}`,
    );

  it('tells fewer slots and later executors', () => {
    expect(changes({ hosts: ['h1'] }, {})).toEqual(['slots on average worse', 'slots at most worse']);
    expect(changes({ executorAt: 60_000 }, {})).toEqual(['first executor after worse']);
  });

  it('tells more slots as no reason for being slow', () => {
    expect(changes({ cores: 8 }, {})).toEqual(['slots on average', 'slots at most']);
  });

  it('passes over what is as usual', () => {
    expect(changes({}, {})).toEqual([]);
  });
});
