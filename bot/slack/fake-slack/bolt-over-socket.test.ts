import { App, Assistant, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import type { FakeChannel, FakeUser } from './world.ts';

let slack: FakeSlack;
let app: App;
let ann: FakeUser;
let channel: FakeChannel;
const stops: (() => Promise<unknown>)[] = [];

/** Waits for it, also on a machine that is busy with other things. */
function soon(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, { timeout: 8000, interval: 20 });
}

/** Cut sockets are the point here, not news. */
const nothing = (): void => undefined;
const QUIET: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

/** A real Bolt app in Socket Mode. */
function boltApp(): App {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 2, minTimeout: 10 } };
  // The wait before it connects anew is that of its pings: 5 s where nothing is said.
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout: 100,
    logger: QUIET,
    installerOptions: { clientOptions },
  });
  const made = new App({ token: slack.botToken, receiver, clientOptions, logger: QUIET });
  stops.push(() => made.stop());
  return made;
}

function mention(text: string) {
  return slack.say({ channel: channel.id, user: ann.id, text: `<@${slack.botUserId}> ${text}` });
}

beforeEach(async () => {
  slack = await startFakeSlack({ retryDelaysMs: Array.from({ length: 60 }, () => 50) });
  ann = await slack.addUser({ name: 'ann' });
  channel = await slack.addChannel({ name: 'data' });
  app = boltApp();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await soon(async () => expect(await slack.connections()).toBe(0));
  await slack.close();
});

