import { z } from 'zod';
import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';
import type { IncomingFile } from '../../cases/inbox/incoming.ts';
import { SLACK_ID } from './slack-ids.ts';

/** Slack takes ten files with one message. */
const MAX_FILES = 20;

const FILE = z.object({
  id: SLACK_ID,
  name: z.string().nullish(),
  size: z.number().int().nonnegative().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
  filetype: z.string().nullish(),
  mode: z.string().nullish(),
});

/**
 * The files of a message. Slack tells only the id of some (mentions, shared channels): their address is empty then and `files.info` has to
 * be asked. Deleted files and those behind the limit of a plan are left out.
 */
export function readFiles(files: unknown): IncomingFile[] {
  if (!Array.isArray(files)) return [];
  return files.slice(0, MAX_FILES).flatMap((given: unknown) => {
    const { data: file } = FILE.safeParse(given);
    if (file === undefined || file.mode === 'tombstone' || file.mode === 'hidden_by_limit') return [];
    return [
      {
        id: file.id,
        name: maskSecrets((file.name ?? '').slice(0, 500)),
        bytes: file.size ?? 0,
        url: (file.url_private_download ?? file.url_private ?? '').slice(0, 4_000),
        type: (file.filetype ?? '').slice(0, 100),
      },
    ];
  });
}
