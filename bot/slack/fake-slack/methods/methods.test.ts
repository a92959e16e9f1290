import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../fake-slack.ts';
import type { FakeChannel, FakeUser } from '../world.ts';

let slack: FakeSlack;
let ann: FakeUser;
let channel: FakeChannel;

beforeEach(async () => {
  slack = await startFakeSlack({
    triggerLifetimeMs: 80,

    requestUrl: 'http://127.0.0.1:1/',
    retryDelaysMs: [],
  });
  ann = await slack.addUser({ name: 'ann', fields: { Xf1: { value: 'ann@corp', alt: '', label: 'Platform user' } } });
  channel = await slack.addChannel({ name: 'data' });
});
afterEach(() => slack.close());

type Answer = { ok: boolean; error?: string; ts?: string; [key: string]: unknown };

/** One call as a client makes it: a form with JSON in its fields. */
async function call(method: string, args: Record<string, unknown> = {}, token = slack.botToken): Promise<Answer> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(args))
    body.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const response = await fetch(slack.apiUrl + method, {
    method: 'POST',
    body,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  return (await response.json()) as Answer;
}

async function errors(...calls: [string, Record<string, unknown>?][]): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  for (const [method, args] of calls) names.push((await call(method, args)).error);
  return names;
}

describe('tokens and scopes', () => {
  it('refuses wrong tokens, kinds of token, and methods it does not know', async () => {
    expect((await call('auth.test', {}, '')).error).toBe('not_authed');
    expect((await call('auth.test', {}, 'xoxb-other')).error).toBe('invalid_auth');
    expect((await call('auth.test', {}, slack.appToken)).error).toBe('not_allowed_token_type');
    expect((await call('apps.connections.open')).error).toBe('not_allowed_token_type');
    expect((await call('chat.none')).error).toBe('unknown_method');
    expect((await call('auth.test')).user_id).toBe(slack.botUserId);
  });

  it('names the scope that is missing and those that are there', async () => {
    await slack.setScopes(['chat:write', 'users:read', 'im:history']);
    expect(await call('reactions.add', {})).toMatchObject({
      error: 'missing_scope',
      needed: 'reactions:write',
      provided: 'chat:write,users:read,im:history',
    });
    expect(await call('conversations.history', { channel: channel.id })).toMatchObject({ needed: 'channels:history' });
    expect((await call('users.info', { user: ann.id })).user).not.toMatchObject({
      profile: { email: expect.any(String) },
    });
  });
});

