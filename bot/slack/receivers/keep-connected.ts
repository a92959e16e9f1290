import { setTimeout as after } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import type { SlackLog } from '../slack-log.ts';

/** The part of Bolt's socket client that is used. Its own way of reconnecting has to be off. */
type SocketClient = SocketModeReceiver['client'];

/** A connection that is made anew whenever it ends. */
export interface KeptConnection {
  /** Resolves once Slack said hello for the first time. @throws when Slack will never let this token in */
  start(): Promise<void>;
  stop(): Promise<void>;
  connected(): boolean;
}

/** Slack's names for what no waiting mends (`UnrecoverableSocketModeStartError` of @slack/socket-mode, and a wrong token's kinds). */
const FINAL = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
]);
const HELLO_MS = 10_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Keeps a socket to Slack open. The client's own way waits five seconds after every refresh that Slack asks for, and an unanswered
 * `apps.connections.open` while reconnecting ends the process; this one connects at once, then backs off, and never gives up.
 */
export function keepConnected(client: SocketClient, log: SlackLog): KeptConnection {
  const stopping = new AbortController();
  let isConnected = false;
  let running: Promise<void> | null = null;
  client.on('disconnected', () => {
    isConnected = false;
  });
  client.on('disconnecting', () => {
    isConnected = false;
  });

  /** One connection, from its beginning to its end. */
  const connection = async (onConnected: () => void): Promise<void> => {
    const over = new AbortController();
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
      client.once('disconnected', end);
    });
    try {
      const signal = AbortSignal.any([stopping.signal, over.signal]);
      await Promise.race([client.start(), noHello(signal)]);
      over.abort();
      isConnected = true;
      onConnected();
      await ended;
    } catch (error) {
      // A socket that says nothing is closed before the next is opened.
      if (error instanceof NoHello) await closed(client);
      throw error;
    } finally {
      over.abort();
      client.off('disconnected', end);
    }
  };

  return {
    start: () =>
      new Promise<void>((resolve, reject) => {
        running = (async () => {
          let failures = 0;
          let ever = false;
          while (!stopping.signal.aborted) {
            try {
              await connection(() => {
                log.info({ failures }, 'connected to Slack');
                failures = 0;
                ever = true;
                resolve();
              });
              if (!stopping.signal.aborted) log.info({}, 'the connection to Slack ended');
            } catch (error) {
              failures += 1;
              log.warn({ failures, why: reasonOf(error) }, 'no connection to Slack');
              if (!ever && isFinal(error)) return reject(error as Error);
              await after(waitMs(error, failures), null, { signal: stopping.signal }).catch(() => undefined);
            }
          }
          resolve();
        })();
      }),
    async stop() {
      stopping.abort();
      isConnected = false;
      // The other side may never answer the closing handshake.
      await closed(client);
      await Promise.race([running, after(500, null, { ref: false })]);
    },
    connected: () => isConnected,
  };
}

class NoHello extends Error {}

/** Throws when the time for Slack's hello is over or the signal ends; by then the race may be decided. */
async function noHello(signal: AbortSignal): Promise<never> {
  await after(HELLO_MS, null, { signal }).catch(() => undefined);
  throw new NoHello(signal.aborted ? 'stopped' : `no hello within ${HELLO_MS} ms`);
}

async function closed(client: SocketClient): Promise<void> {
  await Promise.race([client.disconnect(), after(1_500, null, { ref: false })]);
}

function isFinal(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && FINAL.has(error.data.error);
}

/** From a quarter of a second on, doubled each time, with jitter; as long as Slack says where it says so. */
function waitMs(error: unknown, failures: number): number {
  if (error instanceof WebAPIRateLimitedError) return Math.min(error.retryAfter, 120) * 1000;
  return Math.min(LONGEST_WAIT_MS, 250 * 2 ** Math.min(failures - 1, 10)) * (0.5 + Math.random() / 2);
}

function reasonOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'the socket was closed';
}
