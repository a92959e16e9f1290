import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Place } from '../../cases/place.ts';
import { type FakeSlack, startFakeSlack } from '../fake-slack/fake-slack.ts';
import { streamMark } from './find-own-message.ts';
import { cardOf, fastClock, keptLog, postsInMemory } from './outlet-fixture.ts';
import type { ProgressStep } from './progress.ts';
import { slackOutlet } from './slack-outlet.ts';
import { openProgress } from './streamed-progress.ts';
import { webClientOptions } from './web-client-options.ts';

const signal = new AbortController().signal;
let slack: FakeSlack;
let posts = postsInMemory();
let direct: Place;
let channel: Place;
let user: string;

beforeEach(async () => {
  slack = await startFakeSlack();
  posts = postsInMemory();
  user = (await slack.addUser({ name: 'ann' })).id;
  const im = await slack.openDirect([user]);
  const room = await slack.addChannel({ name: 'help' });
  const asked = await slack.say({ channel: im.id, user, text: 'why?' });
  const inRoom = await slack.say({ channel: room.id, user, text: 'why?' });
  direct = { team: slack.teamId, channel: im.id, threadTs: asked.ts };
  channel = { team: slack.teamId, channel: room.id, threadTs: inRoom.ts };
});
afterEach(() => slack.close());

/** A new process: it knows only what the posts know. */
function start(place = direct) {
  const client = new WebClient(slack.botToken, webClientOptions(slack.apiUrl));
  const log = keptLog();
  const outlet = slackOutlet({ client, posts, log, clock: fastClock() });
  const draw = (steps: readonly ProgressStep[]) =>
    cardOf(steps.map(({ title, state }) => `${title} ${state}`).join(', '));
  const progress = openProgress({ outlet, posts, log, draw }, { place, user, key: 'k', language: 'en', signal });
  return { progress, outlet, log };
}
const own = async (place = direct) =>
  (await slack.messages(place.channel)).filter((message) => message.user === slack.botUserId);
const called = async (method: string) => await slack.calls(method);

it('streams steps and ends with the card, in one message with our metadata', async () => {
  const { progress, outlet } = start();
  progress.step('logs', 'reading the driver log', 'in_progress');
  progress.certain(['executor 3 was lost']);
  progress.step('logs', 'reading the driver log', 'complete');
  await expect.poll(async () => (await own())[0]?.stream?.chunks.length).toBe(2);
  progress.step('nodes', 'reading the kernel log', 'in_progress');
  await expect.poll(async () => (await own())[0]?.stream?.chunks.length).toBe(3);
  expect(await progress.finish(cardOf('the cause'))).toEqual(direct);
  const [message, ...more] = await own();
  expect(more).toEqual([]);
  expect(message?.stream?.open).toBe(false);
  expect(message?.blocks).toMatchObject(cardOf('the cause').blocks);
  expect(message?.metadata?.event_payload).toEqual({ key: 'k' });
  const tasks = message?.stream?.chunks.filter((chunk) => chunk.type === 'task_update');
  expect(tasks?.map(({ title, status }) => [title, status])).toEqual([
    ['reading the driver log', 'complete'],
    ['reading the kernel log', 'complete'],
  ]);
  await outlet.put('k', direct, cardOf('the cause, checked again'), signal);
  expect(await own()).toMatchObject([{ text: 'the cause, checked again' }]);
});

it('writes one stream, however many steps come at once', async () => {
  const { progress } = start();
  for (let at = 0; at < 200; at += 1) progress.step(`s${at % 5}`, `step ${at}`, 'in_progress');
  await expect.poll(async () => (await own()).length).toBe(1);
  await progress.finish(cardOf('done'));
  expect(await called('chat.startStream')).toHaveLength(1);
  expect((await called('chat.appendStream')).length).toBeLessThan(5);
});

it('beats while nothing happens, so that the stream stays open', async () => {
  const { progress } = start();
  progress.step('s', 'a long look', 'in_progress');
  await expect.poll(async () => (await called('chat.appendStream')).length, { timeout: 2000 }).toBeGreaterThan(1);
  await progress.finish(cardOf('done'));
});

it('edits in channels', async () => {
  const { progress } = start(channel);
  progress.step('s', 'reading', 'in_progress');
  await expect.poll(async () => (await own(channel))[0]?.text).toBe('reading in_progress');
  await progress.finish(cardOf('done'));
  expect(await own(channel)).toMatchObject([{ text: 'done' }]);
  expect(await called('chat.startStream')).toEqual([]);
});

