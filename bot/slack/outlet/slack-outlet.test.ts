import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Place } from '../../cases/place.ts';
import type { Posts } from '../../cases/posts/posts.ts';
import { type FakeSlack, startFakeSlack } from '../fake-slack/fake-slack.ts';
import type { Fault } from '../fake-slack/faults.ts';
import { cardOf, fastClock, keptLog, postsInStore } from './outlet-fixture.ts';
import { slackOutlet } from './slack-outlet.ts';
import { CannotPost, SlackRefusal } from './slack-refusal.ts';
import { webClientOptions } from './web-client-options.ts';

const never = new AbortController().signal;
let slack: FakeSlack;
let store: Awaited<ReturnType<typeof postsInStore>>;
let posts: Posts;
let log = keptLog();
let outlet: ReturnType<typeof slackOutlet>;
let thread: Place;
let other: Place;
let user: string;

/** A new process: it knows only what the posts know. */
function start() {
  return slackOutlet({ client: client(), posts, log, clock: fastClock() });
}
const client = () => new WebClient(slack.botToken, webClientOptions(slack.apiUrl));

beforeEach(async () => {
  slack = await startFakeSlack();
  store = await postsInStore();
  posts = store.posts;
  log = keptLog();
  outlet = start();
  user = (await slack.addUser({ name: 'ann' })).id;
  thread = await place('help');
  other = await place('other');
});
afterEach(async () => {
  expect(log.lines.join('\n')).not.toMatch(/xoxb|secret words/);
  await Promise.all([slack.close(), store.discard()]);
});

async function place(name: string): Promise<Place> {
  const channel = (await slack.addChannel({ name })).id;
  const asked = await slack.say({ channel, user, text: 'why did it fail?' });
  return { team: slack.teamId, channel, threadTs: asked.ts };
}
const own = async ({ channel } = thread) =>
  (await slack.messages(channel)).filter((message) => message.user === slack.botUserId);
const texts = async (at = thread) => (await own(at)).map(({ text }) => text);
const called = async (method: string) => await slack.calls(method);
const trouble = async (method: string, what: Fault['do'], times = 1) =>
  await slack.addFault({ method, do: what, times });

