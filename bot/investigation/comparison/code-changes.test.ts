import { describe, expect, it } from 'vitest';
import { codeChanges } from './code-changes.ts';
import { jobCommand } from './command-line.ts';
import { buildJob } from './fixtures/build-job.ts';

const SUBMIT = 'org.apache.spark.deploy.SparkSubmit --master yarn --conf spark.executor.memory=1g';
const DAY = 86_400_000;

function changed(now: string, before: string, days = 1) {
  return codeChanges(buildJob({ command: now, startedAt: 1_700_000_000_000 + days * DAY }).run, [
    buildJob({ command: before, startedAt: 1_700_000_000_000 }).run,
  ]).map(({ name, from, to }) => `${name}: ${from} → ${to}`);
}

describe('jobCommand', () => {
  it('reads program and arguments of a client-mode submit, whatever the options before', () => {
    const line = `${SUBMIT} --conf spark.executor.extraJavaOptions=-Xss4m -Da=b --name nightly --verbose /srv/job.py 2026-11-19 by=shop`;
    const { run } = buildJob({ command: line });
    expect(jobCommand(run)).toEqual({ program: '/srv/job.py', mainClass: null, arguments: ['2026-11-19', 'by=shop'] });
  });

  it('reads an application master of YARN and a Python program behind it', () => {
    const jar =
      'org.apache.spark.deploy.yarn.ApplicationMaster --class com.x.Job --jar file:/srv/job.jar --arg 2026-11-19 --arg full --properties-file x';
    expect(jobCommand(buildJob({ command: jar }).run)).toEqual({
      program: 'file:/srv/job.jar',
      mainClass: 'com.x.Job',
      arguments: ['2026-11-19', 'full'],
    });
    const python =
      'org.apache.spark.deploy.yarn.ApplicationMaster --class org.apache.spark.deploy.PythonRunner --primary-py-file job.py --arg a';
    expect(jobCommand(buildJob({ command: python }).run).program).toBe('job.py');
  });

  it('knows nothing of a run without a command line', () => {
    expect(jobCommand(buildJob({ command: '' }).run)).toEqual({ program: null, mainClass: null, arguments: [] });
  });
});

describe('codeChanges', () => {
  it('does not take the day that goes with the calendar for a change', () => {
    expect(changed(`${SUBMIT} /srv/job.py 2026-11-20`, `${SUBMIT} /srv/job.py 2026-11-19`)).toEqual([]);
    expect(changed(`${SUBMIT} /srv/job_20261120.py 20261120 03`, `${SUBMIT} /srv/job_20261119.py 20261119 03`)).toEqual(
      [],
    );
  });

  it('takes a range that begins a year earlier for a change', () => {
    expect(changed(`${SUBMIT} /srv/job.py --from 2025-11-19`, `${SUBMIT} /srv/job.py --from 2026-11-19`)).toEqual([
      'argument --from: 2026-11-19 → 2025-11-19',
    ]);
  });

  it('names another argument, a lost one, another program', () => {
    expect(changed(`${SUBMIT} /srv/job.py by=none`, `${SUBMIT} /srv/job.py by=shop`)).toEqual([
      'argument by: shop → none',
    ]);
    expect(changed(`${SUBMIT} /srv/job.py`, `${SUBMIT} /srv/job.py --fast`)).toEqual(['argument --fast:  → null']);
    expect(changed(`${SUBMIT} /srv/job_udf.py`, `${SUBMIT} /srv/job_sql.py`)).toEqual([
      'program: /srv/job_sql.py → /srv/job_udf.py',
    ]);
  });

  it('is silent where either run tells no command', () => {
    expect(changed('', `${SUBMIT} /srv/job.py`)).toEqual([]);
    expect(changed(`${SUBMIT} /srv/job.py`, '')).toEqual([]);
  });
});
