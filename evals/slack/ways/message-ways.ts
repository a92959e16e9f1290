import assert from 'node:assert/strict';
import { FULL } from './asking-ways.ts';
import { only, reads } from './reading.ts';
import type { Way } from './way.ts';

const ALERT = {
  botId: 'B0GRAFANA1',
  text: '',
  attachments: [
    {
      color: '#d00',
      fallback: '[FIRING] Spark application failed',
      title: '[FIRING:1] Spark application failed',
      title_link: 'https://grafana.example/alerts/1',
      text: 'application_1795259698281_0005 (item_vector_backfill) finished with FAILED',
      fields: [{ title: 'queue', value: 'ads', short: true }],
    },
  ],
};

/** Messages of others: the shortcut, alert bots, and a channel where it is off. */
export const MESSAGES: readonly Way[] = [
  {
    name: "the shortcut on a person's message",
    async run(stage) {
      const { ana, li } = stage.people;
      const channel = await stage.channel('data-shortcut');
      const said = await stage.say(channel, ana, 'item_vector_backfill 又挂了，谁看一下？');
      assert.deepEqual(await stage.posts(channel), []);
      await stage.shortcut(said, li);
      const answer = reads(only(await stage.posts(channel)), { says: ['已证实'], language: 'zh', buttons: FULL });
      assert.equal(answer.thread_ts, said.ts);
      stage.show("the shortcut on a person's message", channel);
    },
  },
  {
    name: "the shortcut on an alert bot's message",
    async run(stage) {
      const channel = await stage.channel('data-alerted');
      const alert = await stage.slack.say({ channel: channel.id, ...ALERT });
      await stage.settled();
      assert.deepEqual(await stage.posts(channel), [], 'alerts are answered only where it is set so');
      await stage.shortcut(alert, stage.people.ana);
      const answer = reads(only(await stage.posts(channel)), { says: [/own memory limit/], buttons: FULL });
      assert.equal(answer.thread_ts, alert.ts);
      stage.show("the shortcut on an alert bot's message", channel);
    },
  },
  {
    name: 'an alert bot that is answered by itself',
    async run(stage) {
      const { slack, alerts, people } = stage;
      const said = await slack.say({
        channel: alerts.id,
        botId: 'B0GRAFANA1',
        text: '',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'Spark application failed' } },
          {
            type: 'section',
            text: { type: 'mrkdwn', text: '*application*: `application_1795259698281_0005`\n*queue*: ads' },
          },
        ],
      });
      await stage.settled();
      reads(only(await stage.posts(alerts, said.ts)), { says: [/own memory limit/], buttons: FULL });
      const other = await slack.say({ channel: alerts.id, botId: 'B0JENKINS1', text: 'item_vector_backfill failed' });
      await stage.settled();
      assert.deepEqual(await stage.posts(alerts, other.ts), [], 'only the bots that are named');
      await stage.say(alerts, people.ana, 'who has to act?', { threadTs: said.ts });
      reads((await stage.posts(alerts, said.ts)).at(-1), { says: [/job/] });
      stage.show('an alert bot that is answered by itself', alerts);
    },
  },
  {
    name: 'a channel where it is switched off',
    async run(stage) {
      const { off, people } = stage;
      const said = await stage.mention(off, people.ana, 'why did item_vector_backfill fail?');
      assert.deepEqual(await stage.posts(off), []);
      await stage.shortcut(said, people.ana);
      reads(only(await stage.posts(off)), { says: [/switched off/], onlyTo: people.ana.id });
      stage.show('a channel where it is switched off', off);
    },
  },
];
