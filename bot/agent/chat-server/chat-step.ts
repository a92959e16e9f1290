/** A call of a tool as a step writes it; `raw` goes out as it is where arguments shall be no JSON. */
export interface WrittenCall {
  tool: string;
  input?: unknown;
  raw?: string;
  /** Its id; unique where not given. */
  id?: string;
}

/** How an answer is told, beside its content. */
export interface AnswerForm {
  /** What the server says the call cost; counted in quarters of characters where not given, left out for `null`. */
  usage?: { prompt_tokens: number; completion_tokens: number } | null;
  finishReason?: string;
  /** Id of the completion; unique where not given. */
  id?: string;
  /** Waits between two pieces of the stream, in milliseconds. */
  pauseMs?: number;
}

/** One thing that the scripted server does with one request. */
export type ChatStep =
  | ({ do: 'say'; text: string } & AnswerForm)
  | ({ do: 'call'; calls: readonly WrittenCall[]; text?: string } & AnswerForm)
  /** A refusal in the field that Chat Completions has for it. */
  | ({ do: 'refuse'; text: string } & AnswerForm)
  /** An answer with nothing in it. */
  | ({ do: 'empty' } & AnswerForm)
  /** An error status with the usual error object; `code` such as `insufficient_quota`. */
  | { do: 'fail'; status: number; retryAfter?: string; code?: string; message?: string }
  | { do: 'redirect'; to: string }
  /** Begins to stream and then closes: `end` as if all were said, `reset` by cutting the connection. */
  | { do: 'cut'; text: string; how: 'end' | 'reset' }
  /** Says `text` and then nothing more, the connection open; without `text` not even a status. */
  | { do: 'stall'; text?: string }
  /** Keeps the connection alive with comments and says nothing. */
  | { do: 'ping'; everyMs: number }
  /** Answers 200 with a body that is no answer at all. */
  | { do: 'babble'; body: string; contentType?: string }
  /** Streams without an end. */
  | { do: 'flood' }
  /** An error told within a stream that began well. */
  | { do: 'fail-in-stream'; message: string };

/** A call as a step writes it. */
export function call(tool: string, input: unknown): ChatStep {
  return { do: 'call', calls: [{ tool, input }] };
}

/** The last call of a run: the answer. */
export function giveAnswer(answer: unknown): ChatStep {
  return call('give_answer', answer);
}
