import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { facesOf, keptCaseText } from '../answering/kept-case-fixture.ts';
import type { Database } from '../cases/database/database.ts';
import { openDatabase } from '../cases/database/open-database.ts';
import { incomingOf } from '../cases/inbox/incoming-fixture.ts';
import { openInbox } from '../cases/inbox/open-inbox.ts';
import { openKeptCases } from '../cases/kept-cases/open-kept-cases.ts';
import { smallDiagnosis } from '../escalation/escalation-fixture.ts';
import { openHandOffs } from '../escalation/open-hand-offs.ts';
import { readSettings } from '../settings.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack/fake-slack.ts';
import { reachEscalation } from '../slack/reach-escalation.ts';
import { answered } from './terminal-fixture.ts';

const DAY = 86_400_000;
const [OLD, YOUNG] = ['case_0000000001', 'case_0000000002'];

let folder = '';
let database: Database;
let slack: FakeSlack | null = null;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cases-command-'));
  database = await openDatabase({ url: null, folder });
});
afterEach(async () => {
  await database.close();
  await slack?.close();
  slack = null;
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({ WHEREFORE_CASES: path.join(folder, 'cases') });
const run = (...argv: string[]) => answered(['cases', ...argv], { environment: environment() });

/** A case of a person about a run, kept as the bot keeps it. */
async function kept(id: string, user: string, atMs = Date.now()): Promise<void> {
  const inbox = openInbox(database);
  const key = `of ${id}`;
  const threadTs = `1700000000.${id.slice(-6)}`;
  await inbox.receive(incomingOf({ key, user, threadTs, text: `secret of ${id}` }));
  const claimed = await inbox.claim('w', 1_000, { perUser: 9, perChannel: 9 });
  await inbox.finish(key, 'w', 'answered');
  const diagnosis = smallDiagnosis({ id: `inv_${id}`, run: `app_${id.slice(-1)}`, question: `why, ${id}?` });
  const text = keptCaseText(id, facesOf(diagnosis), { followUps: ['谁负责？'] });
  const cases = openKeptCases(database, () => atMs);
  await cases.keep({ id, threadId: claimed?.thread.id ?? null, text, about: [], turns: { [key]: 1 } });
  const said = { caseId: id, diagnosis: diagnosis.id, user: 'U0000BERT', atMs: Date.parse('2026-11-21T10:05:00Z') };
  await cases.noteFeedback({ ...said, helpful: false, reason: 'another disk' });
}

describe('wherefore cases', () => {
  it('lists what is kept, the one touched last first', async () => {
    await kept(OLD, 'U0000ANNA', Date.now() - 40 * DAY);
    await kept(YOUNG, 'U0000CARL');
    const { exitCode, out } = await run();
    expect(exitCode).toBe(0);
    expect(out.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^case_0000000002 .* U0000CARL .*job of app_2 .*storage\.bad_disk confirmed {2}-1$/),
      expect.stringMatching(/^case_0000000001 .* U0000ANNA .*job of app_1 .*storage\.bad_disk confirmed {2}-1$/),
    ]);
    const one = await run('--json', '--most', '1');
    expect(JSON.parse(one.out)).toMatchObject([
      { id: YOUNG, asker: 'U0000CARL', turns: 2, notHelpful: 1, handOff: null },
    ]);
  });

  it('shows one as the terminal shows an answer, with its follow-ups and what people thought', async () => {
    await kept(OLD, 'U0000ANNA');
    const { exitCode, out } = await run('show', OLD);
    expect(exitCode).toBe(0);
    for (const part of [
      `> why, ${OLD}?`,
      'The disk of node2',
      '> 谁负责？',
      '2026-11-21T10:05 U0000BERT not helpful: another disk',
    ])
      expect(out).toContain(part);
    const { out: json } = await run('show', OLD, '--json');
    expect(JSON.parse(json)).toMatchObject({
      id: OLD,
      turns: [{ number: 1 }, { number: 2 }],
      feedback: [{ helpful: false }],
    });
  });

  it('deletes one with all that hangs on it, without Slack here alone, and says so', async () => {
    await kept(OLD, 'U0000ANNA');
    await kept(YOUNG, 'U0000CARL');
    const { exitCode, out, err } = await run('delete', OLD);
    expect([exitCode, out]).toEqual([0, `${OLD} is deleted\n`]);
    expect(err).toContain('what was posted in the support channel stays there');
    const everything = JSON.stringify([
      ...(await database.query('select * from kept_cases')),
      ...(await database.query('select * from feedback')),
      ...(await database.query('select incoming from inbox')),
    ]);
    expect(everything).not.toMatch(new RegExp(`${OLD}|secret of ${OLD}`));
    expect(everything).toContain(YOUNG);
  });

  it('names what is not there, and deletes the rest', async () => {
    await kept(OLD, 'U0000ANNA');
    const { exitCode, err } = await run('delete', 'case_00000000ff', OLD);
    expect([exitCode, err]).toEqual([2, expect.stringContaining('no case case_00000000ff is kept')]);
    expect(await openKeptCases(database).read(OLD)).toBeNull();
    expect((await run('show', OLD)).exitCode).toBe(2);
  });

  it.each([
    ['--days', '30'],
    ['--before', new Date(Date.now() - 30 * DAY).toISOString().slice(0, 10)],
  ])('forgets what is older than %s %s', async (flag, value) => {
    await kept(OLD, 'U0000ANNA', Date.now() - 40 * DAY);
    await kept(YOUNG, 'U0000CARL');
    const { exitCode, out } = await run('forget', flag, value);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/^deleted what was not touched since .*: 1 case, /)]);
    expect((await openKeptCases(database).read(YOUNG))?.id).toBe(YOUNG);
    expect(await openKeptCases(database).read(OLD)).toBeNull();
  });

  it.each([
    [['forget'], '--before or --days'],
    [['forget', '--days', '3', '--before', '2026-11-21'], '--before or --days'],
    [['forget', '--before', 'yesterday'], 'not an ISO 8601 time'],
    [['forget', '--days', '-1'], 'no whole number'],
    [['--most', 'all'], 'no whole number'],
    [['delete'], "missing required argument 'ids'"],
  ])('refuses %j and deletes nothing', async (argv, why) => {
    await kept(OLD, 'U0000ANNA', 1);
    const { exitCode, err } = await run(...argv);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(why)]);
    expect(await openKeptCases(database).read(OLD)).not.toBeNull();
  });

  it('makes no store where the bot never ran', async () => {
    const elsewhere = path.join(folder, 'elsewhere');
    const { exitCode, out, err } = await answered(['cases'], {
      environment: { WHEREFORE_CASES: `${elsewhere}/cases` },
    });
    expect([exitCode, out, err, existsSync(elsewhere)]).toEqual([0, '', 'no case is kept\n', false]);
    const wrong = { DATABASE_URL: 'postgres://me:hunter22secret@127.0.0.1:1/db' };
    const unreachable = await answered(['cases'], { environment: { ...environment(), ...wrong } });
    expect([unreachable.exitCode, unreachable.err]).toEqual([2, expect.stringContaining('DATABASE_URL: ')]);
    expect(unreachable.err).not.toContain('hunter22');
  });
});

