import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';

/** What was read of a platform, by name, with how often. */
export interface Watched {
  platform: Platform;
  /** `file SOURCE` and `get SERVICE PATH`. */
  reads: Map<string, number>;
}

/** Test harness: a platform that counts each opening of a file and each request. A file is opened by its path on this machine. */
export function watchedPlatform(platform: Platform): Watched {
  const reads = new Map<string, number>();
  const note = (name: string) => reads.set(name, (reads.get(name) ?? 0) + 1);
  const watched = (file: PlatformFile): PlatformFile =>
    Object.defineProperty({ ...file }, 'realPath', {
      enumerable: true,
      get() {
        note(`file ${file.source}`);
        return file.realPath;
      },
    });
  return {
    reads,
    platform: {
      ...platform,
      files: async () => {
        const walked = await platform.files();
        return { ...walked, files: walked.files.map(watched) };
      },
      get: async (service, request) => {
        note(`get ${service} ${request}`);
        return await platform.get(service, request);
      },
    },
  };
}
