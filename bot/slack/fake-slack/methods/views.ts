import { checkView } from '../limits/check-view.ts';
import { SlackError } from '../slack-error.ts';
import { type FakeView, mintId, type World } from '../world.ts';
import { json, type Method, needed, text } from './method.ts';

/** A view as answers and payloads carry it. */
export function wireView(world: World, view: FakeView): Record<string, unknown> {
  return {
    id: view.id,
    team_id: world.team.id,
    app_id: world.app.id,
    bot_id: world.bot.id,
    hash: view.hash,
    root_view_id: view.id,
    previous_view_id: null,
    state: { values: {} },
    ...view.view,
  };
}

/** Uses up a trigger; whose it is. */
function useTrigger(world: World, id: string): string {
  const trigger = world.triggers.get(id);
  if (!trigger) throw new SlackError('invalid_trigger_id');
  if (Date.now() - trigger.atMs > world.options.triggerLifetimeMs) throw new SlackError('expired_trigger_id');
  if (trigger.used) throw new SlackError('exchanged_trigger_id');
  trigger.used = true;
  return trigger.user;
}

function newHash(world: World): string {
  return `${Math.floor(Date.now() / 1000)}.${mintId(world, 'h')}`;
}

/** Modals and home tabs: docs.slack.dev/reference/methods/views.*. */
export const VIEW_METHODS: readonly Method[] = [
  {
    name: 'views.open',
    token: 'bot',
    scopes: [],
    tier: 4,
    run({ world, args }) {
      const checked = checkView(world, json(args, 'view', 'invalid_arguments'), 'modal');
      const user = useTrigger(world, needed(args, 'trigger_id'));
      const view: FakeView = {
        id: mintId(world, 'V'),
        type: 'modal',
        user,
        view: checked,
        hash: newHash(world),
        open: true,
      };
      world.views.set(view.id, view);
      return { view: wireView(world, view) };
    },
  },
  {
    name: 'views.update',
    token: 'bot',
    scopes: [],
    tier: 4,
    run({ world, args }) {
      const external = text(args, 'external_id');
      const view =
        external === ''
          ? world.views.get(needed(args, 'view_id'))
          : [...world.views.values()].find((one) => one.view.external_id === external);
      if (!view?.open) throw new SlackError('not_found');
      const hash = text(args, 'hash');
      if (hash !== '' && hash !== view.hash) throw new SlackError('hash_conflict');
      view.view = checkView(world, json(args, 'view', 'invalid_arguments'), view.type);
      view.hash = newHash(world);
      return { view: wireView(world, view) };
    },
  },
  {
    name: 'views.publish',
    token: 'bot',
    scopes: [],
    tier: 4,
    run({ world, args }) {
      const user = needed(args, 'user_id');
      if (!world.users.has(user)) throw new SlackError('invalid_arguments');
      const checked = checkView(world, json(args, 'view', 'invalid_arguments'), 'home');
      const held = [...world.views.values()].find((one) => one.type === 'home' && one.user === user);
      const view: FakeView = {
        id: held?.id ?? mintId(world, 'V'),
        type: 'home',
        user,
        view: checked,
        hash: newHash(world),
        open: true,
      };
      world.views.set(view.id, view);
      return { view: wireView(world, view) };
    },
  },
];
