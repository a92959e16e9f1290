import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Attempt, Transport } from './deliveries.ts';

/** Slack's servers ping; the client gives up after 30 s without. */
const PING_EVERY_MS = 10_000;
/** docs.slack.dev/apis/events-api/using-socket-mode: at most ten connections, each event goes to one of them. */
const MAX_CONNECTIONS = 10;
/** The tickets of `apps.connections.open` are short-lived. */
const TICKET_LIFETIME_MS = 30_000;

/** The WebSocket side of Socket Mode. */
export interface SocketMode extends Transport {
  /** A ticket for one connection. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connections(): number;
  /** Asks connections to go: `warning` tells only, `refresh_requested` and `link_disabled` end it. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled', count?: number): void;
  /** Cuts all connections without a word. */
  drop(): void;
  close(): void;
}

interface Link {
  socket: WebSocket;
  /** Envelopes that wait for their acknowledgement. */
  waiting: Map<string, (attempt: Attempt) => void>;
  open: boolean;
}

/** Speaks Socket Mode as docs.slack.dev/apis/events-api/using-socket-mode tells it. */
export function socketMode(appId: string): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const links: Link[] = [];
  const tickets = new Map<string, number>();
  let turn = 0;

  const pinging = setInterval(() => {
    for (const { socket } of links) socket.ping();
  }, PING_EVERY_MS);
  pinging.unref();

  function forget(link: Link): void {
    link.open = false;
    const at = links.indexOf(link);
    if (at >= 0) links.splice(at, 1);
    for (const settle of link.waiting.values()) settle({ ok: false, reason: 'timeout' });
    link.waiting.clear();
  }

  function join(socket: WebSocket): void {
    const link: Link = { socket, waiting: new Map(), open: true };
    links.push(link);
    socket.on('error', () => undefined);
    socket.on('close', () => forget(link));
    socket.on('message', (data) => {
      let message: { envelope_id?: unknown; payload?: unknown };
      try {
        message = JSON.parse(String(data));
      } catch {
        return;
      }
      const id = String(message.envelope_id ?? '');
      const settle = link.waiting.get(id);
      link.waiting.delete(id);
      const payload = message.payload;
      settle?.({ ok: true, payload: payload !== null && typeof payload === 'object' ? { ...payload } : {} });
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: links.length,
        debug_info: { host: 'applink-fake', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: appId },
      }),
    );
  }

  return {
    ticket() {
      const id = randomUUID();
      tickets.set(id, Date.now() + TICKET_LIFETIME_MS);
      return id;
    },
    upgrade(request, socket, head) {
      const id = new URL(request.url ?? '/', 'ws://fake').searchParams.get('ticket') ?? '';
      const until = tickets.get(id) ?? 0;
      tickets.delete(id);
      if (until < Date.now() || links.length >= MAX_CONNECTIONS) {
        socket.end('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, join);
    },
    connections: () => links.filter((link) => link.open).length,
    attempt(kind, payload, retry, timeoutMs) {
      const open = links.filter((link) => link.open);
      turn += 1;
      const link = open[turn % Math.max(1, open.length)];
      if (!link) return Promise.resolve({ ok: false, reason: 'no_connection' });
      const envelopeId = randomUUID();
      return new Promise<Attempt>((resolve) => {
        const timer = setTimeout(() => settle({ ok: false, reason: 'timeout' }), timeoutMs);
        const settle = (attempt: Attempt): void => {
          clearTimeout(timer);
          link.waiting.delete(envelopeId);
          resolve(attempt);
        };
        link.waiting.set(envelopeId, settle);
        link.socket.send(
          JSON.stringify({
            type: kind,
            envelope_id: envelopeId,
            accepts_response_payload: kind !== 'events_api',
            payload,
            ...(kind === 'events_api' ? { retry_attempt: retry.number, retry_reason: retry.reason } : {}),
          }),
        );
      });
    },
    disconnect(reason, count = links.length) {
      for (const link of links.filter((one) => one.open).slice(0, count)) {
        link.socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-fake' } }));
        if (reason === 'warning') continue;
        // Nothing more is sent on it; what is already out may still be acknowledged.
        link.open = false;
        setTimeout(() => link.socket.close(1000), 2000).unref();
      }
    },
    drop() {
      for (const { socket } of [...links]) socket.terminate();
    },
    close() {
      clearInterval(pinging);
      for (const { socket } of [...links]) socket.terminate();
      server.close();
    },
  };
}
