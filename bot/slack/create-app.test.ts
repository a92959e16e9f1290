import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSlackApp } from './create-app.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack/fake-slack.ts';
import type { FakeChannel, FakeUser } from './fake-slack/world.ts';
import { memoryInbox } from './receivers/memory-inbox-fixture.ts';
import { readableLog, type StartedApp, settingsOn, startOn } from './slack-fixture.ts';
import { TokenRefused } from './who-am-i.ts';

let slack: FakeSlack;
let ann: FakeUser;
let data: FakeChannel;
const started: StartedApp[] = [];

beforeEach(async () => {
  slack = await startFakeSlack({ retryDelaysMs: [30, 60, 90], ackTimeoutMs: 600 });
  ann = await slack.addUser({ name: 'ann' });
  data = await slack.addChannel({ name: 'data' });
});
afterEach(async () => {
  for (const { app } of started.splice(0)) await app.stop();
  await slack.close();
});

async function start(kind: 'socket' | 'http', more: Parameters<typeof startOn>[2] = {}): Promise<StartedApp> {
  const made = await startOn(slack, kind, more);
  started.push(made);
  return made;
}
const mention = (text = 'why did it fail?', threadTs?: string) =>
  slack.say({
    channel: data.id,
    user: ann.id,
    text: `<@${slack.botUserId}> ${text}`,
    ...(threadTs === undefined ? {} : { threadTs }),
  });

