import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../fake-slack.ts';
import type { FakeUser } from '../world.ts';

let slack: FakeSlack;
let ann: FakeUser;

beforeEach(async () => {
  slack = await startFakeSlack({ requestUrl: 'http://127.0.0.1:1/', retryDelaysMs: [] });
  ann = await slack.addUser({ name: 'ann' });
});
afterEach(() => slack.close());

/** Kinds of the events that a message brought. */
async function brought(ts: string): Promise<string[]> {
  return (await slack.deliveries()).filter((one) => one.ts === ts).map(({ what }) => what);
}

describe('what a message brings', () => {
  it('is one event, and another for a mention, but none where the bot is not', async () => {
    const channel = await slack.addChannel({ name: 'data' });
    const closed = await slack.addChannel({ name: 'closed', kind: 'private', members: [ann.id] });
    const direct = await slack.openDirect([ann.id]);
    const text = `<@${slack.botUserId}> why`;
    const say = (at: string, more: object = {}) => slack.say({ channel: at, user: ann.id, text, ...more });
    expect(await brought((await say(channel.id)).ts)).toEqual(['message', 'app_mention']);
    expect(await brought((await say(channel.id, { text: 'why' })).ts)).toEqual(['message']);
    expect(await brought((await say(direct.id)).ts)).toEqual(['message']);
    expect(await brought((await say(closed.id)).ts)).toEqual([]);
    const file = { files: [{ name: 'app.log', content: 'OOM' }] };
    expect(await brought((await say(channel.id, file)).ts)).toEqual(['message', 'app_mention']);
  });

  it('says whose it is: a person, a bot, a webhook', async () => {
    const channel = await slack.addChannel({ name: 'data' });
    const bot = await slack.say({ channel: channel.id, user: 'U0ALERTS', botId: 'B0ALERTS', text: 'failed' });
    const hook = await slack.say({ channel: channel.id, botId: 'B0HOOK', text: 'failed' });
    expect([bot.subtype, bot.user, hook.subtype, hook.user]).toEqual([undefined, 'U0ALERTS', 'bot_message', undefined]);
    await expect(slack.say({ channel: channel.id, text: 'x' })).rejects.toThrow('nobody');
  });

  it('tells of an edit, and opens the home tab', async () => {
    const channel = await slack.addChannel({ name: 'data' });
    const said = await slack.say({ channel: channel.id, user: ann.id, text: 'why' });
    await slack.editMessage(channel.id, said.ts, 'why slow');
    await slack.openHome(ann.id);
    expect((await slack.deliveries()).map(({ what }) => what)).toEqual(['message', 'message', 'app_home_opened']);
    expect(await slack.transcript(channel.id)).toBe('ann (edited 1×):\n  why slow');
  });
});

describe('files that are not ready yet', () => {
  it('come to their thread later, and blocks show them only then', async () => {
    const late = await startFakeSlack({ fileReadyAfterMs: 1000, events: [] });
    const channel = await late.addChannel({ name: 'data' });
    const call = async (method: string, args: Record<string, string>) => {
      const headers = { authorization: `Bearer ${late.botToken}` };
      const response = await fetch(late.apiUrl + method, { method: 'POST', body: new URLSearchParams(args), headers });
      return (await response.json()) as { error?: string; upload_url: string; file_id: string };
    };
    const upload = await call('files.getUploadURLExternal', { filename: 'a.png', length: '3' });
    expect((await fetch(upload.upload_url, { method: 'POST', body: 'toolong' })).status).toBe(400);
    expect(
      (await call('files.completeUploadExternal', { files: JSON.stringify([{ id: upload.file_id }]) })).error,
    ).toBe('file_not_found');
    await fetch(upload.upload_url, { method: 'POST', body: 'png' });
    const blocks = JSON.stringify([{ type: 'image', alt_text: 'a', slack_file: { id: upload.file_id } }]);
    const show = () => call('chat.postMessage', { channel: channel.id, text: 'x', blocks });
    await call('files.completeUploadExternal', {
      files: JSON.stringify([{ id: upload.file_id }]),
      channel_id: channel.id,
    });
    expect((await show()).error).toBe('invalid_blocks');
    await vi.waitFor(async () => expect((await show()).error).toBeUndefined(), { timeout: 8000 });
    expect(await late.transcript(channel.id)).toContain('[file: a.png]');
    await late.close();
  });
});
