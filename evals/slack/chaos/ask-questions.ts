import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeSlackAddress, FakeSlackControl } from '../../../bot/slack/fake-slack/fake-slack.ts';
import type { Workspace } from '../stage/workspace.ts';
import type { AskedQuestion } from './judge-answers.ts';
import type { PlannedQuestion } from './plan-questions.ts';

/** Between two tries of a command, milliseconds: a person sees Slack's error and types it again. */
const COMMAND_AGAIN_MS = 1_500;
const COMMAND_TRIES = 30;

/** What was asked, and how often Slack told a person that a command failed. */
export interface Asked {
  questions: Omit<AskedQuestion, 'givenUp'>[];
  commandsRefused: number;
}

/** Says everything that is planned, each in its time; commands are typed again until Slack takes them. */
export async function askQuestions(
  plan: readonly PlannedQuestion[],
  slack: FakeSlackAddress & FakeSlackControl,
  workspace: Workspace,
  heard: (asked: Asked) => void,
): Promise<Asked> {
  const asked: Asked = { questions: [], commandsRefused: 0 };
  const said = new Map<number, { channel: string; ts: string }>();
  const commands: Promise<void>[] = [];
  for (const planned of plan) {
    await sleep(planned.afterMs);
    const user = workspace.users[planned.user] ?? '';
    const channel =
      planned.room === null ? await workspace.direct(planned.user) : (workspace.rooms[planned.room] ?? '');
    if (planned.way === 'command') commands.push(typed(planned, slack, { user, channel }, asked));
    else {
      const under = planned.under === null ? undefined : said.get(planned.under)?.ts;
      const text = planned.way === 'mention' ? `<@${slack.botUserId}> ${planned.text}` : planned.text;
      const { ts } = await slack.say({ channel, user, text, ...(under === undefined ? {} : { threadTs: under }) });
      said.set(planned.number, { channel, ts });
      const key = `message:${slack.teamId}:${channel}:${ts}`;
      asked.questions.push({ key, channel, threadTs: under ?? ts, ts, text: planned.text, names: planned.names });
    }
    heard(asked);
  }
  await Promise.all(commands);
  return asked;
}

async function typed(
  { text, names }: PlannedQuestion,
  slack: FakeSlackControl,
  at: { user: string; channel: string },
  asked: Asked,
): Promise<void> {
  for (let tried = 0; tried < COMMAND_TRIES; tried += 1) {
    const { id, state } = await slack.slashCommand({ ...at, command: '/why', text });
    if (state === 'acknowledged') {
      asked.questions.push({ key: `command:${id}`, channel: at.channel, threadTs: null, ts: '', text, names });
      return;
    }
    asked.commandsRefused += 1;
    await sleep(COMMAND_AGAIN_MS);
  }
  throw new Error('a command was never taken');
}