describe('put', () => {
  it('posts the first time, edits from then on, and leaves what is equal', async () => {
    expect(await outlet.put('case_1 a', thread, cardOf('looking'), never)).toEqual(thread);
    await outlet.put('case_1 a', thread, cardOf('secret words'), never);
    await outlet.put('case_1 a', thread, cardOf('secret words'), never);
    expect(await own()).toMatchObject([
      {
        thread_ts: thread.threadTs,
        text: 'secret words',
        edits: 1,
        metadata: { event_type: 'wherefore_post', event_payload: { key: 'case_1 a' } },
      },
    ]);
    expect((await called('chat.postMessage'))[0]?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
  });

  it('gives the thread that hangs on a message of its own', async () => {
    const at = await outlet.put('k', { ...thread, threadTs: null }, cardOf('for the team'), never);
    expect(at.threadTs).toBe((await own())[0]?.ts);
    expect((await own())[0]?.thread_ts).toBeUndefined();
  });

  it.each<Fault['do']>([{ what: 'lose_answer' }, { what: 'status', status: 502 }, { what: 'reset' }])(
    '%j: one message, looked for before it is posted again',
    async (what) => {
      await trouble('chat.postMessage', what);
      await outlet.put('k', thread, cardOf('answer'), never);
      expect(await texts()).toEqual(['answer']);
      expect((await called('conversations.replies')).length).toBeGreaterThan(0);
      expect((await called('conversations.replies'))[0]?.args.include_all_metadata).toBe('true');
      expect(await called('chat.postMessage')).toHaveLength(what.what === 'lose_answer' ? 1 : 2);
    },
  );

  it('finds its message of a process that was killed before it noted it', async () => {
    const note = posts.note;
    posts.note = () => Promise.reject(new Error('killed'));
    await expect(outlet.put('k', thread, cardOf('first card'), never)).rejects.toThrow('killed');
    posts.note = note;
    await start().put('k', thread, cardOf('answer'), never);
    expect(await texts()).toEqual(['answer']);
    expect(await called('chat.postMessage')).toHaveLength(1);
  });

  it('finds a root message in the history of its channel', async () => {
    const root = { ...thread, threadTs: null };
    await trouble('chat.postMessage', { what: 'lose_answer' });
    await outlet.put('k', root, cardOf('hand-off'), never);
    expect(await texts()).toEqual(['hand-off']);
    expect((await called('conversations.history'))[0]?.args.oldest).toMatch(/^\d+\.\d{6}$/);
  });

  it('posts what was intended by a killed process and never sent', async () => {
    await posts.intend('k', thread);
    await start().put('k', thread, cardOf('answer'), never);
    expect(await texts()).toEqual(['answer']);
    expect(await called('conversations.replies')).toHaveLength(1);
  });

  it('lets the final card through a storm of progress, dropping what is between', async () => {
    const storm = Array.from({ length: 300 }, (_, at) =>
      outlet.put('k', thread, cardOf(`step ${at}`), never, 'progress'),
    );
    const final = outlet.put('k', thread, cardOf('final'), never);
    await Promise.all([...storm, final]);
    expect(await texts()).toEqual(['final']);
    expect((await called('chat.update')).length).toBeLessThan(10);
  });

  it('waits as long as Slack asks, for that channel alone', async () => {
    await trouble('chat.postMessage', { what: 'ratelimited', retryAfterSeconds: 60 });
    const slow = outlet.put('k1', thread, cardOf('slow'), never);
    await expect.poll(async () => (await called('chat.postMessage')).length).toBe(1);
    await outlet.put('k2', other, cardOf('quick'), never);
    expect([await texts(other), await texts()]).toEqual([['quick'], []]);
    await slow;
    const [first, , last] = await called('chat.postMessage');
    expect((last?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(550);
    expect(await texts()).toEqual(['slow']);
  });

  it('posts anew once what somebody deleted, for an answer; not for progress', async () => {
    await outlet.put('k', thread, cardOf('first'), never);
    await client().chat.delete({ channel: thread.channel, ts: (await own())[0]?.ts ?? '' });
    await outlet.put('k', thread, cardOf('step'), never, 'progress');
    expect(await texts()).toEqual([]);
    await outlet.put('k', thread, cardOf('final'), never);
    await outlet.put('k', thread, cardOf('final, edited'), never);
    expect(await texts()).toEqual(['final, edited']);
  });

  it('posts anew what is closed to edits, and does not take the old one for the new', async () => {
    await outlet.put('k', thread, cardOf('first'), never);
    await trouble('chat.update', { what: 'refuse', error: 'edit_window_closed' });
    await outlet.put('k', thread, cardOf('final'), never);
    expect(await texts()).toEqual(['first', 'final']);
  });

  it('sends the text alone when Slack does not take the blocks, and logs where', async () => {
    const card = { ...cardOf(`secret words ${'x'.repeat(3000)}`), text: 'answer' };
    await outlet.put('k', thread, card, never);
    expect(await own()).toMatchObject([{ text: 'answer' }]);
    expect((await own())[0]?.blocks).toBeUndefined();
    await outlet.put('k', thread, { ...card, text: 'another' }, never);
    expect(await texts()).toEqual(['another']);
    expect(log.lines.join()).toContain('/blocks/0/text');
  });

  it.each(['msg_blocks_too_long', 'msg_too_long'])('%s: the text alone', async (error) => {
    await trouble('chat.postMessage', { what: 'refuse', error });
    await outlet.put('k', thread, cardOf('answer'), never);
    expect(await own()).toMatchObject([{ text: 'answer' }]);
    expect((await own())[0]?.blocks).toBeUndefined();
  });

  it('waits for a picture that is not ready', async () => {
    const begun = await client().files.getUploadURLExternal({ filename: 'ledger.png', length: 3 });
    const picture = { type: 'image', slack_file: { id: begun.file_id }, alt_text: 'ledger' };
    const put = outlet.put('k', thread, { text: 'answer', blocks: [...cardOf('answer').blocks, picture] }, never);
    await expect.poll(async () => (await called('chat.postMessage')).length).toBeGreaterThan(0);
    await fetch(begun.upload_url ?? '', { method: 'POST', body: 'png' });
    await client().files.completeUploadExternal({ files: [{ id: begun.file_id ?? '' }] });
    await put;
    expect((await own())[0]?.blocks).toHaveLength(2);
  });

  it('shows the rest when a picture does not come', async () => {
    const picture = { type: 'image', slack_file: { id: 'F0NOWHERE' }, alt_text: 'ledger' };
    await outlet.put('k', thread, { text: 'answer', blocks: [...cardOf('answer').blocks, picture] }, never);
    expect((await own())[0]?.blocks).toMatchObject(cardOf('answer').blocks);
  });

  it('takes the direct message where the channel was closed meanwhile', async () => {
    await outlet.put('k', thread, cardOf('first'), never);
    await trouble('chat.update', { what: 'refuse', error: 'is_archived' });
    await expect(outlet.put('k', thread, cardOf('final'), never)).rejects.toThrow(CannotPost);
    const direct = await outlet.directPlace(slack.teamId, user, never);
    await outlet.put('k', direct, cardOf('final'), never);
    await outlet.put('k', direct, cardOf('final, edited'), never);
    expect(await texts(direct)).toEqual(['final, edited']);
  });

  it.each(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'])(
    '%s: says that it cannot post there',
    async (code) => {
      await trouble('chat.postMessage', { what: 'refuse', error: code });
      await expect(outlet.put('k', thread, cardOf('x'), never)).rejects.toThrow(CannotPost);
    },
  );

  it('tells other refusals as such, and goes on with the next card', async () => {
    await trouble('chat.postMessage', { what: 'refuse', error: 'token_revoked' });
    await expect(outlet.put('k', thread, cardOf('x'), never)).rejects.toThrow(SlackRefusal);
    await outlet.put('k', thread, cardOf('y'), never);
    expect(await texts()).toEqual(['y']);
  });

  it('gives up when the signal ends, and not before', async () => {
    await trouble('chat.postMessage', { what: 'status', status: 503 }, Number.POSITIVE_INFINITY);
    const stop = new AbortController();
    const put = outlet.put('k', thread, cardOf('x'), stop.signal);
    await expect.poll(async () => (await called('chat.postMessage')).length).toBeGreaterThan(4);
    stop.abort(new Error('the bot stops'));
    await expect(put).rejects.toThrow('the bot stops');
  });
});

describe('put in a rough sea', () => {
  it.each([1, 2])(
    'one message for each key, with the last card, through faults and restarts (seed %i)',
    async (seed) => {
      await slack.close();
      slack = await startFakeSlack({ seed });
      user = (await slack.addUser({ name: 'ann' })).id;
      thread = await place('help');
      const faults: Fault['do'][] = [{ what: 'lose_answer' }, { what: 'status', status: 503 }, { what: 'reset' }];
      const limit: Fault['do'] = { what: 'ratelimited', retryAfterSeconds: 2 };
      for (const what of [...faults, limit]) {
        for (const method of ['chat.postMessage', 'chat.update', 'conversations.replies']) {
          await slack.addFault({ method, do: what, chance: 0.15, times: 1000 });
        }
      }
      const keys = Array.from({ length: 12 }, (_, at) => `case_${at}`);
      for (let life = 0; life < 3; life += 1) {
        const killed = new AbortController();
        const process = slackOutlet({ client: client(), posts: await store.again(), log, clock: fastClock() });
        const puts = keys.map((key) => process.put(key, thread, cardOf(`life ${life}`), killed.signal, 'answer'));
        await Promise.race([Promise.allSettled(puts), new Promise((resolve) => setTimeout(resolve, 40))]);
        killed.abort();
        await Promise.allSettled(puts);
        // What was on its way to Slack when the process was killed still arrives, and sooner than a new process starts.
        await new Promise((resolve) => setTimeout(resolve, 250));
        await expect
          .poll(async () => (await slack.calls()).every(({ tookMs, fault }) => tookMs !== null || fault !== null))
          .toBe(true);
      }
      const last = slackOutlet({ client: client(), posts: await store.again(), log, clock: fastClock() });
      await Promise.all(keys.map((key) => last.put(key, thread, cardOf(`answer to ${key}`), never)));
      expect((await texts()).sort()).toEqual(keys.map((key) => `answer to ${key}`).sort());
    },
  );
});

describe('remove', () => {
  it('takes away what stands, also of a killed process, and nothing is posted under its key afterwards', async () => {
    await outlet.put('progress', thread, cardOf('reading'), never);
    await outlet.remove('progress', thread, never);
    await outlet.put('progress', thread, cardOf('still reading'), never);
    await start().put('progress', thread, cardOf('still reading'), never);
    expect(await texts()).toEqual([]);
    const note = posts.note;
    posts.note = () => Promise.reject(new Error('killed'));
    await expect(outlet.put('k', thread, cardOf('in the queue'), never)).rejects.toThrow('killed');
    posts.note = note;
    expect(await texts()).toEqual(['in the queue']);
    await start().remove('k', thread, never);
    await start().put('k', thread, cardOf('late'), never);
    expect(await texts()).toEqual([]);
  });
});

describe('whisper', () => {
  it('shows once for each key, also in another process', async () => {
    await outlet.whisper('k', thread, user, cardOf('for you'), never);
    await outlet.whisper('k', thread, user, cardOf('for you'), never);
    await start().whisper('k', thread, user, cardOf('for you'), never);
    expect((await called('chat.postEphemeral')).map(({ args }) => args.user)).toEqual([user]);
    expect(await own()).toMatchObject([{ text: 'for you', ephemeralTo: user }]);
  });

  it('shows again when it cannot know: the person must not lose the answer', async () => {
    await trouble('chat.postEphemeral', { what: 'lose_answer' });
    await outlet.whisper('k', thread, user, cardOf('for you'), never);
    expect(await called('chat.postEphemeral')).toHaveLength(2);
  });
});

describe('files', () => {
  const file = { name: 'ledger.png', title: 'Ledger', alt: 'a chart', content: Buffer.from('not really a picture') };

  it('uploads once for each key and content', async () => {
    const ids = await Promise.all([outlet.upload('k', file, never), outlet.upload('k', file, never)]);
    expect(await start().upload('k', file, never)).toBe(ids[0]);
    expect(ids[0]).toBe(ids[1]);
    expect(await called('upload')).toHaveLength(1);
    expect(await outlet.upload('k', { ...file, content: Buffer.from('another') }, never)).not.toBe(ids[0]);
  });

  it('uploads anew what nobody has seen when the last step was lost', async () => {
    await trouble('files.completeUploadExternal', { what: 'lose_answer' });
    const id = await outlet.upload('k', file, never);
    expect(Buffer.from((await slack.fileContent(id)) ?? '', 'base64')).toEqual(file.content);
    await trouble('upload', { what: 'status', status: 500 });
    expect(await outlet.upload('k2', file, never)).toMatch(/^F/);
  });

  it('hangs a file once, whatever was lost', async () => {
    await trouble('files.completeUploadExternal', { what: 'lose_answer' });
    await outlet.attach('k', thread, file, never);
    await start().attach('k', thread, file, never);
    expect((await own()).map(({ files }) => files?.length)).toEqual([1]);
  });
});

describe('directPlace and status', () => {
  it('opens a direct conversation once', async () => {
    const direct = await outlet.directPlace(slack.teamId, user, never);
    expect(direct).toEqual({ team: slack.teamId, channel: expect.stringMatching(/^D/), threadTs: null });
    expect(await outlet.directPlace(slack.teamId, user, never)).toEqual(direct);
    expect(await called('conversations.open')).toHaveLength(1);
  });

  it('shows what it is doing, never throws, and does not ask again for what it may not do', async () => {
    await outlet.status(thread, 'reading the driver log');
    await outlet.status(thread, null);
    await trouble('assistant.threads.setStatus', { what: 'refuse', error: 'missing_scope' });
    await outlet.status(thread, 'x');
    await outlet.status(thread, 'y');
    const said = (await called('assistant.threads.setStatus')).map(({ args }) => args.status);
    // What is refused is counted without its arguments.
    expect(said).toEqual(['reading the driver log', '', undefined]);
  });
});
