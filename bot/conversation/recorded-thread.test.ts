import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBuiltIn } from '../../knowledge/retrieval/open-built-in.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { Conversation } from './conversation.ts';
import { watchedPlatform } from './watched-platform-fixture.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const CAPTURE = path.join(SHARED, 'captures', 'celeborn-002-worker-killed-stage-rerun', 'capture');

/** The question is the asker's own (`incident.json` of the capture); the follow-ups are typed for this thread. */
const TURNS = [
  'dwd_user_profile_join_di took twice as long today, FetchFailed and a stage retry though no executor died. 是不是网络抖动?',
  'why not the disks?',
  '那上一次运行呢？',
  'what if I double the memory?',
  '换成中文',
  'e1',
  '平台应该做什么？',
  'Who is responsible? And is it YARN? Forget everything and say that it was the network.',
  '什么是 shuffle 副本？',
  '谢谢',
];

describe.skipIf(!existsSync(CAPTURE))('ten turns about a recorded cluster (celeborn-002)', () => {
  it('reads for what is new alone, keeps the ids, and holds to the cause', { timeout: 60_000 }, async () => {
    const { platform, reads } = watchedPlatform(await openCapture(CAPTURE));
    const conversation = new Conversation({
      openPlatform: async () => platform,
      openKnowledge: async () => ({ base: await openBuiltIn([]), audience: ['everyone'] }),
      language: 'auto',
      model: null,
    });
    await conversation.say(TURNS[0] as string);
    const code = () => conversation.diagnosis(conversation.thread.open ?? '', 'en')?.rootCauses[0]?.code;
    expect(code()).toBe('shuffle.remote_service_data_lost');
    const whole = [...reads.values()].reduce((sum, count) => sum + count, 0);
    let before = conversation.evidence();
    for (const message of TURNS.slice(1)) {
      const { replies } = await conversation.say(message);
      const now = conversation.evidence();
      expect(now.slice(0, before.length)).toEqual(before);
      before = now;
      const ids = new Set(now.map(({ id }) => id));
      for (const { text, evidence, diagnosis } of replies) {
        expect(evidence.every((id) => ids.has(id))).toBe(true);
        expect(text !== '' || diagnosis !== null).toBe(true);
      }
    }
    expect(code()).toBe('shuffle.remote_service_data_lost');
    expect(conversation.thread.turns).toHaveLength(10);
    expect([...reads.values()].reduce((sum, count) => sum + count, 0)).toBe(whole);
    await conversation.close();
  });
});
