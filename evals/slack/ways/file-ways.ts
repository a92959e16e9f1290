import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { only, reads } from './reading.ts';
import { demo, type Way } from './way.ts';

const LOG = 'hosts/bd-gateway01/home/ml/yarn-logs-application_1795259698281_0005.txt.gz';
const EVENTS = 'hdfs/spark-history/application_1795259698281_0005_1.gz';
const file = (name: string) => readFile(path.join(demo('failed-run'), name));
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const SNIPPET = `26/11/21 11:29:18 ERROR YarnScheduler: Lost executor 3 on bd-node12: Container from a bad node: container_1795259698281_0005_01_000004 on host: bd-node12. Exit status: 137.
26/11/21 11:29:22 ERROR ApplicationMaster: Max number of executor failures (3) reached
`;

/** Files of all kinds that come with a question. */
export const FILES: readonly Way[] = [
  {
    name: 'a driver log, packed and not',
    async run(stage) {
      const { ana, li } = stage.people;
      const channel = await stage.channel('data-logs');
      const packed = await file(LOG);
      const plain = await stage.mention(channel, ana, 'why did this die?', {
        files: [{ name: 'driver.log', content: gunzipSync(packed) }],
      });
      reads(only(await stage.posts(channel, plain.ts)), { says: [/137/, /read: driver\.log/, /lines/] });
      const gz = await stage.mention(channel, li, '这个为什么挂了？', {
        files: [{ name: 'driver.log.gz', content: packed }],
      });
      reads(only(await stage.posts(channel, gz.ts)), { says: ['137', /已读取：driver\.log\.gz/], language: 'zh' });
      stage.show('a driver log, packed and not', channel);
    },
  },
  {
    name: 'a snippet, without a word',
    async run(stage) {
      const { ana } = stage.people;
      const direct = await stage.slack.openDirect([ana.id]);
      const said = await stage.say(direct, ana, '', { files: [{ name: 'Untitled.txt', content: SNIPPET }] });
      reads(only(await stage.posts(direct, said.ts)), { says: [/137/, /read: Untitled\.txt/] });
      stage.show('a snippet, without a word', direct, said.ts);
    },
  },
  {
    name: 'a Spark event log',
    async run(stage) {
      const channel = await stage.channel('data-events');
      const said = await stage.mention(channel, stage.people.ana, 'why did it fail?', {
        files: [{ name: 'application_1795259698281_0005_1.gz', content: await file(EVENTS) }],
      });
      reads(only(await stage.posts(channel, said.ts)), { says: [/read as a Spark event log/, /item_vector_backfill/] });
      stage.show('a Spark event log', channel);
    },
  },
  {
    name: 'files that are not read',
    async run(stage) {
      const { ana } = stage.people;
      const channel = await stage.channel('data-unread');
      const image = await stage.mention(channel, ana, 'why did item_vector_backfill fail? see the screenshot', {
        files: [{ name: 'screen.png', content: PNG }],
      });
      reads(only(await stage.posts(channel, image.ts)), { says: [/screen\.png/, /own memory limit/] });
      const large = await stage.mention(channel, ana, 'why did item_vector_backfill fail?', {
        files: [{ name: 'huge.log', content: Buffer.alloc((1 << 20) + 1, 'a') }],
      });
      reads(only(await stage.posts(channel, large.ts)), { says: [/huge\.log/, /1 MiB|too large/] });
      const alone = await stage.mention(channel, ana, '', { files: [{ name: 'only.png', content: PNG }] });
      reads(only(await stage.posts(channel, alone.ts)), { says: [/only\.png/] });
      assert.equal((await stage.slack.calls('files.info')).filter(({ error }) => error !== null).length, 0);
      stage.show('files that are not read', channel);
    },
  },
];
