import type { Platform } from '../../tools/platform/platform.ts';

/** An archive that a service gave in an investigation (the history server's zip of an event log). */
export interface Archive {
  service: string;
  request: string;
  bytes: Uint8Array;
}

/** The same platform, remembering archives: unlike answers it does not keep them itself. */
export function rememberArchives(platform: Platform): { platform: Platform; archives: readonly Archive[] } {
  const archives: Archive[] = [];
  const { getBytes } = platform;
  if (getBytes === undefined) return { platform, archives };
  return {
    archives,
    platform: {
      ...platform,
      getBytes: async (service, request) => {
        const bytes = await getBytes(service, request);
        if (bytes) archives.push({ service, request, bytes });
        return bytes;
      },
    },
  };
}
