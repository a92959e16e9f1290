import { setTimeout as pause } from 'node:timers/promises';
import { redirectNote, unansweredBy, withoutToken } from './http-outcomes.ts';
import type { HttpNoReply, HttpReply } from './http-reply.ts';
import type { QuestionBudget } from './question-budget.ts';
import { lanes } from './request-lanes.ts';
import { type TlsAccess, tlsGet } from './tls-get.ts';

/** Where a service is and what opens it. */
export interface ServiceAccess {
  /** Base URL without a slash at its end. */
  url: string;
  /** Sent as bearer token to this service and nobody else; never told anywhere. */
  token?: string;
  /** Of a template for many hosts: only those whose name fits, `*` for any run of characters. */
  only?: string;
  /** An authority or a client certificate of its own. */
  tls?: TlsAccess;
}

/** Limits of one request. */
export interface RequestLimits {
  /** For everything of one request: connecting, retries, the whole body. */
  timeoutMs: number;
  maxBytes: number;
}

/** GET requests to configured services, and nothing else. */
export interface HttpClient {
  get(service: string, request: string, limits?: Partial<RequestLimits>): Promise<HttpReply | HttpNoReply>;
}

export interface HttpClientOptions {
  services: Readonly<Record<string, ServiceAccess>>;
  limits: RequestLimits;
  budget: QuestionBudget;
  fetch: typeof globalThis.fetch;
}

/** A connection that failed or a gateway that had nobody behind it is tried again so often (502, 503, 504). */
const RETRIES = 2;
const FIRST_PAUSE_MS = 100;
/** Requests under way to one service: a daemon under load is not pushed further. */
const LANES = 8;
/** A service that let so many requests in a row run out of time is not asked again in this question. */
const MAX_TIMEOUTS = 2;

/**
 * The client behind the live platform. Redirects are not followed but for a missing slash at the end of the path on the same
 * host (Alluxio answers so): a ResourceManager or NameNode redirects to hosts of its own choosing. Bodies are cut off at a size; a hung
 * server costs two timeouts in a question, side by side or one after the other.
 */
export function httpClient({ services, limits, budget, fetch }: HttpClientOptions): HttpClient {
  const laneOf = lanes(LANES);
  const timeouts = new Map<string, number>();

  async function get(service: string, request: string, own: Partial<RequestLimits> = {}) {
    const access = Object.hasOwn(services, service) ? services[service] : undefined;
    if (access === undefined) return unansweredBy(service, { kind: 'not_configured' });
    if (!isPlainRequest(request)) return unansweredBy(service, { kind: 'not_a_request' });
    return await laneOf(service, async () => {
      if ((timeouts.get(service) ?? 0) >= MAX_TIMEOUTS) return unansweredBy(service, { kind: 'silent' });
      const why = budget.begin();
      if (why) return unansweredBy(service, { kind: 'over_budget', why });
      try {
        const reply = await inTime(access, service, request, { ...limits, ...own });
        if ('miss' in reply && reply.timedOut) timeouts.set(service, (timeouts.get(service) ?? 0) + 1);
        else timeouts.delete(service);
        return reply;
      } finally {
        budget.end();
      }
    });
  }

  async function inTime(access: ServiceAccess, service: string, request: string, limit: RequestLimits) {
    const startedAt = performance.now();
    const timeoutMs = Math.ceil(Math.max(1, Math.min(limit.timeoutMs, budget.leftMs())));
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await withRetries(() => once(access, request, limit.maxBytes, signal), startedAt + timeoutMs, signal);
    } catch (error) {
      const tookMs = performance.now() - startedAt;
      return unansweredBy(service, { kind: 'error', error, tookMs, timeoutMs, maxBytes: limit.maxBytes });
    }
  }

  async function once(access: ServiceAccess, request: string, maxBytes: number, signal: AbortSignal) {
    const response = await send(access, request, signal);
    const slashed = slashWanted(access, request, response);
    if (slashed === null) return await replyOf(response, access, maxBytes);
    await response.body?.cancel();
    return await replyOf(await send(access, slashed, signal), access, maxBytes);
  }

  async function send({ url, token, tls }: ServiceAccess, request: string, signal: AbortSignal): Promise<Response> {
    const headers = {
      // JSON where there is a choice; metrics endpoints answer text.
      accept: 'application/json, text/plain;q=0.9, */*;q=0.5',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    if (tls !== undefined && url.startsWith('https:'))
      return await tlsGet(new URL(url + request), { ...tls, headers, signal });
    return await fetch(url + request, { redirect: 'manual', headers, signal });
  }

  async function replyOf(response: Response, { token }: ServiceAccess, maxBytes: number): Promise<HttpReply> {
    const body = await boundedBody(response, maxBytes, budget);
    return {
      status: response.status,
      body: token === undefined ? body : withoutToken(body, token),
      contentType: (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
      at: Date.now(),
      redirect: redirectNote(response),
      stampedAt: stampOf(response),
    };
  }

  return { get };
}

/** When the service says it answered; a stamp that is no date is none. */
function stampOf({ headers }: Response): number | null {
  const stamp = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(stamp) ? null : stamp;
}

/** A path with a query below the base URL; ids inside it have passed strict patterns, this is the second lock. */
function isPlainRequest(request: string): boolean {
  return (
    /^\/[\w\-./~:%?=&,+@*!$'()]{0,8000}$/.test(request) &&
    !/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$|\?)/i.test(request) &&
    !request.startsWith('//')
  );
}

/** The same path with a slash at its end, when that is all that the answer asks for. */
function slashWanted({ url }: ServiceAccess, request: string, { status, headers }: Response): string | null {
  const location = headers.get('location');
  if (status < 301 || status > 308 || location === null) return null;
  const [path = '', query] = request.split('?', 2);
  const slashed = `${path}/${query === undefined ? '' : `?${query}`}`;
  const asked = URL.parse(url + slashed);
  const wanted = URL.parse(location, url + request);
  return !path.endsWith('/') && asked !== null && wanted?.href === asked.href ? slashed : null;
}

/** Tried again while there is time: failed connections, and gateways with nobody behind them. */
async function withRetries(attempt: () => Promise<HttpReply>, until: number, signal: AbortSignal): Promise<HttpReply> {
  for (let tried = 0; ; tried += 1) {
    const pauseMs = FIRST_PAUSE_MS * 3 ** tried * (0.5 + Math.random());
    const last = tried >= RETRIES || performance.now() + pauseMs >= until;
    try {
      const reply = await attempt();
      if (last || reply.status < 502 || reply.status > 504) return reply;
    } catch (error) {
      if (last || !(error instanceof TypeError)) throw error;
    }
    await pause(pauseMs, undefined, { signal });
  }
}

async function boundedBody(response: Response, maxBytes: number, budget: QuestionBudget): Promise<Buffer> {
  const told = Number(response.headers.get('content-length') ?? 0);
  if (told > maxBytes) {
    await response.body?.cancel();
    throw new RangeError('answer too large');
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    // Leaving the loop closes the connection.
    if (bytes > maxBytes) throw new RangeError('answer too large');
    if (!budget.spend(part.length)) throw new RangeError('budget');
    parts.push(part);
  }
  return Buffer.concat(parts, bytes);
}