describe.each(['socket', 'http'] as const)('the way in by %s', (kind) => {
  it('stores a mention once, before it is acknowledged, though two events tell of it', async () => {
    const { inbox, app, told } = await start(kind);
    expect(app.self).toMatchObject({ team: slack.teamId, botUserId: slack.botUserId, botId: slack.botId });
    expect(app.connected()).toBe(true);
    inbox.slowMs = 60;
    const asked = await mention();
    await slack.idle();
    expect([...inbox.kept.values()]).toMatchObject([
      { way: 'mention', user: ann.id, text: 'why did it fail?', place: { channel: data.id, threadTs: asked.ts } },
    ]);
    expect(told).toHaveLength(1);
    const sent = (await slack.deliveries()).filter(({ ts }) => ts === asked.ts);
    expect(sent.map(({ what, state }) => [what, state])).toEqual([
      ['message', 'acknowledged'],
      ['app_mention', 'acknowledged'],
    ]);
  });

  it('acknowledges nothing that could not be stored; Slack delivers it again', async () => {
    const { inbox, log } = await start(kind);
    inbox.down = true;
    const asked = await mention();
    await vi.waitFor(() => expect(log.lines.filter((line) => line.startsWith('error')).length).toBeGreaterThan(1));
    expect((await slack.deliveries()).some(({ state }) => state === 'acknowledged')).toBe(false);
    inbox.down = false;
    await slack.idle();
    expect([...inbox.kept.values()].map(({ order }) => order)).toEqual([asked.ts]);
    const sent = await slack.deliveries();
    expect(sent.every(({ state, attempts }) => state === 'acknowledged' && attempts.length > 1)).toBe(true);
    expect(log.lines.join('\n')).toContain('the disk is full');
  });

  it('keeps redelivered and reordered events once', async () => {
    const { inbox } = await start(kind);
    await slack.setTrouble({ duplicate: 1, delay: 0.5, delayMs: 50 });
    for (let count = 0; count < 5; count++) await mention(`why did job_${count} fail?`);
    await slack.idle();
    expect([...inbox.kept.values()].map(({ text }) => text).sort()).toEqual(
      [0, 1, 2, 3, 4].map((count) => `why did job_${count} fail?`),
    );
  });

  it('stores what is said in its threads, and no other talk', async () => {
    const { inbox } = await start(kind);
    const asked = await mention();
    await slack.idle();
    await slack.say({ channel: data.id, user: ann.id, text: 'what if I double the memory?', threadTs: asked.ts });
    const other = await slack.say({ channel: data.id, user: ann.id, text: 'lunch?' });
    await slack.say({ channel: data.id, user: ann.id, text: 'yes', threadTs: other.ts });
    await slack.idle();
    expect([...inbox.kept.values()].map(({ way, text }) => [way, text])).toEqual([
      ['mention', 'why did it fail?'],
      ['follow_up', 'what if I double the memory?'],
    ]);
    expect((await slack.deliveries()).every(({ state }) => state === 'acknowledged')).toBe(true);
  });

  it('answers the slash command at once, in its language, and keeps it', async () => {
    const { inbox } = await start(kind);
    const asked = (text: string) => slack.slashCommand({ channel: data.id, user: ann.id, command: '/why', text });
    expect((await asked('为什么作业失败了')).answer).toMatchObject({ response_type: 'ephemeral', text: /正在查/ });
    expect((await asked('why is it slow')).answer?.text).toContain('Looking into it');
    expect((await asked('help')).answer?.blocks).toBeInstanceOf(Array);
    await asked('escalate case_0123456789');
    expect([...inbox.kept.values()].map(({ way, action }) => [way, action?.name ?? null])).toEqual([
      ['command', null],
      ['command', null],
      ['command', 'support'],
    ]);
  });

  it('tells the person where a command could not be stored: it is not acknowledged', async () => {
    const { inbox } = await start(kind);
    inbox.down = true;
    const asked = await slack.slashCommand({ channel: data.id, user: ann.id, command: '/why', text: 'is it slow' });
    expect(asked.state).toBe('lost');
    expect(asked.answer).toBeNull();
  });

  it('opens the form behind a button within its three seconds, and keeps what is sent with it', async () => {
    const { inbox, app } = await start(kind);
    const value = 'case_0123456789 inv_0123456789';
    const posted = await app.client.chat.postMessage({
      channel: data.id,
      text: 'the answer stands here',
      blocks: [
        {
          type: 'actions',
          elements: ['resolve', 'not_helpful', 'support'].map((name) => ({
            type: 'button' as const,
            action_id: `wherefore:${name}`,
            text: { type: 'plain_text' as const, text: name },
            value,
          })),
        },
      ],
    });
    const press = (name: string) =>
      slack.press({ channel: data.id, ts: posted.ts ?? '', actionId: `wherefore:${name}`, user: ann.id });
    expect((await press('resolve')).state).toBe('acknowledged');
    await vi.waitFor(async () => expect(await slack.views(ann.id)).toHaveLength(1));
    expect(inbox.kept.size).toBe(0);
    const [view] = await slack.views(ann.id);
    const sent = await slack.submitView({
      viewId: view?.id ?? '',
      user: ann.id,
      values: { fixedBy: 'raised the limit' },
    });
    expect(sent.state).toBe('acknowledged');
    await press('support');
    await press('not_helpful');
    expect([...inbox.kept.values()].map(({ way, action }) => [way, action?.name, action?.input])).toEqual([
      ['form', 'resolve', { fixedBy: 'raised the limit' }],
      ['button', 'support', {}],
      ['button', 'not_helpful', {}],
    ]);
    expect([...inbox.kept.values()][0]).toMatchObject({
      place: { channel: data.id, threadTs: posted.ts },
      action: { caseId: 'case_0123456789', diagnosis: 'inv_0123456789', messageTs: posted.ts },
    });
  });

  it('takes the shortcut on an alert bot’s message, and tells where it is switched off', async () => {
    const { inbox } = await start(kind, {
      channels: { otherwise: { answers: 'mention', bots: [] }, channels: { [data.id]: { answers: 'off', bots: [] } } },
    });
    const alerts = await slack.addChannel({ name: 'alerts' });
    const bot = await slack.addUser({ name: 'grafana', isBot: true });
    const attachments = [{ fallback: 'x', title: 'DAG failed', text: 'application_1700000000000_0042' }];
    const run = async (channel: FakeChannel) => {
      const alert = await slack.say({ channel: channel.id, user: bot.id, botId: 'BGRAF', text: '', attachments });
      return await slack.shortcut({ channel: channel.id, ts: alert.ts, user: ann.id, callbackId: 'why_did_this_fail' });
    };
    expect((await run(alerts)).state).toBe('acknowledged');
    expect([...inbox.kept.values()]).toMatchObject([
      { way: 'shortcut', user: ann.id, text: 'DAG failed\napplication_1700000000000_0042' },
    ]);
    await run(data);
    await vi.waitFor(async () => expect(await slack.transcript(data.id)).toContain('switched off'));
    expect(inbox.kept.size).toBe(1);
  });

  it('offers questions in the assistant pane and titles it with the first one', async () => {
    const { inbox } = await start(kind);
    const pane = await slack.openAssistant(ann.id);
    await vi.waitFor(async () =>
      expect(JSON.stringify(await slack.prompts(pane.channel, pane.threadTs))).toContain('Why'),
    );
    await slack.say({ channel: pane.channel, user: ann.id, text: 'why did etl_daily fail?', threadTs: pane.threadTs });
    await vi.waitFor(async () =>
      expect(await slack.title(pane.channel, pane.threadTs)).toBe('why did etl_daily fail?'),
    );
    expect([...inbox.kept.values()].map(({ way }) => way)).toEqual(['assistant']);
  });
});

describe('createSlackApp', () => {
  it('says which token Slack does not take', async () => {
    const settings = { ...settingsOn(slack, 'socket'), botToken: 'xoxb-wrong' };
    const made = createSlackApp({
      settings,
      language: 'auto',
      inbox: memoryInbox(),
      routes: [],
      log: readableLog(),
      signal: new AbortController().signal,
    });
    await expect(made).rejects.toThrow(TokenRefused);
    await expect(made).rejects.toThrow(/^WHEREFORE_SLACK_BOT_TOKEN: .*invalid_auth/);
  });
});
