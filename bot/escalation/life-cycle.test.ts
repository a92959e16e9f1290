import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openStoreMaker } from '../cases/database/stores-fixture.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { isoTime } from '../investigation/iso-time.ts';
import { type EscalationBench, escalationBench, filesIn, shownText, signal } from './escalation-fixture.ts';
import { askedOf, FIRST_APP, HAS_CAPTURES, SECOND_APP, twoJobsOfOneHost } from './two-jobs-fixture.ts';

const ORIGIN = [
  'A hand-off from the question to the end, as people see it. Written by bot/escalation/life-cycle.test.ts (vitest -u writes it anew).',
  'Answers: the investigation of the capture cache-215-disk-io-errors-remount-ro, one container of it given to a second application;',
  'the store is SQLite, Slack a double that keeps what is put. Ids that differ each time are cut. [x] is a button, <@U…> a mention.',
];

const toClose: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

/** A diagnosis of the same trouble at a later time: every time moved. */
function later(diagnosis: Diagnosis, ms: number): Diagnosis {
  const text = JSON.stringify(diagnosis).replace(
    /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z)"/g,
    (_whole, at: string) => JSON.stringify(isoTime(Date.parse(at) + ms)),
  );
  return { ...(JSON.parse(text) as Diagnosis), id: `${diagnosis.id}later` };
}

/** Writes down what each step changes in Slack. */
function scribe(bench: EscalationBench) {
  const lines: string[] = [...ORIGIN];
  const seen = new Map<string, string>();
  let files = 0;
  return {
    lines,
    async step(at: string, what: string, work: () => Promise<unknown>) {
      bench.clock.now = Date.parse(`2026-11-21T${at}:00Z`);
      lines.push('', `== ${at} UTC  ${what}`);
      const became = await work();
      if (became !== undefined) lines.push(`(the bot's own answer to it: ${JSON.stringify(became)})`);
      for (const { key, place, card } of bench.outlet.posts.values()) {
        const text = shownText(card);
        if (seen.get(key) === text) continue;
        const where = `${place.channel}, thread ${place.threadTs}`;
        lines.push('', `  ${seen.has(key) ? 'edited' : 'posted'} in ${where}  {${key}}`);
        lines.push(...text.split('\n').map((line) => `  | ${line}`));
        seen.set(key, text);
      }
      for (const [key, { file, place }] of [...bench.outlet.files].slice(files))
        lines.push(
          '',
          `  file in ${place?.channel}, thread ${place?.threadTs}: ${file.name} (${file.title})  {${key}}`,
        );
      files = bench.outlet.files.size;
    },
    text: () =>
      `${lines
        .join('\n')
        .replace(/incd_[0-9a-f]{12}/g, 'incd_…')
        .replace(/inv[_-][0-9a-z]+/g, 'inv_…')}\n`,
  };
}

describe.skipIf(!HAS_CAPTURES)('the life cycle of a hand-off (needs the recorded captures)', () => {
  it.each(['en', 'zh'] as const)('reads as it should (%s)', { timeout: 30_000 }, async (language) => {
    const zh = language === 'zh';
    const capture = twoJobsOfOneHost();
    toClose.push(() => rm(capture, { recursive: true, force: true }));
    const maker = await openStoreMaker('sqlite');
    const store = await maker.make();
    toClose.push(() => store.discard());
    const bench = await escalationBench(await store.open(), { setting: { language } });
    toClose.push(() => bench.close());
    const question = (app: string) => (zh ? `${app} 为什么失败了？` : `why did ${app} fail?`);
    const first = await askedOf(capture, question(FIRST_APP), language);
    const second = await askedOf(capture, question(SECOND_APP), language);
    const { step, text } = scribe(bench);
    const say = (en: string, chinese: string) => (zh ? chinese : en);

    await step('10:50', `U0ADA asks in C0ETL: ${question(FIRST_APP)}`, () =>
      bench.note('case_0001', 'U0ADA', first, 'C0ETL'),
    );
    await step('10:52', `U0BO asks in a direct message: ${question(SECOND_APP)}`, async () => {
      await bench.note('case_0002', 'U0BO', second, 'D0BO');
      return bench.escalation.incidentOf('case_0002');
    });
    await step('10:53', 'U0ADA presses "Ask support"', () =>
      bench.act('support', 'case_0001', 'U0ADA', { reason: say('the third time this week', '这周第三次了') }),
    );
    await step('10:55', 'U0BO writes "escalate" in the thread', () =>
      bench.escalation.act(
        { name: 'support', caseId: null, diagnosis: null, input: {}, messageTs: null },
        'U0BO',
        { team: 'T1', channel: 'D0BO', threadTs: '1000000002.000100' },
        signal,
      ),
    );
    await step('10:56', `U0CHEN asks in C0ETL: ${question(SECOND_APP)}`, () =>
      bench.note('case_0003', 'U0CHEN', { ...second, id: `${second.id}c` }, 'C0ETL'),
    );
    await step('11:00', 'U0HELPER presses "Take"', () => bench.act('take', 'case_0001', 'U0HELPER'));
    await step('11:05', 'U0HELPER hands it to U0DORA', () =>
      bench.act('reassign', 'case_0001', 'U0HELPER', { assignee: 'U0DORA' }),
    );
    const fixedBy = say(
      'took nm-0217b out of the cluster and replaced its disk data07',
      '将 nm-0217b 下线并更换了 data07 磁盘',
    );
    await step('11:30', 'U0DORA resolves it', () =>
      bench.act('resolve', 'case_0001', 'U0DORA', { fixedBy, code: 'storage.bad_disk' }),
    );
    await step('11:40', `U0EVE asks about ${FIRST_APP}, which failed before that, and wants help`, async () => {
      await bench.note('case_0004', 'U0EVE', { ...first, id: `${first.id}e` }, 'C0ETL');
      return bench.act('support', 'case_0004', 'U0EVE');
    });
    await step('11:50', 'the host fails again at 11:45; U0FAY asks and wants help', async () => {
      await bench.note('case_0005', 'U0FAY', later(second, 60 * 60_000), 'C0ETL');
      return bench.act('support', 'case_0005', 'U0FAY');
    });
    await step('11:55', 'U0HELPER gives it back to the bot', () => bench.act('back_to_bot', 'case_0005', 'U0HELPER'));
    expect(bench.troubles).toEqual([]);

    const folder = path.join(bench.folder, 'drafts');
    const [draft = ''] = await filesIn(folder);
    const kept = await readFile(path.join(folder, draft), 'utf8');
    const whole = `${text()}\n== what is kept for review: candidates/${(await filesIn(path.join(bench.folder, 'candidates'))).join(', ')} and the draft\n\n${kept}`;
    await expect(whole.replace(/inv[_-][0-9a-z]+/g, 'inv_…')).toMatchFileSnapshot(
      `fixtures/life-cycle.${language}.txt`,
    );
  });
});
