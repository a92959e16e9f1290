import assert from 'node:assert/strict';
import type { FakeChannel, FakeUser } from '../../../bot/slack/fake-slack/world.ts';
import { FULL } from './asking-ways.ts';
import { buttonsOf, only, reads, wordsOf } from './reading.ts';
import type { Stage } from './stage.ts';
import type { Way } from './way.ts';

const ASKED = 'why did item_vector_backfill fail?';

async function caseAsked(stage: Stage, channel: string): Promise<string> {
  const words = (await stage.posts(channel)).map(wordsOf).join('\n');
  const [caseId] = /case_[0-9a-f]{10}/.exec(words) ?? [];
  assert.ok(caseId, 'a case is named');
  return caseId;
}

/** `/why` with all that can stand behind it. */
export const COMMANDS: readonly Way[] = [
  {
    name: '/why help, and without a word',
    async run(stage) {
      const { ana } = stage.people;
      const channel = await stage.channel('data-help');
      await stage.command(channel, ana, 'help');
      await stage.command(channel, ana, '');
      await stage.command(channel, ana, '帮助');
      const [help, bare, chinese, ...more] = await stage.posts(channel);
      reads(help, { says: [/Ask in your own words/], onlyTo: ana.id });
      reads(bare, { says: [/Ask in your own words/], onlyTo: ana.id });
      reads(chinese, { language: 'zh', onlyTo: ana.id });
      assert.equal(more.length, 0);
      stage.show('/why help', channel);
    },
  },
  {
    name: '/why QUESTION where the bot is, then a case by its id',
    async run(stage) {
      const { ana, li } = stage.people;
      const channel = await stage.channel('data-why');
      await stage.command(channel, ana, ASKED);
      const [receipt, root, answer, ...more] = await stage.posts(channel);
      reads(receipt, { onlyTo: ana.id });
      reads(root, { says: [ASKED, `<@${ana.id}>`], onlyTo: null });
      reads(answer, { says: [/own memory limit/, /confirmed/], buttons: FULL, onlyTo: null });
      assert.equal(answer?.thread_ts, root?.ts);
      // The support team may have something to say of the same incident.
      assert.ok(!more.some((post) => buttonsOf(post).includes('recheck')), 'one answer');
      const caseId = await caseAsked(stage, channel.id);
      const wish = async (from: typeof ana, text: string) => {
        const before = (await stage.posts(channel)).length;
        await stage.command(channel, from, text);
        return (await stage.posts(channel)).slice(before);
      };
      reads((await wish(ana, caseId)).at(-1), { says: [/own memory limit/, caseId], onlyTo: ana.id });
      reads((await wish(li, `status ${caseId}`)).at(-1), { says: [/own memory limit/], onlyTo: li.id });
      reads((await wish(ana, 'status')).at(-1), { says: [/nothing|none/i], onlyTo: ana.id });
      reads((await wish(ana, 'cancel')).at(-1), { onlyTo: ana.id, never: [/Cancelled/] });
      const handed = await wish(ana, `escalate ${caseId}`);
      reads(
        handed.find(({ ephemeralTo, text }) => ephemeralTo === ana.id && /support/i.test(text)),
        { says: [/support/] },
      );
      reads((await wish(ana, 'case_0123456789')).at(-1), { says: [/find no such job or case/], onlyTo: ana.id });
      stage.show('/why QUESTION and CASE', channel);
    },
  },
  {
    name: '/why QUESTION where the bot is not',
    refused: [
      'chat.postMessage not_in_channel',
      'chat.postMessage channel_not_found',
      'chat.postEphemeral not_in_channel',
    ],
    async run(stage) {
      const { ana } = stage.people;
      const channel = await stage.slack.addChannel({ name: 'not-for-bots', members: [ana.id] });
      await stage.command(channel, ana, ASKED);
      reads(only(await stage.posts(channel)), { onlyTo: ana.id });
      const direct = await stage.slack.openDirect([ana.id]);
      const all = await stage.posts(direct);
      const at = all.findLastIndex((post) => buttonsOf(post).includes('recheck'));
      reads(all[at], { says: [/own memory limit/], buttons: FULL });
      reads(all[at - 1], { says: [ASKED] });
      stage.show('/why where the bot is not: the channel', channel);
      stage.show('/why where the bot is not: the direct message', direct);
    },
  },
  {
    name: 'cancel while it is worked on',
    async run(stage) {
      const { kim, ...others } = stage.people;
      const ask = async (channel: FakeChannel, user: FakeUser) =>
        await stage.slack.say({ channel: channel.id, user: user.id, text: `<@${stage.slack.botUserId}> ${ASKED}` });
      // Others are before it: it has to wait for a moment, and its card can be pressed.
      for (const other of Object.values(others)) await ask(await stage.channel(`data-${other.name}`), other);
      const channel = await stage.channel('data-cancel');
      const { ts } = await ask(channel, kim);
      const card = await stage.until(async () =>
        (await stage.posts(channel, ts)).find((post) => buttonsOf(post).includes('cancel')),
      );
      await stage.press(card, 'cancel', kim);
      reads(only(await stage.posts(channel, ts)), { says: [/^Cancelled/], never: [/confirmed/] });
      stage.show('cancel while it is worked on', channel);
    },
  },
];
