import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

export interface SessionLimits {
  /** Sessions open at a time; one more is refused. */
  sessions: number;
  /** A session that asks nothing for so long is closed, in milliseconds; its open streams end with it. */
  idleMs: number;
  /** The largest body of a request, in bytes. */
  maxBodyBytes: number;
}

interface Session {
  transport: StreamableHTTPServerTransport;
  server: McpServer;
  /** When its last request came or ended, by the monotonic clock. */
  usedAt: number;
  /** Requests with a body that have no whole answer yet. */
  underWay: number;
}

/** The sessions of one HTTP server: made at `initialize`, found by their id, closed by their client, by idleness, or at the end. */
export interface McpSessions {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  open(): number;
  close(): Promise<void>;
}

/** @param create makes the server of a new session */
export function mcpSessions(create: () => McpServer, limits: SessionLimits, log: (line: string) => void): McpSessions {
  const sessions = new Map<string, Session>();
  /** Connections that have not said `initialize` yet count as sessions. */
  let beginning = 0;

  const end = async (id: string): Promise<void> => {
    const session = sessions.get(id);
    if (session === undefined) return;
    sessions.delete(id);
    await session.server.close();
  };

  const sweep = setInterval(
    () => {
      const before = performance.now() - limits.idleMs;
      for (const [id, session] of sessions) {
        if (session.underWay > 0 || session.usedAt > before) continue;
        log('a session was idle and is closed');
        end(id).catch(() => {});
      }
    },
    Math.max(50, Math.min(limits.idleMs / 4, 30_000)),
  ).unref();

  async function begin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (sessions.size + beginning >= limits.sessions) {
      refuse(response, 503, 'as many sessions are open as may be', { 'retry-after': '30' });
      return;
    }
    beginning += 1;
    const server = create();
    try {
      const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        maxRequestBodySize: limits.maxBodyBytes,
        onsessioninitialized: (id) => {
          sessions.set(id, { transport, server, usedAt: performance.now(), underWay: 0 });
        },
      });
      server.server.onerror = (error) => log(`a request could not be answered (${error.name})`);
      // A class of the SDK whose optional members are typed without `undefined`.
      await server.connect(transport as Transport);
      server.server.onclose = () => {
        if (transport.sessionId !== undefined) sessions.delete(transport.sessionId);
      };
      await transport.handleRequest(request, response);
      if (transport.sessionId === undefined) await server.close();
    } finally {
      beginning -= 1;
    }
  }

  return {
    async handle(request, response) {
      const id = request.headers['mcp-session-id'];
      if (id === undefined) return await begin(request, response);
      const session = typeof id === 'string' ? sessions.get(id) : undefined;
      // The client has to begin anew: so says the protocol of 404.
      if (session === undefined) return refuse(response, 404, 'Session not found');
      const isWork = request.method === 'POST';
      session.usedAt = performance.now();
      if (isWork) {
        session.underWay += 1;
        response.once('close', () => {
          session.underWay -= 1;
          session.usedAt = performance.now();
        });
      }
      await session.transport.handleRequest(request, response);
    },
    open: () => sessions.size,
    async close() {
      clearInterval(sweep);
      await Promise.all([...sessions.keys()].map(end));
    },
  };
}

/** An answer without a result, in the form of the protocol's errors. */
export function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({
    jsonrpc: '2.0',
    error: { code: status === 404 ? -32_001 : -32_000, message },
    id: null,
  });
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
      ...headers,
    })
    .end(body);
}
