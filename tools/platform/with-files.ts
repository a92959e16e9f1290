import type { Platform, PlatformFile } from './platform.ts';

/** The same platform with more files at hand: what the asker attached, event logs named on the command line. */
export function withFiles(platform: Platform, extra: readonly PlatformFile[]): Platform {
  if (extra.length === 0) return platform;
  return {
    ...platform,
    files: async () => {
      const { files, skipped } = await platform.files();
      return { files: [...files, ...extra], skipped };
    },
  };
}
