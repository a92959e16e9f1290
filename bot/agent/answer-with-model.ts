import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { type Investigated, investigateWhole } from '../investigation/investigate.ts';
import type { InvestigationRequest } from '../investigation/investigation-request.ts';
import { AGENT_REPLY, type AgentReply } from './agent-reply.ts';
import type { AgentEvent, AgentRun, AgentTask } from './agent-run.ts';
import { type CaseFile, type ThreadMessage, writeCaseFile } from './case-file.ts';
import { type DeeperLook, openDeeperLook } from './deeper-look.ts';
import { INSTRUCTIONS } from './instructions.ts';
import type { AgentLimits, ModelSettings } from './model-settings.ts';
import { offeredTools } from './offered-tools.ts';
import { composeJudged } from './reply-gate/compose-judged.ts';
import { type Bench, type JudgedReply, judgeReply } from './reply-gate/judge-reply.ts';
import { prepareAgent, runAgent } from './run-agent.ts';
import { worthAModel } from './worth-a-model.ts';

/** What runs a model on a task: `runAgent`, or a double in tests. */
export type RunAgent = typeof runAgent;

/** One answer, with the conversation before it. */
export interface ModelRequest extends InvestigationRequest {
  thread?: readonly ThreadMessage[];
}

/** A common case takes one call; the second is for mending. */
const CALLS_OF_A_READING = 2;
/** With less time than this left no model is asked, in milliseconds. */
const LEAST_MS = 1_000;
/** What the gate and the composing may take after the model, in milliseconds. */
const KEPT_MS = 300;

/**
 * The whole way with a model: investigate, the analyst's diagnosis, the model on top of it, the gate. Whatever goes wrong with the model, the
 * analyst's diagnosis comes in time and `skipped` says why the model was not used.
 *
 * @param onEvent what the model does meanwhile
 * @param signal the asker's own wish to end
 */
export async function answerWithModel(
  request: ModelRequest,
  settings: ModelSettings,
  onEvent: (event: AgentEvent) => void,
  signal: AbortSignal,
  run: RunAgent = runAgent,
): Promise<Diagnosis> {
  const startedMs = performance.now();
  if (run === runAgent) prepareAgent();
  const whole = await investigateWhole({ ...request, signal });
  const left = settings.limits.deadlineMs - (performance.now() - startedMs) - KEPT_MS;
  return await explainWithModel(
    whole,
    request,
    { ...settings, limits: { ...settings.limits, deadlineMs: left } },
    onEvent,
    signal,
    run,
  );
}

/** The model's part alone, on an investigation that is done; `limits.deadlineMs` counts from now. */
export async function explainWithModel(
  whole: Investigated,
  request: ModelRequest,
  settings: ModelSettings,
  onEvent: (event: AgentEvent) => void,
  signal: AbortSignal,
  run: RunAgent = runAgent,
): Promise<Diagnosis> {
  const { investigation, diagnosis, book } = whole;
  const { thread = [], platform } = request;
  const { startedAtMs } = investigation;
  const use = worthAModel(investigation, diagnosis, thread.length > 0);
  if (use === 'none') return diagnosis;
  if (settings.limits.deadlineMs < LEAST_MS) return withNotes(diagnosis, [notUsed(LATE)], null, startedAtMs);
  let costs: AgentRun['costs'] | null = null;
  let caseFile: CaseFile | null = null;
  try {
    caseFile = writeCaseFile({ ...whole, thread }, settings.leaves);
    const look = await openDeeperLook(investigation, caseFile.hypotheses, book, platform);
    const judge = judgeOf(whole, caseFile, look);
    const task: AgentTask = {
      instructions: INSTRUCTIONS,
      context: caseFile.text,
      tools:
        use === 'strong'
          ? offeredTools({
              look,
              platform,
              placeholders: caseFile.placeholders,
              veil: whole.veil ?? null,
              ...(request.knowledge ? { knowledge: request.knowledge } : {}),
            })
          : [],
      answer: AGENT_REPLY,
      check: judge.check,
      model: use,
      limits: limitsOf(settings.limits, use),
    };
    request.onProgress?.(ASKING[investigation.language]);
    const ran = await run(task, settings, onEvent, signal);
    costs = ran.costs;
    const judged = judge.last();
    // An answer cut short while it was being mended still has what stood at first.
    if (judged === null || judged.reply === '')
      return withNotes(diagnosis, [...ignored(caseFile), notUsed(ran.failure?.statement ?? UNFIT)], costs, startedAtMs);
    const composed = await composeJudged(judged, judge.bench(), platform);
    return withNotes(composed, ignored(caseFile), costs, startedAtMs);
  } catch (error) {
    if (signal.aborted) throw error;
    return withNotes(diagnosis, [...ignored(caseFile), notUsed(BROKEN)], costs, startedAtMs);
  }
}

