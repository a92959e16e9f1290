import type { Bilingual } from '../../knowledge/bilingual.ts';
import { eventLogFiles } from './extra-files.ts';
import { normaliseRequest } from './http-answers.ts';
import type { HttpAnswer, HttpMiss, Platform, PlatformFile } from './platform.ts';
import { walkHostsFolder } from './walk-capture.ts';

/** Where the live platform is. A service that is not named here cannot be reached by anybody. */
export interface LivePlatformOptions {
  /** Base URL by service name: `yarn-rm`, `spark-history`. */
  services: Readonly<Record<string, string>>;
  eventLogs: string | null;
  hostsDir: string | null;
  httpTimeoutMs: number;
  httpMaxBytes: number;
  now: number;
  /** Replaced in tests; the platform's own fetch otherwise. */
  fetch?: typeof globalThis.fetch;
}

/**
 * The configured platform, live: files under fixed roots, GET requests to fixed base URLs. Redirects are not followed (a
 * ResourceManager redirects to hosts of its own choosing), answers are cut off at a size, a hung server costs one timeout.
 */
export function openLivePlatform(options: LivePlatformOptions): Platform {
  const answered: HttpAnswer[] = [];
  const asked = new Map<string, Promise<HttpAnswer | HttpMiss>>();
  const files = once(() => liveFiles(options));
  const get = (service: string, request: string): Promise<HttpAnswer | HttpMiss> => {
    const key = `${service} ${normaliseRequest(request)}`;
    const known = asked.get(key);
    if (known) return known;
    const answer = fetchAnswer(options, service, request).then((result) => {
      if ('body' in result) answered.push(result);
      return result;
    });
    asked.set(key, answer);
    return answer;
  };
  return {
    kind: 'live',
    now: options.now,
    files,
    services: async () => Object.keys(options.services),
    get,
    recorded: async (service) => answered.filter((answer) => answer.service === service),
    getBytes: async (service, request) => {
      const response = await ask(options, service, request).catch(() => null);
      if (!response?.ok) return null;
      return await boundedBody(response, options.httpMaxBytes).catch(() => null);
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

async function liveFiles(options: LivePlatformOptions): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const hosts = options.hostsDir ? await walkHostsFolder(options.hostsDir) : { files: [], skipped: [] };
  const logs = options.eventLogs ? await eventLogFiles(options.eventLogs, 0) : { files: [], skipped: [] };
  return { files: [...hosts.files, ...logs.files], skipped: [...hosts.skipped, ...logs.skipped] };
}

async function fetchAnswer(
  options: LivePlatformOptions,
  service: string,
  request: string,
): Promise<HttpAnswer | HttpMiss> {
  if (!(service in options.services)) {
    return {
      miss: 'not_configured',
      why: { en: `no ${service} is configured`, zh: `没有配置 ${service}` },
    };
  }
  try {
    const response = await ask(options, service, request);
    const body = Buffer.from(await boundedBody(response, options.httpMaxBytes)).toString('utf8');
    const at = Date.now();
    const source = `http/${service}${normaliseRequest(request)}`;
    return { service, request: normaliseRequest(request), at, status: response.status, body, source };
  } catch (error) {
    return missOf(service, options, error);
  }
}

async function ask(options: LivePlatformOptions, service: string, request: string): Promise<Response> {
  const base = options.services[service];
  if (base === undefined || !isPlainRequest(request)) throw new TypeError('not a request of this platform');
  const call = options.fetch ?? globalThis.fetch;
  return await call(base + request, {
    redirect: 'manual',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(options.httpTimeoutMs),
  });
}

/** A path with a query below the base URL; ids inside it have passed strict patterns, this is the second lock. */
function isPlainRequest(request: string): boolean {
  return (
    /^\/[\w\-./~:%?=&,+@*!]*$/.test(request) && !/(?:^|\/)\.\.(?:\/|$|\?)/.test(request) && !request.startsWith('//')
  );
}

async function boundedBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > maxBytes) throw new RangeError('answer too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function missOf(service: string, options: LivePlatformOptions, error: unknown): HttpMiss {
  if (error instanceof RangeError) {
    const size = `${options.httpMaxBytes >> 20} MiB`;
    return {
      miss: 'too_large',
      why: { en: `${service} answered more than ${size}`, zh: `${service} 的应答超过 ${size}` },
    };
  }
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  const seconds = options.httpTimeoutMs / 1000;
  return {
    miss: 'unreachable',
    why: timedOut
      ? { en: `${service} did not answer within ${seconds} s`, zh: `${service} 在 ${seconds} 秒内没有应答` }
      : { en: `${service} cannot be reached`, zh: `无法连接 ${service}` },
  };
}
