import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, type CustomRoute, SocketModeReceiver } from '@slack/bolt';
import type { SlackLog } from '../slack-log.ts';
import { boltLogger } from './bolt-logger.ts';
import { keepConnected } from './keep-connected.ts';
import { serveRoutes } from './serve-routes.ts';
import type { SlackReceiver } from './slack-receiver.ts';
import { NotStored, type StoreFirstMeans, storeFirst } from './store-first.ts';

/** How the bot connects to Slack. */
export interface SocketReceiverOptions {
  appToken: string;
  /** Another Web API than Slack's own; ends with a slash. */
  apiUrl: string | null;
  /** Where routes are served. */
  address: string;
  port: number;
  routes: readonly CustomRoute[];
  means: StoreFirstMeans;
  log: SlackLog;
}

/**
 * Socket Mode: envelopes of a WebSocket that the bot opens. What an envelope asks is stored, then Bolt acknowledges it; what could not
 * be stored is not acknowledged. Health and metrics are served beside it.
 */
export function socketReceiver({
  appToken,
  apiUrl,
  address,
  port,
  routes,
  means,
  log,
}: SocketReceiverOptions): SlackReceiver {
  let server: Server | null = null;
  const bolt = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: boltLogger(log),
    installerOptions: {
      clientOptions: {
        timeout: 10_000,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
      },
    },
    processEventErrorHandler: async ({ error }) => {
      if (!(error instanceof NotStored)) log.error({ why: error.message.split('\n')[0] ?? '' }, 'a delivery failed');
      return false;
    },
  });
  const connection = keepConnected(bolt.client, log);
  return {
    init: (app: App) => bolt.init(storeFirst(app, means) as App),
    async start() {
      if (routes.length > 0) server = await serveRoutes(routes, address, port);
      await connection.start();
    },
    async stop() {
      await connection.stop();
      const running = server;
      server = null;
      if (running === null) return;
      await new Promise<void>((resolve) => {
        running.close(() => resolve());
        running.closeAllConnections();
      });
    },
    connected: connection.connected,
    listensOn: () => (server?.address() ?? null) as AddressInfo | null,
  };
}
