import { access, constants, stat } from 'node:fs/promises';
import { HOST_PLACE } from '../tools/platform/hosts-of-cluster.ts';
import { openLivePlatform } from '../tools/platform/live-platform.ts';
import type { Platform } from '../tools/platform/platform.ts';
import { folderOfHosts } from '../tools/platform/walk-host-roots.ts';
import type { Cluster, Settings } from './settings.ts';

const NOTHING: Cluster = { name: '', services: {}, eventLogs: null, hostsDir: null };

/**
 * The live platform of one cluster, for one question: its budget begins here. An area without settings is off and its answer says so.
 *
 * @param cluster null when nothing is configured
 */
export function configuredPlatform(settings: Settings, cluster: Cluster | null = null, now = Date.now()): Platform {
  const { services, perHost, eventLogs, hostsDir } = cluster ?? NOTHING;
  return openLivePlatform({
    services,
    ...(perHost ? { perHost } : {}),
    eventLogs,
    hostsDir,
    httpTimeoutMs: settings.httpTimeoutMs,
    httpMaxBytes: settings.httpMaxBytes,
    budget: settings.budget,
    now,
  });
}

/** Settings that name a path which cannot be read, each with the reason. */
export async function unusablePaths({ clusters }: Settings): Promise<{ setting: string; why: string }[]> {
  const named = clusters.flatMap(({ name, eventLogs, hostsDir }) => [
    { setting: settingOf(clusters, name, 'eventLogs'), given: eventLogs, folder: false },
    {
      setting: settingOf(clusters, name, 'hostsDir'),
      given: hostsDir?.includes(HOST_PLACE) ? folderOfHosts(hostsDir) : hostsDir,
      folder: true,
    },
  ]);
  const problems = await Promise.all(
    named.map(async ({ setting, given, folder }) => {
      const why = given === null ? null : await whyUnusable(given, folder);
      return why === null ? [] : [{ setting, why }];
    }),
  );
  return problems.flat();
}

/** How a folder of a cluster is set, in the words of the file or the environment. */
export function settingOf(clusters: readonly Cluster[], name: string, folder: 'eventLogs' | 'hostsDir'): string {
  if (clusters.length > 1) return `${name} → ${folder}`;
  return folder === 'eventLogs' ? 'WHEREFORE_SPARK_EVENT_LOGS' : 'WHEREFORE_HOSTS_DIR';
}

async function whyUnusable(given: string, folder: boolean): Promise<string | null> {
  try {
    const info = await stat(given);
    if (folder && !info.isDirectory()) return `${given} is not a folder`;
    await access(given, info.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM' ? `no permission to read ${given}` : `${given} does not exist`;
  }
}
