import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loopbackSlack } from './loopback-slack-fixture.ts';
import { cardOf, fastClock, keptLog, postsInMemory, THREAD } from './outlet-fixture.ts';
import { slackOutlet } from './slack-outlet.ts';
import { CannotPost, SlackRefusal } from './slack-refusal.ts';
import { webClientOptions } from './web-client-options.ts';

const TOKEN = 'xoxb-0000-test-token';
const never = new AbortController().signal;
let slack: Awaited<ReturnType<typeof loopbackSlack>>;
let posts = postsInMemory();
let log = keptLog();
let outlet: ReturnType<typeof slackOutlet>;

/** A new process: it knows only what the posts know. */
function start() {
  const client = new WebClient(TOKEN, webClientOptions(slack.apiUrl));
  return slackOutlet({ client, posts, log, clock: fastClock() });
}

beforeEach(async () => {
  slack = await loopbackSlack();
  posts = postsInMemory();
  log = keptLog();
  outlet = start();
});
afterEach(async () => {
  expect(log.lines.join('\n')).not.toMatch(/xoxb|secret words/);
  await slack.close();
});

const texts = () => slack.messages.map(({ text }) => text);

describe('put', () => {
  it('posts the first time, edits from then on, and leaves what is equal', async () => {
    expect(await outlet.put('case_1 a', THREAD, cardOf('looking'), never)).toEqual(THREAD);
    await outlet.put('case_1 a', THREAD, cardOf('secret words'), never);
    await outlet.put('case_1 a', THREAD, cardOf('secret words'), never);
    expect(slack.messages).toMatchObject([
      {
        channel: 'C1',
        thread_ts: THREAD.threadTs,
        text: 'secret words',
        edits: 1,
        metadata: { event_type: 'wherefore_post', event_payload: { key: 'case_1 a' } },
      },
    ]);
    expect(slack.called('chat.postMessage')[0]?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
  });

  it('gives the thread that hangs on a message of its own', async () => {
    const place = await outlet.put('k', { ...THREAD, threadTs: null }, cardOf('for the team'), never);
    expect(place.threadTs).toBe(slack.messages[0]?.ts);
    expect(slack.called('chat.postMessage')[0]?.args.thread_ts).toBeUndefined();
  });

  it.each(['lose_answer', { status: 502 }, 'reset'] as const)(
    '%j: one message, looked for before it is posted again',
    async (what) => {
      slack.trouble({ method: 'chat.postMessage', do: what });
      await outlet.put('k', THREAD, cardOf('answer'), never);
      expect(texts()).toEqual(['answer']);
      expect(slack.called('conversations.replies').length).toBeGreaterThan(0);
      expect(slack.called('conversations.replies')[0]?.args.include_all_metadata).toBe('true');
      expect(slack.called('chat.postMessage')).toHaveLength(what === 'lose_answer' ? 1 : 2);
    },
  );

  it('finds its message of a process that was killed before it noted it', async () => {
    const note = posts.note;
    posts.note = () => Promise.reject(new Error('killed'));
    await expect(outlet.put('k', THREAD, cardOf('first card'), never)).rejects.toThrow('killed');
    posts.note = note;
    await start().put('k', THREAD, cardOf('answer'), never);
    expect(texts()).toEqual(['answer']);
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it('finds a root message in the history of its channel', async () => {
    const place = { ...THREAD, threadTs: null };
    slack.trouble({ method: 'chat.postMessage', do: 'lose_answer' });
    await outlet.put('k', place, cardOf('hand-off'), never);
    expect(texts()).toEqual(['hand-off']);
    expect(slack.called('conversations.history')[0]?.args.oldest).toMatch(/^\d+\.\d{6}$/);
  });

  it('posts what was intended by a killed process and never sent', async () => {
    await posts.intend('k', THREAD);
    await start().put('k', THREAD, cardOf('answer'), never);
    expect(texts()).toEqual(['answer']);
    expect(slack.called('conversations.replies')).toHaveLength(1);
  });

  it('does not take a message of somebody else with our metadata for its own', async () => {
    await outlet.put('other', THREAD, cardOf('theirs'), never);
    const metadata = { event_type: 'wherefore_post', event_payload: { key: 'k' } };
    Object.assign(slack.messages[0] ?? {}, { user: 'UEVIL', bot_id: 'BEVIL', metadata });
    await posts.intend('k', THREAD);
    await start().put('k', THREAD, cardOf('answer'), never);
    expect(texts()).toEqual(['theirs', 'answer']);
  });

  it('lets the final card through a storm of progress, dropping what is between', async () => {
    const storm = Array.from({ length: 300 }, (_, at) =>
      outlet.put('k', THREAD, cardOf(`step ${at}`), never, 'progress'),
    );
    const final = outlet.put('k', THREAD, cardOf('final'), never);
    await Promise.all([...storm, final]);
    expect(texts()).toEqual(['final']);
    expect(slack.called('chat.update').length).toBeLessThan(10);
  });

  it('keeps calls for answers: progress of many threads does not use them up', async () => {
    const keys = Array.from({ length: 40 }, (_, at) => ({ key: `k${at}`, place: { ...THREAD, channel: `C${at}` } }));
    await Promise.all(keys.map(({ key, place }) => outlet.put(key, place, cardOf('first'), never)));
    const stop = new AbortController();
    const edits = keys.map(({ key, place }) => outlet.put(key, place, cardOf('step'), stop.signal, 'progress'));
    await expect.poll(() => slack.called('chat.update').length).toBeGreaterThan(10);
    const before = performance.now();
    await Promise.all(keys.map(({ key, place }) => outlet.put(key, place, cardOf('final'), never)));
    // 40 finals at 50 a minute would take 48 s of the clock if progress had used the allowance up; the clock runs 100 times as fast.
    expect(performance.now() - before).toBeLessThan(400);
    expect(new Set(texts())).toEqual(new Set(['final']));
    stop.abort();
    await Promise.allSettled(edits);
  });

  it('waits as long as Slack asks, for that channel alone', async () => {
    slack.trouble({ method: 'chat.postMessage', channel: 'C1', do: { retryAfterSeconds: 60 } });
    const slow = outlet.put('k1', THREAD, cardOf('slow'), never);
    await expect.poll(() => slack.calls.length).toBe(1);
    await outlet.put('k2', { ...THREAD, channel: 'C2' }, cardOf('quick'), never);
    expect(texts()).toEqual(['quick']);
    await slow;
    const [first, , last] = slack.called('chat.postMessage');
    expect((last?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(550);
    expect(texts()).toEqual(['quick', 'slow']);
  });

  it('posts anew once what somebody deleted, for an answer; not for progress', async () => {
    await outlet.put('k', THREAD, cardOf('first'), never);
    slack.messages.length = 0;
    await outlet.put('k', THREAD, cardOf('step'), never, 'progress');
    expect(texts()).toEqual([]);
    await outlet.put('k', THREAD, cardOf('final'), never);
    await outlet.put('k', THREAD, cardOf('final, edited'), never);
    expect(texts()).toEqual(['final, edited']);
  });

  it('posts anew what is closed to edits, and does not take the old one for the new', async () => {
    await outlet.put('k', THREAD, cardOf('first'), never);
    slack.trouble({ method: 'chat.update', do: { refuse: 'edit_window_closed' } });
    await outlet.put('k', THREAD, cardOf('final'), never);
    expect(texts()).toEqual(['first', 'final']);
  });

  it.each(['invalid_blocks', 'msg_blocks_too_long', 'msg_too_long'])(
    '%s: the text alone, and it is logged',
    async (code) => {
      const messages = ['[ERROR] must be less than 3001 characters: secret words [json-pointer:/blocks/0/text/text]'];
      slack.trouble({ method: 'chat.postMessage', do: { refuse: code, messages } });
      await outlet.put('k', THREAD, cardOf('answer'), never);
      expect(slack.messages).toMatchObject([{ text: 'answer', blocks: [] }]);
      expect(log.lines.join()).toContain('/blocks/0/text/text');
    },
  );

  it('waits for a picture, and shows the rest when it does not come', async () => {
    const picture = { type: 'image', slack_file: { id: 'F1' }, alt_text: 'ledger' };
    const card = { text: 'answer', blocks: [...cardOf('answer').blocks, picture] };
    const refusal = {
      refuse: 'invalid_blocks',
      messages: ['[ERROR] invalid slack file [json-pointer:/blocks/1/slack_file]'],
    };
    slack.trouble({ method: 'chat.postMessage', do: refusal, times: 2 });
    await outlet.put('soon', THREAD, card, never);
    expect(slack.messages[0]?.blocks).toHaveLength(2);
    slack.trouble({ method: 'chat.postMessage', do: refusal, times: 5 });
    await outlet.put('never', THREAD, card, never);
    expect(slack.messages[1]?.blocks).toEqual(cardOf('answer').blocks);
  });

  it.each(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'])(
    '%s: says that it cannot post there',
    async (code) => {
      slack.trouble({ method: 'chat.postMessage', do: { refuse: code } });
      await expect(outlet.put('k', THREAD, cardOf('x'), never)).rejects.toThrow(CannotPost);
    },
  );

  it('tells other refusals as such, and goes on with the next card', async () => {
    slack.trouble({ method: 'chat.postMessage', do: { refuse: 'token_revoked' } });
    await expect(outlet.put('k', THREAD, cardOf('x'), never)).rejects.toThrow(SlackRefusal);
    await outlet.put('k', THREAD, cardOf('y'), never);
    expect(texts()).toEqual(['y']);
  });

  it('gives up when the signal ends, and not before', async () => {
    slack.trouble({ method: 'chat.postMessage', do: { status: 503 }, times: Number.POSITIVE_INFINITY });
    const stop = new AbortController();
    const put = outlet.put('k', THREAD, cardOf('x'), stop.signal);
    await expect.poll(() => slack.called('chat.postMessage').length).toBeGreaterThan(4);
    stop.abort(new Error('the bot stops'));
    await expect(put).rejects.toThrow('the bot stops');
  });
});

describe('whisper', () => {
  it('shows once for each key, also in another process', async () => {
    await outlet.whisper('k', THREAD, 'U1', cardOf('for you'), never);
    await outlet.whisper('k', THREAD, 'U1', cardOf('for you'), never);
    await start().whisper('k', THREAD, 'U1', cardOf('for you'), never);
    expect(slack.called('chat.postEphemeral').map(({ args }) => args.user)).toEqual(['U1']);
  });

  it('shows again when it cannot know: the person must not lose the answer', async () => {
    slack.trouble({ method: 'chat.postEphemeral', do: 'lose_answer' });
    await outlet.whisper('k', THREAD, 'U1', cardOf('for you'), never);
    expect(slack.called('chat.postEphemeral')).toHaveLength(2);
  });
});

describe('files', () => {
  const file = { name: 'ledger.png', title: 'Ledger', alt: 'a chart', content: Buffer.from('not really a picture') };

  it('uploads once for each key and content', async () => {
    const ids = await Promise.all([outlet.upload('k', file, never), outlet.upload('k', file, never)]);
    expect(await start().upload('k', file, never)).toBe(ids[0]);
    expect(ids[0]).toBe(ids[1]);
    expect(slack.called('upload')).toHaveLength(1);
    expect(await outlet.upload('k', { ...file, content: Buffer.from('another') }, never)).not.toBe(ids[0]);
  });

  it('hangs a file once, whatever was lost', async () => {
    slack.trouble({ method: 'files.completeUploadExternal', do: 'lose_answer' });
    await outlet.attach('k', THREAD, file, never);
    await start().attach('k', THREAD, file, never);
    expect(slack.messages.map(({ files }) => files?.[0]?.name)).toEqual(['ledger.png']);
  });
});

describe('directPlace and status', () => {
  it('opens a direct conversation once', async () => {
    expect(await outlet.directPlace('T1', 'U7', never)).toEqual({ team: 'T1', channel: 'DU7', threadTs: null });
    await outlet.directPlace('T1', 'U7', never);
    expect(slack.called('conversations.open')).toHaveLength(1);
  });

  it('shows what it is doing, never throws, and does not ask again for what it may not do', async () => {
    await outlet.status(THREAD, 'reading the driver log');
    await outlet.status(THREAD, null);
    slack.trouble({ method: 'assistant.threads.setStatus', do: { refuse: 'missing_scope' } });
    await outlet.status(THREAD, 'x');
    await outlet.status(THREAD, 'y');
    const said = slack.called('assistant.threads.setStatus').map(({ args }) => args.status);
    expect(said).toEqual(['reading the driver log', '', 'x']);
  });
});
