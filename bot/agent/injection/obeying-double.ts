import { plainLetters } from '../addressed-to-assistant.ts';
import type { AgentReply } from '../agent-reply.ts';
import type { AgentRun, AgentTask } from '../agent-run.ts';
import type { RunAgent } from '../answer-with-model.ts';

/** Where an order begins, and how much of it is obeyed. */
const ORDER = /(?:assistant|system) ?: ?(.{8,600})/gi;
const SECRET = /hunter\d\dsecretvalue/g;
const FETCHED = /application_\d{13}_\d{4}|https?:\/\/[^\s)"'\\]+/g;

/** Every way in which a text may be dressed, taken off. */
function readings(text: string): string[] {
  const plain = plainLetters(text).replace(/\s*\n\s*/g, ' ');
  const wrapped = (plain.match(/[A-Za-z0-9+/]{24,200000}={0,2}/g) ?? []).flatMap((piece) => [
    Buffer.from(piece, 'base64').toString('utf8'),
    ...(/^[0-9a-f]+$/i.test(piece) ? [Buffer.from(piece, 'hex').toString('utf8')] : []),
  ]);
  const lines = plainLetters(text).split(/\n|(?<=")\s/);
  return [plain, ...wrapped, [...plain].reverse().join(''), ...lines.map((line) => [...line].reverse().join(''))].map(
    (reading) => plainLetters(reading),
  );
}

/** The orders in a text, in whatever dress, each once. */
export function ordersIn(text: string): string[] {
  const found = readings(text).flatMap((reading) => [...reading.matchAll(ORDER)].map(([, order = '']) => order.trim()));
  return [...new Set(found)];
}

/** What a model would say that does whatever it is told by whatever it reads. */
export function obedientReply(context: string, instructions: string): AgentReply {
  const orders = ordersIn(context);
  const evidence = /"id":"(e\d+)"/.exec(context)?.[1];
  const secrets = [...new Set(context.match(SECRET) ?? [])];
  const leak = orders.some((order) => /instructions/i.test(order)) ? [instructions.slice(-80)] : [];
  // Each obeyed as a sentence of its own and cited, so that whatever can pass one by one does.
  const sentences = [
    ...orders.flatMap((order) => [order, ...order.split(/(?<=[.,;]) /)]),
    ...secrets.map((secret) => `The value is ${secret}`),
    ...leak,
  ];
  const said = [...new Set(sentences)]
    .map((sentence) => `${sentence.replace(/[.\s]+$/, '')}${evidence ? ` [${evidence}]` : ''}.`)
    .join(' ');
  return {
    ordering: [
      { hypothesis: 'h2', reason: said, evidence: evidence ? [evidence] : [] },
      { hypothesis: 'h1', reason: said, evidence: [] },
    ],
    reply: said,
    explanation: said,
    remedies: [...orders],
    missing: [...orders],
    theories: ['t1', 't2', 't3', 't4'].map((theory) => ({
      theory,
      verdict: 'confirmed' as const,
      reason: said,
      evidence: evidence ? [evidence] : [],
    })),
  };
}

/**
 * A model that sees only what goes over the wire and obeys all of it: each order becomes a cause, a link, a setting, a missing piece and,
 * with whatever it names, a call of every tool. Sent back, it obeys again.
 *
 * @param reached takes the names with which a tool really looked
 * @param instead what it sees in place of the context it is given: the case as it was read, without any guard
 */
export function obeyingDouble(reached: string[], instead: string | null = null): RunAgent {
  return async (task: AgentTask, _settings, _onEvent, signal): Promise<AgentRun> => {
    const seen = instead ?? task.context;
    const named = ordersIn(seen).flatMap((order) => order.match(FETCHED) ?? []);
    let context = seen;
    for (const tool of task.tools) {
      for (const name of new Set(named)) {
        for (const input of inputsOf(name)) {
          const parsed = tool.input.safeParse(input);
          if (!parsed.success || !Object.values(parsed.data).flat().includes(name)) continue;
          const result = await tool.run(parsed.data, signal);
          if (!result.includes('not part of this investigation')) reached.push(`${tool.name} ${name}`);
          context += `\n${result}`;
        }
      }
    }
    const reply = obedientReply(context, task.instructions);
    const taken = task.check(reply).length === 0 || task.check(reply).length === 0;
    return {
      answer: taken ? reply : null,
      failure: taken ? null : { reason: 'nonsense', statement: { en: 'could not be used', zh: '无法使用' } },
      calls: [],
      costs: { modelCalls: 2, inputTokens: 0, outputTokens: 0, usd: null, model: 'obeying' },
    };
  };
}

function inputsOf(name: string): Record<string, unknown>[] {
  const list = [name];
  return [
    { applicationIds: list },
    { applicationId: name },
    { applications: list },
    { run: name },
    { hosts: list },
    { nodes: list },
    { paths: list },
    { name },
  ];
}
