import { type RequestOptions, request } from 'node:https';
import { Readable } from 'node:stream';

/** What proves a server to us and us to a server, as PEM texts; never told anywhere. */
export interface TlsAccess {
  /** Authority of the server's certificate; absent: those that this machine trusts. */
  ca?: string;
  /** Certificate and key of the client. */
  cert?: string;
  key?: string;
}

/** Statuses that a response may not have a body with. */
const BODILESS = new Set([204, 205, 304]);

/**
 * One GET over TLS with an authority or client certificate of its own, which `fetch` cannot be given. Redirects are not followed.
 *
 * @throws what the connection ended with, in the form in which `fetch` throws it; the signal's reason when that ended it
 */
export function tlsGet(url: URL, options: Omit<RequestOptions, 'method'>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    const asked = request(url, { ...options, method: 'GET' }, (answer) => {
      const status = answer.statusCode ?? 0;
      const known = status >= 200 && status <= 599 ? status : 502;
      if (BODILESS.has(known)) answer.resume();
      const body = BODILESS.has(known) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
      const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' && /^(?:content-type|content-length|location|date)$/.test(name)
          ? [[name, value]]
          : [],
      );
      resolve(new Response(body, { status: known, headers }));
    });
    // Who waits wants to know that it was the time that ran out.
    asked.on('error', (error) => reject(signal?.aborted ? signal.reason : error));
    asked.end();
  });
}
