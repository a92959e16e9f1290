import { access, constants, stat } from 'node:fs/promises';
import { openLivePlatform } from '../tools/platform/live-platform.ts';
import type { Platform } from '../tools/platform/platform.ts';
import type { Settings } from './settings.ts';

/** The live platform that the settings name; an area without settings is off and its answer says so. */
export function configuredPlatform(settings: Settings, now = Date.now()): Platform {
  const services: Record<string, string> = {};
  if (settings.yarnResourceManagerUrl) services['yarn-rm'] = settings.yarnResourceManagerUrl;
  if (settings.sparkHistoryUrl) services['spark-history'] = settings.sparkHistoryUrl;
  return openLivePlatform({
    services,
    eventLogs: settings.sparkEventLogs,
    hostsDir: settings.hostsDir,
    httpTimeoutMs: settings.httpTimeoutMs,
    httpMaxBytes: settings.httpMaxBytes,
    now,
  });
}

/** Settings that name a path which cannot be read, each with the reason. */
export async function unusablePaths(settings: Settings): Promise<{ setting: string; why: string }[]> {
  const named = [
    { setting: 'WHEREFORE_SPARK_EVENT_LOGS', given: settings.sparkEventLogs, folder: false },
    { setting: 'WHEREFORE_HOSTS_DIR', given: settings.hostsDir, folder: true },
  ];
  const problems = await Promise.all(
    named.map(async ({ setting, given, folder }) => {
      const why = given === null ? null : await whyUnusable(given, folder);
      return why === null ? [] : [{ setting, why }];
    }),
  );
  return problems.flat();
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
