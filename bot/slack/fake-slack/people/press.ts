import type { Deliveries, Delivery } from '../wire/deliveries.ts';
import { type FakeMessage, findMessage, type World } from '../world.ts';
import { interaction, mintResponseUrl, onMessage } from './interaction.ts';

/** What was chosen besides the press: an option of a menu, or one of two feedback buttons. */
export interface Chosen {
  option?: string;
  feedback?: 'positive' | 'negative';
  user?: string;
}

function* elementsOf(block: Record<string, unknown>): Generator<Record<string, unknown>> {
  const lists = [block.elements, block.actions, [block.accessory], [block.element]];
  for (const list of lists) {
    if (!Array.isArray(list)) continue;
    for (const one of list) if (one !== null && typeof one === 'object') yield one as Record<string, unknown>;
  }
}

/** The action of a payload for what was pressed. */
function actionOf(
  block: Record<string, unknown>,
  element: Record<string, unknown>,
  chosen: Chosen,
): Record<string, unknown> {
  const base = {
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: (Date.now() / 1000).toFixed(6),
  };
  if (element.type === 'feedback_buttons') {
    const side = (chosen.feedback === 'negative' ? element.negative_button : element.positive_button) as Record<
      string,
      unknown
    >;
    return { ...base, value: side.value, text: side.text };
  }
  if (element.type === 'users_select') return { ...base, selected_user: chosen.user };
  if (element.type !== 'button' && element.type !== 'icon_button') {
    const options = (element.options ?? []) as Record<string, unknown>[];
    return { ...base, selected_option: options.find((one) => one.value === chosen.option) };
  }
  return { ...base, text: element.text, value: element.value, ...(element.style ? { style: element.style } : {}) };
}

/** What stands to be pressed in a message. */
function find(
  message: FakeMessage,
  actionId: string,
): { block: Record<string, unknown>; element: Record<string, unknown> } {
  for (const block of message.blocks ?? []) {
    for (const element of elementsOf(block)) if (element.action_id === actionId) return { block, element };
  }
  throw new Error(`message ${message.ts} has nothing with action_id ${actionId}`);
}

/**
 * A person presses something on a message: `block_actions`.
 *
 * @throws Error where it is not there, or not for this person's eyes
 */
export function press(
  world: World,
  deliveries: Deliveries,
  at: { channel: string; ts: string; actionId: string; user: string } & Chosen,
): Promise<Delivery> {
  const message = findMessage(world, at.channel, at.ts);
  if (!message) throw new Error(`no message ${at.ts} in ${at.channel}`);
  if (message.ephemeralTo !== undefined && message.ephemeralTo !== at.user)
    throw new Error(`${at.user} does not see message ${at.ts}`);
  const { block, element } = find(message, at.actionId);
  const values =
    element.type === 'button' ? {} : { [String(block.block_id)]: { [at.actionId]: actionOf(block, element, at) } };
  return deliveries.deliver('interactive', {
    ...interaction(world, 'block_actions', at.user),
    ...onMessage(world, message),
    state: { values },
    response_url: mintResponseUrl(world, at.user, message.channel, message.ts),
    actions: [actionOf(block, element, at)],
  });
}
