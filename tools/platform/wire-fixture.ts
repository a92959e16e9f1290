import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { normaliseRequest } from './http-answers.ts';
import { openLivePlatform } from './live-platform.ts';
import type { Platform } from './platform.ts';

/** What a server on loopback answers to a request: a body with its status, or a fault of the wire. */
export type WireAnswer = { status: number; body: string } | 'hang' | 'half' | 'reset';

export interface Wire {
  platform: Platform;
  /** Requests as they came, `service path`. */
  asked: string[];
  close(): Promise<void>;
}

/** The bad answers of issue 4, by name: each must cost one note and nothing else. */
export const WIRE_FAULTS: Readonly<Record<string, WireAnswer>> = {
  'a server that hangs': 'hang',
  'status 401': { status: 401, body: '{"message":"Unauthorized"}' },
  'status 403': { status: 403, body: '{"message":"forbidden"}' },
  'status 404': { status: 404, body: 'not found' },
  'status 500': { status: 500, body: '<html><body>Server Error</body></html>' },
  'HTML for JSON': { status: 200, body: '<!DOCTYPE html><html><title>Login</title></html>' },
  'half a body': 'half',
  'a reset connection': 'reset',
  'too large a body': { status: 200, body: `{"items":["${'x'.repeat(3 << 20)}"]}` },
  'JSON of another kind': {
    status: 200,
    body: '[7, null, "x", {"kind": 3, "beans": {"name": []}, "items": {"a": NaN}}]',
  },
};

/** Services that speak real HTTP on loopback, and a live platform that is configured for them; 2 MiB and 700 ms are its limits. */
export async function openWire(
  services: Readonly<Record<string, (request: string) => WireAnswer | null>>,
  options: { now?: number; hostsDir?: string } = {},
): Promise<Wire> {
  const asked: string[] = [];
  const servers: Server[] = [];
  const urls: Record<string, string> = {};
  for (const [service, answer] of Object.entries(services)) {
    const server = createServer((request, response) => {
      asked.push(`${service} ${request.url}`);
      const given = answer(normaliseRequest(request.url ?? '/')) ?? { status: 404, body: 'not found' };
      if (given === 'hang') return;
      if (given === 'reset') {
        request.socket.destroy();
        return;
      }
      response.setHeader('content-type', 'application/json');
      if (given === 'half') {
        response.setHeader('content-length', '4000');
        response.write('{"beans" : [ {"name" : "Hadoop:service');
        setTimeout(() => request.socket.destroy(), 50);
        return;
      }
      response.statusCode = given.status;
      response.end(given.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    urls[service] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  return {
    asked,
    platform: openLivePlatform({
      services: urls,
      eventLogs: null,
      hostsDir: options.hostsDir ?? null,
      // Long enough for a busy machine; a test with a server that hangs waits so long.
      httpTimeoutMs: 4_000,
      httpMaxBytes: 2 << 20,
      now: options.now ?? Date.now(),
    }),
    close: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((resolve) => {
              server.closeAllConnections();
              server.close(() => resolve());
            }),
        ),
      );
    },
  };
}

/** The recorded answers of a platform, to be served again over the wire. */
export function replayed(platform: Platform, service: string): Promise<(request: string) => WireAnswer | null> {
  return platform.recorded(service).then((answers) => {
    const byRequest = new Map(answers.map((answer) => [normaliseRequest(answer.request), answer]));
    return (request) => {
      const answer = byRequest.get(request) ?? byRequest.get(decodeURIComponent(request));
      return answer ? { status: answer.status, body: answer.body } : null;
    };
  });
}
