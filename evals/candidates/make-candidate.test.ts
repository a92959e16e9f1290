import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMap, isScalar, parseDocument, visit } from 'yaml';
import { facesOf, keptCaseText } from '../../bot/answering/kept-case-fixture.ts';
import { openDatabase } from '../../bot/cases/database/open-database.ts';
import { openKeptCases } from '../../bot/cases/kept-cases/open-kept-cases.ts';
import { scenarioCandidate } from '../../bot/cases/scenario-candidate.ts';
import { openHandOffs } from '../../bot/escalation/open-hand-offs.ts';
import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import { investigate } from '../../bot/investigation/investigate.ts';
import { UsageError } from '../../bot/terminal/terminal-io.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { leaksOfCapture, leaksOfQuestions } from '../scenario/leaks-of.ts';
import { readScenario, SCENARIOS_FOLDER } from '../scenario/read-scenarios.ts';
import { storedFiles } from '../scenario/stored-files.ts';
import { asksOf } from '../trial/asks-of.ts';
import { putAsk } from '../trial/put-ask.ts';
import type { Trial } from '../trial/trial.ts';
import { RULES_ANSWERER } from '../variants/rules-answerer.ts';
import { makeCandidate } from './make-candidate.ts';

// A recorded incident (evals/scenarios), and lines that are private planted behind its own: the capture as a platform would give it.
const PARENT = path.join(SCENARIOS_FOLDER, 'local-502-ads-hive-a', 'capture');
const LOG = 'hosts/gw01/srv/logs/ads_hive_a_20261121.log.gz';
const SECRETS = [
  'hunter2secret',
  'abcDEF123456xyz',
  'anna.schmidt',
  'bert@corp',
  'U0123ABCD45',
  'U0RESOLVER1',
  'U0ASKER0001',
];
const PLANTED = [
  'conf: fs.s3a.secret.key=abcDEF123456xyz mail anna.schmidt@corp.example.org',
  'notify U0123ABCD45 --password hunter2secret',
];
const QUESTION = 'ads_hive_a: no tables since 15:08, is the warehouse gone?';
const ASKED = `${QUESTION} mail anna.schmidt@corp.example.org or <@U0123ABCD45|anna>, --password hunter2secret`;
const [DOWN, RESOLVED, WITHOUT] = ['case_0000000001', 'case_0000000002', 'case_0000000003'];

let work = '';
let capture = '';
let diagnosis: Diagnosis;
const environment = () => ({ WHEREFORE_CASES: path.join(work, 'cases') });
const to = () => path.join(work, 'review');
const base = () => ({ capture, to: to(), people: [], renameSeed: null, environment: environment() });

beforeAll(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'wherefore-make-candidate-'));
  capture = path.join(work, 'capture');
  cpSync(PARENT, capture, { recursive: true });
  const log = path.join(capture, LOG);
  writeFileSync(log, gzipSync(`${gunzipSync(readFileSync(log)).toString('utf8')}${PLANTED.join('\n')}\n`));
  mkdirSync(path.join(capture, 'hosts/gw01/var/log'), { recursive: true });
  appendFileSync(path.join(capture, 'hosts/gw01/var/log/cron.txt'), `sent to bert@corp.example.org\n`);
  const platform = await openCapture(capture);
  diagnosis = await investigate({ question: QUESTION, platform, language: 'auto', attachments: [] });
  const database = await openDatabase({ url: null, folder: work });
  const cases = openKeptCases(database);
  const handOffs = openHandOffs(database);
  const asked = { ...diagnosis, question: { ...diagnosis.question, text: ASKED } };
  for (const id of [DOWN, RESOLVED, WITHOUT]) {
    const own = { ...asked, id: `inv_${id.slice(-4)}` };
    const text = keptCaseText(id, facesOf(own), { followUps: ['谁负责？'] });
    await cases.keep({ id, threadId: null, text, about: [], turns: {}, asker: 'U0ASKER0001' });
  }
  const said = { caseId: DOWN, diagnosis: 'inv_0001', user: 'U0ASKER0001', helpful: false, atMs: 0 };
  await cases.noteFeedback({ ...said, reason: 'wrong, anna.schmidt@corp.example.org knows; token=abcDEF123456xyz' });
  const place = { team: 'T1', channel: 'C1', threadTs: '1.1' };
  const incident = await handOffs.note(
    {
      ...{ caseId: RESOLVED, place, asker: 'U0ASKER0001', question: QUESTION, language: 'en', diagnosis: 'inv_0002' },
      ...{ askedAtMs: 0, failedAtMs: 0, subject: 'ads_hive_a' },
      key: { kind: 'host', id: 'sm01', family: 'any', cluster: '' },
    },
    0,
  );
  await handOffs.enter(RESOLVED, { by: null, way: 'asked', said: null }, 0);
  const fixedBy = 'started the metastore again, spark.executor.memory was fine; asked bert@corp.example.org';
  const end = { to: 'resolved', fixedBy, code: 'storage.metastore', note: null } as const;
  await handOffs.change(incident.id, end, 'U0RESOLVER1', Date.parse('2026-11-21T16:00:00Z'));
  await database.close();
}, 120_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Every text of a folder, unpacked, with the names of its files. */
async function everythingIn(folder: string): Promise<string> {
  const files = storedFiles(folder);
  const texts = await Promise.all(files.map(async (file) => `${file.name}\n${(await file.read()).toString('utf8')}`));
  return texts.join('\n');
}

