import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getEncoding } from 'js-tiktoken';
import { afterAll, describe, expect, it } from 'vitest';
import type { ChatAsked } from '../agent/chat-server/chat-server.ts';
import { type ChatScript, chatServer } from '../agent/chat-server/chat-server.ts';
import { call, giveAnswer } from '../agent/chat-server/chat-step.ts';
import { DIAGNOSIS, type Diagnosis } from '../investigation/diagnosis.ts';
import { DEMO_QUESTIONS } from '../investigation/fixtures/demo-case.ts';
import { renderHtml } from '../render/html.ts';
import { answered } from './terminal-fixture.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const CAPTURE = path.join(SHARED, 'captures', 'slow-012-shop-gmv-dynamic-allocation');
const FAILED = path.join(import.meta.dirname, '..', 'demo', 'failed-run');
/** Bodies of requests as files: what a model sees. */
const SEEN = path.join(import.meta.dirname, '..', 'agent', 'fixtures', 'what-a-model-sees');
const tokens = getEncoding('o200k_base');

const folder = mkdtempSync(path.join(tmpdir(), 'ask-with-model-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One `wherefore ask` with a scripted model: as a person at a terminal sees it, and the diagnosis of a second, same run. */
async function asked(
  question: string,
  from: string,
  script: Exclude<ChatScript, (...given: never[]) => unknown>,
): Promise<{ out: string; err: string; diagnosis: Diagnosis; asked: ChatAsked[] }> {
  const server = await chatServer([...script, ...script]);
  const environment = {
    WHEREFORE_MODEL_URL: server.url,
    WHEREFORE_MODEL_SMALL: 'small-model',
    WHEREFORE_MODEL_STRONG: 'strong-model',
    WHEREFORE_MODEL_PRICES: 'small-model=0.2/0.8,strong-model=2/8',
  };
  try {
    const argv = ['ask', question, '--from', from];
    const { out, err } = await answered(argv, { environment, isTerminal: true });
    const json = await answered([...argv, '--json'], { environment });
    return { out, err, diagnosis: DIAGNOSIS.parse(JSON.parse(json.out)), asked: server.asked.slice(0, script.length) };
  } finally {
    await server.close();
  }
}

interface Message {
  role: string;
  content?: string | null;
  tool_calls?: { function: { name: string; arguments: string } }[];
}

/** A request as a reader takes it in: what changes with every process taken out, the messages of the request before not repeated. */
function asSeen({ text }: ChatAsked, before?: ChatAsked): string {
  const plain = text
    .replace(/WF-[0-9a-f]{16}/g, 'WF-CANARY')
    .replace(/(?:==== |marked )[0-9a-f]{18}/g, (found) => found.replace(/[0-9a-f]{18}$/, 'MARKER'))
    .replace(/"(?:id|tool_call_id)":"call[^"]*"/g, '"id":"CALL"');
  const {
    messages,
    tools = [],
    ...rest
  } = JSON.parse(plain) as {
    messages: Message[];
    tools?: { function: { name: string; description: string; parameters: unknown } }[];
  };
  const told = before === undefined ? 0 : (JSON.parse(before.text) as { messages: Message[] }).messages.length;
  return [
    `# ${tokens.encode(plain, [], []).length} tokens (o200k_base), the body as JSON`,
    JSON.stringify(rest),
    ...(before === undefined ? [] : [`# tools and the first ${told} messages as in the request before`]),
    ...messages
      .slice(told)
      .map(
        ({ role, content, tool_calls = [] }) =>
          `\n## ${role}\n${[content ?? '', ...tool_calls.map((one) => `calls ${one.function.name} ${one.function.arguments}`)].join('\n').trim()}`,
      ),
    ...(before === undefined
      ? tools.map(
          ({ function: { name, description, parameters } }) =>
            `\n## tool ${name}\n${description}\n${JSON.stringify(parameters)}`,
        )
      : []),
    '',
  ].join('\n');
}

describe('a hard case with two deeper looks', { timeout: 120_000 }, () => {
  it.skipIf(!existsSync(CAPTURE))('slow-012, in Chinese: progress, an answer of the agent, costs', async () => {
    const { question } = JSON.parse(readFileSync(path.join(CAPTURE, 'incident.json'), 'utf8')) as { question: string };
    const answer = {
      ordering: [{ hypothesis: 'h1', reason: '配置与上次不同', evidence: ['e5'] }],
      reply: '这些 executor 是驱动自己释放的，不是节点不稳定或被抢占 [e6]。等待执行器多了 1 分 18 秒 [e9]。',
      explanation: '',
      remedies: ['r1'],
      missing: [],
      theories: [],
    };
    const run = await asked(question, CAPTURE, [
      call('spark_read_run', { run: 'app-20261121104331-0001' }),
      call('runbooks_search', { question: 'dynamic allocation releases executors' }),
      giveAnswer(answer),
    ]);
    expect(run.diagnosis.author).toBe('agent');
    expect(run.diagnosis.summary).toContain(answer.reply);
    expect(run.diagnosis.costs).toMatchObject({ modelCalls: 3 });
    expect(run.diagnosis.costs.usd).toBeGreaterThan(0);
    expect(run.diagnosis.costs.inputTokens).toBeGreaterThan(10_000);
    expect(run.out).toMatch(/\$0\.\d/);
    expect(run.err).toContain('正在询问语言模型');
    expect(run.asked.map(({ body }) => body.model)).toEqual(['strong-model', 'strong-model', 'strong-model']);
    expect(run.asked[0]?.text).toContain('"runbooks_search"');
    for (const [at, one] of run.asked.entries())
      await expect(asSeen(one, run.asked[at - 1])).toMatchFileSnapshot(path.join(SEEN, `hard-case-${at + 1}.md`));
    expect(run.err.split('正在询问语言模型')[1]?.trim().split('\n').slice(1)).toHaveLength(2);
  });

  it('the bundled run without what the kernel wrote', async () => {
    const from = path.join(folder, 'no-kernel');
    cpSync(FAILED, from, { recursive: true });
    for (const lost of ['dmesg.txt', 'sys', 'proc'])
      rmSync(path.join(from, 'hosts', 'bd-node12', lost), { recursive: true });
    for (const lost of ['dmesg.txt', 'sys', 'proc'])
      rmSync(path.join(from, 'hosts', 'bd-node13', lost), { recursive: true, force: true });
    const run = await asked(DEMO_QUESTIONS['failed-run'].en, from, [
      call('yarn_read_application', { applicationIds: ['application_1795259698281_0005'] }),
      call('spark_read_run', { run: 'application_1795259698281_0005' }),
      giveAnswer({
        ordering: [],
        reply: 'The application gave up because too many executors had failed [e1].',
        explanation: '',
        remedies: [],
        missing: [],
        theories: [],
      }),
    ]);
    expect(run.diagnosis.author).toBe('agent');
    expect(run.diagnosis.rootCauses[0]?.standing).not.toBe('confirmed');
    expect(run.diagnosis.costs.modelCalls).toBe(3);
    expect(run.out).toMatch(/3 × model \([\d,]+ \+ [\d,]+ tokens, \$0\.\d+\)/);
    expect(run.err).toContain('asking the language model');
    const results = (run.asked[2]?.body.messages ?? []).filter(({ role }) => role === 'tool');
    expect(results).toHaveLength(2);
    for (const { content } of results) expect(content).toMatch(/^(?:Data only|Read \()/);
    // A line for each of the two looks, after the one that the model is asked.
    expect(run.err.split('asking the language model')[1]?.trim().split('\n').slice(1)).toHaveLength(2);
  });
});

describe('a common case', { timeout: 120_000 }, () => {
  it('is one request of the small model, small', async () => {
    const run = await asked(DEMO_QUESTIONS['failed-run'].en, FAILED, [
      giveAnswer({
        ordering: [{ hypothesis: 'h1', reason: 'the kernel says so', evidence: ['e13'] }],
        reply: 'The container was full at its limit of 768 MiB, so the kernel killed the process [e13].',
        explanation: '',
        remedies: ['r1'],
        missing: [],
        theories: [],
      }),
    ]);
    const [only] = run.asked;
    expect(run.diagnosis.author).toBe('agent');
    expect(only?.body.model).toBe('small-model');
    expect(/<h1>(.*?)<\/h1>/.exec(renderHtml(run.diagnosis))?.[1]).toMatch(
      /failed at 11:29:22 UTC after 12 min 22 s\.$/,
    );
    expect(renderHtml(run.diagnosis)).toContain('so the kernel killed the process [e13].');
    await expect(asSeen(only as ChatAsked)).toMatchFileSnapshot(path.join(SEEN, 'common-case.md'));
  });
});
