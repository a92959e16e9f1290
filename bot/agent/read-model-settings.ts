import { z } from 'zod';
import { BASE_URL } from '../platform-file.ts';
import type { ModelSettings } from './model-settings.ts';

const name = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'is no name of a model')
  .optional();

function whole(max: number, otherwise: number) {
  return z.coerce.number().int().min(1).max(max).default(otherwise);
}

/** Fields of a request that are ours; extras may not set them. */
const OWN_FIELDS = [
  'model',
  'messages',
  'tools',
  'stream',
  'stream_options',
  'n',
  'max_tokens',
  'max_completion_tokens',
];

/** The settings of the language model. Limits as for a hard case; the common one is one call of some thousand tokens. */
const SETTINGS = z.object({
  WHEREFORE_MODEL_URL: BASE_URL.optional(),
  WHEREFORE_MODEL_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{1,16384}$/, 'holds no key')
    .optional(),
  WHEREFORE_MODEL_SMALL: name,
  WHEREFORE_MODEL_STRONG: name,
  WHEREFORE_MODEL_PRICES: z.string().default('').transform(readPrices),
  WHEREFORE_MODEL_MAX_CALLS: whole(100, 8),
  WHEREFORE_MODEL_MAX_INPUT_TOKENS: whole(10_000_000, 60_000),
  WHEREFORE_MODEL_MAX_OUTPUT_TOKENS: whole(1_000_000, 6_000),
  WHEREFORE_MODEL_DEADLINE_SECONDS: whole(3_600, 60),
  WHEREFORE_MODEL_IDLE_SECONDS: whole(600, 20),
  WHEREFORE_MODEL_MAX_USD: z.coerce.number().positive().max(1_000).optional(),
  WHEREFORE_MODEL_MASKING: z.enum(['on', 'off']).default('on'),
  WHEREFORE_MODEL_EXTRAS: z.string().default('{}').transform(readExtras),
});

/** Senseless without an address; the limits are not, they stand in `.env.example` with their defaults. */
const OF_REACHING = ['WHEREFORE_MODEL_KEY', 'WHEREFORE_MODEL_SMALL', 'WHEREFORE_MODEL_STRONG'];

/** Names of the settings of the language model. */
export const MODEL_SETTING_NAMES: readonly string[] = Object.keys(SETTINGS.shape);

/**
 * Reads how the language model is reached. No address: null, the analyst answers.
 *
 * @param given the environment without empty values
 * @param problems gets every wrong setting, never its value
 */
export function readModelSettings(
  given: Readonly<Record<string, string | undefined>>,
  problems: string[],
): ModelSettings | null {
  const before = problems.length;
  const reaching = OF_REACHING.filter((setting) => given[setting] !== undefined);
  if (given.WHEREFORE_MODEL_URL === undefined) {
    if (reaching.length > 0) problems.push(`${reaching.join(', ')}: WHEREFORE_MODEL_URL is not set`);
  } else if (given.WHEREFORE_MODEL_SMALL === undefined && given.WHEREFORE_MODEL_STRONG === undefined)
    problems.push('WHEREFORE_MODEL_URL: set WHEREFORE_MODEL_SMALL or WHEREFORE_MODEL_STRONG, too: the name of a model');
  const parsed = SETTINGS.safeParse(given);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
    return null;
  }
  const value = parsed.data;
  const small = value.WHEREFORE_MODEL_SMALL ?? value.WHEREFORE_MODEL_STRONG ?? '';
  const strong = value.WHEREFORE_MODEL_STRONG ?? small;
  const prices = value.WHEREFORE_MODEL_PRICES;
  const usd = value.WHEREFORE_MODEL_MAX_USD ?? null;
  // A limit that cannot be kept would be believed.
  const unpriced = [...new Set([small, strong])].filter((model) => model !== '' && !Object.hasOwn(prices, model));
  if (usd !== null && unpriced.length > 0)
    problems.push(`WHEREFORE_MODEL_MAX_USD: WHEREFORE_MODEL_PRICES has no price of ${unpriced.join(', ')}`);
  if (problems.length > before || value.WHEREFORE_MODEL_URL === undefined) return null;
  return {
    baseUrl: value.WHEREFORE_MODEL_URL,
    apiKey: value.WHEREFORE_MODEL_KEY ?? null,
    smallModel: small,
    strongModel: strong,
    prices,
    limits: {
      modelCalls: value.WHEREFORE_MODEL_MAX_CALLS,
      inputTokens: value.WHEREFORE_MODEL_MAX_INPUT_TOKENS,
      outputTokens: value.WHEREFORE_MODEL_MAX_OUTPUT_TOKENS,
      deadlineMs: value.WHEREFORE_MODEL_DEADLINE_SECONDS * 1000,
      idleMs: value.WHEREFORE_MODEL_IDLE_SECONDS * 1000,
      usd,
    },
    extras: value.WHEREFORE_MODEL_EXTRAS,
    leaves: value.WHEREFORE_MODEL_MASKING === 'on' ? 'masked' : 'all',
  };
}

/** `name=0.15/0.60, other=2/8`: USD for a million tokens, input and output. */
function readPrices(text: string, context: z.RefinementCtx): ModelSettings['prices'] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, model, input, output] =
        /^([\x21-\x7e]{1,200})=(\d{1,6}(?:\.\d{1,6})?)\/(\d{1,6}(?:\.\d{1,6})?)$/.exec(entry) ?? [];
      if (model === undefined)
        context.addIssue({ code: 'custom', message: 'is no list like small-model=0.15/0.60,strong-model=2/8' });
      return [model ?? '', { inputUsd: Number(input), outputUsd: Number(output) }] as const;
    });
  return Object.fromEntries(entries);
}

function readExtras(text: string, context: z.RefinementCtx): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    context.addIssue({ code: 'custom', message: 'is no JSON object' });
    return {};
  }
  for (const field of OWN_FIELDS)
    if (Object.hasOwn(value, field)) context.addIssue({ code: 'custom', message: `${field} cannot be set here` });
  return value as Record<string, unknown>;
}
