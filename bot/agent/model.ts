import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import type { BaseMessageChunk } from '@langchain/core/messages';
import { ChatOpenAICompletions } from '@langchain/openai';
import type { ModelSettings } from './model-settings.ts';

/** One piece of a stream, as far as the framework's own message leaves it out. */
export interface StreamPiece {
  /** Characters of text and of tool arguments. */
  characters: number;
  finishReason: string | null;
  /** Whether the piece belongs to a refusal. */
  refused: boolean;
}

interface ModelCall {
  model: string;
  maxOutputTokens: number;
  fetch: typeof globalThis.fetch;
  onPiece(piece: StreamPiece): void;
}

type Delta = Record<string, unknown> & { tool_calls?: { function?: { arguments?: string } }[] };
type Convert = ChatOpenAICompletions['_convertCompletionsDeltaToBaseMessageChunk'];

/**
 * A model for one call, over any server that speaks Chat Completions: the only place that knows a vendor's package. Always that wire: the class
 * that switches to another one by the model's name is not used. Retries, time and stalls are the guards' business (`guards/`), so the package's
 * own are off; nothing of it is taken from the environment.
 */
export function openModel(settings: ModelSettings, call: ModelCall): ChatOpenAICompletions {
  return new GuardedCompletions(
    {
      model: call.model,
      // The package insists on a key; what leaves is written by `plainHeaders`.
      apiKey: settings.apiKey ?? 'none',
      maxTokens: call.maxOutputTokens,
      maxRetries: 0,
      ...(settings.extras === undefined ? {} : { modelKwargs: { ...settings.extras } }),
      callbacks: [new Streaming()],
      configuration: {
        baseURL: settings.baseUrl,
        organization: null,
        project: null,
        adminAPIKey: null,
        webhookSecret: null,
        logLevel: 'off',
        fetch: plainHeaders(call.fetch, settings.apiKey),
      },
    },
    call.onPiece,
  );
}

/** Streams when it is merely invoked. Asked for by `streaming: true` the package would count tokens with tables from a foreign host. */
class Streaming extends BaseCallbackHandler {
  name = 'streaming';
  lc_prefer_streaming = true;
}

class GuardedCompletions extends ChatOpenAICompletions {
  readonly #onPiece: ModelCall['onPiece'];

  constructor(fields: ConstructorParameters<typeof ChatOpenAICompletions>[0], onPiece: ModelCall['onPiece']) {
    super(fields);
    this.#onPiece = onPiece;
  }

  // What the package's own converter drops: why a stream ended, refusals. And a first delta without a role would become no assistant's message.
  override _convertCompletionsDeltaToBaseMessageChunk(...given: Parameters<Convert>): BaseMessageChunk {
    const [delta, raw, role] = given;
    this.#onPiece({
      characters: charactersOf(delta as Delta),
      finishReason: raw.choices[0]?.finish_reason ?? null,
      refused: typeof delta.refusal === 'string' && delta.refusal !== '',
    });
    return super._convertCompletionsDeltaToBaseMessageChunk(
      typeof delta.content === 'string' || delta.content == null ? delta : { ...delta, content: '' },
      raw,
      role ?? 'assistant',
    );
  }
}

function charactersOf({ content, tool_calls: calls }: Delta): number {
  const text = typeof content === 'string' ? content.length : 0;
  if (!Array.isArray(calls)) return text;
  return calls.reduce((sum, call) => sum + (call?.function?.arguments?.length ?? 0), text);
}

/** Only what the request needs: the package adds headers of the environment (`OPENAI_CUSTOM_HEADERS`) and about this machine. */
const HEADERS = ['accept', 'content-type', 'user-agent'];

function plainHeaders(fetch: typeof globalThis.fetch, apiKey: string | null): typeof globalThis.fetch {
  return (input, init) => {
    const given = new Headers(init?.headers);
    const headers = new Headers(HEADERS.map((name) => [name, given.get(name) ?? '*/*']));
    if (apiKey !== null) headers.set('authorization', `Bearer ${apiKey}`);
    return fetch(input, { ...init, headers });
  };
}
