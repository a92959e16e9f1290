import type { Incoming } from '../../cases/inbox/incoming.ts';
import type { DeliveryReader, IntakeContext } from './intake-context.ts';
import { readAlert } from './read-alert.ts';
import { readAssistant } from './read-assistant.ts';
import { readButton } from './read-button.ts';
import { readCommand } from './read-command.ts';
import { readDirect } from './read-direct.ts';
import { readFollowUp } from './read-follow-up.ts';
import { readForm } from './read-form.ts';
import { readMention } from './read-mention.ts';
import { readShortcut } from './read-shortcut.ts';

/** Every way in; no delivery is of two of them. */
const READERS: readonly DeliveryReader[] = [
  readMention,
  readFollowUp,
  readDirect,
  readAssistant,
  readAlert,
  readCommand,
  readShortcut,
  readButton,
  readForm,
];

/**
 * What a delivery of Slack's asks of the bot; null: nothing, or nothing that can be read. A `follow_up` is one only where the bot is in
 * its thread, which the caller asks the inbox.
 */
export function readDelivery(body: unknown, context: IntakeContext): Incoming | null {
  for (const read of READERS) {
    const incoming = read(body, context);
    if (incoming !== null) return incoming;
  }
  return null;
}
