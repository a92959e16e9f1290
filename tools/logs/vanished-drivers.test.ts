import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LogFacts } from './log-facts.ts';
import { readLog } from './read-log.ts';
import { vanishedDrivers } from './vanished-drivers.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'vanished-drivers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

async function logOf(text: string, onHost: string): Promise<LogFacts[]> {
  count += 1;
  const realPath = path.join(folder, `${count}.log`);
  writeFileSync(realPath, text);
  return readLog(
    {
      source: `hosts/h/${count}.log`,
      realPath,
      origin: 'host',
      host: 'h',
      path: onHost,
      storedBytes: Buffer.byteLength(text),
      wrapping: 'none',
    },
    { literals: [] },
  );
}

// Cut from the master's log of a real standalone cluster (Spark 3.5.6): the first driver was killed with SIGKILL.
const MASTER = `26/11/21 15:09:00 INFO Master: Started daemon with process name: 12@sm01
26/11/21 15:09:00 INFO Master: Starting Spark master at spark://sm01:7077
26/11/21 15:09:18 INFO Master: Registered app ads_vanish with ID app-20261121150918-0034
26/11/21 15:09:30 INFO Master: gw01:39507 got disassociated, removing it.
26/11/21 15:09:30 INFO Master: Removing app app-20261121150918-0034
26/11/21 15:09:39 INFO Master: Registered app dws_retry_ok with ID app-20261121150939-0035
26/11/21 15:09:56 INFO Master: Received unregister request from application app-20261121150939-0035
26/11/21 15:09:56 INFO Master: Removing app app-20261121150939-0035
`;
const DRIVER = `26/11/21 15:09:10 INFO SparkContext: Running Spark version 3.5.6
26/11/21 15:09:18 INFO StandaloneSchedulerBackend: Connected to Spark cluster with app ID app-20261121150918-0034
`;

describe('vanishedDrivers', () => {
  it('tells of a driver that did not sign off, and not of one that did', async () => {
    const logs = [...(await logOf(MASTER, '/srv/logs/spark-master.out')), ...(await logOf(DRIVER, '/srv/logs/a.log'))];
    expect(vanishedDrivers(logs)).toMatchObject([
      {
        symptom: 'application_failed',
        kind: 'observed',
        keys: { applicationId: 'app-20261121150918-0034' },
        at: Date.UTC(2026, 10, 21, 15, 9, 30),
        evidence: [{ fromLine: 5, provenance: 'engine' }],
      },
    ]);
  });

  it('leaves a driver alone that tells of its own end: the master removed it for another reason', async () => {
    const ended = `${DRIVER}26/11/21 15:09:29 INFO SparkContext: Successfully stopped SparkContext\n`;
    const logs = [...(await logOf(MASTER, '/srv/logs/spark-master.out')), ...(await logOf(ended, '/srv/logs/a.log'))];
    expect(vanishedDrivers(logs)).toEqual([]);
  });

  it('says nothing where no master was recorded', async () => {
    expect(vanishedDrivers(await logOf(DRIVER, '/srv/logs/a.log'))).toEqual([]);
  });
});
