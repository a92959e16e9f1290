import { readSlackFailure } from '../slack/outlet/slack-failure.ts';

/** Why Slack gave no answer, in words without anything that came with it. */
export function whyNotSlack(error: unknown): string {
  const failure = readSlackFailure(error);
  switch (failure.kind) {
    case 'refused':
      return `Slack says ${failure.code}`;
    case 'limited':
      return `Slack wants a pause of ${Math.ceil(failure.retryAfterMs / 1000)} s: run it again then`;
    case 'unreached':
      return 'Slack cannot be reached';
    case 'unsure':
      return 'no answer of Slack, or none that can be read';
  }
}
