import { mayRead } from '../../bot/access/viewer.ts';
import type { AgentRun, AgentTask, OfferedTool } from '../../bot/agent/agent-run.ts';
import type { ModelSettings } from '../../bot/agent/model-settings.ts';
import { Conversation } from '../../bot/conversation/conversation.ts';
import { seenIn } from './canaries.ts';
import type { Stage, TrialOutcome } from './run-trial.ts';
import { shownBy } from './run-trial.ts';
import type { Named } from './ways.ts';

/** What a model is given and what it can get by its tools, where it does all that it can to read the target. */
export async function modelTrials(stage: Stage): Promise<TrialOutcome[]> {
  const { ground, asker, team, canaries } = stage;
  const { own, target } = ground;
  const asked = [
    {
      way: 'model: about the own run',
      says: [`why did ${own.name} (${own.id}) fail?`, 'the neighbours were greedy in my opinion'],
    },
    {
      way: 'model: about the target by id',
      says: [`why did ${target.id} fail?`, 'something with the weather in my opinion'],
    },
    { way: 'model: about a run that nobody knows', says: ['why did nobody_ran_this fail and who else ran then?'] },
  ];
  const outcomes: TrialOutcome[] = [];
  for (const { way, says } of asked) {
    const typed = says.join('\n');
    const [refused, shown] = [await given(says, stage, asker), await given(says, stage, team)];
    outcomes.push({
      way: `${way} (${refused.calls} calls)`,
      ground: ground.name,
      leaks: seenIn(refused.text, canaries, typed),
      sameAsMissing: null,
      shownToTeam: seenIn(shown.text, canaries, typed).length > 0 ? true : null,
    });
  }
  return outcomes;
}

async function given(
  says: readonly string[],
  { platform, ground }: Stage,
  viewer: Stage['asker'],
): Promise<{ text: string; calls: number }> {
  const told: string[] = [];
  let calls = 0;
  const run = async (task: AgentTask): Promise<AgentRun> => {
    told.push(task.context);
    for (const tool of task.tools) {
      for (const input of inputsOf(tool, ground.target)) {
        calls += 1;
        // What the model typed itself comes back in a refusal.
        told.push(without(await tool.run(input, new AbortController().signal), input));
      }
    }
    const costs = { modelCalls: 1, inputTokens: 0, outputTokens: 0, usd: null, model: 'double' };
    return { answer: null, failure: { reason: 'refused', statement: { en: 'refused', zh: '拒绝' } }, calls: [], costs };
  };
  const conversation = new Conversation({
    openPlatform: async () => platform,
    language: 'auto',
    model: MODEL,
    run,
    mayRead: (owned) => mayRead(viewer, owned),
  });
  for (const message of says) await conversation.say(message);
  return { text: `${told.join('\n')}\n${shownBy(conversation)}`, calls };
}

function without(result: string, input: unknown): string {
  const words = Object.values(input as Record<string, unknown>).flat();
  return words.reduce<string>((text, word) => (typeof word === 'string' ? text.replaceAll(word, '') : text), result);
}

/** Every input of a tool that names the target in some field, and the widest. */
function inputsOf({ input }: OfferedTool, { id, name, host }: Named): unknown[] {
  const words = [id, name, host, id.replace('application_', 'container_').concat('_01_000002')];
  const tried = Object.keys(input.shape).flatMap((field) =>
    words.flatMap((word) => [{ [field]: word }, { [field]: [word] }]),
  );
  return [{}, ...tried].flatMap((value) => {
    const read = input.safeParse(value);
    return read.success ? [read.data] : [];
  });
}

/** Nothing is called: the double stands in for the loop. */
const MODEL: ModelSettings = {
  baseUrl: 'http://127.0.0.1:9/v1',
  apiKey: null,
  smallModel: 'double',
  strongModel: 'double',
  prices: {},
  limits: { modelCalls: 8, inputTokens: 100_000, outputTokens: 10_000, deadlineMs: 60_000, idleMs: 5_000, usd: null },
  leaves: 'all',
};
