import type { Language } from '../../../knowledge/bilingual.ts';
import type { Place } from '../../cases/place.ts';
import type { Posts } from '../../cases/posts/posts.ts';
import type { Card } from '../../render/slack/card.ts';
import type { Priority } from './call-budget.ts';
import { cardDigest } from './card-message.ts';
import { findOwnMessage, streamMark } from './find-own-message.ts';
import type { OutletLog } from './outlet-log.ts';
import type { Progress, ProgressStep } from './progress.ts';
import { metadataOf } from './put-message.ts';
import type { SlackOutlet } from './slack-outlet.ts';
import { SlackRefusal, UnsureOutcome } from './slack-refusal.ts';
import { type StreamChunk, streamWriting } from './stream-writing.ts';

/** What showing progress needs. */
export interface ProgressTools {
  outlet: SlackOutlet;
  posts: Posts;
  log: OutletLog;
  /** The card of progress, where it is edited instead of streamed. */
  draw(steps: readonly ProgressStep[], certain: readonly string[], language: Language): Card;
}

/** Whose progress, and where. */
export interface ProgressOf {
  place: Place;
  /** Who asks: a stream is shown to them as it comes. */
  user: string;
  /** The key of the message that the answer will stand in. */
  key: string;
  language: Language;
  signal: AbortSignal;
}

/** Slack cuts a stream that nothing is added to (vercel/chat issue 607), and every stream after five minutes (python-slack-sdk 1859). */
const HEARTBEAT_MS = 15_000;
/** More often than once a second nobody reads, and appending is limited to 100 calls a minute for all threads together. */
const BETWEEN_WRITES_MS = 1000;
/** Limits of a task's title are not written down: what is longer than a line is not read. */
const MAX_TITLE = 150;
const NOTED_AS_STREAM = 'streaming';

/**
 * Shows progress in one message: streamed in a direct message or the assistant's pane, edited everywhere else and wherever streaming does
 * not work (any more). One writer for each stream. The message is noted under the key as soon as it stands, so that `outlet.put` of that
 * key edits it, also after a crash; a stream whose start was lost is found by the ids of its tasks.
 */
export function openProgress(tools: ProgressTools, of: ProgressOf): Progress {
  const { outlet, posts, log } = tools;
  const { calls } = outlet;
  const { place, key, signal } = of;
  const mark = streamMark(key);
  const steps = new Map<string, ProgressStep>();
  const certain: string[] = [];
  let ts: string | null = null;
  let mode: 'unknown' | 'stream' | 'edit' = mayStream(of) ? 'unknown' : 'edit';

  const chunkOf = ({ id, title, state }: ProgressStep): StreamChunk => ({
    type: 'task_update',
    id: `${mark}-${id}`.slice(0, 100),
    title: title.slice(0, MAX_TITLE) || '…',
    status: state,
  });
  const call = (method: string, args: Record<string, unknown>, until: AbortSignal, priority: Priority) => ({
    method,
    args: { channel: place.channel, ...args },
    team: place.team,
    priority,
    signal: until,
  });

  const start = async (chunks: readonly StreamChunk[], until: AbortSignal) => {
    const known = await posts.intend(key, place);
    if (known.ts === null && known.intendedBefore) await findLost(until);
    else if (known.ts === null) {
      const recipients = { recipient_team_id: place.team, recipient_user_id: of.user };
      const args = { thread_ts: place.threadTs, ...recipients, task_display_mode: 'timeline', chunks };
      try {
        const said = await calls.once(call('chat.startStream', args, until, 'answer'));
        if (typeof said.ts !== 'string') throw new UnsureOutcome('chat.startStream');
        ts = said.ts;
        mode = 'stream';
        await posts.note(key, place, NOTED_AS_STREAM, ts);
        return;
      } catch (error) {
        if (!(error instanceof UnsureOutcome)) throw error;
        await findLost(until);
      }
    }
    // What stands there already, whoever left it there, is edited; `put` stops a stream that is still open.
    mode = 'edit';
  };

  const findLost = async (until: AbortSignal) => {
    const found = await findOwnMessage(calls, await outlet.own(place.team, until), log, {
      place,
      newerThan: place.threadTs,
      fits: ({ blocks, metadata, streaming_state }) =>
        JSON.stringify(blocks ?? []).includes(mark) || (streaming_state !== undefined && metadata === undefined),
      signal: until,
    });
    if (found !== null) await posts.note(key, place, NOTED_AS_STREAM, found);
  };

  const edit = async (until: AbortSignal) => {
    const card = tools.draw([...steps.values()], certain, of.language);
    await outlet.put(key, place, card, until, 'progress');
  };

  const writing = streamWriting({
    clock: calls.clock,
    betweenMs: BETWEEN_WRITES_MS,
    heartbeatMs: HEARTBEAT_MS,
    signal,
    heartbeat: () => [...steps.values()].filter(({ state }) => state === 'in_progress').map(chunkOf),
    async write(chunks, until) {
      try {
        if (mode === 'unknown') await start(chunks, until);
        else if (mode === 'stream') await calls.once(call('chat.appendStream', { ts, chunks }, until, 'progress'));
        if (mode === 'edit') await edit(until);
      } catch (error) {
        // What is not known to have arrived is said again by the final card.
        if (error instanceof UnsureOutcome) return;
        if (!(error instanceof SlackRefusal) || mode === 'edit') throw error;
        log.info({ method: error.method, code: error.code }, 'progress is edited instead of streamed');
        mode = 'edit';
        await edit(until);
      }
    },
    failed(error) {
      const code = error instanceof SlackRefusal ? error.code : 'unknown';
      if (!signal.aborted) log.warn({ code }, 'progress could not be shown');
    },
  });

  const stopStream = async (state: 'complete' | 'error', card: Card | null) => {
    const open = [...steps.values()].filter((step) => step.state === 'in_progress' || step.state === 'pending');
    const chunks = open.map((step) => chunkOf({ ...step, state }));
    const final = card === null ? {} : { blocks: card.blocks };
    const args = { ts, ...(chunks.length === 0 ? {} : { chunks }), ...final, metadata: metadataOf(key) };
    await calls.repeat(call('chat.stopStream', args, signal, 'answer'));
  };

  return {
    step(id, title, state) {
      const known = steps.get(id);
      if (known?.title === title && known.state === state) return;
      steps.set(id, { id, title, state });
      writing.add([chunkOf({ id, title, state })]);
    },
    certain(lines) {
      certain.push(...lines);
      writing.add([{ type: 'markdown_text', text: `${lines.join('\n')}\n` }]);
    },
    async finish(card) {
      await writing.end();
      if (mode === 'stream' && ts !== null) {
        try {
          await stopStream('complete', card);
          await posts.note(key, place, cardDigest(card), ts);
          return place;
        } catch (error) {
          // Stopped by the person, expired, or a card that Slack does not take: `put` knows what to do about each.
          if (!(error instanceof SlackRefusal)) throw error;
          log.info({ code: error.code }, 'the stream could not be finished; its message is edited');
        }
      }
      return await outlet.put(key, place, card, signal);
    },
    async fail() {
      await writing.end();
      if (mode !== 'stream' || ts === null) return;
      await stopStream('error', null).catch((error: unknown) => {
        if (!(error instanceof SlackRefusal)) throw error;
      });
    },
  };
}

/** Direct messages and the pane, where the thread and the person are known. */
function mayStream({ place, user }: ProgressOf): boolean {
  return place.channel.startsWith('D') && place.threadTs !== null && /^[UW]/.test(user);
}
