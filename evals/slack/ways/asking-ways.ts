import assert from 'node:assert/strict';
import { only, reads } from './reading.ts';
import type { Way } from './way.ts';

export const FULL = ['helpful', 'not_helpful', 'support', 'evidence', 'compare', 'page', 'recheck'];
export const SMALL = ['helpful', 'not_helpful', 'support'];
export const FAILED = 'item_vector_backfill executors die with exit code 137 on bd-node12 only. Is it a bad node?';

const CAUSE = [/killed by the kernel: own memory limit/, /confirmed/, 'spark.executor.memoryOverhead', /bad node/];

/** Mention, direct message, the assistant's pane, and threads that go on. */
export const ASKING: readonly Way[] = [
  {
    name: 'a mention in a channel',
    async run(stage) {
      const channel = await stage.channel('data-eng');
      const said = await stage.mention(channel, stage.people.ana, FAILED);
      const answer = reads(only(await stage.posts(channel, said.ts)), {
        says: [...CAUSE, 'bd-node12', 'UTC'],
        never: [/--attach|--event-log|wherefore ask/, /[\u4e00-\u9fff]/],
        buttons: FULL,
        onlyTo: null,
      });
      assert.equal(answer.thread_ts, said.ts);
      assert.match(answer.text, /killed by the kernel/);
      assert.equal(only(await stage.posts(channel)).ts, answer.ts, 'nothing beside the thread');
      stage.show('a mention in a channel', channel);
    },
  },
  {
    name: 'a thread that goes on, by two people, in two languages',
    async run(stage) {
      const { ana, li } = stage.people;
      const channel = await stage.channel('data-follow');
      const { ts: threadTs } = await stage.mention(channel, ana, FAILED);
      const go = async (from: typeof ana, text: string) => {
        const before = (await stage.posts(channel, threadTs)).length;
        await stage.say(channel, from, text, { threadTs });
        return only((await stage.posts(channel, threadTs)).slice(before));
      };
      reads(await go(ana, 'what if I give it 2g of overhead?'), { says: [/overhead/i], buttons: SMALL });
      reads(await go(ana, 'show e11'), { says: ['memory.limit_in_bytes'], buttons: SMALL });
      reads(await go(ana, 'is it the network?'), { says: [/^Not "/] });
      reads(await go(li, '谁负责？'), { language: 'zh', says: ['作业'], buttons: SMALL });
      reads(await go(li, '那应该怎么办？'), { language: 'zh', says: ['spark.executor.memoryOverhead'] });
      reads(await go(ana, 'what did you check?'), { says: [/yarn/i] });
      reads(await go(ana, 'and the other run, user_profile_snapshot?'), { says: [/user_profile_snapshot/] });
      stage.show('a thread that goes on', channel, threadTs);
    },
  },
  {
    name: 'people who talk to each other in the thread',
    async run(stage) {
      const { ana, li } = stage.people;
      const channel = await stage.channel('data-chat');
      const { ts: threadTs } = await stage.mention(channel, ana, FAILED);
      const before = (await stage.posts(channel, threadTs)).length;
      await stage.say(channel, li, `<@${ana.id}> did you change anything yesterday?`, { threadTs });
      assert.equal((await stage.posts(channel, threadTs)).length, before, 'it was not asked');
      await stage.say(channel, ana, 'I am off for lunch', {});
      assert.equal((await stage.posts(channel)).length, before, 'a channel is not its own');
    },
  },
  {
    name: 'a direct message in Chinese',
    async run(stage) {
      const { li } = stage.people;
      const direct = await stage.slack.openDirect([li.id]);
      const said = await stage.say(direct, li, 'item_vector_backfill 为什么失败了？是不是机器坏了');
      const answer = reads(only(await stage.posts(direct, said.ts)), {
        says: ['已证实', 'spark.executor.memoryOverhead', '机器坏了', 'UTC'],
        language: 'zh',
        buttons: FULL,
      });
      assert.equal(answer.thread_ts, said.ts);
      await stage.say(direct, li, '内存加倍会怎样？', { threadTs: said.ts });
      reads((await stage.posts(direct, said.ts)).at(-1), { language: 'zh', buttons: SMALL });
      stage.show('a direct message in Chinese', direct, said.ts);
    },
  },
  {
    name: 'the pane of the assistant',
    async run(stage) {
      const { li, ana } = stage.people;
      const chinese = await stage.slack.openAssistant(li.id);
      await stage.settled();
      assert.match(JSON.stringify(await stage.slack.prompts(chinese.channel, chinese.threadTs)), /为什么失败/);
      const { channel, threadTs } = await stage.slack.openAssistant(ana.id);
      await stage.settled();
      assert.match(JSON.stringify(await stage.slack.prompts(channel, threadTs)), /Why did my job fail/);
      await stage.slack.say({ channel, user: ana.id, text: FAILED, threadTs });
      await stage.settled();
      assert.match((await stage.slack.title(channel, threadTs)) ?? '', /^item_vector_backfill/);
      reads(only(await stage.posts(channel, threadTs)), { says: CAUSE, buttons: FULL });
      await stage.slack.say({ channel, user: ana.id, text: 'who has to act?', threadTs });
      await stage.settled();
      reads((await stage.posts(channel, threadTs)).at(-1), { says: [/job/], buttons: SMALL });
      assert.match((await stage.slack.title(channel, threadTs)) ?? '', /^item_vector_backfill/);
      stage.show('the pane of the assistant', channel, threadTs);
    },
  },
  {
    name: 'questions about nothing',
    async run(stage) {
      const { ana, li } = stage.people;
      const channel = await stage.channel('data-nothing');
      const ask = async (from: typeof ana, text: string) => {
        const { ts } = await stage.mention(channel, from, text);
        return only(await stage.posts(channel, ts));
      };
      reads(await ask(ana, ''), { says: [/Ask in your own words/], buttons: [] });
      reads(await ask(ana, 'hello!'), { says: [/which job/], buttons: [] });
      reads(await ask(li, '你能做什么？'), { language: 'zh', says: [/用自己的话问/] });
      reads(await ask(ana, 'what is the weather in Hangzhou today?'), { says: [/only look into data jobs/] });
      reads(await ask(ana, 'why did application_1795259698281_9999 fail?'), {
        says: [/application_1795259698281_9999/],
        never: [/confirmed/],
      });
      reads(await ask(ana, 'why did item_vector_backfill fail? who has to act? what if the overhead is 1g?'), {
        says: [/confirmed/, /overhead/],
      });
      stage.show('questions about nothing', channel);
    },
  },
];
