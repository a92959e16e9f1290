import type { ModelSettings } from '../agent/model-settings.ts';
import { visibleText } from '../render/visible-text.ts';
import { isOpenWire } from './is-open-wire.ts';
import type { Check } from './probe-services.ts';

/** A list of models is read so far. */
const MAX_BYTES = 1 << 20;
/** A model that has to be loaded first takes its time for the first word. */
const ONE_WORD_MS = 30_000;

interface Reply {
  /** null: no answer; `text` says why. */
  status: number | null;
  text: string;
}

/**
 * Asks the model's server for its list of models; where that has no list, or a name of the settings is not in it, the model itself for one token.
 * One line either way: reachable or not, which models answer.
 */
export async function probeModel(settings: ModelSettings | null, timeoutMs: number): Promise<Check> {
  const name = 'model';
  if (settings === null)
    return {
      name,
      ok: null,
      detail: 'not configured (set WHEREFORE_MODEL_URL); answers come without a language model',
    };
  const models = [...new Set([settings.smallModel, settings.strongModel])];
  const list = await ask(settings, '/models', timeoutMs);
  if (list.status === null) return { name, ok: false, detail: `cannot be reached: ${list.text}` };
  const refused = refusal(list.status);
  if (refused !== null) return { name, ok: false, detail: refused };
  const listed = idsIn(list);
  const unlisted = models.filter((model) => !listed.has(model));
  const asked = await Promise.all(unlisted.map(async (model) => ({ model, ...(await oneWord(settings, model)) })));
  const bad = asked.find(({ status }) => status !== 200);
  if (bad !== undefined) {
    const why = bad.status === null ? bad.text : (refusal(bad.status) ?? `status ${bad.status}`);
    return { name, ok: false, detail: `reachable, but ${bad.model} does not answer: ${why}` };
  }
  const open = settings.apiKey !== null && isOpenWire(settings.baseUrl) ? '; its key goes over plain http' : '';
  const leaves = settings.leaves === 'masked' ? 'names are masked' : 'names go out as they are';
  return { name, ok: true, detail: visibleText(`reachable, ${models.join(' and ')}; ${leaves}${open}`) };
}

function refusal(status: number): string | null {
  if (status === 401 || status === 403) return `does not accept the key (status ${status}): check WHEREFORE_MODEL_KEY`;
  if (status >= 300 && status < 400) return 'redirects, which is not followed: check WHEREFORE_MODEL_URL';
  return null;
}

async function oneWord(settings: ModelSettings, model: string): Promise<Reply> {
  const body = { ...settings.extras, model, messages: [{ role: 'user', content: 'Say: ok' }] };
  const reply = await ask(settings, '/chat/completions', ONE_WORD_MS, { ...body, max_tokens: 1 });
  // Some models take only the field's newer name.
  return reply.status === 400 && reply.text.includes('max_completion_tokens')
    ? await ask(settings, '/chat/completions', ONE_WORD_MS, { ...body, max_completion_tokens: 16 })
    : reply;
}

async function ask(settings: ModelSettings, path: string, timeoutMs: number, body?: unknown): Promise<Reply> {
  try {
    const response = await fetch(`${settings.baseUrl}${path}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...(settings.apiKey === null ? {} : { authorization: `Bearer ${settings.apiKey}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await firstOf(response) };
  } catch (error) {
    return { status: null, text: whyNot(error, timeoutMs) };
  }
}

async function firstOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The system's own code, never a text of the server's. */
function whyNot(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z_]{3,40}$/.test(code) ? code : 'the connection failed';
}

function idsIn({ status, text }: Reply): Set<string> {
  if (status !== 200) return new Set();
  try {
    const { data } = JSON.parse(text) as { data?: unknown };
    return new Set(Array.isArray(data) ? data.map((model) => String((model as { id?: unknown } | null)?.id)) : []);
  } catch {
    return new Set();
  }
}
