import { wireView } from '../methods/views.ts';
import type { Deliveries, Delivery } from '../wire/deliveries.ts';
import type { FakeView, World } from '../world.ts';
import { interaction } from './interaction.ts';

/** What was filled in, by `action_id` (or `block_id`) of the input. */
export type Filled = Readonly<Record<string, string>>;

function stateOf(element: Record<string, unknown>, value: string | undefined): Record<string, unknown> {
  if (element.type === 'static_select' || element.type === 'radio_buttons') {
    const options = (element.options ?? []) as Record<string, unknown>[];
    return {
      type: element.type,
      selected_option: options.find((one) => one.value === value) ?? element.initial_option ?? null,
    };
  }
  if (element.type === 'users_select')
    return { type: element.type, selected_user: value ?? element.initial_user ?? null };
  if (element.type === 'conversations_select') return { type: element.type, selected_conversation: value ?? null };
  if (element.type === 'checkboxes') {
    const options = (element.options ?? []) as Record<string, unknown>[];
    return {
      type: element.type,
      selected_options: options.filter((one) => value?.split(',').includes(String(one.value))),
    };
  }
  return { type: element.type, value: value ?? element.initial_value ?? null };
}

function openView(world: World, id: string, user: string): FakeView {
  const view = world.views.get(id);
  if (!view?.open || view.user !== user) throw new Error(`${user} has no open view ${id}`);
  return view;
}

/** A person sends a modal: `view_submission`. It closes unless the answer says otherwise. */
export async function submitView(
  world: World,
  deliveries: Deliveries,
  at: { viewId: string; user: string; values: Filled },
): Promise<Delivery> {
  const view = openView(world, at.viewId, at.user);
  const values: Record<string, Record<string, unknown>> = {};
  for (const block of view.view.blocks as Record<string, unknown>[]) {
    const element = block.element as Record<string, unknown> | undefined;
    if (!element) continue;
    const action = String(element.action_id ?? block.block_id);
    const value = at.values[action] ?? at.values[String(block.block_id)];
    if (
      value === undefined &&
      block.optional !== true &&
      element.initial_value === undefined &&
      element.initial_option === undefined
    ) {
      throw new Error(`input ${action} is not optional`);
    }
    values[String(block.block_id)] = { [action]: stateOf(element, value) };
  }
  const delivery = await deliveries.deliver('interactive', {
    ...interaction(world, 'view_submission', at.user),
    view: { ...wireView(world, view), state: { values } },
    response_urls: [],
  });
  const action = delivery.answer?.response_action;
  if (action === 'update') view.view = delivery.answer?.view as Record<string, unknown>;
  else if (action !== 'errors' && delivery.state === 'acknowledged') view.open = false;
  return delivery;
}

/** A person closes a modal; the application hears of it only if it asked to. */
export function closeView(
  world: World,
  deliveries: Deliveries,
  at: { viewId: string; user: string },
): Promise<Delivery> | null {
  const view = openView(world, at.viewId, at.user);
  view.open = false;
  if (view.view.notify_on_close !== true) return null;
  return deliveries.deliver('interactive', {
    ...interaction(world, 'view_closed', at.user),
    view: wireView(world, view),
    is_cleared: false,
  });
}
