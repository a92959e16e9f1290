import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where everything of a lab lies: one folder, removed as a whole. */
export interface LabFolder {
  root: string;
  /** Jars and Python packages; may be shared by several labs. */
  packages: string;
  /** One sub-folder for each host, laid out as on that host: what `WHEREFORE_HOSTS_DIR` names. */
  hosts: string;
  /** Mounted at `/mnt` on every host. */
  shared: string;
  /** Configuration written for each host. */
  configuration: string;
  /** One file for each process that was started, with its id. */
  pids: string;
  /** What incidents left: logs of submissions, answers, captures. */
  incidents: string;
}

/** The paths of a lab under `root`. */
export function labFolder(root: string, packages: string | null): LabFolder {
  const absolute = path.resolve(root);
  return {
    root: absolute,
    packages: packages === null ? path.join(absolute, 'packages') : path.resolve(packages),
    hosts: path.join(absolute, 'hosts'),
    shared: path.join(absolute, 'shared'),
    configuration: path.join(absolute, 'configuration'),
    pids: path.join(absolute, 'pids'),
    incidents: path.join(absolute, 'incidents'),
  };
}

/** Where a lab is when nobody says. */
export const DEFAULT_FOLDER = path.join(tmpdir(), 'wherefore-lab');

/** A path of a host, such as `/var/log/x`, as this machine sees it. */
export function onHost(folder: LabFolder, host: string, absolute: string): string {
  return path.join(folder.hosts, host, absolute);
}

/** The same path on each of several hosts; `$HOST` in it stands for the host's name. */
export function onHosts(folder: LabFolder, hosts: readonly string[], absolute: string): string[] {
  return hosts.map((host) => onHost(folder, host, absolute.replaceAll('$HOST', host)));
}
