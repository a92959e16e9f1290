import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DAEMONS, type Layer, TOKEN_FILE } from './daemons.ts';
import type { LabFolder } from './lab-folder.ts';

/** Kinds of which a platform has one: their service has no host in its name (DESIGN §9). */
const SINGLE: Readonly<Record<string, string>> = {
  resourcemanager: 'yarn-rm',
  namenode: 'hdfs-namenode',
  'spark-history': 'spark-history',
  'spark-master': 'spark-master',
  'alluxio-master': 'alluxio-master',
  prometheus: 'prometheus',
};
const OF_HOST: Readonly<Record<string, string>> = {
  nodemanager: 'yarn-nm',
  datanode: 'hdfs-datanode',
  'alluxio-worker': 'alluxio-worker',
  node: 'node',
};

/** The file that `WHEREFORE_PLATFORM_FILE` names for this lab. */
export function platformFile(folder: LabFolder): string {
  return path.join(folder.root, 'platform.json');
}

/**
 * A daemon's name as that of a service in a capture: `nodemanager@bd-node1` is `yarn-nm@bd-node1`. Null for one that nobody asks: a
 * standalone worker is known to its master.
 */
export function serviceOf(daemon: string): string | null {
  const [kind = '', host = ''] = daemon.split('@');
  return SINGLE[kind] ?? (kind in OF_HOST ? `${OF_HOST[kind]}@${host}` : null);
}

/** Writes what the product needs to know of the lab: addresses of its servers and the folder of its hosts. */
export function writePlatformFile(folder: LabFolder, layers: readonly Layer[]): void {
  const services = DAEMONS.filter(({ layer }) => layers.includes(layer)).flatMap(({ name, ready }) => {
    const service = serviceOf(name);
    if (service === null) return [];
    const url = new URL(ready).origin;
    const access = name.startsWith('node@')
      ? { url, tokenFile: path.join(folder.shared, path.basename(TOKEN_FILE)) }
      : url;
    return [[service, access]];
  });
  // Without collectors the folders of the hosts are read as if they were mounted.
  const hosts = layers.includes('collectors') ? {} : { hostsDir: folder.hosts };
  const lab = { services: Object.fromEntries(services), ...hosts };
  writeFileSync(platformFile(folder), `${JSON.stringify({ clusters: { lab } }, null, 2)}\n`);
}
