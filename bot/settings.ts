import { z } from 'zod';

const url = z
  .url({ protocol: /^https?$/ })
  .transform((text) => text.replace(/\/+$/, ''))
  .optional();

/** Every setting of the product, by its environment variable. `.env.example` holds the same list with a comment each. */
const SETTINGS = z.object({
  WHEREFORE_SPARK_EVENT_LOGS: z.string().min(1).optional(),
  WHEREFORE_SPARK_HISTORY_URL: url,
  WHEREFORE_YARN_RM_URL: url,
  WHEREFORE_HOSTS_DIR: z.string().min(1).optional(),
  WHEREFORE_HTTP_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(5_000),
  WHEREFORE_HTTP_MAX_MB: z.coerce.number().int().min(1).max(2_048).default(64),
  WHEREFORE_LANG: z.enum(['auto', 'en', 'zh']).default('auto'),
});

/** The settings after checking, by their meaning. */
export interface Settings {
  sparkEventLogs: string | null;
  sparkHistoryUrl: string | null;
  yarnResourceManagerUrl: string | null;
  hostsDir: string | null;
  httpTimeoutMs: number;
  httpMaxBytes: number;
  language: 'auto' | 'en' | 'zh';
}

/** A setting or flag that cannot be used; names every wrong one at once. */
export class SettingsError extends Error {}

/**
 * Reads the settings from an environment. Empty values count as not set.
 *
 * @throws SettingsError naming every wrong setting
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = SETTINGS.safeParse(given);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  }
  const value = parsed.data;
  return {
    sparkEventLogs: value.WHEREFORE_SPARK_EVENT_LOGS ?? null,
    sparkHistoryUrl: value.WHEREFORE_SPARK_HISTORY_URL ?? null,
    yarnResourceManagerUrl: value.WHEREFORE_YARN_RM_URL ?? null,
    hostsDir: value.WHEREFORE_HOSTS_DIR ?? null,
    httpTimeoutMs: value.WHEREFORE_HTTP_TIMEOUT_MS,
    httpMaxBytes: value.WHEREFORE_HTTP_MAX_MB << 20,
    language: value.WHEREFORE_LANG,
  };
}

/** Names of all settings, for the test that holds `.env.example` against them. */
export const SETTING_NAMES: readonly string[] = Object.keys(SETTINGS.shape);