describe('wherefore cases delete, with the settings of Slack', () => {
  it('takes a handed-over question out of the support channel', async () => {
    slack = await startFakeSlack();
    const support = await slack.addChannel({ name: 'support', members: [slack.botUserId] });
    const withSlack = {
      ...environment(),
      WHEREFORE_SLACK_BOT_TOKEN: slack.botToken,
      WHEREFORE_SLACK_APP_TOKEN: slack.appToken,
      WHEREFORE_SLACK_API_URL: slack.apiUrl,
      WHEREFORE_SLACK_SUPPORT_CHANNEL: support.id,
    };
    await kept(OLD, 'U0000ANNA');
    const { slack: ofSlack, ...settings } = readSettings(withSlack, { slack: true });
    if (ofSlack === null) throw new Error('no settings of Slack');
    const escalation = await reachEscalation({ ...settings, slack: ofSlack }, database, null, () => undefined);
    const { signal } = new AbortController();
    const asked = await slack.addChannel({ name: 'data', members: [slack.botUserId] });
    const place = { team: slack.teamId, channel: asked.id, threadTs: null };
    const diagnosis = smallDiagnosis({ id: `inv_${OLD}`, question: 'secret question' });
    await escalation.noteCase(
      { caseId: OLD, place, asker: 'U0000ANNA', diagnosis, cluster: null, askedAtMs: Date.now() },
      signal,
    );
    await escalation.escalate({ caseId: OLD, by: 'U0000ANNA', way: 'asked', said: null }, signal);
    const shown = async () => JSON.stringify((await slack?.messages(support.id)) ?? []);
    expect(await shown()).toContain('secret question');
    const listed = await answered(['cases'], { environment: withSlack });
    expect(listed.out).toContain('hand-off open');

    const { exitCode, err } = await answered(['cases', 'delete', OLD], { environment: withSlack });
    expect([exitCode, err]).toEqual([0, '']);
    expect(await shown()).not.toContain('secret question');
    expect(await openHandOffs(database).incidentOf(OLD)).toBeNull();
  });

  it('deletes nothing while Slack cannot be asked, unless it is told to', async () => {
    slack = await startFakeSlack();
    const withSlack = {
      ...environment(),
      WHEREFORE_SLACK_BOT_TOKEN: 'xoxb-wrong-one',
      WHEREFORE_SLACK_APP_TOKEN: slack.appToken,
      WHEREFORE_SLACK_API_URL: slack.apiUrl,
    };
    await kept(OLD, 'U0000ANNA');
    const refused = await answered(['cases', 'delete', OLD], { environment: withSlack });
    expect([refused.exitCode, refused.err]).toEqual([
      2,
      expect.stringMatching(/Slack says invalid_auth.*--without-slack/),
    ]);
    expect(await openKeptCases(database).read(OLD)).not.toBeNull();
    const access = path.join(folder, 'access.yaml');
    writeFileSync(access, 'rules: [{who: nobody}]');
    const unruly = { ...withSlack, WHEREFORE_ACCESS_FILE: access };
    const withoutRules = await answered(['cases', 'delete', OLD], { environment: unruly });
    expect([withoutRules.exitCode, withoutRules.err]).toEqual([2, expect.stringContaining('WHEREFORE_ACCESS_FILE: ')]);
    expect(await openKeptCases(database).read(OLD)).not.toBeNull();
    const { exitCode } = await answered(['cases', 'delete', OLD, '--without-slack'], { environment: withSlack });
    expect([exitCode, await openKeptCases(database).read(OLD)]).toEqual([0, null]);
  });
});
