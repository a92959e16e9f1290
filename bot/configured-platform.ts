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
