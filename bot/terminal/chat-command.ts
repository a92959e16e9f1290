import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import type { Language } from '../../knowledge/bilingual.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { CaseError, type CaseStore, openCaseStore } from '../cases/case-store.ts';
import { chooseCluster } from '../choose-cluster.ts';
import { configuredPlatform } from '../configured-platform.ts';
import { Conversation } from '../conversation/conversation.ts';
import type { Turn } from '../conversation/thread.ts';
import { lateKnowledge } from '../late-knowledge.ts';
import { renderReply } from '../render/reply.ts';
import { visibleText } from '../render/visible-text.ts';
import { readSettings } from '../settings.ts';
import { asked } from './ask-command.ts';
import { type AskInput, type AskOptions, readAskInput } from './read-ask-input.ts';
import { mayColour, type TerminalIo, UsageError } from './terminal-io.ts';

interface ChatOptions extends AskOptions {
  case?: string;
}

/** Longer lines are cut: a person types less, and a log belongs to `--attach`. */
const LONGEST_LINE = 1 << 20;
const QUIT = /^\/(?:quit|exit|q)\s*$/i;

/** `wherefore chat`: questions and follow-ups, one for each line of standard input. */
export function chatCommand(io: TerminalIo): Command {
  const collect = (value: string, all: string[]) => [...all, value];
  return new Command('chat')
    .description('a conversation: a question, then follow-ups, each line of standard input one message')
    .option('--from <dir>', 'read a capture instead of the configured platform')
    .option('--cluster <name>', 'the cluster that is meant, where several are configured')
    .option('--attach <file>', 'add pasted or attached text to the first question (repeatable)', collect, [])
    .option('--event-log <path>', 'add a Spark event log: a file or a rolling folder (repeatable)', collect, [])
    .option('--compare-with <run>', 'the run to compare with: an id, a path, or last-good')
    .option('--lang <language>', 'language of the answers: en, zh, or auto (as asked)')
    .option('--no-model', 'answer without a language model')
    .option('--case <id>', 'go on with a conversation that was kept')
    .option('--json', 'one JSON document for each turn, on one line')
    .option('--at <time>', 'the time to take for "now", ISO 8601')
    .action(async (options: ChatOptions) => {
      if (options.attach.includes('-'))
        throw new UsageError('--attach -: standard input is the conversation; attach a file', 'unusable_flag');
      const input = await readAskInput(null, options, io);
      const store = openCaseStore(readSettings(io.environment).cases);
      const kept = options.case === undefined ? null : await store.read(options.case).catch(unusable);
      const conversation = new Conversation(meansOf(input, options, io), kept);
      try {
        await converse(conversation, store, options, io);
      } finally {
        await conversation.close();
      }
    });
}

function unusable(error: unknown): never {
  if (error instanceof CaseError) throw new UsageError(error.message);
  throw error;
}

function meansOf(input: AskInput, options: ChatOptions, io: TerminalIo) {
  const { knowledge, model, attachments, eventLogs, compareWith } = input;
  return {
    openPlatform: async (question: string): Promise<Platform> => {
      if (options.from !== undefined || input.platform.kind === 'capture') return asked(input);
      // The question says which cluster is meant; the budget of a live platform begins with it.
      const settings = readSettings(io.environment);
      const cluster = await chooseCluster(settings, question, options.cluster ?? null);
      return asked({ ...input, platform: configuredPlatform(settings, cluster, input.at ?? Date.now()) });
    },
    language: input.language,
    attachments,
    request: {
      ...(compareWith === null ? {} : { compareWith }),
      ...(eventLogs.length > 0 ? { focusOn: eventLogs } : {}),
      ...(knowledge.runbooksUrl === null ? {} : { runbooksUrl: knowledge.runbooksUrl }),
    },
    openKnowledge: async () => ({ base: lateKnowledge(knowledge), audience: knowledge.audience }),
    model,
  };
}

async function converse(
  conversation: Conversation,
  store: CaseStore,
  options: ChatOptions,
  io: TerminalIo,
): Promise<void> {
  const typed = io.inputIsTerminal && io.isTerminal && !options.json;
  const prompt = () => {
    if (typed) io.writeError('> ');
  };
  const { id } = conversation.thread;
  if (typed) io.writeError(`${id} · /quit ends it, wherefore chat --case ${id} goes on with it\n`);
  prompt();
  for await (const line of createInterface({ input: Readable.from(io.input), crlfDelay: Number.POSITIVE_INFINITY })) {
    const message = line.slice(0, LONGEST_LINE).trim();
    if (QUIT.test(message) || io.stop?.aborted) break;
    if (message !== '') {
      const turn = await conversation.say(message, hearingOf(conversation, options, io));
      give(turn, conversation, options, io);
      await keep(conversation, store, io);
    }
    prompt();
  }
  if (!options.json && conversation.thread.turns.length > 0)
    io.writeError(`${id} is kept: wherefore chat --case ${id} goes on with it\n`);
}

function hearingOf(conversation: Conversation, options: ChatOptions, io: TerminalIo) {
  const tell = (line: string) => {
    if (io.isTerminal && !options.json) io.writeError(`${line}\n`);
  };
  const language = (): Language => conversation.thread.turns.at(-1)?.replies.at(-1)?.language ?? 'en';
  return {
    onProgress: tell,
    onEvent: (event: { kind: string; line?: Record<Language, string> }) => {
      if (event.kind === 'tool' && event.line) tell(visibleText(event.line[language()]));
    },
    ...(io.stop ? { signal: io.stop } : {}),
  };
}

/** A case that cannot be kept costs a line, never the answer. */
async function keep(conversation: Conversation, store: CaseStore, io: TerminalIo): Promise<void> {
  await store.write(conversation.kept()).catch((error: unknown) => {
    if (!(error instanceof CaseError)) throw error;
    io.writeError(`${error.message}\n`);
  });
}

function give(turn: Turn, conversation: Conversation, options: ChatOptions, io: TerminalIo): void {
  const diagnosisOf = (id: string | null, language: Language) =>
    id === null ? null : conversation.diagnosis(id, language);
  if (options.json) {
    const { number, at, said, replies } = turn;
    const cited = new Set(replies.flatMap(({ evidence }) => evidence));
    io.write(
      `${JSON.stringify({
        case: conversation.thread.id,
        turn: number,
        at,
        said,
        replies: replies.map((reply) => ({ ...reply, diagnosis: diagnosisOf(reply.diagnosis, reply.language) })),
        evidence: conversation.evidence().filter(({ id }) => cited.has(id)),
      })}\n`,
    );
    return;
  }
  const face = { columns: Math.min(io.columns, 100), colour: mayColour(io) };
  const blocks = turn.replies.map((reply) =>
    renderReply(reply, diagnosisOf(reply.diagnosis, reply.language), conversation.evidence(), face),
  );
  io.write(`${io.isTerminal ? '' : `> ${visibleText(turn.said)}\n`}${blocks.join('\n')}\n`);
}
