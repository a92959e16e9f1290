import type { Step } from '../lab-incident.ts';

export const CONTAINER_NODES = ['bd-node1', 'bd-node2'];
export const MIB = 2 ** 20;

/** Every container may hold what YARN gave it, and has as many processes as a node's default allows. */
export const USUAL_LIMITS = { 'memory/memory.limit_in_bytes': String(768 * MIB), 'pids/pids.max': '2048' };

/** Writes a control file of the group above all containers of every node. */
export function onEveryParent(controller: 'memory' | 'cpu', file: string, value: string): Step[] {
  return CONTAINER_NODES.map((host) => ({ do: 'control', host, controller, file, value }));
}
