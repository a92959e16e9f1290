import type { World } from '../world.ts';
import type { Answer } from './web-api.ts';

/** What Slack shows to those who bring no token that may read the file: its sign-in page, with status 200. */
const SIGN_IN =
  '<!DOCTYPE html><html lang="en-US"><head><title>Sign in to your workspace | Slack</title></head><body>Sign in</body></html>';

/** A private file: `url_private` and `url_private_download` (docs.slack.dev/reference/objects/file-object, "authentication"). */
export function download(world: World, path: string, authorization: string): Answer {
  const id = /^\/files-pri\/[A-Z0-9]+-([A-Z0-9]+)\//.exec(path)?.[1] ?? '';
  const file = world.files.get(id);
  const allowed = authorization === `Bearer ${world.options.botToken}` && world.options.scopes.includes('files:read');
  if (!allowed) return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: SIGN_IN };
  if (!file?.complete)
    return { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' }, body: 'not found' };
  return { status: 200, headers: { 'content-type': file.mimetype }, body: file.content };
}
