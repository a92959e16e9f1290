import type { z } from 'zod';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { AgentLimits } from './model-settings.ts';

/** A tool as the model sees it. It cannot write, and reaches nothing that is not configured. */
export interface OfferedTool {
  /** The tool's own name, such as `yarn_read_application`. */
  name: string;
  /** First sentence: what it answers. Then: when to use it, one example, what it leaves out. */
  description: string;
  input: z.ZodObject;
  /** The line a person sees while it runs. */
  progress(input: unknown): Bilingual;
  /**
   * What the model gets, cut to size, saying what was left out and how to narrow. Never throws for what the platform does: an
   * area that cannot be read is a result, too.
   */
  run(input: unknown, signal: AbortSignal): Promise<string>;
}

/** One task for a model: what it is told, what it may call, and the form of its answer. */
export interface AgentTask {
  /** The same for every question, so that servers can cache it. */
  instructions: string;
  /** The case as data. */
  context: string;
  tools: readonly OfferedTool[];
  /** Form of the answer; given as the input of one last tool. */
  answer: z.ZodObject;
  /** Judges an answer that has the form: problems to be mended in one repair turn; none: accepted. */
  check(answer: unknown): readonly string[];
  model: 'small' | 'strong';
  limits: AgentLimits;
}

/** What happens while a model works, for people who wait. */
export type AgentEvent =
  | { kind: 'tool'; line: Bilingual }
  /** A piece of the reply as it is written; not yet judged, so never shown as an answer. */
  | { kind: 'draft'; characters: number };

/** Why there is no answer of the model. */
export type AgentFailure =
  | 'unreachable'
  | 'not_allowed'
  | 'rate_limited'
  | 'server_error'
  | 'stalled'
  | 'cut_off'
  | 'nonsense'
  | 'refused'
  | 'over_budget'
  | 'deadline'
  | 'aborted';

/** What a run of the model came to. */
export interface AgentRun {
  /** Null: no answer that has the form and passes the check; `failure` says why. */
  answer: unknown;
  failure: { reason: AgentFailure; statement: Bilingual } | null;
  /** Tool calls in their order, refused repeats among them. */
  calls: readonly { tool: string; input: unknown; outcome: 'run' | 'repeat' | 'invalid' | 'unknown' }[];
  costs: { modelCalls: number; inputTokens: number; outputTokens: number; usd: number | null; model: string };
}
