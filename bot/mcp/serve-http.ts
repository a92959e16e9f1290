import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallGuard } from './call-guard.ts';
import { admission } from './http-admission.ts';
import { createMcpServer, type McpSources } from './mcp-server.ts';
import { mcpSessions, refuse, type SessionLimits } from './mcp-sessions.ts';
import { MAX_MESSAGE_BYTES } from './serve-stdio.ts';

export interface HttpOptions {
  /** The address to listen on. */
  address: string;
  /** 0: any free one. */
  port: number;
  token: string | null;
  /** Names besides the address and loopback under which clients ask, with or without a port. */
  hosts: readonly string[];
  limits: Pick<SessionLimits, 'sessions' | 'idleMs'>;
}

/** A server that runs. */
export interface McpHttpServer {
  /** Where clients ask, such as `http://127.0.0.1:9100/mcp`. */
  url: string;
  /** Sessions open now. */
  sessions(): number;
  /** Stops what is under way, closes every session and the port. */
  close(): Promise<void>;
}

const MCP_PATH = '/mcp';
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1)$/;
/** Connections for each session that may be: its stream, and calls side by side. */
const CONNECTIONS_EACH = 8;

/**
 * Serves MCP over streamable HTTP at `/mcp`. Nothing of a request is read before its Host, Origin and token are found right.
 *
 * @throws the system's error when the address cannot be listened on
 */
export async function serveHttp(sources: McpSources, guard: CallGuard, options: HttpOptions): Promise<McpHttpServer> {
  const sessions = mcpSessions(
    () => createMcpServer(sources, guard),
    { ...options.limits, maxBodyBytes: MAX_MESSAGE_BYTES },
    sources.log,
  );
  let admit = admission({ hosts: [], token: options.token });
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 30_000, maxHeaderSize: 16 << 10 },
    (request, response) => {
      const refusal = admit(request.headers);
      if (refusal !== null) {
        const headers = refusal.status === 401 ? { 'www-authenticate': 'Bearer realm="wherefore"' } : undefined;
        return refuse(response, refusal.status, refusal.message, headers);
      }
      if (request.url?.split('?', 1)[0] !== MCP_PATH) return refuse(response, 404, 'there is nothing here');
      sessions.handle(request, response).catch((error: unknown) => {
        sources.log(`a request broke (${error instanceof Error ? error.name : 'unknown error'})`);
        refuse(response, 500, 'an error of the server');
      });
    },
  );
  server.maxConnections = options.limits.sessions * CONNECTIONS_EACH;
  server.keepAliveTimeout = 10_000;
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  admit = admission({ hosts: hostsOf(options, port), token: options.token });
  return {
    url: `http://${written(options.address)}:${port}${MCP_PATH}`,
    sessions: sessions.open,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      await sessions.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Values of the Host header that are this server. */
function hostsOf({ address, hosts }: HttpOptions, port: number): string[] {
  const local = LOOPBACK.test(address) ? ['127.0.0.1', 'localhost', '[::1]'] : [];
  const own = [...new Set([written(address), ...local])].map((name) => `${name}:${port}`);
  // A name given without a port is one of a proxy as well, which speaks on the standard port.
  const given = hosts.flatMap((name) => (/:\d+$/.test(name) ? [name] : [name, `${name}:${port}`]));
  return [...own, ...given].map((name) => name.toLowerCase());
}

function written(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

function listen(server: Server, { address, port }: HttpOptions): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, address, () => {
      server.off('error', failed);
      done();
    });
  });
}
