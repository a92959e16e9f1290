import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Who may ask the server over HTTP. */
export interface Admission {
  /** Values of the Host header under which it may be asked, such as `127.0.0.1:9100`, in lower case. */
  hosts: readonly string[];
  /** What a request has to bring; null: nothing, on loopback alone. */
  token: string | null;
}

/** Why a request is not let in; null: it is. */
export type Refusal = { status: 403 | 401; message: string } | null;

/**
 * Judges a request by its headers, before its body is read: the name it was asked under and, from a browser, the page that asked (a
 * page of elsewhere whose name was pointed at this address carries its own name in both), then the token.
 */
export function admission({ hosts, token }: Admission): (headers: IncomingHttpHeaders) => Refusal {
  const wanted = token === null ? null : digest(token);
  const origins = new Set(hosts.flatMap((host) => [`http://${host}`, `https://${host}`]));
  return ({ host, origin, authorization }) => {
    if (!hosts.includes((host ?? '').toLowerCase())) return { status: 403, message: 'this name is not served' };
    if (origin !== undefined && !origins.has(origin.toLowerCase()))
      return { status: 403, message: 'pages of this origin may not ask' };
    if (wanted !== null && !isSame(authorization, wanted)) return { status: 401, message: 'a bearer token is needed' };
    return null;
  };
}

/** Compared by digests: equal lengths, and no time that tells how much of it was right. */
function isSame(given: string | undefined, wanted: Buffer): boolean {
  const token = /^Bearer (\S{1,1024})$/i.exec(given ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(token), wanted);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
