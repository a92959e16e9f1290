/** A host of the lab: a name, a loopback address, and folders of its own at `/srv` and `/var/log`. */
export interface LabHost {
  name: string;
  address: string;
  /** Size of the disk for YARN's local directories, so that it can be filled; null for a host without a NodeManager. */
  localDiskMiB: number | null;
}

/** Every host of the lab. All live in one private network that has a loopback interface and nothing else. */
export const HOSTS: readonly LabHost[] = [
  { name: 'bd-master', address: '127.0.3.1', localDiskMiB: null },
  { name: 'bd-node1', address: '127.0.3.11', localDiskMiB: 192 },
  { name: 'bd-node2', address: '127.0.3.12', localDiskMiB: 192 },
  { name: 'bd-gw', address: '127.0.3.21', localDiskMiB: null },
];

/** The host where jobs are submitted. */
export const GATEWAY = 'bd-gw';
/** The host of NameNode, ResourceManager, history server and cache master. */
export const MASTER = 'bd-master';
/** The hosts that run containers. */
export const NODES: readonly string[] = HOSTS.filter(({ localDiskMiB }) => localDiskMiB !== null).map(
  ({ name }) => name,
);

/** The lab's `/etc/hosts`. */
export function hostsFile(): string {
  return ['127.0.0.1 localhost', ...HOSTS.map(({ name, address }) => `${address} ${name}`), ''].join('\n');
}