/** Judges answers as they come: the first is held to everything, the second keeps what stands. */
function judgeOf({ investigation, diagnosis }: Investigated, caseFile: CaseFile, look: DeeperLook) {
  let judged: JudgedReply | null = null;
  let answers = 0;
  const bench = (): Bench => ({
    investigation: look.investigation(),
    first: investigation.causes,
    diagnosis,
    book: look.book,
    caseFile: { ...caseFile, hypotheses: look.hypotheses },
    valid: look.valid(),
  });
  return {
    bench,
    last: () => judged,
    check(answer: unknown): readonly string[] {
      answers += 1;
      const now = judgeReply(answer as AgentReply, bench());
      if (judged === null || now.reply !== '') judged = now;
      return answers === 1 || now.reply === '' ? now.problems.slice(0, MOST_PROBLEMS) : [];
    },
  };
}

const MOST_PROBLEMS = 12;

function limitsOf(limits: AgentLimits, use: 'small' | 'strong'): AgentLimits {
  return use === 'strong' ? limits : { ...limits, modelCalls: Math.min(limits.modelCalls, CALLS_OF_A_READING) };
}

const ASKING: Bilingual = { en: 'asking the language model …', zh: '正在询问语言模型 …' };
const LATE: Bilingual = { en: 'no time was left for it', zh: '已没有时间' };
const UNFIT: Bilingual = { en: 'its answer did not stand up to the evidence', zh: '其回答未通过证据检查' };
const BROKEN: Bilingual = { en: 'something went wrong while it was asked', zh: '调用时出错' };

function notUsed(why: Bilingual): Bilingual {
  return {
    en: `this is the answer without the language model: ${why.en}`,
    zh: `本回答未使用语言模型：${why.zh}`,
  };
}

/** Where text speaks to an assistant the reader is told that it was left at that. */
function ignored(caseFile: CaseFile | null): Bilingual[] {
  return (caseFile?.addressed ?? []).slice(0, 2).map((source) => ({
    en: `this log contains text addressed to an assistant; ignored (${source})`,
    zh: `日志中含有写给 AI 助手的文字，已忽略（${source}）`,
  }));
}

function withNotes(
  diagnosis: Diagnosis,
  notes: readonly Bilingual[],
  costs: AgentRun['costs'] | null,
  startedAtMs: number,
): Diagnosis {
  const { language } = diagnosis.question;
  const skipped = [...new Set([...notes.map((note) => note[language]), ...(diagnosis.skipped ?? [])])];
  return {
    ...diagnosis,
    skipped,
    costs: {
      ...diagnosis.costs,
      durationMs: Math.max(diagnosis.costs.durationMs, Math.round(performance.now() - startedAtMs)),
      ...(costs
        ? {
            modelCalls: costs.modelCalls,
            inputTokens: costs.inputTokens,
            outputTokens: costs.outputTokens,
            usd: costs.usd,
          }
        : {}),
    },
  };
}
