import type { AgentRun } from '../../../bot/agent/agent-run.ts';
import { answerWithModel, type RunAgent } from '../../../bot/agent/answer-with-model.ts';
import { type ChatAsked, chatServer } from '../../../bot/agent/chat-server/chat-server.ts';
import { type ChatStep, giveAnswer } from '../../../bot/agent/chat-server/chat-step.ts';
import type { ModelSettings } from '../../../bot/agent/model-settings.ts';
import { runAgent } from '../../../bot/agent/run-agent.ts';
import type { Diagnosis } from '../../../bot/investigation/diagnosis.ts';
import type { Answerer } from '../../trial/answerer.ts';
import { fillInTurn } from './fill-in-turn.ts';
import type { Turn, Turns } from './turns.ts';

/** The loop or the gate did something else with the turns than what is written. */
export class ScriptBroken extends Error {}

/** Enough for any script. */
const LIMITS: ModelSettings['limits'] = {
  modelCalls: 6,
  inputTokens: 200_000,
  outputTokens: 20_000,
  deadlineMs: 60_000,
  idleMs: 30_000,
  usd: null,
};

/** The product with a model that says what was written down, over the wire. @throws ScriptBroken when the answer is not what the script expects */
export function scriptedAnswerer({ turns, expects }: Turns): Answerer {
  return {
    answer: async ({ onFirst, signal, ...put }) => {
      const broken: string[] = [];
      const server = await chatServer((request, number) => {
        try {
          return stepOf(fillInTurn(turns[Math.min(number, turns.length) - 1] as Turn, request));
        } catch (error) {
          broken.push((error as Error).message);
          return { do: 'fail', status: 400 };
        }
      });
      try {
        let run: AgentRun | null = null;
        const watched: RunAgent = async (...task) => {
          run = await runAgent(...task);
          return run;
        };
        const diagnosis = await answerWithModel(
          { ...put, language: 'auto', onCertain: onFirst },
          settingsAt(server.url, turns),
          () => {},
          signal,
          watched,
        );
        broken.push(...server.problems(), ...notAsExpected(expects, diagnosis, run, server.asked));
        if (broken.length > 0) throw new ScriptBroken([...broken, ...lastTold(server.asked)].join('; '));
        return diagnosis;
      } finally {
        await server.close().catch(() => undefined);
      }
    },
  };
}

/** Characters of it in the error. */
const MAX_TOLD = 600;

/** A script that lets the model hang is given up soon; any other is not, on a busy machine either. */
const HANGING_IDLE_MS = 1_000;

function settingsAt(baseUrl: string, turns: readonly Turn[]): ModelSettings {
  const hangs = turns.some((turn) => 'stall' in turn);
  return {
    baseUrl,
    apiKey: 'scripted',
    smallModel: 'scripted',
    strongModel: 'scripted',
    prices: {},
    limits: hangs ? { ...LIMITS, idleMs: HANGING_IDLE_MS } : LIMITS,
    leaves: 'all',
  };
}

function stepOf(turn: Turn): ChatStep {
  if ('answer' in turn) return giveAnswer(turn.answer);
  if ('calls' in turn) {
    const calls = turn.calls.map(({ tool, input, raw }) => ({ tool, ...(raw === undefined ? { input } : { raw }) }));
    return { do: 'call', calls, ...(turn.text === undefined ? {} : { text: turn.text }) };
  }
  if ('say' in turn) {
    return { do: 'say', text: turn.say, ...(turn.finishReason ? { finishReason: turn.finishReason } : {}) };
  }
  if ('refuse' in turn) return { do: 'refuse', text: turn.refuse };
  if ('empty' in turn) return { do: 'empty' };
  if ('fail' in turn) return { do: 'fail', status: turn.fail, ...(turn.code ? { code: turn.code } : {}) };
  if ('cut' in turn) return { do: 'cut', text: turn.cut, how: 'reset' };
  if ('stall' in turn) return { do: 'stall', text: turn.stall };
  return { do: 'babble', body: turn.babble };
}

/** What the model was told last, for whoever mends the script. */
function lastTold(asked: readonly ChatAsked[]): string[] {
  const told = asked.at(-1)?.body.messages.findLast(({ role }) => role === 'tool')?.content;
  return told ? [`told last: ${told.slice(0, MAX_TOLD)}`] : [];
}

/** Each thing in which an answer is not what its script expects. */
export function notAsExpected(
  expects: Turns['expects'],
  diagnosis: Diagnosis,
  run: AgentRun | null,
  asked: readonly { text: string }[],
): string[] {
  // Of a diagnosis as JSON everything is told to somebody but the question, which may say anything.
  const { question: _question, ...told } = diagnosis;
  const text = JSON.stringify(told);
  const later = asked.slice(1).map(({ text }) => text);
  const ran = (run?.calls ?? []).filter(({ outcome }) => outcome === 'run').map(({ tool }) => tool);
  const inJson = (words: string) => JSON.stringify(words).slice(1, -1);
  return [
    ...(diagnosis.author === expects.author
      ? []
      : [`the answer is the ${diagnosis.author}'s, not the ${expects.author}'s`]),
    ...(asked.length === expects.requests ? [] : [`${asked.length} requests, not ${expects.requests}`]),
    ...(expects.ran === undefined || expects.ran.join() === ran.join()
      ? []
      : [`tools run: ${ran.join(', ') || 'none'}`]),
    ...expects.says.filter((words) => !text.includes(inJson(words))).map((words) => `does not say “${words}”`),
    ...expects.neverSays.filter((words) => text.includes(inJson(words))).map((words) => `says “${words}”`),
    ...expects.sentBack
      .filter((words) => !later.some((request) => request.includes(inJson(words))))
      .map((words) => `was not sent back “${words}”`),
  ];
}