describe('messages', () => {
  it('names what is wrong with the place', async () => {
    const closed = await slack.addChannel({ name: 'closed', kind: 'private', members: [ann.id] });
    const open = await slack.addChannel({ name: 'open', members: [ann.id] });
    const old = await slack.addChannel({ name: 'old', archived: true });
    const text = 'x';
    expect(
      await errors(
        ['chat.postMessage', { channel: 'C0NONE', text }],
        ['chat.postMessage', { channel: closed.id, text }],
        ['chat.postMessage', { channel: open.id, text }],
        ['chat.postMessage', { channel: old.id, text }],
        ['chat.postMessage', { channel: channel.id, text, thread_ts: '1.2' }],
        ['chat.postMessage', { channel: channel.id }],
        ['chat.postEphemeral', { channel: channel.id, text, user: 'U0NONE' }],
        ['conversations.replies', { channel: channel.id, ts: '1.2' }],
        ['chat.update', { channel: channel.id, text, ts: '1.2' }],
      ),
    ).toEqual([
      'channel_not_found',
      'channel_not_found',
      'not_in_channel',
      'is_archived',
      'thread_not_found',
      'no_text',
      'user_not_in_channel',
      'thread_not_found',
      'message_not_found',
    ]);
  });

  it('changes only what is its own, and nothing that one person alone sees', async () => {
    const theirs = await slack.say({ channel: channel.id, user: ann.id, text: 'mine' });
    expect((await call('chat.update', { channel: channel.id, ts: theirs.ts, text: 'x' })).error).toBe(
      'cant_update_message',
    );
    expect((await call('chat.delete', { channel: channel.id, ts: theirs.ts })).error).toBe('cant_delete_message');
    const whisper = await call('chat.postEphemeral', { channel: channel.id, user: ann.id, text: 'psst' });
    expect((await call('chat.update', { channel: channel.id, ts: whisper.message_ts, text: 'x' })).error).toBe(
      'message_not_found',
    );
    expect((await call('conversations.history', { channel: channel.id })).messages).toHaveLength(1);
    const own = await call('chat.postMessage', { channel: channel.id, text: 'a', blocks: [{ type: 'divider' }] });
    await call('chat.update', { channel: channel.id, ts: own.ts, text: 'b' });
    expect((await slack.messages(channel.id)).find(({ ts }) => ts === own.ts)).toMatchObject({ text: 'b', edits: 1 });
    expect((await call('chat.delete', { channel: channel.id, ts: own.ts })).ok).toBe(true);
  });

  it('tells metadata only to those who ask for it, and bounds it', async () => {
    const metadata = { event_type: 'wherefore_post', event_payload: { key: 'k1' } };
    const root = await call('chat.postMessage', { channel: channel.id, text: 'x', metadata });
    await call('chat.postMessage', { channel: channel.id, text: 'y', thread_ts: root.ts, metadata });
    const read = (extra: object) => call('conversations.replies', { channel: channel.id, ts: root.ts, ...extra });
    expect(JSON.stringify((await read({})).messages)).not.toContain('k1');
    expect((await read({ include_all_metadata: true })).messages).toMatchObject([{ metadata }, { metadata }]);
    const post = (given: unknown) =>
      ['chat.postMessage', { channel: channel.id, text: 'x', metadata: given }] as [string, Record<string, unknown>];
    expect(
      await errors(
        post({ event_type: 'a', event_payload: { key: 'k'.repeat(9000) } }),
        post({ event_type: 'a' }),
        post('{"broken'),
      ),
    ).toEqual(['metadata_too_large', 'invalid_metadata_schema', 'invalid_metadata_format']);
  });

  it('pages members and replies', async () => {
    for (let at = 0; at < 5; at += 1) await slack.addUser({ name: `user${at}` });
    const wide = await slack.addChannel({ name: 'wide' });
    const first = await call('conversations.members', { channel: wide.id, limit: '4' });
    const { next_cursor: cursor } = first.response_metadata as { next_cursor: string };
    const second = await call('conversations.members', { channel: wide.id, limit: '4', cursor });
    expect([first.members, second.members].flat()).toHaveLength(7);
    expect(second.response_metadata).toEqual({ next_cursor: '' });
    expect((await call('conversations.members', { channel: wide.id, limit: '0' })).error).toBe('invalid_limit');
  });
});

describe('people', () => {
  it('finds them by address, with their custom fields', async () => {
    expect((await call('users.lookupByEmail', { email: 'ANN@example.com' })).user).toMatchObject({ id: ann.id });
    expect((await call('users.lookupByEmail', { email: 'no@example.com' })).error).toBe('users_not_found');
    expect((await call('users.profile.get', { user: ann.id, include_labels: true })).profile).toMatchObject({
      fields: { Xf1: { value: 'ann@corp', label: 'Platform user' } },
    });
    const opened = await call('conversations.open', { users: ann.id });
    expect((await call('conversations.open', { users: ann.id })).channel).toEqual(opened.channel);
    expect((await call('conversations.open', { users: 'U0NONE' })).error).toBe('user_not_found');
  });
});

