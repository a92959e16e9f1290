import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Platform, PlatformFile } from './platform.ts';

/**
 * The same platform with more files at hand: what the asker attached, event logs named on the command line.
 *
 * @param left what of them could not be read, told in the answer
 */
export function withFiles(
  platform: Platform,
  extra: readonly PlatformFile[],
  left: readonly Bilingual[] = [],
): Platform {
  if (extra.length === 0 && left.length === 0) return platform;
  return {
    ...platform,
    files: async () => {
      const { files, skipped } = await platform.files();
      return { files: [...files, ...extra], skipped: [...skipped, ...left] };
    },
  };
}
