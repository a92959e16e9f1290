import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { plural } from '../../tools/evidence/spoken-figures.ts';
import type { Access } from '../access/access-file.ts';
import { visibleText } from '../render/visible-text.ts';
import type { Check } from './probe-services.ts';

const MANIFEST = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** Scopes that a bot needs: those of the manifest, and what the rules of who may see what tell people apart by. */
function neededScopes(access: Access | null): string[] {
  const file = path.join(import.meta.dirname, '..', 'slack', 'manifest.json');
  const { bot } = MANIFEST.parse(JSON.parse(readFileSync(file, 'utf8'))).oauth_config.scopes;
  const { profileField, emailDomains = [] } = access?.identity ?? {};
  return [
    ...bot,
    ...(emailDomains.length > 0 ? ['users:read.email'] : []),
    ...(profileField === undefined ? [] : ['users.profile:read']),
  ];
}

/**
 * Whether the scopes that were granted are those that are needed; what is granted beyond is told, and no fault.
 *
 * @param granted as Slack lists them with an answer (`x-oauth-scopes`); null: it did not
 */
export function checkScopes(granted: readonly string[] | null, access: Access | null): Check {
  const name = 'slack scopes';
  if (granted === null) return { name, ok: null, detail: 'Slack does not say which were granted' };
  const needed = neededScopes(access);
  const missing = needed.filter((scope) => !granted.includes(scope));
  const beyond = granted.filter((scope) => scope !== '' && !needed.includes(scope)).sort();
  const more = beyond.length === 0 ? '' : `; granted beyond need: ${visibleText(beyond.join(', '))}`;
  if (missing.length === 0) return { name, ok: true, detail: `all ${plural(needed.length, 'scope')} granted${more}` };
  const how = 'add under OAuth & Permissions and install the app again';
  return { name, ok: false, detail: `missing: ${missing.join(', ')} (${how})${more}` };
}
