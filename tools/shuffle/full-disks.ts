import type { Evidence } from '../evidence/evidence.ts';
import { isInScope, toldByService } from './in-scope.ts';
import { recordEvidence } from './record-evidence.ts';
import type { ShuffleFacts, ShuffleScope } from './shuffle-facts.ts';
import { isOfRun } from './shuffle-keys.ts';

/** A worker's disk that is too full to be used, with whose data fills it. */
export interface FullDisk {
  host: string;
  mount: string;
  totalBytes: number | null;
  freeBytes: number | null;
  /** Bytes that Celeborn itself keeps on the worker's disks, for all applications. */
  ownBytes: number;
  /** Of them, the run's. */
  runBytes: number;
  at: number | null;
  evidence: readonly Evidence[];
}

/** Disks reported as too full in the question's time: by the worker's monitor, or in what the master lists. */
export function fullDisks(facts: ShuffleFacts, scope: ShuffleScope): FullDisk[] {
  const full = new Map<string, FullDisk>();
  for (const { workerHost, mount, totalBytes, freeBytes, at, record } of toldByService(facts, scope, 'disk_over')) {
    const name = `${workerHost} ${mount}`;
    if (full.has(name)) continue;
    const evidence = [...ownBytesEvidence(facts, workerHost), recordEvidence(record)];
    full.set(name, {
      host: workerHost,
      mount,
      totalBytes,
      freeBytes,
      at,
      evidence,
      ...ownBytes(facts, scope, workerHost),
    });
  }
  for (const sample of facts.samples.filter(({ at }) => isInScope(at, scope))) {
    for (const { host, disks, evidence } of sample.workers) {
      for (const disk of disks.filter(({ status }) => status === 'HIGH_DISK_USAGE')) {
        const name = `${host} ${disk.mount}`;
        if (full.has(name)) continue;
        const { mount, totalBytes } = disk;
        full.set(name, {
          host,
          mount,
          totalBytes,
          freeBytes: null,
          at: sample.at,
          evidence: [evidence],
          ...ownBytes(facts, scope, host),
        });
      }
    }
  }
  return [...full.values()];
}

/** The most that any answer of a master says: what it lists lags behind by up to a minute. */
function ownBytes(facts: ShuffleFacts, scope: ShuffleScope, host: string): { ownBytes: number; runBytes: number } {
  let own = 0;
  let run = 0;
  for (const worker of entriesOf(facts, host)) {
    const entries = Object.entries(worker.bytesByApplication);
    own = Math.max(
      own,
      entries.reduce((sum, [, bytes]) => sum + bytes, 0),
    );
    const { applicationId } = scope;
    if (applicationId === null) continue;
    const ofRun = entries.filter(([application]) => isOfRun(application, applicationId));
    run = Math.max(
      run,
      ofRun.reduce((sum, [, bytes]) => sum + bytes, 0),
    );
  }
  return { ownBytes: own, runBytes: run };
}

function ownBytesEvidence(facts: ShuffleFacts, host: string): Evidence[] {
  return entriesOf(facts, host)
    .filter(({ bytesByApplication }) => Object.keys(bytesByApplication).length > 0)
    .slice(-1)
    .map(({ evidence }) => evidence);
}

function entriesOf({ samples }: ShuffleFacts, host: string) {
  return samples.flatMap(({ workers }) => workers.filter((worker) => worker.host === host));
}
