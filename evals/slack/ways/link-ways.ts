import { only, reads } from './reading.ts';
import type { Way } from './way.ts';

const pasted = (name: string, address: string, asked: string, says: readonly (RegExp | string)[]): Way => ({
  name,
  async run(stage) {
    const channel = await stage.channel(name.replaceAll(/[^a-z]+/gi, '-').toLowerCase());
    const { ts } = await stage.mention(channel, stage.people.ana, `<${address}> ${asked}`);
    reads(only(await stage.posts(channel, ts)), { says, onlyTo: null });
    stage.show(name, channel);
  },
});

/** Addresses as people paste them, of YARN and the history server. */
export const SPARK_LINKS: readonly Way[] = [
  pasted('a link to YARN', 'http://bd-master01:8088/cluster/app/application_1795259698281_0005', '???', [
    /own memory limit/,
  ]),
  pasted(
    'a link to the history server',
    'http://bd-master01:18080/history/application_1795259698281_0005/1/jobs/',
    '为什么失败',
    ['已证实'],
  ),
];

export const AIRFLOW_LINKS: readonly Way[] = [
  pasted('a link to Airflow', 'http://airflow.example:8080/dags/ad_click_features_hourly/grid', 'why is it red?', [
    /ad_click_features_hourly/,
    /confirmed|likely/,
  ]),
];

export const FLINK_LINKS: readonly Way[] = [
  pasted(
    'a link to Flink',
    'http://flink.example:8081/#/job/completed/819536bd58998d61393564e61ceec11e/exceptions',
    'why did it end?',
    [/own code/, /confirmed/],
  ),
];

/** A slow run, asked in Chinese, compared with the last good one. */
export const SLOW: readonly Way[] = [
  {
    name: 'a slow run, and what was different before',
    async run(stage) {
      const channel = await stage.channel('slow-run');
      const { li } = stage.people;
      const { ts } = await stage.mention(channel, li, 'dwd_order_user_wide 今天为什么慢？是不是集群抖动');
      reads(only(await stage.posts(channel, ts)), { says: ['倾斜'], language: 'zh' });
      await stage.say(channel, li, '时间去哪了？', { threadTs: ts });
      reads((await stage.posts(channel, ts)).at(-1), { language: 'zh' });
      await stage.say(channel, li, '如果没有倾斜会怎样？', { threadTs: ts });
      reads((await stage.posts(channel, ts)).at(-1), { language: 'zh' });
      stage.show('a slow run', channel);
    },
  },
  {
    name: 'a slow run in English',
    async run(stage) {
      const channel = await stage.channel('slow-run-en');
      const { ts } = await stage.mention(channel, stage.people.ana, 'why is dwd_order_user_wide slow today?');
      reads(only(await stage.posts(channel, ts)), { says: [/skew/], language: 'en' });
      stage.show('a slow run in English', channel);
    },
  },
];
