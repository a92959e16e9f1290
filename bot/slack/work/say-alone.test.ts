import { afterEach, beforeEach, expect, it } from 'vitest';
import { CannotPost, SlackRefusal } from '../outlet/slack-refusal.ts';
import { cardSaying, openTestDesk, type TestDesk } from './desk-fixture.ts';
import { isPerson, sayAlone } from './say-alone.ts';

const never = new AbortController().signal;
const place = { team: 'T1', channel: 'C1', threadTs: null };
let stage: TestDesk;
beforeEach(async () => {
  stage = await openTestDesk();
});
afterEach(async () => {
  await stage.close();
});
const say = async (user: string, channel = 'C1') =>
  await sayAlone(stage.desk, { key: 'k', place: { ...place, channel }, user }, cardSaying('a word'), never);

it('tells one person where they are, and directly where it may not', async () => {
  await say('U1');
  stage.set({ refuses: (line) => (line.startsWith('whisper') ? new CannotPost('chat.postEphemeral', 'x') : null) });
  await say('U1');
  expect(stage.lines).toEqual(['whisper k U1 a word', 'put k/direct D-U1/ a word']);
});

it('does not write to bots, nor again to a conversation that is direct, nor round any other refusal', async () => {
  stage.set({ refuses: () => new CannotPost('chat.postEphemeral', 'not_in_channel') });
  await expect(say('B1')).rejects.toThrow(CannotPost);
  await expect(say('U1', 'D1')).rejects.toThrow(CannotPost);
  stage.set({ refuses: () => new SlackRefusal('chat.postEphemeral', 'invalid_blocks') });
  await expect(say('U1')).rejects.toThrow('invalid_blocks');
  expect(stage.lines).toEqual([]);
  expect(isPerson('W1')).toBe(true);
});
