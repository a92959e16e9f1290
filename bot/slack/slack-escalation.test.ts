import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerVenue } from '../access/audience.ts';
import { SEES_EVERYTHING } from '../access/viewer.ts';
import { drawKeptCharts } from '../answering/draw-charts.ts';
import { drawPage } from '../answering/draw-page.ts';
import { facesOf, keptCaseText } from '../answering/kept-case-fixture.ts';
import { openStoreMaker, type TestStore } from '../cases/database/stores-fixture.ts';
import { openKeptCases } from '../cases/kept-cases/open-kept-cases.ts';
import { type RecordedOutlet, recordingOutlet, shownText, smallDiagnosis } from '../escalation/escalation-fixture.ts';
import { CHARTS } from '../render/charts/chart-fixture.ts';
import { slackEscalation } from './slack-escalation.ts';
import type { Rights } from './work/desk.ts';

const ID = 'case_0123456789';
const { signal } = new AbortController();
const PLACE = { team: 'T1', channel: 'C00USERS', threadTs: '1700000000.000100' };
const DIAGNOSIS = smallDiagnosis({ id: 'inv_1', run: 'application_1_0001', question: 'why did it fail?' });

let store: TestStore;
let folder = '';
let outlet: RecordedOutlet;
let troubles: string[];
beforeEach(async () => {
  store = await (await openStoreMaker('sqlite')).make();
  folder = mkdtempSync(path.join(tmpdir(), 'slack-escalation-'));
  outlet = recordingOutlet();
  troubles = [];
});
afterEach(async () => {
  await store.discard();
  rmSync(folder, { recursive: true, force: true });
});

const rightsOf = (limited: boolean, venue: AnswerVenue): Rights => ({
  limited,
  viewer: async () => SEES_EVERYTHING,
  venue: async () => venue,
});

/** A case that was asked and handed over; what stands in the support channel. */
async function handedOver(rights: Rights, more: { support?: string | null; language?: 'auto' | 'en' | 'zh' } = {}) {
  const database = await store.open();
  const cases = openKeptCases(database);
  await cases.keep({
    id: ID,
    threadId: null,
    text: keptCaseText(ID, facesOf(DIAGNOSIS), { charts: CHARTS.slice(0, 1) }),
    about: [],
    turns: {},
  });
  const escalation = slackEscalation({
    database,
    outlet,
    cases,
    pool: { page: (job) => drawPage(job), charts: (job) => drawKeptCharts(job, null) },
    rights,
    team: 'T1',
    workspaceUrl: 'https://team.slack.com/',
    supportChannel: more.support === undefined ? 'C0SUPPORT' : more.support,
    language: more.language ?? 'auto',
    lessonsFolder: folder,
    log: (line, error) => troubles.push(`${line}: ${error instanceof Error ? error.message : ''}`),
  });
  await escalation.noteCase(
    { caseId: ID, place: PLACE, asker: 'U0000ANNA', diagnosis: DIAGNOSIS, cluster: null, askedAtMs: Date.now() },
    signal,
  );
  const became = await escalation.escalate({ caseId: ID, by: 'U0000ANNA', way: 'asked', said: null }, signal);
  const [card] = [...outlet.posts.values()].filter(({ key }) => key.startsWith('handoff/'));
  return { became, escalation, card, shown: shownText(card?.card) };
}

describe('a hand-off in Slack', () => {
  it('stands in the support channel with the cause, the thread and the case page', async () => {
    const { became, card, shown } = await handedOver(rightsOf(false, 'thread'));
    expect(became).toMatchObject({ kind: 'handed_over', first: true, reached: true });
    expect(card?.place.channel).toBe('C0SUPPORT');
    expect(shown).toContain('The disk of node2');
    expect(shown).toContain('why did it fail?');
    expect(shown).toContain('https://team.slack.com/archives/C00USERS/p1700000000000100');
    const files = [...outlet.files.values()].map(({ file }) => file);
    expect(files.filter(({ name }) => name.endsWith('.png'))).toHaveLength(1);
    expect(files.map(({ name, title }) => [name, title])).toContainEqual(['inv_1.html', 'job of application_1_0001']);
    const page = files.find(({ name }) => name.endsWith('.html'));
    expect(Buffer.from(page?.content ?? []).toString()).toContain('application_1_0001');
    expect(troubles).toEqual([]);
  });

  it('tells nothing of a case that not everybody in the support channel may see', async () => {
    const { became, shown } = await handedOver(rightsOf(true, 'ephemeral'));
    expect(became).toMatchObject({ kind: 'handed_over' });
    expect(shown).not.toMatch(/why did it fail|The disk of node2 gives/);
    expect(outlet.files.size).toBe(0);
  });

  it('shows it where all may see it', async () => {
    expect((await handedOver(rightsOf(true, 'thread'))).shown).toContain('why did it fail?');
  });

  it('is in the language of the settings', async () => {
    expect((await handedOver(rightsOf(false, 'thread'), { language: 'zh' })).shown).toMatch(/\p{Script=Han}/u);
  });

  it('goes nowhere without a support channel', async () => {
    const { became, card } = await handedOver(rightsOf(false, 'thread'), { support: null });
    expect([became, card]).toEqual([{ kind: 'no_channel' }, undefined]);
  });
});
