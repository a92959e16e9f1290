import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { onBothStores } from './both-stores-fixture.ts';
import type { WantedHelp } from './escalation.ts';
import { escalationBench, filesIn, SUPPORT, signal, smallDiagnosis } from './escalation-fixture.ts';
import { openHandOffs } from './open-hand-offs.ts';

const wanted = (caseId: string, by: string): WantedHelp => ({ caseId, by, way: 'asked', said: null });
const caseId = (number: number) => `case_${String(number).padStart(4, '0')}`;
const user = (number: number) => `U${String(number).padStart(4, '0')}`;

onBothStores('publishing a hand-off', (on) => {
  it('makes one support thread of forty escalations at once, of two processes', { timeout: 20_000 }, async () => {
    const other = on.bench.again(await on.store.open());
    const numbers = Array.from({ length: 40 }, (_, at) => at + 1);
    for (const number of numbers)
      await on.bench.note(caseId(number), user(number), smallDiagnosis({ run: `app_${number}` }));
    const became = await Promise.all(
      numbers.map((number) =>
        (number % 2 === 0 ? other : on.bench.escalation).escalate(wanted(caseId(number), user(number)), signal),
      ),
    );
    expect(became.filter((one) => one.kind === 'handed_over' && one.first)).toHaveLength(1);
    expect(new Set(became.map((one) => ('incident' in one ? one.incident : '')))).toHaveProperty('size', 1);
    expect(on.supportCards()).toHaveLength(1);
    const thread = on.bench.outlet.posts.get(on.supportCards()[0] ?? '')?.place;
    const further = [...on.bench.outlet.posts.values()].filter(({ key }) => key.startsWith('handoff-case/'));
    expect(further).toHaveLength(39);
    for (const { place } of further) expect(place).toEqual(thread);
    expect([...on.bench.outlet.posts.keys()].filter((key) => key.startsWith('handoff-state/'))).toHaveLength(40);
    expect(on.bench.outlet.mostAtOnce).toBe(1);
    expect(on.onlyCard()).toContain('39 others ask about node2 since 10:05 UTC');
    expect(on.bench.troubles).toEqual([]);
  });

  it('finishes what a process that died had begun, without a second message', async () => {
    for (const number of [1, 2])
      await on.bench.note(caseId(number), user(number), smallDiagnosis({ run: `a_${number}` }));
    const { incident } = (await on.bench.escalation.incidentOf(caseId(1))) ?? { incident: '' };
    on.bench.outlet.diesAfter.add(`handoff/${incident}`);
    expect(await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal)).toMatchObject({
      kind: 'handed_over',
    });
    expect(on.bench.troubles).toHaveLength(1);
    expect(on.bench.outlet.posts.has(`handoff-state/${caseId(1)}`)).toBe(false);
    const next = on.bench.again(await on.store.open());
    expect(await next.resume(signal)).toBe(1);
    expect(on.supportCards()).toHaveLength(1);
    expect(on.bench.shown(`handoff-state/${caseId(1)}`)).toContain('evidence went along');
    expect(await next.resume(signal)).toBe(0);
  });

  it('waits for a process that holds the incident and died with it, no longer than its lease', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({}));
    const { incident } = (await on.bench.escalation.incidentOf(caseId(1))) ?? { incident: '' };
    const handOffs = openHandOffs(on.database);
    await handOffs.enter(caseId(1), { by: user(1), way: 'asked', said: null }, on.bench.clock.now);
    expect(await handOffs.hold(incident, 'dead', on.bench.clock.now, 60_000)).toBe(1);
    expect(await on.bench.escalation.resume(signal)).toBe(0);
    on.bench.clock.now += 61_000;
    expect(await on.bench.escalation.resume(signal)).toBe(1);
    expect(on.supportCards()).toEqual([`handoff/${incident}`]);
    expect(await handOffs.renew(incident, 'dead', on.bench.clock.now, 60_000)).toBe(false);
  });

  it('is not stopped by one thread that Slack refuses', async () => {
    on.bench.outlet.refuses.add(`handoff-state/${caseId(1)}`);
    for (const number of [1, 2]) {
      await on.bench.note(caseId(number), user(number), smallDiagnosis({ run: `app_${number}` }));
      await on.bench.escalation.escalate(wanted(caseId(number), user(number)), signal);
    }
    expect(on.bench.outlet.posts.has(`handoff-state/${caseId(2)}`)).toBe(true);
    expect(on.bench.troubles[0]).toContain('is_archived');
  });

  it('stays with the first who asked, takes a reason that comes later, and tells nobody of a team that is done', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({ run: 'app_1', question: 'the first question' }));
    await on.bench.escalation.escalate({ ...wanted(caseId(1), user(1)), said: null }, signal);
    await on.bench.escalation.escalate({ ...wanted(caseId(1), user(1)), said: 'it is the disk' }, signal);
    expect(on.onlyCard()).toContain('it is the disk');
    await on.bench.note(caseId(2), user(2), smallDiagnosis({ run: 'app_2', question: 'the second question' }));
    await on.bench.escalation.escalate(wanted(caseId(2), user(2)), signal);
    await on.bench.act('back_to_bot', caseId(1), 'U0HELPER');
    await on.bench.note(caseId(3), user(3), smallDiagnosis({ run: 'app_3' }));
    expect(on.bench.outlet.posts.has(`handoff-state/${caseId(3)}`)).toBe(false);
    on.bench.clock.now += 1_000;
    await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
    expect(on.onlyCard()).toContain('> the first question');
  });

  it('counts who asked in private, and names only who came to the support team', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({ run: 'app_1' }));
    await on.bench.note(caseId(2), user(2), smallDiagnosis({ run: 'app_private' }), 'D0TWO');
    await on.bench.note(caseId(3), user(3), smallDiagnosis({ run: 'app_3' }));
    await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
    expect(on.onlyCard()).toContain('2 others ask about node2');
    expect(on.onlyCard()).toContain(`<@${user(3)}>`);
    expect(on.onlyCard()).not.toMatch(/U0002|app_private/);
    await on.bench.escalation.escalate(wanted(caseId(2), user(2)), signal);
    expect(on.onlyCard()).toContain(`<@${user(2)}>`);
  });

  it('keeps what is open when the support channel is taken out of the settings', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({}));
    await openHandOffs(on.database).enter(caseId(1), { by: user(1), way: 'asked', said: null }, on.bench.clock.now);
    const without = await escalationBench(on.database, { setting: { support: null } });
    await without.escalation.resume(signal);
    await without.close();
    expect(await on.bench.escalation.resume(signal)).toBe(1);
    expect(on.supportCards()).toHaveLength(1);
  });

  it('without a support channel sends nothing and loses nothing', async () => {
    const without = await escalationBench(on.database, { setting: { support: null } });
    await without.note(caseId(1), user(1), smallDiagnosis({}));
    expect(await without.escalation.escalate(wanted(caseId(1), user(1)), signal)).toEqual({ kind: 'no_channel' });
    expect(without.outlet.posts.size).toBe(0);
    await without.close();
    await on.bench.note(caseId(1), user(1), smallDiagnosis({}));
    expect(await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal)).toMatchObject({ first: true });
  });

  it('shows the support channel only what it may see', async () => {
    const hidden = await escalationBench(on.database, {
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
    const charted = await escalationBench(on.database, {
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
    expect(JSON.stringify(card)).toContain('"F0CHART001"');
    await charted.close();
  });

  it('keeps a draft and a candidate of what was resolved, and a candidate of a thumbs down', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({ question: 'why? token=xoxb-1234567890-abc' }));
    const down = await on.bench.act('not_helpful', caseId(1), user(1), { reason: 'wrong host' });
    expect(down).toMatchObject({ kind: 'escalated', escalated: { kind: 'handed_over', first: true } });
    const candidate = async () =>
      JSON.parse(await readFile(path.join(on.bench.folder, 'candidates', `${caseId(1)}.json`), 'utf8')) as object;
    expect(await candidate()).toMatchObject({ because: 'not_helpful', resolved: null });
    await on.bench.act('resolve', caseId(1), 'U0HELPER', { fixedBy: 'a new disk', code: 'storage.slow_disk' });
    expect(await candidate()).toMatchObject({
      because: 'resolved',
      resolved: { code: 'storage.slow_disk', fixedBy: 'a new disk', agrees: false },
      sources: [{ area: 'storage', source: 'hosts/node2/dmesg.txt' }],
    });
    const [draft = ''] = await filesIn(path.join(on.bench.folder, 'drafts'));
    const text = await readFile(path.join(on.bench.folder, 'drafts', draft), 'utf8');
    expect(text).toContain('status: draft');
    expect(text).toContain('a new disk');
    const hung = [...on.bench.outlet.files.values()].map(({ file }) => file.name);
    expect(hung).toEqual([draft]);
    expect(
      JSON.stringify(await candidate()) + text + JSON.stringify([...on.bench.outlet.posts.values()]),
    ).not.toContain('xoxb-1234567890');
  });

  it('tries again to keep what was learnt when the folder cannot be written', async () => {
    let full = true;
    const kept: string[] = [];
    const keep = async (name: string) => {
      if (full) throw new Error('ENOSPC');
      kept.push(name);
      return name;
    };
    const tight = await escalationBench(on.database, {
      lessons: {
        draft: ({ fileName }) => keep(fileName),
        candidate: ({ caseId: id }) => keep(id),
        forget: async () => undefined,
      },
    });
    await tight.note(caseId(1), user(1), smallDiagnosis({}));
    await tight.escalation.escalate(wanted(caseId(1), user(1)), signal);
    await tight.act('resolve', caseId(1), 'U0HELPER', { fixedBy: 'a new disk' });
    expect(tight.shown(`handoff-state/${caseId(1)}`)).toContain('a new disk');
    expect(tight.troubles).toEqual([expect.stringContaining('ENOSPC')]);
    full = false;
    expect(await tight.escalation.resume(signal)).toBe(1);
    expect(kept).toEqual(['storage-bad-disk-inv-1.md', caseId(1)]);
    expect(await tight.escalation.resume(signal)).toBe(0);
    await tight.close();
  });
});
