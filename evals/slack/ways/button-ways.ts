import assert from 'node:assert/strict';
import { FAILED } from './asking-ways.ts';
import { buttonsOf, only, reads, wordsOf } from './reading.ts';
import type { Way } from './way.ts';

/** What stands on an answer to be pressed. */
export const BUTTONS: readonly Way[] = [
  {
    name: 'helpful, the evidence, the page, a second look',
    async run(stage) {
      const { ana, li } = stage.people;
      const channel = await stage.channel('data-buttons');
      const { ts } = await stage.mention(channel, ana, FAILED);
      const answer = only(await stage.posts(channel, ts));
      const press = async (action: string, from = ana) => {
        const before = (await stage.posts(channel, ts)).length;
        await stage.press(answer, action, from);
        return (await stage.posts(channel, ts)).slice(before);
      };
      reads(only(await press('helpful')), { says: [/Thank you/], onlyTo: ana.id });
      const evidence = reads(only(await press('evidence')), { says: ['dmesg.txt', /oom/i], onlyTo: null });
      if (buttonsOf(evidence).length > 0) {
        await stage.press(evidence, 'evidence', li);
        reads((await stage.posts(channel, ts)).at(-1), { says: [/\d+–\d+ of \d+/] });
      }
      reads(only(await press('evidence', li)), { onlyTo: li.id, says: [/above|already/] });
      const paged = only(await press('page'));
      assert.equal(paged.files?.length, 1);
      const html = Buffer.from((await stage.slack.fileContent(paged.files?.[0] ?? '')) ?? '', 'base64').toString();
      assert.match(html, /^<!doctype html>/i);
      assert.match(html, /own memory limit/);
      reads(only(await press('compare')), { says: [/No earlier run of item_vector_backfill/], onlyTo: null });
      reads(only(await press('recheck')), { says: [/memory|look/i], onlyTo: null });
      stage.show('helpful, the evidence, the page, a second look', channel, ts);
    },
  },
  {
    name: 'not helpful, with a reason: a person takes over',
    async run(stage) {
      const { kim, support } = { ...stage, ...stage.people };
      const channel = await stage.channel('data-not-helpful');
      const { ts } = await stage.mention(channel, kim, FAILED);
      const answer = only(await stage.posts(channel, ts));
      await stage.press(answer, 'not_helpful', kim);
      await stage.submit(kim, { reason: 'We raised the overhead yesterday and it still dies' });
      const after = (await stage.posts(channel, ts)).slice(1);
      reads(
        after.find(({ ephemeralTo }) => ephemeralTo === kim.id),
        { says: [/Thank you/, /support/] },
      );
      const inSupport = (await stage.posts(support)).map(wordsOf).join('\n');
      assert.match(inSupport, /We raised the overhead yesterday/);
      stage.show('not helpful, with a reason', channel, ts);
    },
  },
];
