/** How the language model is reached and what it may cost. Null in the settings: no model, the analyst answers. */
export interface ModelSettings {
  /** Base URL of any server that speaks Chat Completions, such as `http://vllm.example:8000/v1`. */
  baseUrl: string;
  apiKey: string | null;
  /** The model of the common case. */
  smallModel: string;
  /** The model of hard cases; the same where only one is configured. */
  strongModel: string;
  /** USD for a million tokens by model name; a model without a price costs `null`. */
  prices: Readonly<Record<string, { inputUsd: number; outputUsd: number }>>;
  limits: AgentLimits;
  /** Fields of one vendor that every request carries as they are, such as `{"chat_template_kwargs": {"enable_thinking": false}}`. */
  extras?: Readonly<Record<string, unknown>>;
  /** `masked`: names, paths and hosts go out as typed placeholders and are put back by code; `all`: as they are. */
  leaves: 'masked' | 'all';
}

/** What one answer may use. Whatever runs out first ends the looking; then one last answer is asked without tools. */
export interface AgentLimits {
  /** Calls of the model, the last answer among them; of three or more, one is kept for an answer to be mended. Tries again are not counted. */
  modelCalls: number;
  inputTokens: number;
  outputTokens: number;
  /** From the beginning to the last word, in milliseconds. */
  deadlineMs: number;
  /** A stream that says nothing for so long is given up, in milliseconds. */
  idleMs: number;
  /** In USD; null: not limited by money. */
  usd: number | null;
}
