import type { Bilingual } from '../../knowledge/bilingual.ts';
import { MASK } from '../evidence/mask-secrets.ts';
import { bytes } from '../evidence/spoken-figures.ts';
import type { HttpNoReply } from './http-reply.ts';

/** How a request came to nothing. */
export type NoReplyCause =
  | { kind: 'not_configured' | 'not_a_request' | 'silent' }
  | { kind: 'over_budget'; why: Bilingual }
  | { kind: 'error'; error: unknown; tookMs: number; timeoutMs: number; maxBytes: number };

/** Codes of connections that failed, as a person says them. */
const CONNECTION: Readonly<Record<string, Bilingual>> = {
  ECONNREFUSED: { en: 'refused the connection', zh: '拒绝连接' },
  ECONNRESET: { en: 'broke off the connection', zh: '中断了连接' },
  EPIPE: { en: 'broke off the connection', zh: '中断了连接' },
  UND_ERR_SOCKET: { en: 'broke off the connection', zh: '中断了连接' },
  ENOTFOUND: { en: 'has a host name that nobody knows', zh: '的主机名无法解析' },
  EAI_AGAIN: { en: 'has a host name that could not be looked up', zh: '的主机名暂时无法解析' },
  EHOSTUNREACH: { en: 'is on a host that cannot be reached', zh: '所在的主机无法到达' },
  ENETUNREACH: { en: 'is in a network that cannot be reached', zh: '所在的网络无法到达' },
  UND_ERR_HEADERS_OVERFLOW: { en: 'answered with headers of no end', zh: '的应答头过大' },
};

/** What a request without an answer says to the areas and to the person who asks. */
export function unansweredBy(service: string, cause: NoReplyCause): HttpNoReply {
  const at = Date.now();
  switch (cause.kind) {
    case 'not_configured':
      return {
        miss: 'not_configured',
        why: { en: `no ${service} is configured`, zh: `没有配置 ${service}` },
        failure: null,
        at,
      };
    case 'not_a_request':
      return noReply('unreachable', sentence(service, 'is not asked such a path', '不接受这样的路径'), null, at);
    case 'silent':
      return noReply(
        'unreachable',
        sentence(service, 'had let two requests run out of time and was not asked again', '已有两次请求超时，未再询问'),
        null,
        at,
      );
    case 'over_budget':
      return noReply(
        'over_budget',
        { en: `${service} was not asked: ${cause.why.en}`, zh: `未询问 ${service}：${cause.why.zh}` },
        null,
        at,
      );
    case 'error':
      return ofError(service, cause, at);
  }
}

function ofError(
  service: string,
  { error, tookMs, timeoutMs, maxBytes }: Extract<NoReplyCause, { kind: 'error' }>,
  at: number,
): HttpNoReply {
  const seconds = (tookMs / 1000).toFixed(1);
  if (error instanceof RangeError) {
    const whole = error.message === 'budget';
    const more = whole ? ' and used up the budget of the question' : ` more than ${bytes(maxBytes)}`;
    const zh = whole ? '的应答用完了本次提问的预算' : `的应答超过 ${bytes(maxBytes)}`;
    return noReply(whole ? 'over_budget' : 'too_large', sentence(service, `answered${more}`, zh), null, at);
  }
  if (isTimeout(error)) {
    const limit = Math.round(timeoutMs / 100) / 10;
    const why = sentence(service, `did not answer within ${limit} s`, `在 ${limit} 秒内没有应答`);
    return { ...noReply('unreachable', why, `TimeoutError: timed out after ${seconds}s`, at), timedOut: true };
  }
  const code = codeOf(error);
  if (error instanceof Error && error.message === 'terminated')
    return noReply('unreachable', sentence(service, 'broke off its answer', '的应答中途断开'), null, at);
  const known = CONNECTION[code];
  const why = known
    ? sentence(service, known.en, known.zh)
    : sentence(
        service,
        `cannot be reached${code === '' ? '' : ` (${code})`}`,
        `无法连接${code === '' ? '' : `（${code}）`}`,
      );
  const refused = code === 'ECONNREFUSED' ? ' connection refused' : '';
  return noReply('unreachable', why, `${code || 'connection failed'}${refused} after ${seconds}s`, at);
}

function noReply(miss: HttpNoReply['miss'], why: Bilingual, failure: string | null, at: number): HttpNoReply {
  return { miss, why, failure, at };
}

function sentence(service: string, en: string, zh: string): Bilingual {
  return { en: `${service} ${en}`, zh: `${service} ${zh}` };
}

function isTimeout(error: unknown): boolean {
  const names = [error, error instanceof Error ? error.cause : null].map((one) =>
    one instanceof Error ? one.name : '',
  );
  return names.some((name) => name === 'TimeoutError' || name === 'AbortError');
}

/** `fetch` says "fetch failed" and keeps the reason in `cause`, of several addresses in its `errors`. */
function codeOf(error: unknown): string {
  for (let one: unknown = error, depth = 0; one instanceof Error && depth < 4; depth += 1) {
    if ('code' in one && typeof one.code === 'string') return one.code;
    one = one.cause ?? (one instanceof AggregateError ? one.errors[0] : null);
  }
  return '';
}

/** Where a redirect that was not followed points to; null for an answer that is none. */
export function redirectNote(response: Response): string | null {
  return response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
}

/** A server that gives back what it was sent (an error page, a debug endpoint) must not bring our token into evidence. */
export function withoutToken(body: Buffer, token: string): Buffer {
  if (!body.includes(token)) return body;
  return Buffer.from(body.toString('latin1').replaceAll(token, Buffer.from(MASK).toString('latin1')), 'latin1');
}
