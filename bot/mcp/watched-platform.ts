import type { Platform } from '../../tools/platform/platform.ts';

/**
 * The same platform, watched for one call: nothing more is read of it once the call was stopped, and what is asked is told.
 *
 * @param onAsked called with the kind of service (`yarn-nm`), or `files`, the first time it is asked
 */
export function watchedPlatform(platform: Platform, signal: AbortSignal, onAsked: (what: string) => void): Platform {
  const told = new Set<string>();
  const ask = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const kind = name.split('@', 1)[0] ?? name;
    if (!told.has(kind)) {
      told.add(kind);
      onAsked(kind);
    }
    return await work();
  };
  const { getBytes } = platform;
  return {
    ...platform,
    files: () => ask('files', () => platform.files()),
    get: (service, request) => ask(service, () => platform.get(service, request)),
    recorded: (service) => ask(service, () => platform.recorded(service)),
    ...(getBytes === undefined
      ? {}
      : { getBytes: (service, request) => ask(service, () => getBytes.call(platform, service, request)) }),
  };
}
