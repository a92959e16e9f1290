import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, type CustomRoute, HTTPReceiver } from '@slack/bolt';
import type { SlackLog } from '../slack-log.ts';
import { boltLogger } from './bolt-logger.ts';
import type { SlackReceiver } from './slack-receiver.ts';
import { NotStored, type StoreFirstMeans, storeFirst } from './store-first.ts';

/** How Slack's requests are taken. */
export interface HttpReceiverOptions {
  signingSecret: string;
  address: string;
  port: number;
  routes: readonly CustomRoute[];
  means: StoreFirstMeans;
  log: SlackLog;
}

/** The largest deliveries of Slack's are alerts with many blocks, well below. */
const MAX_BODY_BYTES = 2 << 20;
/** Slack sends small requests at once; a slow sender is not Slack. */
const TIMEOUTS = { requestTimeout: 15_000, headersTimeout: 10_000 };

/**
 * Slack's requests to `/slack/events`: Bolt checks the signature and that the request is younger than five minutes, what is asked is
 * stored, then Bolt answers. What could not be stored is answered with 500.
 */
export function httpReceiver({ signingSecret, address, port, routes, means, log }: HttpReceiverOptions): SlackReceiver {
  let server: Server | null = null;
  const bolt = new HTTPReceiver({
    signingSecret,
    endpoints: ['/slack/events'],
    customRoutes: [...routes],
    bodyLimit: MAX_BODY_BYTES,
    logger: boltLogger(log),
    processEventErrorHandler: async ({ error, response }) => {
      if (!(error instanceof NotStored)) log.error({ why: error.message.split('\n')[0] ?? '' }, 'a delivery failed');
      if (!response.headersSent) response.writeHead(500).end();
      // It is answered: Bolt need not wait for an acknowledgement any more.
      return true;
    },
    unhandledRequestHandler: ({ response }) => {
      log.warn({}, 'a delivery was not acknowledged in time');
      if (!response.headersSent) response.writeHead(503).end();
    },
    dispatchErrorHandler: ({ error, response }) => {
      // What was not meant for Slack's endpoint or a route; anything else is a request that cannot be read.
      const isElsewhere = 'code' in error && error.code === 'slack_bolt_http_receiver_deferred_request_error';
      if (!response.headersSent) response.writeHead(isElsewhere ? 404 : 400).end();
    },
  });
  return {
    init: (app: App) => bolt.init(storeFirst(app, means) as App),
    async start() {
      server = (await bolt.start({ host: address, port }, TIMEOUTS)) as Server;
      return server;
    },
    async stop() {
      const running = server;
      if (running === null) return;
      server = null;
      const closed = bolt.stop();
      // What is under way is answered; who keeps a connection open without a request is not waited for.
      running.closeIdleConnections();
      const force = setTimeout(() => running.closeAllConnections(), 2_000).unref();
      await closed;
      clearTimeout(force);
    },
    connected: () => server?.listening === true,
    listensOn: () => (server?.address() ?? null) as AddressInfo | null,
  };
}