describe('streams', () => {
  const to = () => ({ recipient_team_id: slack.teamId, recipient_user_id: ann.id });

  it('holds the message while it is open, and ends it for good', async () => {
    const asked = await slack.say({ channel: channel.id, user: ann.id, text: 'why' });
    const at = { channel: channel.id, thread_ts: asked.ts };
    expect(await errors(['chat.startStream', { channel: channel.id, ...to() }], ['chat.startStream', at])).toEqual([
      'invalid_thread_ts',
      'missing_recipient_team_id',
    ]);
    const { ts } = await call('chat.startStream', {
      ...at,
      ...to(),
      chunks: [{ type: 'markdown_text', text: 'one ' }],
    });
    const stream = { channel: channel.id, ts };
    expect(
      await errors(
        ['chat.update', { ...stream, text: 'x' }],
        ['chat.delete', stream],
        ['chat.appendStream', { ...stream, markdown_text: 'x'.repeat(12_001) }],
        ['chat.appendStream', { ...stream, chunks: [{ type: 'task_update', id: '1', title: 'T' }] }],
        [
          'chat.appendStream',
          { ...stream, chunks: [{ type: 'task_update', id: '1', title: 'T'.repeat(257), status: 'complete' }] },
        ],
        ['chat.appendStream', { ...stream, markdown_text: 'two' }],
        ['chat.stopStream', stream],
        ['chat.appendStream', { ...stream, markdown_text: 'three' }],
        ['chat.stopStream', stream],
        ['chat.update', { ...stream, text: 'final' }],
      ),
    ).toEqual([
      'streaming_state_conflict',
      'cant_delete_message',
      'msg_too_long',
      'invalid_chunks',
      'invalid_chunks',
      undefined,
      undefined,
      'message_not_in_streaming_state',
      'message_not_in_streaming_state',
      undefined,
    ]);
  });

  it('keeps to the form it was opened with', async () => {
    const asked = await slack.say({ channel: channel.id, user: ann.id, text: 'why' });
    const { ts } = await call('chat.startStream', {
      channel: channel.id,
      thread_ts: asked.ts,
      ...to(),
      markdown_text: 'one ',
    });
    const chunks = [{ type: 'plan_update', title: 'Plan' }];
    expect(await errors(['chat.appendStream', { channel: channel.id, ts, chunks }])).toEqual([
      'streaming_mode_mismatch',
    ]);
  });

  it('closes a stream that lives too long, or that a person stopped', async () => {
    const asked = await slack.say({ channel: channel.id, user: ann.id, text: 'why' });
    const start = () => call('chat.startStream', { channel: channel.id, thread_ts: asked.ts, ...to() });
    const [old, stopped] = [await start(), await start()];
    await slack.stopStream({ channel: channel.id, ts: stopped.ts ?? '', user: ann.id });
    const append = (ts: string | undefined) =>
      call('chat.appendStream', { channel: channel.id, ts, markdown_text: 'x' });
    expect((await append(stopped.ts)).error).toBe('stopped_by_user');
    await slack.setTimes({ streamLifetimeMs: -1 });
    expect((await append(old.ts)).error).toBe('message_not_in_streaming_state');
    expect((await slack.deliveries()).map(({ what }) => what)).toContain('agent_session_stopped');
  });
});

describe('views', () => {
  const view = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [{ type: 'divider' }] };

  it('opens one for each trigger, soon enough', async () => {
    const [used, late] = [await trigger(), await trigger()];
    expect(
      await errors(
        ['views.open', { view, trigger_id: 'none' }],
        ['views.open', { view: { ...view, title: { type: 'plain_text', text: 'T'.repeat(25) } }, trigger_id: used }],
        ['views.open', { view, trigger_id: used }],
        ['views.open', { view, trigger_id: used }],
      ),
    ).toEqual(['invalid_trigger_id', 'invalid_arguments', undefined, 'exchanged_trigger_id']);
    await slack.setTimes({ triggerLifetimeMs: -1 });
    expect(await errors(['views.open', { view, trigger_id: late }])).toEqual(['expired_trigger_id']);
  });

  it('updates by hash, and publishes one home for each person', async () => {
    const opened = (await call('views.open', { view, trigger_id: await trigger() })).view as {
      id: string;
      hash: string;
    };
    const update = { view, view_id: opened.id, hash: opened.hash };
    expect(await errors(['views.update', update], ['views.update', update])).toEqual([undefined, 'hash_conflict']);
    const home = { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'H' } }] };
    expect(
      await errors(
        ['views.publish', { user_id: ann.id, view: home }],
        ['views.publish', { user_id: 'U0NONE', view: home }],
      ),
    ).toEqual([undefined, 'invalid_arguments']);
  });

  /** A trigger as a person's command brings it. */
  async function trigger(): Promise<string> {
    return (await slack.slashCommand({ channel: channel.id, user: ann.id, command: '/why', text: '' })).id;
  }
});

describe('reactions and status', () => {
  it('adds once, and keeps the status until the answer', async () => {
    const asked = await slack.say({ channel: channel.id, user: ann.id, text: 'why' });
    const item = { channel: channel.id, timestamp: asked.ts, name: 'eyes' };
    expect(
      await errors(
        ['reactions.add', item],
        ['reactions.add', item],
        ['reactions.remove', item],
        ['reactions.remove', item],
      ),
    ).toEqual([undefined, 'already_reacted', undefined, 'no_reaction']);
    await call('assistant.threads.setStatus', { channel_id: channel.id, thread_ts: asked.ts, status: 'reading' });
    expect(await slack.status(channel.id, asked.ts)).toBe('reading');
    await call('chat.postMessage', { channel: channel.id, thread_ts: asked.ts, text: 'x' });
    expect(await slack.status(channel.id, asked.ts)).toBeNull();
  });
});
