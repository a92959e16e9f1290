import assert from 'node:assert/strict';
import { only, reads, wordsOf } from './reading.ts';
import type { People } from './stage.ts';
import type { Way } from './way.ts';

const ASKED = 'why did item_vector_backfill fail?';

/** Ana is of the team that owns the run, the others have accounts that own nothing of it; support sees everything. */
export function limitedAccess({ ana, li, sam, kim, eve }: People): string {
  return `users:
  ${ana.id}: { platform: [ml], groups: [] }
  ${li.id}: { platform: [li], groups: [] }
  ${kim.id}: { platform: [ml], groups: [] }
  ${eve.id}: { platform: [eve], groups: [] }
  ${sam.id}: { platform: [sam], groups: [support] }
rules:
  - { who: everyone, sees: own }
  - { who: { group: support }, sees: everything }
`;
}

/** Who may see what, over the wire. */
export const RIGHTS: readonly Way[] = [
  {
    name: 'a channel where everybody may see it',
    async run(stage) {
      const { ana, kim } = stage.people;
      const channel = await stage.channel('ml-team', [ana, kim]);
      const said = await stage.mention(channel, ana, ASKED);
      reads(only(await stage.posts(channel, said.ts)), { says: [/own memory limit/], onlyTo: null });
    },
  },
  {
    name: 'a channel with people who may not see it',
    async run(stage) {
      const { ana, eve } = stage.people;
      const channel = await stage.channel('mixed', [ana, eve]);
      const said = await stage.mention(channel, ana, ASKED);
      const all = await stage.posts(channel, said.ts);
      const open = all.filter(({ ephemeralTo }) => ephemeralTo === undefined);
      reads(only(open), { never: [/kernel|memory|137/] });
      const direct = await stage.slack.openDirect([ana.id]);
      const shown = [...all.filter(({ ephemeralTo }) => ephemeralTo === ana.id), ...(await stage.posts(direct))];
      reads(only(shown), { says: [/own memory limit/] });
      await stage.say(channel, eve, 'show e11', { threadTs: said.ts });
      await stage.say(channel, eve, 'what if I double the memory?', { threadTs: said.ts });
      const after = (await stage.posts(channel, said.ts)).filter(({ ephemeralTo }) => ephemeralTo !== ana.id);
      for (const post of after) reads(post, { never: [/memory\.limit|own memory limit|137|bd-node12/] });
      stage.show('a channel with people who may not see it', channel);
      stage.show('the direct message of who asked', direct);
    },
  },
  {
    name: 'not allowed looks like not found',
    async run(stage) {
      const { eve } = stage.people;
      const direct = await stage.slack.openDirect([eve.id]);
      const ask = async (text: string) => {
        const { ts } = await stage.say(direct, eve, text);
        return wordsOf(only(await stage.posts(direct, ts)));
      };
      const bare = (words: string) =>
        words
          .replace(/application_\d+_\d+/g, 'ID')
          .replace(/\b(?:case|inv)_[0-9a-f]{10}\b|[\d.]+ m?s\b|\d+ reads?/g, '#');
      const hidden = await ask('why did application_1795259698281_0005 fail?');
      const missing = await ask('why did application_1795259698281_9999 fail?');
      assert.equal(bare(hidden), bare(missing));
      stage.show('not allowed looks like not found', direct);
    },
  },
];
