import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SHORTCUT_ID } from './intake/read-shortcut.ts';

const BOT = path.join(import.meta.dirname, '..');
const MANIFEST = z
  .object({
    features: z.object({
      slash_commands: z.array(z.object({ command: z.string() })),
      shortcuts: z.array(z.object({ callback_id: z.string(), type: z.string() })),
      assistant_view: z.object({}),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.boolean() }),
      socket_mode_enabled: z.boolean(),
    }),
  })
  .parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'manifest.json'), 'utf8')));
const SCOPES = new Set(MANIFEST.oauth_config.scopes.bot);

/** Scopes that a bot's token needs for a method, as docs.slack.dev/reference/methods lists them; of channels those of each kind we use. */
const OF_METHODS: Readonly<Record<string, readonly string[]>> = {
  'apps.connections.open': [],
  'assistant.threads.setStatus': ['assistant:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
  'assistant.threads.setTitle': ['assistant:write'],
  'auth.test': [],
  'chat.appendStream': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.startStream': ['chat:write'],
  'chat.stopStream': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.info': ['users:read'],
  'views.open': [],
};

/** Methods that only one way of telling people apart needs (a profile field): who uses it adds the scope, and the README says so. */
const BY_CHOICE = new Set(['users.profile.get']);

/** Scopes that an event wants (docs.slack.dev/reference/events). */
const OF_EVENTS: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  assistant_thread_context_changed: 'assistant:write',
  assistant_thread_started: 'assistant:write',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
};

/** Methods of the Web API that the product's code names, by call or by name. */
function calledMethods(): string[] {
  const files = readdirSync(BOT, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.ts') &&
      /^(?:slack|access|escalation|terminal)\//.test(file) &&
      !/\.test\.ts$|fixture\.ts$|fake-slack/.test(file),
  );
  const pattern =
    /(?<=client\.|['"])((?:apps\.connections|assistant\.threads|users\.profile|auth|chat|conversations|files|reactions|users|views)\.[a-z][A-Za-z]{2,30})(?=\(|['"])/g;
  const named = files.flatMap((file) =>
    [...readFileSync(path.join(BOT, file), 'utf8').matchAll(pattern)].map((match) => match[1] ?? ''),
  );
  return [...new Set(named)].sort();
}

describe('manifest.json', () => {
  const methods = calledMethods();

  it('grants what the methods need that the code calls', () => {
    expect(methods).toEqual(
      expect.arrayContaining(['auth.test', 'chat.postMessage', 'conversations.replies', 'views.open']),
    );
    expect(methods.filter((method) => OF_METHODS[method] === undefined && !BY_CHOICE.has(method))).toEqual([]);
    expect(methods.flatMap((method) => OF_METHODS[method] ?? []).filter((scope) => !SCOPES.has(scope))).toEqual([]);
  });

  it('grants nothing else than methods, events and the command need', () => {
    const { bot_events: events } = MANIFEST.settings.event_subscriptions;
    const needed = new Set([
      'commands',
      ...methods.flatMap((method) => OF_METHODS[method] ?? []),
      ...events.map((event) => OF_EVENTS[event]),
      // The private address of a file is opened with the bot's token.
      'files:read',
    ]);
    expect([...SCOPES].filter((scope) => !needed.has(scope))).toEqual([]);
    expect(events.filter((event) => !SCOPES.has(OF_EVENTS[event] ?? ''))).toEqual([]);
  });

  it('asks for no scope that reads more than the bot is invited to', () => {
    expect(
      [...SCOPES].filter((scope) => /^(?:search|admin|reactions|mpim|emoji|team)|public|customize/.test(scope)),
    ).toEqual([]);
  });

  it('names the command and the shortcut that the code reads', () => {
    expect(MANIFEST.features.slash_commands.map(({ command }) => command)).toEqual(['/why']);
    expect(MANIFEST.features.shortcuts).toMatchObject([{ callback_id: SHORTCUT_ID, type: 'message' }]);
    expect(MANIFEST.settings).toMatchObject({ interactivity: { is_enabled: true }, socket_mode_enabled: true });
  });

  it('is justified scope by scope in the README', () => {
    const readme = readFileSync(path.join(BOT, '..', 'README.md'), 'utf8');
    expect([...SCOPES].filter((scope) => !readme.includes(`\`${scope}\``))).toEqual([]);
  });
});
