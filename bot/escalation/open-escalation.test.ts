import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../cases/database/database.ts';
import { HAS_POSTGRES } from '../cases/database/postgres-fixture.ts';
import { openStoreMaker, type StoreMaker, type TestStore } from '../cases/database/stores-fixture.ts';
import type { WantedHelp } from './escalation.ts';
import {
  type EscalationBench,
  escalationBench,
  filesIn,
  SUPPORT,
  signal,
  smallDiagnosis,
} from './escalation-fixture.ts';
import { openHandOffs } from './open-hand-offs.ts';

const KINDS = [
  { kind: 'sqlite', missing: false },
  { kind: 'postgres', missing: !HAS_POSTGRES },
] as const;

const wanted = (caseId: string, by: string, more: Partial<WantedHelp> = {}): WantedHelp => ({
  caseId,
  by,
  way: 'asked',
  said: null,
  ...more,
});
const caseId = (number: number) => `case_${String(number).padStart(4, '0')}`;
const user = (number: number) => `U${String(number).padStart(4, '0')}`;

describe.each(KINDS)('hand-offs on $kind', ({ kind, missing }) => {
  let maker: StoreMaker;
  let store: TestStore;
  let database: Database;
  let bench: EscalationBench;
  beforeAll(async () => {
    if (!missing) maker = await openStoreMaker(kind);
  });
  afterAll(async () => {
    if (!missing) await maker.stop();
  });
  beforeEach(async () => {
    if (missing) return;
    store = await maker.make();
    database = await store.open();
    bench = await escalationBench(database);
  });
  afterEach(async () => {
    if (missing) return;
    await bench.close();
    await store.discard();
  });

  const supportCards = () => [...bench.outlet.posts.keys()].filter((key) => /^handoff\//.test(key));
  const onlyCard = () => bench.shown(supportCards()[0] ?? '');

  describe.skipIf(missing)('(needs the package postgresql for the one of the two)', () => {
    it('makes one support thread of forty escalations at once, of two processes', { timeout: 20_000 }, async () => {
      const other = bench.again(await store.open());
      const numbers = Array.from({ length: 40 }, (_, at) => at + 1);
      for (const number of numbers)
        await bench.note(caseId(number), user(number), smallDiagnosis({ run: `app_${number}` }));
      const became = await Promise.all(
        numbers.map((number) =>
          (number % 2 === 0 ? other : bench.escalation).escalate(wanted(caseId(number), user(number)), signal),
        ),
      );
      expect(became.filter((one) => one.kind === 'handed_over' && one.first)).toHaveLength(1);
      expect(new Set(became.map((one) => ('incident' in one ? one.incident : '')))).toHaveProperty('size', 1);
      expect(supportCards()).toHaveLength(1);
      const thread = bench.outlet.posts.get(supportCards()[0] ?? '')?.place;
      const further = [...bench.outlet.posts.values()].filter(({ key }) => key.startsWith('handoff-case/'));
      expect(further).toHaveLength(39);
      for (const { place } of further) expect(place).toEqual(thread);
      expect([...bench.outlet.posts.keys()].filter((key) => key.startsWith('handoff-state/'))).toHaveLength(40);
      expect(bench.outlet.mostAtOnce).toBe(1);
      expect(onlyCard()).toContain('39 others ask about node2 since 10:05 UTC');
      expect(bench.troubles).toEqual([]);
    });

    it('counts those who did not escalate, each person once, and says since when', async () => {
      for (const [number, who] of [1, 2, 3, 3].entries())
        await bench.note(caseId(number), user(who), smallDiagnosis({ run: `app_${number}` }));
      expect(bench.outlet.posts.size).toBe(0);
      expect(await bench.escalation.incidentOf(caseId(0))).toEqual({
        incident: expect.stringMatching(/^incd_[0-9a-f]{12}$/) as string,
        state: 'noted',
        others: 2,
        sinceIso: '2026-11-21T10:05:00Z',
        what: 'node2',
        link: null,
      });
      await bench.escalation.escalate(wanted(caseId(0), user(1)), signal);
      expect(onlyCard()).toContain('2 others ask about node2 since 10:05 UTC');
      expect(bench.shown(`handoff-state/${caseId(1)}`)).toContain('Your question did not go along');
      expect(bench.shown(`handoff-state/${caseId(0)}`)).toContain('The support team has it');
    });

    it('shows who took it and what fixed it in all threads, also of those who come later', async () => {
      for (const number of [1, 2]) {
        await bench.note(caseId(number), user(number), smallDiagnosis({ run: `app_${number}` }));
        await bench.escalation.escalate(wanted(caseId(number), user(number)), signal);
      }
      expect(await bench.act('take', caseId(1), 'U0HELPER')).toMatchObject({ kind: 'done', state: 'taken' });
      for (const key of [supportCards()[0], `handoff-state/${caseId(1)}`, `handoff-state/${caseId(2)}`])
        expect(bench.shown(key ?? '')).toContain('<@U0HELPER>');
      await bench.note(caseId(3), user(3), smallDiagnosis({ run: 'app_3' }));
      expect(bench.shown(`handoff-state/${caseId(3)}`)).toMatch(/taken by.*<@U0HELPER>/);
      bench.clock.now += 60_000;
      const fixedBy = 'replaced the disk <!channel> @here password=hunter22secret';
      expect(await bench.act('resolve', caseId(1), 'U0HELPER', { fixedBy })).toMatchObject({ kind: 'done' });
      for (const number of [1, 2, 3]) {
        const shown = bench.shown(`handoff-state/${caseId(number)}`);
        expect(shown).toContain('replaced the disk');
        expect(shown).toContain('2026-11-21 10:06 UTC');
        expect(shown).not.toMatch(/<!channel>|@here|hunter22secret/);
      }
    });

    it('is idempotent: the same twice changes and posts nothing', async () => {
      await bench.note(caseId(1), user(1), smallDiagnosis({}));
      await bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
      await bench.act('take', caseId(1), 'U0HELPER');
      const before = JSON.stringify([...bench.outlet.posts.values()]);
      expect(await bench.escalation.escalate(wanted(caseId(1), user(1)), signal)).toMatchObject({
        kind: 'known',
        state: 'taken',
      });
      expect(await bench.act('take', caseId(1), 'U0HELPER')).toMatchObject({ kind: 'unchanged' });
      await bench.note(caseId(1), user(1), smallDiagnosis({}));
      expect(await bench.escalation.resume(signal)).toBe(0);
      expect(JSON.stringify([...bench.outlet.posts.values()])).toBe(before);
    });

    it('leaves it with who took it first, gives it to another only by reassigning', async () => {
      await bench.note(caseId(1), user(1), smallDiagnosis({}));
      await bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
      const took = await Promise.all([bench.act('take', caseId(1), 'U0ANNA'), bench.act('take', caseId(1), 'U0BERT')]);
      expect(took.map(({ kind: became }) => became).sort()).toEqual(['done', 'unchanged']);
      expect(await bench.act('reassign', caseId(1), 'U0ANNA', { assignee: 'here' })).toEqual({
        kind: 'bad_input',
        field: 'assignee',
      });
      expect(await bench.act('reassign', caseId(1), 'U0ANNA', { assignee: 'U0CARL' })).toMatchObject({ kind: 'done' });
      expect(onlyCard()).toMatch(/taken by.*<@U0CARL>/);
      expect(await bench.act('back_to_bot', caseId(1), 'U0CARL')).toMatchObject({ kind: 'done', state: 'with_bot' });
      expect(onlyCard()).toMatch(/back at the bot.*<@U0CARL>/);
      expect(await bench.escalation.escalate(wanted(caseId(1), user(1)), signal)).toMatchObject({ first: false });
      expect(onlyCard()).toContain('nobody has it yet');
      expect(supportCards()).toHaveLength(1);
    });

    it('takes changes only in the support channel, and only of what is there', async () => {
      await bench.note(caseId(1), user(1), smallDiagnosis({}));
      expect(await bench.act('take', caseId(1), 'U0X')).toEqual({ kind: 'no_hand_off' });
      await bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
      const elsewhere = { team: 'T1', channel: 'C0USERS', threadTs: null };
      expect(await bench.act('resolve', caseId(1), 'U0X', { fixedBy: 'x' }, elsewhere)).toEqual({ kind: 'not_here' });
      expect(await bench.act('resolve', caseId(1), 'U0X', { fixedBy: ' ' })).toMatchObject({ field: 'fixedBy' });
      expect(await bench.act('resolve', caseId(1), 'U0X', { fixedBy: 'x', code: 'no.code' })).toMatchObject({
        field: 'code',
      });
      expect(await bench.act('take', 'case_9999', 'U0X')).toEqual({ kind: 'no_hand_off' });
      expect(await bench.escalation.escalate(wanted('case_9999', 'U0X'), signal)).toEqual({ kind: 'no_case' });
    });

    it('tells who asks late what fixed it, and opens anew what fails again, with the earlier one', async () => {
      await bench.note(caseId(1), user(1), smallDiagnosis({ run: 'app_1' }));
      await bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
      bench.clock.now = Date.parse('2026-11-21T10:30:00Z');
      await bench.act('resolve', caseId(1), 'U0HELPER', { fixedBy: 'replaced the disk' });
      // Failed before it was resolved, asks after.
      bench.clock.now += 60_000;
      await bench.note(caseId(2), user(2), smallDiagnosis({ run: 'app_2', at: '2026-11-21T10:10:00Z' }));
      expect(await bench.escalation.escalate(wanted(caseId(2), user(2)), signal)).toMatchObject({
        kind: 'resolved_since',
        fixedBy: 'replaced the disk',
        resolvedAtMs: Date.parse('2026-11-21T10:30:00Z'),
      });
      expect(bench.shown(`handoff-state/${caseId(2)}`)).toContain('replaced the disk');
      expect(supportCards()).toHaveLength(1);
      // Failed after it was resolved.
      await bench.note(caseId(3), user(3), smallDiagnosis({ run: 'app_3', at: '2026-11-21T10:40:00Z' }));
      expect(await bench.escalation.escalate(wanted(caseId(3), user(3)), signal)).toMatchObject({ first: true });
      expect(supportCards()).toHaveLength(2);
      const earlier = [...bench.outlet.posts.values()].find(({ key }) => key.startsWith('handoff-earlier/'));
      expect(earlier?.card.text).toContain('replaced the disk');
      // Was told, and it does not help.
      expect(await bench.escalation.escalate(wanted(caseId(2), user(2)), signal)).toMatchObject({
        kind: 'handed_over',
        first: false,
      });
      expect(supportCards()).toHaveLength(2);
      expect(await bench.act('take', caseId(1), 'U0HELPER')).toMatchObject({ kind: 'closed' });
    });

    it('finishes what a process that died had begun, without a second message', async () => {
      for (const number of [1, 2])
        await bench.note(caseId(number), user(number), smallDiagnosis({ run: `a_${number}` }));
      const { incident } = (await bench.escalation.incidentOf(caseId(1))) ?? { incident: '' };
      bench.outlet.diesAfter.add(`handoff/${incident}`);
      expect(await bench.escalation.escalate(wanted(caseId(1), user(1)), signal)).toMatchObject({
        kind: 'handed_over',
      });
      expect(bench.troubles).toHaveLength(1);
      expect(bench.outlet.posts.has(`handoff-state/${caseId(1)}`)).toBe(false);
      const next = bench.again(await store.open());
      expect(await next.resume(signal)).toBe(1);
      expect(supportCards()).toHaveLength(1);
      expect(bench.shown(`handoff-state/${caseId(1)}`)).toContain('The support team has it');
      expect(await next.resume(signal)).toBe(0);
    });

    it('waits for a process that holds the incident and died with it, no longer than its lease', async () => {
      await bench.note(caseId(1), user(1), smallDiagnosis({}));
      const { incident } = (await bench.escalation.incidentOf(caseId(1))) ?? { incident: '' };
      const handOffs = openHandOffs(database);
      await handOffs.enter(caseId(1), { by: user(1), way: 'asked', said: null }, bench.clock.now);
      expect(await handOffs.hold(incident, 'dead', bench.clock.now, 60_000)).toBe(1);
      expect(await bench.escalation.resume(signal)).toBe(0);
      bench.clock.now += 61_000;
      expect(await bench.escalation.resume(signal)).toBe(1);
      expect(supportCards()).toEqual([`handoff/${incident}`]);
      expect(await handOffs.renew(incident, 'dead', bench.clock.now, 60_000)).toBe(false);
    });

    it('is not stopped by one thread that Slack refuses', async () => {
      bench.outlet.refuses.add(`handoff-state/${caseId(1)}`);
      for (const number of [1, 2]) {
        await bench.note(caseId(number), user(number), smallDiagnosis({ run: `app_${number}` }));
        await bench.escalation.escalate(wanted(caseId(number), user(number)), signal);
      }
      expect(bench.outlet.posts.has(`handoff-state/${caseId(2)}`)).toBe(true);
      expect(bench.troubles[0]).toContain('is_archived');
    });

    it('without a support channel sends nothing and loses nothing', async () => {
      const without = await escalationBench(database, { setting: { support: null } });
      await without.note(caseId(1), user(1), smallDiagnosis({}));
      expect(await without.escalation.escalate(wanted(caseId(1), user(1)), signal)).toEqual({ kind: 'no_channel' });
      expect(without.outlet.posts.size).toBe(0);
      await without.close();
      await bench.note(caseId(1), user(1), smallDiagnosis({}));
      expect(await bench.escalation.escalate(wanted(caseId(1), user(1)), signal)).toMatchObject({ first: true });
    });

    it('shows the support channel only what it may see', async () => {
      const hidden = await escalationBench(database, {
        redactFor: () => async (diagnosis, id) => (id === caseId(2) ? diagnosis : null),
        chartsOf: async () => {
          throw new Error('no chart may be drawn of it');
        },
      });
      const secret = 'why did the merger_with_acme job fail?';
      await hidden.note(caseId(1), user(1), smallDiagnosis({ run: 'merger_app', question: secret }));
      await hidden.note(caseId(2), user(2), smallDiagnosis({ run: 'open_app' }));
      await hidden.note(caseId(3), user(3), smallDiagnosis({ run: 'merger_app2', question: secret }));
      for (const number of [1, 2, 3]) await hidden.escalation.escalate(wanted(caseId(number), user(number)), signal);
      await hidden.act('resolve', caseId(1), 'U0HELPER', { fixedBy: 'replaced the disk' });
      const inSupport = [...hidden.outlet.posts.values()].filter(({ place }) => place.channel === SUPPORT.channel);
      expect(inSupport).toHaveLength(3);
      expect(JSON.stringify(inSupport)).not.toMatch(/merger|acme|I\/O error/);
      expect(JSON.stringify(inSupport)).toContain('open_app');
      expect([...hidden.outlet.files.keys()]).toEqual([]);
      expect(hidden.troubles).toEqual([]);
      expect(await filesIn(path.join(hidden.folder, 'drafts'))).toHaveLength(1);
      await hidden.close();
    });

    it('hangs charts and the case page into the thread once', async () => {
      const file = (name: string) => ({ name, title: name, alt: 'where the time went', content: Buffer.from('x') });
      let drawn = 0;
      const charted = await escalationBench(database, {
        chartsOf: async () => {
          drawn += 1;
          return [file('ledger.png')];
        },
        pageOf: async () => file('case.html'),
      });
      await charted.note(caseId(1), user(1), smallDiagnosis({}));
      await charted.escalation.escalate(wanted(caseId(1), user(1)), signal);
      await charted.act('take', caseId(1), 'U0HELPER');
      expect(drawn).toBe(1);
      const keys = [...charted.outlet.files.keys()].map((key) => key.replace(/incd_\w+/, 'incd'));
      expect(keys).toEqual(['handoff-chart/incd/ledger.png', 'handoff-page/incd']);
      const card = [...charted.outlet.posts.values()].find(({ key }) => key.startsWith('handoff/'))?.card;
      expect(JSON.stringify(card)).toContain('"F0CHART1"');
      await charted.close();
    });

    it('keeps a draft and a candidate of what was resolved, and a candidate of a thumbs down', async () => {
      await bench.note(caseId(1), user(1), smallDiagnosis({ question: 'why? token=xoxb-1234567890-abc' }));
      const down = await bench.act('not_helpful', caseId(1), user(1), { reason: 'wrong host' });
      expect(down).toMatchObject({ kind: 'escalated', escalated: { kind: 'handed_over', first: true } });
      const candidate = async () =>
        JSON.parse(await readFile(path.join(bench.folder, 'candidates', `${caseId(1)}.json`), 'utf8')) as object;
      expect(await candidate()).toMatchObject({ because: 'not_helpful', resolved: null });
      await bench.act('resolve', caseId(1), 'U0HELPER', { fixedBy: 'a new disk', code: 'storage.slow_disk' });
      expect(await candidate()).toMatchObject({
        because: 'resolved',
        resolved: { code: 'storage.slow_disk', fixedBy: 'a new disk', agrees: false },
        sources: [{ area: 'storage', source: 'hosts/node2/dmesg.txt' }],
      });
      const [draft = ''] = await filesIn(path.join(bench.folder, 'drafts'));
      const text = await readFile(path.join(bench.folder, 'drafts', draft), 'utf8');
      expect(text).toContain('status: draft');
      expect(text).toContain('a new disk');
      const hung = [...bench.outlet.files.values()].map(({ file }) => file.name);
      expect(hung).toEqual([draft]);
      expect(JSON.stringify(await candidate()) + text + JSON.stringify([...bench.outlet.posts.values()])).not.toContain(
        'xoxb-1234567890',
      );
    });

    it('takes a case out with its question and its asker', async () => {
      await bench.note(caseId(1), user(1), smallDiagnosis({}));
      await bench.note(caseId(2), user(2), smallDiagnosis({ run: 'app_2', question: 'my private question' }));
      for (const number of [1, 2]) await bench.escalation.escalate(wanted(caseId(number), user(number)), signal);
      await bench.escalation.forget(caseId(2));
      expect(await bench.escalation.incidentOf(caseId(2))).toBeNull();
      const rows = await database.query('select * from hand_off_cases');
      expect(rows).toHaveLength(1);
      await bench.escalation.forget(caseId(1));
      await bench.escalation.resume(signal);
      expect(onlyCard()).toContain('deleted');
    });

    it('finds the case of a thread for words that name none', async () => {
      await bench.note(caseId(7), user(7), smallDiagnosis({}));
      const place = { team: 'T1', channel: 'C0USERS', threadTs: '1000000007.000100' };
      const action = { name: 'support', caseId: null, diagnosis: null, input: {}, messageTs: null } as const;
      expect(await bench.escalation.act(action, user(7), place, signal)).toMatchObject({
        kind: 'escalated',
        escalated: { kind: 'handed_over', first: true },
      });
      const thread = bench.outlet.posts.get(supportCards()[0] ?? '')?.place;
      const taken = await bench.escalation.act(
        { ...action, name: 'take' },
        'U0HELPER',
        thread ?? { ...place, threadTs: null },
        signal,
      );
      expect(taken).toMatchObject({ kind: 'done', state: 'taken' });
    });
  });
});
