import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { sharedFolder } from '../../shared-folder.ts';
import { wordsOf } from './reading.ts';
import { openStage, type People, type Stage } from './stage.ts';

/** A way to ask, from the first word to the last, with what has to come of it. */
export interface Way {
  name: string;
  /** Asserts on the way. @throws AssertionError */
  run(stage: Stage): Promise<void>;
  /** Slack refuses these on purpose: `chat.postMessage not_in_channel`. */
  refused?: readonly string[];
}

/** Ways that share one bot on one recording. */
export interface Scene {
  name: string;
  /** Folder of the capture; null where it is not on this machine. */
  recording: string | null;
  receiver: 'socket' | 'http';
  access?(people: People): string;
  ways: readonly Way[];
}

/** The folder of a bundled recording. */
export function demo(name: 'failed-run' | 'slow-run'): string {
  return path.resolve(import.meta.dirname, '../../../bot/demo', name);
}

/** The folder of a shared capture; null where it is absent. */
export function capture(name: string): string | null {
  const shared = sharedFolder();
  const folder = shared === null ? null : path.join(shared, 'captures', name, 'capture');
  return folder !== null && existsSync(folder) ? folder : null;
}

/** Sets the stage of a scene. */
export async function openScene({ recording, receiver, access }: Scene): Promise<Stage> {
  if (recording === null) throw new Error('the recording is not on this machine');
  return await openStage({ recording, receiver, ...(access ? { access } : {}) });
}

/** Unfinished: it must not be left behind. */
const PROGRESS = /^(?:\*Looking into it\*|\*正在查\*|Got it\.|收到[。，])/;

/** Goes one way and looks at what is true of every way: nothing refused, nothing unfinished left, nothing from outside. */
export async function goWay({ run, refused = [] }: Way, stage: Stage): Promise<void> {
  const { slack } = stage;
  const before = (await slack.calls()).length;
  const seen = stage.shown.length;
  await run(stage);
  await stage.settled();
  const wrong = (await slack.calls())
    .slice(before)
    .flatMap(({ method, error }) => (error === null ? [] : [`${method} ${error}`]))
    .filter((call) => !refused.includes(call));
  assert.deepEqual(wrong, [], 'Slack refused what the bot asked for');
  assert.deepEqual(await slack.externalImages(), [], 'pictures from outside');
  for (const { channel, threadTs } of stage.shown.slice(seen))
    for (const post of await stage.posts(channel, threadTs)) {
      assert.ok(!PROGRESS.test(wordsOf(post)), `progress was left behind: ${wordsOf(post)}`);
      assert.ok(post.stream?.open !== true, 'a stream was left open');
      assert.equal(await slack.status(channel, post.thread_ts ?? post.ts), null, 'the status line was left behind');
    }
}
