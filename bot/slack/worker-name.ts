import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** A name that no other worker ever has: this machine, this process, and a chance part, since processes' ids are used again. */
export function workerName(): string {
  return `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`;
}

/**
 * Whether a worker of this machine has ended: after a crash its leases need not run out first. Of other machines' workers nothing is
 * known, and where several machines share a store their names may not even differ.
 *
 * @param own the name of the worker that asks
 */
export function isGoneWorker(worker: string, own: string): boolean {
  const [host, pid] = worker.split(' ');
  const [ownHost, ownPid] = own.split(' ');
  if (worker === own || host !== ownHost || !/^\d{1,10}$/.test(pid ?? '')) return false;
  return pid === ownPid || !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process, which is none the less one.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
