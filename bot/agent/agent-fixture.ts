import { z } from 'zod';
import type { AgentEvent, AgentRun, AgentTask, OfferedTool } from './agent-run.ts';
import { type ChatScript, type ChatServer, chatServer } from './chat-server/chat-server.ts';
import type { AgentLimits, ModelSettings } from './model-settings.ts';
import { runAgent } from './run-agent.ts';

/** Limits that no test meets unless it means to. */
const LIMITS: AgentLimits = {
  modelCalls: 8,
  inputTokens: 100_000,
  outputTokens: 10_000,
  deadlineMs: 60_000,
  idleMs: 5_000,
  usd: null,
};

/** Test harness: a tool that tells a host's load, and what it was asked. */
export function hostTool(
  run: OfferedTool['run'] = async (input) => `load of ${JSON.stringify(input)}: 0.7`,
): OfferedTool {
  return {
    name: 'host_load',
    description: 'Tells the load of a host. Use it for slow hosts. Example: {"host": "node2"}.',
    input: z.object({ host: z.string().min(1), minutes: z.number().int().optional() }),
    progress: () => ({ en: 'looking at the host', zh: '正在查看主机' }),
    run,
  };
}

/** Test harness: a task whose answer is one sentence, checked to name the cause. */
export function hostTask(more: Partial<Omit<AgentTask, 'limits'>> & { limits?: Partial<AgentLimits> } = {}): AgentTask {
  return {
    instructions: 'You find out why hosts are slow.',
    context: 'Why was node2 slow?',
    tools: [hostTool()],
    answer: z.object({ cause: z.string(), evidence: z.array(z.string()) }),
    check: (answer) =>
      (answer as { cause: string }).cause === 'invented' ? ['cause: there is no evidence of it'] : [],
    model: 'small',
    ...more,
    limits: { ...LIMITS, ...more.limits },
  };
}

/** An answer that `hostTask` takes. */
export const GOOD = { cause: 'load', evidence: ['e1'] };

/** Test harness: one run against a scripted server, that has to be asked exactly what the script says. */
export async function ranAgainst(
  script: ChatScript,
  more: Parameters<typeof hostTask>[0] & { settings?: Partial<ModelSettings>; signal?: AbortSignal } = {},
): Promise<{ run: AgentRun; server: ChatServer; events: AgentEvent[]; tookMs: number }> {
  const { settings, signal, ...task } = more;
  const server = await chatServer(script);
  const events: AgentEvent[] = [];
  const from = performance.now();
  try {
    const run = await runAgent(
      hostTask(task),
      { ...modelAt(server.url), ...settings },
      (event) => events.push(event),
      signal ?? new AbortController().signal,
    );
    return { run, server, events, tookMs: performance.now() - from };
  } finally {
    await server.close();
  }
}

/** Settings for a server; model names of the test's own. */
export function modelAt(baseUrl: string): ModelSettings {
  return {
    baseUrl,
    apiKey: 'key-of-the-test',
    smallModel: 'small-model',
    strongModel: 'strong-model',
    prices: { 'small-model': { inputUsd: 1, outputUsd: 10 } },
    limits: LIMITS,
    leaves: 'all',
  };
}
