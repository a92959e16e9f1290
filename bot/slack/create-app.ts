import type { AddressInfo } from 'node:net';
import { App, type CustomRoute } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Language } from '../../knowledge/bilingual.ts';
import type { Inbox } from '../cases/inbox/inbox.ts';
import type { Incoming } from '../cases/inbox/incoming.ts';
import type { Self } from './intake/intake-context.ts';
import { registerListeners } from './listeners/register-listeners.ts';
import { webClientOptions } from './outlet/web-client-options.ts';
import { boltLogger } from './receivers/bolt-logger.ts';
import { httpReceiver } from './receivers/http-receiver.ts';
import type { SlackReceiver } from './receivers/slack-receiver.ts';
import { socketReceiver } from './receivers/socket-receiver.ts';
import type { StoreFirstMeans } from './receivers/store-first.ts';
import type { SlackLog } from './slack-log.ts';
import type { SlackSettings } from './slack-settings.ts';
import { whoAmI } from './who-am-i.ts';

/** What the way in from Slack is made of. */
export interface SlackAppOptions {
  settings: SlackSettings;
  language: Language | 'auto';
  inbox: Pick<Inbox, 'receive' | 'threadAt'>;
  /** Served beside Slack's own requests: health, readiness, metrics, case pages. */
  routes: readonly CustomRoute[];
  log: SlackLog;
  /** Told of each thing that was not known before, once it is stored. */
  onNew?(incoming: Incoming): void;
  /** As `storeFirst` has it; for tests. */
  threadMs?: number;
  /** Ends the waiting for a Slack that does not answer. */
  signal: AbortSignal;
}

/** The way in from Slack. */
export interface SlackApp {
  /** Takes deliveries from now on. @throws what `listen` says; Slack's refusal of the app token */
  start(): Promise<void>;
  /** Takes none any more; what is not acknowledged is delivered again by Slack. */
  stop(): Promise<void>;
  /** Neither retries nor waits by itself: the outlet does. */
  client: WebClient;
  self: Self;
  /** Whether Slack reaches the bot. */
  connected(): boolean;
  /** Where routes are served; null before the start. */
  listensOn(): AddressInfo | null;
}

/**
 * Asks Slack who the bot is and puts Bolt together, so that everything is stored before it is acknowledged.
 *
 * @throws TokenRefused when Slack does not take the bot token
 */
export async function createSlackApp(options: SlackAppOptions): Promise<SlackApp> {
  const { settings, inbox, log, language, signal } = options;
  const clientOptions = webClientOptions(settings.apiUrl ?? undefined);
  const client = new WebClient(settings.botToken, clientOptions);
  const self = await whoAmI(client, log, signal);
  const context = { self, channels: settings.channels };
  const { onNew, threadMs } = options;
  const receiver = receiverOf(options, {
    inbox,
    context,
    log,
    ...(onNew === undefined ? {} : { onNew }),
    ...(threadMs === undefined ? {} : { threadMs }),
  });
  const app = new App({
    token: settings.botToken,
    // Known from `auth.test`: Bolt asks it once more otherwise, and fails for good when that call fails.
    botId: self.botId,
    botUserId: self.botUserId,
    receiver,
    logger: boltLogger(log),
    clientOptions: { ...clientOptions },
    // It would keep something of every conversation in memory, and nothing reads it.
    convoStore: false,
  });
  app.error(async (error) => {
    log.error({ why: error.message.split('\n')[0] ?? '' }, 'a listener failed');
  });
  registerListeners(app, { context, inbox, language, log });
  return {
    async start() {
      await receiver.start();
    },
    async stop() {
      await receiver.stop();
    },
    client,
    self,
    connected: receiver.connected,
    listensOn: receiver.listensOn,
  };
}

function receiverOf({ settings, routes, log }: SlackAppOptions, means: StoreFirstMeans): SlackReceiver {
  const { receiver, address, port, apiUrl } = settings;
  const served = { address, port, routes, means, log };
  return receiver.kind === 'http'
    ? httpReceiver({ signingSecret: receiver.signingSecret, ...served })
    : socketReceiver({ appToken: receiver.appToken, apiUrl, ...served });
}