/** What a reviewer does: takes the marks away, says how it was proven, moves the folder. */
function accepted(folder: string) {
  const file = path.join(folder, 'scenario.yaml');
  const document = parseDocument(readFileSync(file, 'utf8'));
  document.setIn(['provenance', 'checked'], 'the lines of the log, read in this test');
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key)) key.commentBefore = null;
    },
  });
  if (isMap(document.contents)) document.contents.commentBefore = null;
  writeFileSync(file, document.toString());
  rmSync(path.join(folder, 'REVIEW.md'));
  const scenarios = path.join(work, 'scenarios');
  mkdirSync(scenarios, { recursive: true });
  const moved = path.join(scenarios, path.basename(folder));
  renameSync(folder, moved);
  return readScenario(moved);
}

async function firstTrial(scenario: ReturnType<typeof readScenario>): Promise<Trial> {
  const [ask] = asksOf([scenario], 1);
  if (ask === undefined) throw new Error('nothing is asked');
  return await putAsk(ask, RULES_ANSWERER, { variant: 'rules', attempt: 1 }, async (trial) => trial);
}

const text = (folder: string, name: string) => readFileSync(path.join(folder, name), 'utf8');

describe('a case that did not help', { timeout: 120_000 }, () => {
  it('becomes a candidate with nothing private, that no reader takes before it was proven, and then is put', async () => {
    const { folder, hasCapture, leaks } = await makeCandidate({ of: DOWN, ...base() });
    expect([path.basename(folder), hasCapture, leaks]).toEqual(['case-0000000001-ads-hive-a', true, []]);
    expect(readdirSync(folder).sort()).toEqual(['REVIEW.md', 'capture', 'scenario.yaml']);
    const everything = await everythingIn(folder);
    expect(SECRETS.filter((secret) => everything.includes(secret))).toEqual([]);
    expect(everything).toContain('Connection refused');
    expect(text(folder, 'scenario.yaml')).toContain('# REVIEW: nobody named it');
    const review = text(folder, 'REVIEW.md');
    for (const part of ['Not helpful: wrong', 'storage.metastore', 'npm run eval -- --only', 'e-mail'])
      expect(review).toContain(part);
    expect(review).not.toContain('in the capture:');
    expect(() => readScenario(folder)).toThrow('checked');
    const scenario = accepted(folder);
    expect(scenario.expected).toMatchObject({ behaviour: 'needs_more', causes: ['unknown.insufficient_evidence'] });
    expect(scenario.questions.map(({ text: asked }) => asked)).toEqual([
      `${QUESTION} mail someone@example.com or somebody, --password ‹masked›`,
      'local-1795273719436 ??',
    ]);
    expect(scenario.expected.evidence.length).toBeGreaterThan(1);
    expect([...leaksOfQuestions(scenario), ...(await leaksOfCapture(scenario))]).toEqual([]);
    expect(await firstTrial(scenario)).toMatchObject({ status: 'ran', scenarioId: scenario.id });
  });
});

