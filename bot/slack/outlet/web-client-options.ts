import { type Logger, LogLevel, type WebClientOptions } from '@slack/web-api';

/**
 * How a `WebClient` has to be for the outlet. As it comes it has no timeout, retries ten times over half an hour, and waits out a 429 by
 * stopping every other call (`WebClient.makeRequest`); the outlet does all of this itself, for each method and channel. Its log is cut
 * down to warnings without content: at debug it writes whole messages.
 *
 * @param apiUrl another base address than Slack's own, for tests
 */
export function webClientOptions(apiUrl?: string): WebClientOptions {
  return {
    timeout: 15_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: QUIET,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  };
}

const nothing = () => undefined;
/** What there is to say is said by the outlet: the client's own lines quote what Slack sent back. */
const QUIET: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};
