import type { IncomingFile } from '../../cases/inbox/incoming.ts';
import type { SlackCalls } from '../outlet/slack-calls.ts';
import { SlackRefusal } from '../outlet/slack-refusal.ts';

/**
 * A file with its address: of some (mentions, shared channels) Slack sends the id alone, and the rest has to be asked (`files.info`). As it
 * came where Slack refuses; `fetchFile` then says that it cannot be read.
 *
 * @throws the signal's reason
 */
export async function completeFile(
  calls: SlackCalls,
  team: string,
  file: IncomingFile,
  signal: AbortSignal,
): Promise<IncomingFile> {
  if (file.url !== '') return file;
  try {
    const said = await calls.repeat({
      method: 'files.info',
      args: { file: file.id },
      team,
      priority: 'answer',
      signal,
    });
    const info = (said.file ?? {}) as Readonly<Record<string, unknown>>;
    const text = (value: unknown) => (typeof value === 'string' ? value : '');
    return {
      id: file.id,
      name: file.name === '' ? text(info.name).slice(0, 500) : file.name,
      bytes: typeof info.size === 'number' ? info.size : file.bytes,
      url: (text(info.url_private_download) || text(info.url_private)).slice(0, 4000),
      type: text(info.filetype).slice(0, 100) || file.type,
    };
  } catch (error) {
    if (error instanceof SlackRefusal) return file;
    throw error;
  }
}
