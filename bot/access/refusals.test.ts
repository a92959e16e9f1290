import { expect, it } from 'vitest';
import { Conversation } from '../conversation/conversation.ts';
import { NO_IDENTITY } from './refusals.ts';

it('is all that somebody nobody can name is told, and nothing is opened for it', async () => {
  let opened = 0;
  const conversation = new Conversation({
    openPlatform: async () => {
      opened += 1;
      throw new Error('opened');
    },
    language: 'auto',
    model: null,
    helpOnly: NO_IDENTITY,
  });
  const said = async (text: string) => (await conversation.say(text)).replies.map((reply) => reply.text);
  expect(await said('why did application_1700000000000_0001 fail?')).toEqual([NO_IDENTITY.en]);
  expect(await said('ads_join 为什么失败了？')).toEqual([NO_IDENTITY.zh]);
  expect(await said('is queue etl full?')).toEqual([NO_IDENTITY.en]);
  expect((await said('hello')).join('')).not.toBe(NO_IDENTITY.en);
  expect(opened).toBe(0);
});

it('tells nothing of what there is', () => {
  expect(NO_IDENTITY.zh).toMatch(/\p{Script=Han}/u);
  expect(`${NO_IDENTITY.en}${NO_IDENTITY.zh}`).not.toMatch(/application_|case_|\d/);
});
