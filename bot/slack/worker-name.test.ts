import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isGoneWorker, workerName } from './worker-name.ts';

describe('the name of a worker', () => {
  const own = workerName();

  it('is another one each time', () => {
    expect(workerName()).not.toBe(own);
  });

  it('tells of this machine alone whether its process has ended', () => {
    const { pid: ended } = spawnSync(process.execPath, ['-e', '']);
    expect(isGoneWorker(`${hostname()} ${ended} 0a1b2c3d`, own)).toBe(true);
    // An earlier one with the same id: in a container every bot is process 1.
    expect(isGoneWorker(workerName(), own)).toBe(true);
    expect(isGoneWorker(own, own)).toBe(false);
    expect(isGoneWorker(`${hostname()} ${process.ppid} 0a1b2c3d`, own)).toBe(false);
    expect(isGoneWorker(`another.example ${ended} 0a1b2c3d`, own)).toBe(false);
    expect(isGoneWorker('whatever', own)).toBe(false);
  });
});
