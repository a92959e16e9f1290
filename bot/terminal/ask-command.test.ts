import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chatServer } from '../agent/chat-server/chat-server.ts';
import { giveAnswer } from '../agent/chat-server/chat-step.ts';
import { DIAGNOSIS } from '../investigation/diagnosis.ts';
import { DEMO_QUESTIONS } from '../investigation/fixtures/demo-case.ts';
import { answered } from './terminal-fixture.ts';

const DEMO = path.join(import.meta.dirname, '..', 'demo');
const FAILED = ['ask', DEMO_QUESTIONS['failed-run'].en, '--from', path.join(DEMO, 'failed-run')];
// Typed by hand in the shape of Spark's log; the password is made up.
const LEAKY = `26/11/21 10:00:02 INFO SparkContext: Submitted application: leaky
26/11/21 10:00:05 ERROR ApplicationMaster: User class threw exception: java.lang.IllegalArgumentException: cannot open jdbc:mysql://db1:3306/x?user=a&password=hunter2secret
java.lang.IllegalArgumentException: cannot open jdbc:mysql://db1:3306/x?user=a&password=hunter2secret
\tat com.acme.Job$.main(Job.scala:10)
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-'));
  writeFileSync(path.join(folder, 'driver.log'), LEAKY);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('wherefore ask', () => {
  it('gives one diagnosis by the contract with --json, and nothing else anywhere', async () => {
    const { exitCode, out, err } = await answered([...FAILED, '--json']);
    const diagnosis = DIAGNOSIS.parse(JSON.parse(out));
    expect([exitCode, err, diagnosis.rootCauses[0]?.code]).toEqual([0, '', 'kernel.memcg_oom']);
    expect(diagnosis.costs).toMatchObject({ modelCalls: 0, inputTokens: 0, outputTokens: 0 });
  });

  it('is plain where nobody watches, coloured on a terminal, plain again with NO_COLOR', async () => {
    expect((await answered(FAILED)).out).not.toContain('\u001b');
    const terminal = await answered(FAILED, { isTerminal: true });
    expect(terminal.out).toContain('\u001b[1m');
    expect(terminal.err).toContain('looking at');
    expect((await answered(FAILED, { isTerminal: true, environment: { NO_COLOR: '1' } })).out).not.toContain('\u001b');
    expect((await answered(FAILED, { isTerminal: true, environment: { TERM: 'dumb' } })).out).not.toContain('\u001b');
  });

  it('answers in the language of the question, or as told', async () => {
    const zh = ['ask', DEMO_QUESTIONS['slow-run'].zh, '--from', path.join(DEMO, 'slow-run')];
    expect((await answered(zh)).out).toContain('根因');
    expect((await answered([...zh, '--lang', 'en'])).out).toContain('Root cause');
    expect((await answered(zh, { environment: { WHEREFORE_LANG: 'en' } })).out).toContain('Root cause');
  });

  it('asks the language model where one is configured, and not with --no-model', async () => {
    const server = await chatServer(() =>
      giveAnswer({
        ordering: [{ hypothesis: 'h1', reason: 'the kernel says so', evidence: ['e13'] }],
        reply: 'The container was full at its limit of 768 MiB, so the kernel killed the process [e13].',
        explanation: '',
        remedies: ['r1'],
        missing: [],
        theories: [],
      }),
    );
    const environment = { WHEREFORE_MODEL_URL: server.url, WHEREFORE_MODEL_SMALL: 'scripted' };
    const { out, err } = await answered(FAILED, { environment, isTerminal: true });
    expect(out.replace(/\s+/g, ' ')).toContain('so the kernel killed the process [e13].');
    expect(out).toMatch(/1 × model \([\d,]+ \+ [\d,]+ tokens\)/);
    expect(err).toContain('asking the language model');
    expect(server.asked).toHaveLength(1);
    expect((await answered([...FAILED, '--no-model'], { environment })).out).toContain('no model');
    expect(server.asked).toHaveLength(1);
    await server.close();
  });

  it('writes a page with --html and still answers', async () => {
    const page = path.join(folder, 'case.html');
    const { exitCode, out } = await answered([...FAILED, '--html', page, '--markdown']);
    expect(exitCode).toBe(0);
    expect(out).toContain('### ');
    expect(existsSync(page)).toBe(true);
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/);
    expect(
      readFileSync(page, 'utf8')
        .match(/<svg [^>]*aria-label="[^"]{9}/g)
        ?.map((tag) => tag.slice(-9)),
    ).toEqual(['Bar chart', 'Bar chart', 'Timeline ', 'Timeline ']);
  });

  it('reads standard input once, as an attachment', async () => {
    const { exitCode, out } = await answered(['ask', 'why?', '--attach', '-', '--json'], { text: LEAKY });
    expect(exitCode).toBe(0);
    expect(DIAGNOSIS.parse(JSON.parse(out)).evidence.map(({ source }) => source)).toContain('attach:1');
    const twice = await answered(['ask', 'why?', '--attach', '-', '--attach', '-'], { text: LEAKY });
    expect(twice.exitCode).toBe(2);
    expect(twice.err).toContain('twice');
  });

  it('takes the words of a question with or without quotes, and words with a dash inside them', async () => {
    const words = ['ask', 'why', 'did', 'the', 'nightly-job', '-', 'the', 'big', 'one', '-', 'fail?', '--json'];
    const { exitCode, out } = await answered(words);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out).question.text).toBe('why did the nightly-job - the big one - fail?');
  });

  it('shows no secret on any face', async () => {
    const page = path.join(folder, 'leak.html');
    const leaky = ['ask', 'why did it fail? password=hunter2secret', '--attach', path.join(folder, 'driver.log')];
    const faces = [
      (await answered([...leaky, '--html', page])).out,
      (await answered([...leaky, '--json'])).out,
      (await answered([...leaky, '--markdown'])).out,
      readFileSync(page, 'utf8'),
    ];
    for (const face of faces) {
      expect(face).toContain('cannot');
      expect(face).toContain('‹masked›');
      expect(face).not.toContain('hunter2');
    }
  });

  it('says what is not configured instead of guessing', async () => {
    const { exitCode, out } = await answered(['ask', 'why did my_job fail?', '--json']);
    const diagnosis = DIAGNOSIS.parse(JSON.parse(out));
    expect([exitCode, diagnosis.outcome]).toEqual([0, 'needs_more']);
    expect(diagnosis.rootCauses.every(({ standing }) => standing === 'inconclusive')).toBe(true);
  });
});
