import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { JobFile } from '../answering/answer-job.ts';
import { fetchFile } from './files/fetch-file.ts';
import type { FileRoom } from './files/file-room.ts';
import type { Desk } from './work/desk.ts';

/** More files of one message are told as not read: an answer is about one trouble. */
const MOST_FILES = 10;

/** Fetches the files of messages into a room of their own, one after another. */
export function filesFetcher(
  room: FileRoom,
  tools: { token: string; maxBytes: number; apiUrl: string | null },
): Desk['fetchFiles'] {
  const { token, maxBytes, apiUrl } = tools;
  return async (_key, files, signal) => {
    if (files.length === 0) return { files: [], notes: [], remove: async () => undefined };
    const { folder, remove } = await room.open();
    const read: JobFile[] = [];
    const notes: Bilingual[] = [];
    try {
      for (const file of files.slice(0, MOST_FILES)) {
        const fetched = await fetchFile(file, folder, {
          token,
          maxBytes,
          signal,
          ...(apiUrl === null ? {} : { apiUrl }),
        });
        if ('problem' in fetched) notes.push(fetched.problem);
        else {
          read.push({ kind: fetched.kind, name: fetched.name, path: fetched.path });
          notes.push(fetched.told);
        }
      }
    } catch (error) {
      await remove();
      throw error;
    }
    if (files.length > MOST_FILES)
      notes.push({
        en: `files after the first ${MOST_FILES} were not read (${files.length} came)`,
        zh: `共 ${files.length} 个文件，只读取了前 ${MOST_FILES} 个`,
      });
    return { files: read, notes, remove };
  };
}
