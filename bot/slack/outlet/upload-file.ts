import { createHash } from 'node:crypto';
import type { Place } from '../../cases/place.ts';
import type { Posts } from '../../cases/posts/posts.ts';
import { findOwnMessage } from './find-own-message.ts';
import type { Outlet, Upload } from './outlet.ts';
import type { OutletLog } from './outlet-log.ts';
import type { OwnIdentity } from './own-identity.ts';
import type { SlackCalls } from './slack-calls.ts';
import { UnsureOutcome } from './slack-refusal.ts';

interface HangerTools {
  calls: SlackCalls;
  posts: Posts;
  log: OutletLog;
  fetch: typeof fetch;
  own(team: string, signal: AbortSignal): Promise<OwnIdentity | null>;
}

/** A file belongs to no thread until a card shows it. */
const NOWHERE: Place = { team: '', channel: '', threadTs: null };
const SENDING_TIMEOUT_MS = 60_000;

/**
 * Files in Slack's three steps: an address (`files.getUploadURLExternal`), the bytes to it, and `files.completeUploadExternal`, which also
 * hangs it into a thread. What is noted under a key is not done twice; an upload whose last step was lost is simply made anew, since
 * nobody has seen the first.
 */
export function fileHanger(tools: HangerTools): Pick<Outlet, 'upload' | 'attach'> {
  const { calls, posts } = tools;
  const underWay = new Map<string, Promise<string>>();

  const single = async (key: string, work: () => Promise<string>): Promise<string> => {
    const running = underWay.get(key);
    if (running) return await running;
    const doing = work().finally(() => underWay.delete(key));
    underWay.set(key, doing);
    return await doing;
  };

  const upload = async (key: string, file: Upload, signal: AbortSignal) => {
    const digest = digestOf(file);
    const noted = `upload:${key}`;
    const known = await posts.intend(noted, NOWHERE);
    if (known.ts !== null && known.digest === digest) return known.ts;
    for (let tried = 0; ; tried += 1) {
      const id = await sendBytes(tools, '', file, signal);
      try {
        const args = { files: [{ id, title: file.title }] };
        await calls.once({ method: 'files.completeUploadExternal', args, team: '', priority: 'answer', signal });
        await posts.note(noted, NOWHERE, digest, id);
        return id;
      } catch (error) {
        if (!(error instanceof UnsureOutcome)) throw error;
        await calls.backOff(tried, signal);
      }
    }
  };

  const attach = async (key: string, place: Place, file: Upload, signal: AbortSignal) => {
    const noted = `attach:${key}`;
    const known = await posts.intend(noted, place);
    if (known.ts !== null) return known.ts;
    let mayBeThere = known.intendedBefore;
    for (let tried = 0; ; tried += 1) {
      const there = mayBeThere ? await hanging(tools, place, file.name, signal) : null;
      try {
        const id = there ?? (await hang(tools, place, file, signal));
        await posts.note(noted, place, digestOf(file), id);
        return id;
      } catch (error) {
        if (!(error instanceof UnsureOutcome)) throw error;
        mayBeThere = true;
        await calls.backOff(tried + 1, signal);
      }
    }
  };

  return {
    upload: async (key, file, signal) => await single(`upload:${key}`, () => upload(key, file, signal)),
    attach: async (key, place, file, signal) => {
      await single(`attach:${key}`, () => attach(key, place, file, signal));
    },
  };
}

/** The id of the file that was hung into the thread. */
async function hang(tools: HangerTools, place: Place, file: Upload, signal: AbortSignal): Promise<string> {
  const id = await sendBytes(tools, place.team, file, signal);
  const thread = place.threadTs === null ? {} : { thread_ts: place.threadTs };
  const args = { files: [{ id, title: file.title }], channel_id: place.channel, ...thread };
  const call = { method: 'files.completeUploadExternal', args, team: place.team, priority: 'answer', signal } as const;
  await tools.calls.once(call);
  return id;
}

/** The `ts` of our message with a file of this name, when it hangs there already. */
async function hanging(tools: HangerTools, place: Place, name: string, signal: AbortSignal): Promise<string | null> {
  return await findOwnMessage(tools.calls, await tools.own(place.team, signal), tools.log, {
    place,
    newerThan: null,
    fits: ({ files }) => files?.some((file) => file.name === name) ?? false,
    signal,
  });
}

/** Sends the bytes to an address of Slack's; the id of the file, which is not complete yet. The token is not sent along. */
async function sendBytes(tools: HangerTools, team: string, file: Upload, signal: AbortSignal): Promise<string> {
  const { calls, log } = tools;
  for (let tried = 0; ; tried += 1) {
    const args = {
      filename: file.name,
      length: file.content.length,
      ...(file.alt === '' ? {} : { alt_txt: file.alt }),
    };
    const said = await calls.repeat({ method: 'files.getUploadURLExternal', args, team, priority: 'answer', signal });
    const form = new FormData();
    form.append('filename', new Blob([new Uint8Array(file.content)]), file.name);
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(SENDING_TIMEOUT_MS)]);
      const response = await tools.fetch(String(said.upload_url), {
        method: 'POST',
        body: form,
        redirect: 'error',
        signal: within,
      });
      await response.body?.cancel();
      if (response.ok) return String(said.file_id);
      log.warn({ status: response.status, tried: tried + 1 }, 'the bytes of a file were not taken');
    } catch {
      signal.throwIfAborted();
      log.warn({ tried: tried + 1 }, 'the bytes of a file could not be sent');
    }
    await calls.backOff(tried, signal);
  }
}

function digestOf(file: Upload): string {
  return createHash('sha256').update(file.content).digest('hex').slice(0, 32);
}
