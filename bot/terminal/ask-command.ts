import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { Language } from '../../knowledge/bilingual.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { withFiles } from '../../tools/platform/with-files.ts';
import type { AgentEvent } from '../agent/agent-run.ts';
import { answerWithModel } from '../agent/answer-with-model.ts';
import { rememberArchives } from '../capture/remember-archives.ts';
import { writeCapture } from '../capture/write-capture.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { investigate } from '../investigation/investigate.ts';
import type { Investigation } from '../investigation/investigation.ts';
import type { InvestigationRequest } from '../investigation/investigation-request.ts';
import { readQuestion } from '../investigation/question/read-question.ts';
import { lateKnowledge } from '../late-knowledge.ts';
import { renderCasePage } from '../render/case-page.ts';
import { chartsOf } from '../render/charts/charts-of.ts';
import { renderMarkdown } from '../render/markdown.ts';
import { renderTerminal } from '../render/terminal.ts';
import { visibleText } from '../render/visible-text.ts';
import { type AskInput, type AskOptions, readAskInput } from './read-ask-input.ts';
import { spokenCapture } from './spoken-capture.ts';
import { mayColour, type TerminalIo, UsageError } from './terminal-io.ts';

/** `wherefore ask "QUESTION"`: one diagnosis. */
export function askCommand(io: TerminalIo): Command {
  const collect = (value: string, all: string[]) => [...all, value];
  return (
    new Command('ask')
      .description('one diagnosis')
      .argument('[question...]', 'what you want to know, in your own words, English or Chinese')
      .option('--from <dir>', 'read a capture instead of the configured platform')
      .option('--cluster <name>', 'the cluster that is meant, where several are configured')
      .option('--attach <file>', 'add pasted or attached text; - is standard input (repeatable)', collect, [])
      .option('--event-log <path>', 'add a Spark event log: a file or a rolling folder (repeatable)', collect, [])
      .option('--compare-with <run>', 'the run to compare with: an id, a path, or last-good')
      .option('--lang <language>', 'language of the answer: en, zh, or auto (as asked)')
      .option('--no-model', 'answer without a language model')
      .option('--json', 'the whole diagnosis as JSON')
      .option('--markdown', 'the answer as Markdown')
      .option('--html <file>', 'also write the answer as one self-contained HTML page')
      .option('--capture <dir>', 'also record what was read as a capture, secrets masked')
      .option('--at <time>', 'the time to take for "now", ISO 8601')
      // Unknown flags are refused together with everything else that cannot be used (`readAskInput`).
      .allowUnknownOption()
      .action(async (words: string[], options: AskOptions) => {
        const input = await readAskInput(words, options, io);
        const { platform, archives } = rememberArchives(input.platform);
        let found: Investigation | null = null;
        const diagnosis = await diagnose({ ...input, platform }, options, io, (investigation) => {
          found = investigation;
        });
        await give(diagnosis, found, options, io);
        if (options.capture === undefined) return;
        const written = await writeCapture(asked({ ...input, platform }), options.capture, archives);
        io.writeError(`${spokenCapture(written, input.question, platform.now)}\n`);
      })
  );
}

/** The platform with what was given on the command line. */
export function asked({ platform, attachments, eventLogs, compared, skipped }: AskInput): Platform {
  return withFiles(platform, [...eventLogs, ...attachments, ...compared], skipped);
}

/** The investigation of what a command line asks, with the language model where one is configured. */
export async function diagnose(
  input: AskInput,
  options: AskOptions,
  io: TerminalIo,
  onInvestigated?: (investigation: Investigation) => void,
): Promise<Diagnosis> {
  const startedMs = performance.now();
  const { attachments, eventLogs, knowledge, model } = input;
  const tell = (line: string) => {
    if (io.isTerminal && !options.json) io.writeError(`${line}\n`);
  };
  // The catalogue names the sections of the built-in runbooks; there is more to search for a model, or in the team's own documents.
  const base = knowledge.collections.length > 0 || model !== null ? lateKnowledge(knowledge) : null;
  const request: InvestigationRequest = {
    question: input.question,
    platform: asked(input),
    language: input.language,
    attachments,
    ...(input.compareWith === null ? {} : { compareWith: input.compareWith }),
    ...(eventLogs.length > 0 ? { focusOn: eventLogs } : {}),
    ...(base === null
      ? {}
      : { knowledge: { base, audience: knowledge.audience, onlyBuiltIn: knowledge.collections.length === 0 } }),
    ...(knowledge.runbooksUrl === null ? {} : { runbooksUrl: knowledge.runbooksUrl }),
    onProgress: tell,
    ...(onInvestigated ? { onInvestigated } : {}),
  };
  try {
    if (model === null) return await investigate(request);
    const language = input.language === 'auto' ? readQuestionLanguage(input) : input.language;
    const onEvent = (event: AgentEvent) => {
      if (event.kind === 'tool') tell(visibleText(event.line[language]));
    };
    // Whoever waits counts from the question: opening the runbooks takes seconds on a busy machine.
    const deadlineMs = model.limits.deadlineMs - (performance.now() - startedMs);
    const settings = { ...model, limits: { ...model.limits, deadlineMs } };
    return await answerWithModel(request, settings, onEvent, io.stop ?? new AbortController().signal);
  } finally {
    base?.close();
  }
}

function readQuestionLanguage({ question, platform }: AskInput): Language {
  return readQuestion(question, { now: platform.now }).language;
}

async function give(
  diagnosis: Diagnosis,
  found: Investigation | null,
  options: AskOptions,
  io: TerminalIo,
): Promise<void> {
  if (options.html !== undefined) {
    const target = options.html;
    const page = await renderCasePage(diagnosis, { charts: found === null ? [] : chartsOf(found, diagnosis) });
    await writeFile(target, page).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`cannot write ${target} (${error.code ?? 'unknown error'})`, 'unusable_path');
    });
  }
  if (options.json) io.write(`${JSON.stringify(diagnosis, null, 2)}\n`);
  else if (options.markdown) io.write(renderMarkdown(diagnosis));
  else io.write(renderTerminal(diagnosis, { columns: Math.min(io.columns, 100), colour: mayColour(io) }));
}
