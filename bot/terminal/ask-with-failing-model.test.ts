import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ChatScript, chatServer } from '../agent/chat-server/chat-server.ts';
import { call } from '../agent/chat-server/chat-step.ts';
import { DIAGNOSIS, type Diagnosis } from '../investigation/diagnosis.ts';
import { DEMO_QUESTIONS } from '../investigation/fixtures/demo-case.ts';
import { answered } from './terminal-fixture.ts';

const FAILED = path.join(import.meta.dirname, '..', 'demo', 'failed-run');
const argv = (language: 'en' | 'zh') => [
  'ask',
  DEMO_QUESTIONS['failed-run'][language],
  '--from',
  FAILED,
  '--lang',
  language,
];
/** Settings by which each failure comes soon. */
const HASTY = { WHEREFORE_MODEL_SMALL: 'small-model', WHEREFORE_MODEL_IDLE_SECONDS: '1' };

interface Failing {
  name: string;
  script: ChatScript;
  more?: Record<string, string>;
  en: string;
  zh: string;
}

const FAILURES: readonly Failing[] = [
  { name: '401', script: () => ({ do: 'fail', status: 401 }), en: 'refuses access', zh: '拒绝访问' },
  { name: '429', script: () => ({ do: 'fail', status: 429 }), en: 'takes no more requests', zh: '暂时不再接受请求' },
  { name: '500', script: () => ({ do: 'fail', status: 500 }), en: 'answered with an error', zh: '返回了错误' },
  { name: 'a cut stream', script: () => ({ do: 'cut', text: 'The', how: 'reset' }), en: 'cut off', zh: '被中断' },
  { name: 'a stall', script: () => ({ do: 'stall', text: 'The' }), en: 'stopped speaking', zh: '中途停止' },
  { name: 'nonsense', script: () => ({ do: 'babble', body: 'hello' }), en: 'could not be used', zh: '无法使用' },
  {
    name: 'calls that are none',
    script: () => ({ do: 'call', calls: [{ tool: 'give_answer', raw: '{"reply": ' }] }),
    en: 'language model',
    zh: '语言模型',
  },
  { name: 'a refusal', script: () => ({ do: 'refuse', text: 'I cannot.' }), en: 'refused to answer', zh: '拒绝回答' },
  {
    name: 'a budget too small',
    script: () => call('give_answer', {}),
    more: { WHEREFORE_MODEL_MAX_INPUT_TOKENS: '100' },
    en: 'may cost',
    zh: '费用限额',
  },
];

/** What counts of an answer, without what the model would have added. */
function verdict({ author, summary, rootCauses }: Diagnosis): unknown {
  return [author, summary, rootCauses.map(({ code, standing, remediations }) => [code, standing, remediations.length])];
}

async function told(
  language: 'en' | 'zh',
  environment: Record<string, string>,
): Promise<{ diagnosis: Diagnosis; tookMs: number; exitCode: number }> {
  const from = performance.now();
  const { out, exitCode } = await answered([...argv(language), '--json'], { environment });
  return { diagnosis: DIAGNOSIS.parse(JSON.parse(out)), tookMs: performance.now() - from, exitCode };
}

const plains = new Map<string, Promise<{ diagnosis: Diagnosis }>>();

/** The answer without a model, asked once. */
async function plain(language: 'en' | 'zh'): Promise<Diagnosis> {
  const asked = plains.get(language) ?? told(language, {});
  plains.set(language, asked);
  return (await asked).diagnosis;
}

describe('wherefore ask where the model fails', { timeout: 120_000 }, () => {
  it.each(FAILURES)('$name: the analyst’s answer, and why', async ({ script, more, en, zh }) => {
    for (const [language, why] of [
      ['en', en],
      ['zh', zh],
    ] as const) {
      const server = await chatServer(script);
      const { diagnosis, tookMs, exitCode } = await told(language, {
        WHEREFORE_MODEL_URL: server.url,
        ...HASTY,
        ...more,
      });
      await server.close();
      expect(exitCode).toBe(0);
      expect(verdict(diagnosis)).toEqual(verdict(await plain(language)));
      const notes = (diagnosis.skipped ?? []).filter((line) => /language model|语言模型/.test(line));
      expect(notes).toHaveLength(1);
      expect(notes[0]).toContain(why);
      expect(notes[0]).toContain(language === 'en' ? 'without the language model' : '未使用语言模型');
      expect(tookMs).toBeLessThan(60_000);
    }
  });

  it.each([
    ['en', 'in time'],
    ['zh', '限定时间'],
  ] as const)('is within two seconds of the deadline where a server says nothing (%s)', async (language, why) => {
    const server = await chatServer(() => ({ do: 'stall' }));
    const { diagnosis, tookMs } = await told(language, {
      WHEREFORE_MODEL_URL: server.url,
      WHEREFORE_MODEL_SMALL: 'small-model',
      WHEREFORE_MODEL_DEADLINE_SECONDS: '15',
      WHEREFORE_MODEL_IDLE_SECONDS: '600',
    });
    await server.close();
    expect(verdict(diagnosis)).toEqual(verdict(await plain(language)));
    expect((diagnosis.skipped ?? []).join()).toContain(why);
    expect(tookMs).toBeGreaterThan(12_000);
    expect(tookMs).toBeLessThan(17_000);
  });

  it('tells a person that nobody listens at the address', async () => {
    const server = await chatServer([]);
    await server.close();
    const { out, exitCode } = await answered(argv('en'), {
      environment: { WHEREFORE_MODEL_URL: server.url, ...HASTY },
      isTerminal: true,
    });
    expect(exitCode).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain('the language model cannot be reached');
    expect(out).toContain('killed by the kernel');
  });
});
