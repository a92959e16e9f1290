import type { HttpAnswer, Platform, PlatformFile } from '../../tools/platform/platform.ts';

/** A platform that knows what of it was opened. */
export interface TracedPlatform {
  platform: Platform;
  /** Sources by their names in evidence, sorted: files whose bytes somebody went for, answers that were given. */
  opened(): string[];
}

/**
 * Watches from outside the product: whoever wants the bytes of a file has to ask where they lie, and whoever wants an answer has to ask
 * for it. A file of which only the head was looked at counts as opened.
 */
export function tracePlatform(platform: Platform): TracedPlatform {
  const opened = new Set<string>();
  const answered = <Answer extends HttpAnswer>(answer: Answer): Answer => {
    opened.add(answer.source);
    return answer;
  };
  let watched: ReturnType<Platform['files']> | null = null;
  return {
    platform: {
      ...platform,
      files: () => {
        // The same objects each time: what the product notes of a file is noted of the object.
        watched ??= platform
          .files()
          .then(({ files, skipped }) => ({ files: files.map((file) => watchedFile(file, opened)), skipped }));
        return watched;
      },
      get: async (service, request) => {
        const answer = await platform.get(service, request);
        return 'miss' in answer ? answer : answered(answer);
      },
      recorded: async (service) => (await platform.recorded(service)).map(answered),
      ...(platform.getBytes
        ? {
            getBytes: async (service: string, request: string) => {
              const bytes = (await platform.getBytes?.(service, request)) ?? null;
              if (bytes) opened.add(`http/${service}${request}`);
              return bytes;
            },
          }
        : {}),
    },
    opened: () => [...opened].sort(),
  };
}

function watchedFile(file: PlatformFile, opened: Set<string>): PlatformFile {
  return Object.defineProperty({ ...file }, 'realPath', {
    enumerable: true,
    get: () => {
      opened.add(file.source);
      return file.realPath;
    },
  });
}