it.each(['missing_scope', 'unknown_method', 'method_not_supported_for_channel_type', 'not_allowed_token_type'])(
  'edits where a stream cannot start: %s',
  async (error) => {
    await slack.addFault({ method: 'chat.startStream', do: { what: 'refuse', error } });
    const { progress } = start();
    progress.step('s', 'reading', 'in_progress');
    await expect.poll(async () => (await own())[0]?.text).toBe('reading in_progress');
    await progress.finish(cardOf('done'));
    expect(await own()).toMatchObject([{ text: 'done' }]);
  },
);

it.each(['message_not_in_streaming_state', 'stopped_by_user', 'streaming_state_conflict'])(
  'goes on editing its message when the stream is over: %s',
  async (error) => {
    const { progress } = start();
    progress.step('s', 'reading', 'in_progress');
    await expect.poll(async () => (await own()).length).toBe(1);
    await slack.addFault({ method: 'chat.appendStream', do: { what: 'refuse', error } });
    progress.step('s', 'reading', 'complete');
    await expect.poll(async () => (await own())[0]?.text).toBe('reading complete');
    await progress.finish(cardOf('done'));
    expect(await own()).toMatchObject([{ text: 'done' }]);
  },
);

it('puts the final card by an edit when the person stopped the stream', async () => {
  const { progress } = start();
  progress.step('s', 'reading', 'in_progress');
  await expect.poll(async () => (await own()).length).toBe(1);
  await slack.stopStream({ channel: direct.channel, ts: (await own())[0]?.ts ?? '', user });
  await progress.finish(cardOf('done'));
  expect(await own()).toMatchObject([{ text: 'done' }]);
});

it('keeps to one message when the answer to the start was lost', async () => {
  await slack.addFault({ method: 'chat.startStream', do: { what: 'lose_answer' } });
  const { progress } = start();
  progress.step('s', 'reading', 'in_progress');
  await expect.poll(async () => (await own())[0]?.text).toBe('reading in_progress');
  await progress.finish(cardOf('done'));
  expect(await own()).toMatchObject([{ text: 'done' }]);
});

it('takes up the stream of a process that was killed, noted or not', async () => {
  for (const noted of [true, false]) {
    posts = postsInMemory();
    const chunks = [{ type: 'task_update', id: `${streamMark('k')}-s`, title: 'reading', status: 'in_progress' }];
    const client = new WebClient(slack.botToken, webClientOptions(slack.apiUrl));
    await posts.intend('k', direct);
    const args = { channel: direct.channel, thread_ts: direct.threadTs, chunks };
    const said = (await client.apiCall('chat.startStream', args)) as { ts?: string };
    if (noted) await posts.note('k', direct, 'streaming', String(said.ts));
    const before = (await own()).length;
    const { progress } = start();
    progress.step('s', 'reading again', 'in_progress');
    await expect.poll(async () => (await own()).at(-1)?.text).toBe('reading again in_progress');
    await progress.finish(cardOf('done'));
    expect((await own()).length).toBe(before);
    expect((await own()).at(-1)).toMatchObject({ text: 'done', ts: said.ts });
  }
});

it('does not let the answer wait for progress that Slack holds back', async () => {
  const { progress } = start();
  progress.step('s', 'reading', 'in_progress');
  await expect.poll(async () => (await own()).length).toBe(1);
  await slack.addFault({ method: 'chat.appendStream', do: { what: 'ratelimited', retryAfterSeconds: 600 }, times: 9 });
  progress.step('t', 'reading more', 'in_progress');
  await expect.poll(async () => (await called('chat.appendStream')).length).toBe(1);
  const before = performance.now();
  await progress.finish(cardOf('done'));
  expect(performance.now() - before).toBeLessThan(1000);
  expect((await own())[0]?.blocks).toMatchObject(cardOf('done').blocks);
});

it('shows what broke off, and a later answer takes the same message', async () => {
  const { progress, outlet } = start();
  progress.step('s', 'reading', 'in_progress');
  await expect.poll(async () => (await own()).length).toBe(1);
  await progress.fail();
  expect((await own())[0]?.stream).toMatchObject({ open: false, chunks: [{ status: 'error' }] });
  await outlet.put('k', direct, cardOf('done after all'), signal);
  expect(await own()).toMatchObject([{ text: 'done after all' }]);
});

it('puts the card alone where nothing was shown before', async () => {
  await start().progress.finish(cardOf('at once'));
  expect(await own()).toMatchObject([{ text: 'at once' }]);
});
