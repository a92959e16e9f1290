import assert from 'node:assert/strict';
import { FAILED } from './asking-ways.ts';
import { buttonsOf, only, reads, wordsOf } from './reading.ts';
import type { Way } from './way.ts';

/** From the first who asks for a person to what fixed it. */
export const SUPPORT: readonly Way[] = [
  {
    name: 'three people, one incident: handed over, taken, handed on, resolved',
    async run(stage) {
      const { ana, li, kim, sam, support } = { ...stage, ...stage.people };
      const channels = await Promise.all(['team-a', 'team-b', 'team-c'].map((name) => stage.channel(name)));
      const [a, b, c] = channels;
      if (!a || !b || !c) throw new Error('no channels');
      const first = await stage.mention(a, ana, FAILED);
      const second = await stage.mention(b, li, 'item_vector_backfill 失败，退出码 137，为什么？');
      reads((await stage.posts(b, second.ts))[0], { says: [/另有 \d 人/], language: 'zh' });
      await stage.press((await stage.posts(a, first.ts))[0] as never, 'support', ana);
      const heads = async () =>
        (await stage.posts(support)).filter(({ thread_ts: thread, ts }) => !thread || thread === ts);
      const card = reads(only(await heads()), {
        says: ['item_vector_backfill', 'bd-node12', /Is it a bad node/, /Evidence/],
        buttons: ['take', 'resolve', 'reassign', 'back_to_bot', 'evidence'],
      });
      assert.ok(
        card.blocks?.some(({ type }) => type === 'image'),
        'charts stand on the hand-off',
      );
      const thread = async () => (await stage.slack.messages(support.id, card.ts)).slice(1);
      assert.ok(
        (await thread()).some(({ files = [] }) => files.length > 0),
        'the case page hangs in the thread',
      );
      reads((await stage.posts(a, first.ts)).filter(({ ephemeralTo }) => ephemeralTo === undefined).at(-1), {
        says: [/support team/],
      });
      await stage.say(b, li, '转人工', { threadTs: second.ts });
      only(await heads());
      const third = await stage.mention(c, kim, 'why did item_vector_backfill fail?');
      reads((await stage.posts(c, third.ts))[0], { says: [/\d others ask about/] });
      const toldIn = async (channel: typeof a, threadTs: string) =>
        (await stage.posts(channel, threadTs))
          .filter(({ ephemeralTo }) => ephemeralTo === undefined)
          .map(wordsOf)
          .join('\n');

      await stage.press(only(await heads()), 'take', sam);
      reads(only(await heads()), {
        says: [`<@${sam.id}>`],
        buttons: ['resolve', 'reassign', 'back_to_bot', 'evidence'],
      });
      assert.match(await toldIn(a, first.ts), new RegExp(sam.id));
      assert.match(await toldIn(b, second.ts), new RegExp(sam.id));
      await stage.press(only(await heads()), 'reassign', sam, { user: kim.id });
      assert.match(wordsOf(only(await heads())), new RegExp(kim.id));
      await stage.press(only(await heads()), 'back_to_bot', kim);
      await stage.say(a, ana, 'escalate', { threadTs: first.ts });
      await stage.press(only(await heads()), 'take', sam);
      await stage.press(only(await heads()), 'resolve', sam);
      await stage.submit(sam, {
        fixedBy: 'Raised the container limit of bd-node12 to 1 GiB',
        code: 'kernel.memcg_oom',
      });
      const fixed = /Raised the container limit of bd-node12/;
      for (const [channel, { ts }] of [
        [a, first],
        [b, second],
        [c, third],
      ] as const)
        assert.match(await toldIn(channel, ts), fixed);
      assert.match(wordsOf(only(await heads())), fixed);
      assert.ok((await thread()).some(({ files = [] }) => files.length > 0));
      assert.ok(!buttonsOf(only(await heads())).includes('take'));
      stage.show('the support channel', support);
      stage.show('the first who asked', a, first.ts);
      stage.show('the second', b, second.ts);
      stage.show('the third, who did not ask for a person', c, third.ts);
    },
  },
];
