import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type PlainCase, readPlainCase, writePlainCase } from '../conversation/plain-case.ts';

/** Where conversations are put down, one file each. */
export interface CaseStore {
  /** Puts a conversation down: whole or not at all. */
  write(kept: PlainCase): Promise<void>;
  /** @throws CaseError when there is none of that id, or it cannot be read */
  read(id: string): Promise<PlainCase>;
}

/** A case cannot be written or read; the message is for a person. */
export class CaseError extends Error {}

const CASE_ID = /^case_[0-9a-f]{10}$/;
/** Ten conversations of a day lie far below this. */
const MAX_BYTES = 64 << 20;

/** Cases as files of one folder, readable by their owner only; secrets are masked before anything is written. */
export function openCaseStore(folder: string): CaseStore {
  const fileOf = (id: string) => {
    if (!CASE_ID.test(id)) throw new CaseError(`${id.slice(0, 80)} is no id of a case, such as case_0123456789`);
    return path.join(folder, `${id}.json`);
  };
  return {
    async write(kept) {
      const file = fileOf(kept.thread.id);
      // Written aside and put in place in one step: a reader never sees half of it.
      const aside = `${file}.${randomBytes(4).toString('hex')}.tmp`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const handle = await open(aside, 'wx', 0o600);
        try {
          await handle.writeFile(writePlainCase(kept));
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(aside, file);
      } catch (error) {
        await rm(aside, { force: true }).catch(() => undefined);
        throw new CaseError(`the case cannot be kept in ${folder} (${codeOf(error)})`);
      }
    },
    async read(id) {
      const file = fileOf(id);
      try {
        if ((await stat(file)).size > MAX_BYTES) throw new CaseError(`${id} is larger than any case`);
        return readPlainCase(await readFile(file, 'utf8'));
      } catch (error) {
        if (error instanceof CaseError) throw error;
        const { code } = error as NodeJS.ErrnoException;
        throw new CaseError(
          code === 'ENOENT' ? `there is no case ${id} in ${folder}` : `case ${id} cannot be read (${codeOf(error)})`,
        );
      }
    },
  };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'damaged';
}