describe('Bolt in Socket Mode on the double', () => {
  it('answers a mention in its thread and edits the answer', async () => {
    app.event('app_mention', async ({ event, say, client }) => {
      const said = await say({ text: 'looking', thread_ts: event.ts });
      await client.chat.update({ channel: event.channel, ts: said.ts ?? '', text: 'done' });
    });
    await app.start();
    const asked = await mention('why?');
    await soon(async () =>
      expect(await slack.transcript(channel.id, asked.ts)).toBe(
        `ann:\n  <@${slack.botUserId}> why?\nwherefore (edited 1×):\n  done`,
      ),
    );
    await slack.idle();
    const sent = (await slack.deliveries()).filter(({ ts }) => ts === asked.ts);
    expect(sent.map(({ what, state }) => [what, state])).toEqual([
      ['message', 'acknowledged'],
      ['app_mention', 'acknowledged'],
    ]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
  });

  it('takes a stream from start to stop, with tasks and feedback', async () => {
    app.event('app_mention', async ({ sayStream, setStatus }) => {
      await setStatus('reading logs');
      const stream = sayStream({ buffer_size: 1 });
      await stream.append({
        chunks: [{ type: 'task_update', id: 't1', title: 'Read the log', status: 'in_progress', details: 'one. ' }],
      });
      await stream.append({
        chunks: [{ type: 'task_update', id: 't1', title: 'Read the log', status: 'complete', details: 'two.' }],
      });
      await stream.append({ markdown_text: '**cause**: memory' });
      await stream.stop({
        blocks: [
          {
            type: 'context_actions',
            elements: [
              {
                type: 'feedback_buttons',
                action_id: 'feedback',
                positive_button: { text: { type: 'plain_text', text: 'Good' }, value: 'up' },
                negative_button: { text: { type: 'plain_text', text: 'Bad' }, value: 'down' },
              },
            ],
          },
        ],
      });
    });
    const pressed: unknown[] = [];
    app.action('feedback', async ({ ack, action }) => {
      await ack();
      pressed.push('value' in action ? action.value : null);
    });
    await app.start();
    const asked = await mention('why?');
    await soon(async () =>
      expect(await slack.transcript(channel.id, asked.ts)).toContain(
        'wherefore (streamed):\n  - Read the log (complete)\n  **cause**: memory\n  [feedback]',
      ),
    );
    const [, answer] = await slack.messages(channel.id, asked.ts);
    expect(answer?.stream?.chunks[0]).toMatchObject({ id: 't1', details: 'one. two.' });
    expect(await slack.status(channel.id, asked.ts)).toBeNull();
    await slack.press({
      channel: channel.id,
      ts: answer?.ts ?? '',
      actionId: 'feedback',
      user: ann.id,
      feedback: 'negative',
    });
    expect(pressed).toEqual(['down']);
  });

  it('acknowledges a slash command with words for the asker alone', async () => {
    app.command('/why', async ({ ack, command }) => ack(`on it: ${command.text}`));
    await app.start();
    await slack.slashCommand({ channel: channel.id, user: ann.id, command: '/why', text: 'job 7' });
    expect(await slack.transcript(channel.id)).toBe('wherefore (only to ann):\n  on it: job 7');
  });

  it('opens a modal from a button that only one person sees, and takes what is sent with it', async () => {
    app.action('ask', async ({ ack, body, client, respond }) => {
      await ack();
      if (body.type !== 'block_actions') return;
      await client.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'reason',
          title: { type: 'plain_text', text: 'Why not?' },
          submit: { type: 'plain_text', text: 'Send' },
          blocks: [
            {
              type: 'input',
              block_id: 'why',
              label: { type: 'plain_text', text: 'Reason' },
              element: { type: 'plain_text_input', action_id: 'reason' },
            },
          ],
        },
      });
      await respond({ text: 'thank you', replace_original: true });
    });
    const sent: unknown[] = [];
    app.view('reason', async ({ ack, view }) => {
      const value = view.state.values.why?.reason?.value;
      if (value === 'no') return ack({ response_action: 'errors', errors: { why: 'say more' } });
      sent.push(value);
      await ack();
    });
    await app.start();
    await app.client.chat.postEphemeral({
      channel: channel.id,
      user: ann.id,
      text: 'was it good?',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'ask', text: { type: 'plain_text', text: 'No' }, value: 'n' }],
        },
      ],
    });
    const [whisper] = await slack.messages(channel.id);
    const press = { channel: channel.id, ts: whisper?.ts ?? '', actionId: 'ask' };
    await expect(slack.press({ ...press, user: 'U0SOMEBODY' })).rejects.toThrow('does not see');
    await slack.press({ ...press, user: ann.id });
    await soon(async () => expect(await slack.transcript(channel.id)).toContain('thank you'));
    const [view] = await slack.views(ann.id);
    const at = { viewId: view?.id ?? '', user: ann.id };
    expect((await slack.submitView({ ...at, values: { reason: 'no' } })).answer).toMatchObject({
      response_action: 'errors',
    });
    expect(await slack.views(ann.id)).toHaveLength(1);
    await slack.submitView({ ...at, values: { reason: 'wrong node' } });
    expect([sent, await slack.views(ann.id)]).toEqual([['wrong node'], []]);
  });

  it('uploads a file into a thread, and keeps it from those without a token', async () => {
    await app.start();
    const asked = await slack.say({ channel: channel.id, user: ann.id, text: 'hi' });
    await app.client.filesUploadV2({
      channel_id: channel.id,
      thread_ts: asked.ts,
      initial_comment: 'the page',
      file_uploads: [{ file: Buffer.from('ÿPNG'), filename: 'chart.png', alt_text: 'a chart', title: 'Chart' }],
    });
    expect(await slack.transcript(channel.id, asked.ts)).toContain('  the page\n  [file: chart.png]');
    const { messages = [] } = await app.client.conversations.replies({ channel: channel.id, ts: asked.ts });
    const file = messages[1]?.files?.[0];
    expect(file).toMatchObject({ name: 'chart.png', title: 'Chart', mimetype: 'image/png', size: 5 });
    const open = await fetch(file?.url_private_download ?? '');
    expect([open.status, await open.text()]).toEqual([200, expect.stringContaining('<!DOCTYPE html>')]);
    const ours = await fetch(file?.url_private_download ?? '', {
      headers: { authorization: `Bearer ${slack.botToken}` },
    });
    expect(await ours.text()).toBe('ÿPNG');
  });

  it('opens the assistant pane', async () => {
    app.assistant(
      new Assistant({
        threadStarted: async ({ say, setSuggestedPrompts }) => {
          await setSuggestedPrompts({ title: 'Try', prompts: [{ title: 'Slow', message: 'why is it slow' }] });
          await say('ask me');
        },
        userMessage: async ({ say, setTitle, setStatus, message }) => {
          await setTitle('A slow job');
          await setStatus('reading');
          await say(`you said ${'text' in message ? message.text : ''}`);
        },
      }),
    );
    await app.start();
    const { channel: im, threadTs } = await slack.openAssistant(ann.id);
    await soon(async () => expect(await slack.transcript(im, threadTs)).toContain('ask me'));
    await slack.say({ channel: im, user: ann.id, text: 'slow', threadTs });
    await soon(async () => expect(await slack.transcript(im, threadTs)).toContain('you said slow'));
    expect(await slack.title(im, threadTs)).toBe('A slow job');
    expect(await slack.prompts(im, threadTs)).toMatchObject({ title: 'Try' });
    expect((await slack.calls('assistant.threads.setStatus')).map(({ args }) => args.status)).toContain('reading');
  });

  it('runs a shortcut on a message of an alert bot', async () => {
    const ran: unknown[] = [];
    app.shortcut('why_failed', async ({ ack, shortcut }) => {
      await ack();
      if (shortcut.type === 'message_action') ran.push(shortcut.message.text, shortcut.message.bot_id);
    });
    await app.start();
    const alert = await slack.say({ channel: channel.id, user: 'U0ALERTS', botId: 'B0ALERTS', text: 'job failed' });
    const ack = await slack.shortcut({ channel: channel.id, ts: alert.ts, user: ann.id, callbackId: 'why_failed' });
    expect([ack.state, ran]).toEqual(['acknowledged', ['job failed', 'B0ALERTS']]);
  });

  it('sends again what was not acknowledged when the sockets fell, with the same event and a count', async () => {
    const seen: [unknown, unknown][] = [];
    app.use(async ({ context, body, next }) => {
      if ('event_id' in body) seen.push([body.event_id, context.retryNum]);
      await next();
    });
    await app.start();
    await slack.dropSockets();
    await soon(async () => expect(await slack.connections()).toBe(0));
    const asked = await slack.say({ channel: channel.id, user: ann.id, text: 'hello' });
    await soon(async () => expect(await slack.connections()).toBe(1));
    await slack.idle();
    const [delivery] = (await slack.deliveries()).filter(({ ts }) => ts === asked.ts);
    expect(delivery?.attempts.map(({ outcome }) => outcome)).toContain('no_connection');
    expect(delivery?.state).toBe('acknowledged');
    expect(seen).toEqual([[delivery?.id, (delivery?.attempts.length ?? 0) - 1]]);
  });

  it('gives each event to one of several connections, and goes on when one is asked to leave', async () => {
    const seen: string[] = [];
    const second = boltApp();
    for (const [name, one] of [
      ['first', app],
      ['second', second],
    ] as const) {
      one.message(async () => void seen.push(name));
      await one.start();
    }
    expect(await slack.connections()).toBe(2);
    for (let at = 0; at < 6; at += 1) await slack.say({ channel: channel.id, user: ann.id, text: `m${at}` });
    await slack.idle();
    await soon(() => expect(seen.sort()).toEqual(['first', 'first', 'first', 'second', 'second', 'second']));
    await slack.disconnectSockets('refresh_requested', 1);
    expect(await slack.connections()).toBe(1);
    const later = await slack.say({ channel: channel.id, user: ann.id, text: 'later' });
    await slack.idle();
    expect((await slack.deliveries()).find(({ ts }) => ts === later.ts)?.state).toBe('acknowledged');
    await soon(async () => expect(await slack.connections()).toBe(2));
  });
});