describe('a case that was resolved', { timeout: 120_000 }, () => {
  it('brings the resolver’s cause, and the product answers the accepted scenario so', async () => {
    const { folder, leaks } = await makeCandidate({ of: RESOLVED, ...base(), people: ['gw01x'] });
    expect(leaks).toEqual([]);
    const everything = await everythingIn(folder);
    expect(SECRETS.filter((secret) => everything.includes(secret))).toEqual([]);
    const scenario = accepted(folder);
    expect(scenario.expected.causes).toEqual(['storage.metastore']);
    expect(scenario.expected.settings.required).toEqual([['spark.executor.memory']]);
    expect(scenario.provenance).toMatchObject({ kind: 'recorded', recordedOn: '2026-11-21' });
    const trial = await firstTrial(scenario);
    expect(trial.diagnosis?.rootCauses[0]?.code).toBe('storage.metastore');
  });

  it('is renamed throughout where that is asked for: question, truth, capture, id', async () => {
    const { folder } = await makeCandidate({ of: RESOLVED, ...base(), renameSeed: 7 });
    const everything = await everythingIn(folder);
    for (const name of ['ads_hive_a', 'gw01', '2026-11-21T15:08']) expect(everything).not.toContain(name);
    expect(path.basename(folder)).not.toContain('hive');
    const scenario = accepted(folder);
    const sources = new Set(storedFiles(path.join(scenario.folder, 'capture')).map(({ source }) => source));
    const gold = scenario.expected.evidence.flatMap(({ places }) => places.map(({ source }) => source));
    expect(gold.length).toBeGreaterThan(0);
    expect(gold.filter((source) => !sources.has(source))).toEqual([]);
    const trial = await firstTrial(scenario);
    expect(trial.diagnosis?.rootCauses[0]?.code).toBe('storage.metastore');
  });

  it('can be read from the file that the bot kept, and says where a line is not in the capture', async () => {
    const file = path.join(work, 'candidate.json');
    const forged = structuredClone(diagnosis);
    const [cited] = forged.rootCauses[0]?.chain.at(-1)?.evidence ?? [];
    for (const piece of forged.evidence) if (piece.id === cited) piece.excerpt = 'a line that nobody wrote';
    const resolved = { fixedBy: 'waited', code: null, resolver: null, resolvedOn: '2026-11-21' };
    writeFileSync(file, JSON.stringify(scenarioCandidate('case_00000000ff', forged, resolved, [])));
    const { folder } = await makeCandidate({ of: file, ...base() });
    expect(text(folder, 'REVIEW.md')).toContain('says something else');
    expect(text(folder, 'scenario.yaml')).toContain('others do not (REVIEW.md)');
  });
});

describe('a candidate', { timeout: 60_000 }, () => {
  it('without a capture says that it is no scenario yet, and what to record', async () => {
    const { folder, hasCapture } = await makeCandidate({ of: WITHOUT, ...base(), capture: null });
    expect([hasCapture, readdirSync(folder).sort()]).toEqual([false, ['REVIEW.md', 'scenario.yaml']]);
    const review = text(folder, 'REVIEW.md');
    expect(review).toContain('No scenario yet');
    expect(review).toContain('wherefore capture');
    for (const { source } of diagnosis.evidence) expect(review).toContain(source);
    expect(() => readScenario(folder)).toThrow('capture/ is missing');
    await expect(makeCandidate({ of: WITHOUT, ...base(), capture: null })).rejects.toThrow('never written over');
  });

  it('says what of the capture would tell the answer', async () => {
    const telling = path.join(work, 'telling');
    cpSync(capture, telling, { recursive: true });
    writeFileSync(path.join(telling, 'hosts/gw01/notes.txt'), 'the truth: storage.metastore\n');
    const { folder, leaks } = await makeCandidate({
      of: RESOLVED,
      ...base(),
      capture: telling,
      to: path.join(work, 'b'),
    });
    expect(leaks).toEqual(['hosts/gw01/notes.txt: storage.metastore']);
    expect(text(folder, 'REVIEW.md')).toContain('hosts/gw01/notes.txt: storage.metastore');
  });

  it('names everything that cannot be used at once, and makes nothing', async () => {
    const wrong = { of: 'case_dead', capture: '/no/such/capture', to: path.join(SCENARIOS_FOLDER, 'x') };
    const error = await makeCandidate({ ...base(), ...wrong }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    const { problems } = error as UsageError;
    expect(problems).toHaveLength(3);
    for (const part of ['case_dead', '/no/such/capture', 'among the scenarios'])
      expect(problems.join('\n')).toContain(part);
    const file = path.join(work, 'no-candidate.json');
    writeFileSync(file, '{"kind":"scenario_candidate"}');
    await expect(makeCandidate({ ...base(), of: file })).rejects.toThrow('is no candidate');
    const renameNothing = { ...base(), of: WITHOUT, capture: null, renameSeed: 7 };
    await expect(makeCandidate(renameNothing)).rejects.toThrow('--rename');
    expect(readdirSync(SCENARIOS_FOLDER)).not.toContain('x');
  });
});
