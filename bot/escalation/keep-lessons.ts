import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunbookDraft } from '../cases/draft-runbook.ts';
import type { ScenarioCandidate } from '../cases/scenario-candidate.ts';

const CASE_ID = /^case_[0-9a-z]{1,64}$/;
const FILE_NAME = /^[0-9a-z][0-9a-z-]{0,150}\.md$/;

/** What is learnt of hand-offs, as files for people to review: `drafts/` and `candidates/` of the folder of the cases. */
export interface Lessons {
  /** Writes the draft of a runbook, in place of an older one of the same case; its path. */
  draft(draft: RunbookDraft): Promise<string>;
  /** Writes a candidate for a scenario, in place of an older one of the same case; its path. */
  candidate(candidate: ScenarioCandidate): Promise<string>;
  /** Deletes the candidate of a case; a draft stays: people may have worked on it. */
  forget(caseId: string): Promise<void>;
}

/** Keeps lessons in a folder, readable by its owner only; each file is there whole or not at all. */
export function keepLessons(casesFolder: string): Lessons {
  return {
    draft({ fileName, text }) {
      if (!FILE_NAME.test(fileName)) throw new Error(`${fileName.slice(0, 80)} is no name of a draft`);
      return put(path.join(casesFolder, 'drafts'), fileName, text);
    },
    candidate(candidate) {
      if (!CASE_ID.test(candidate.caseId)) throw new Error(`${candidate.caseId.slice(0, 80)} is no id of a case`);
      const text = `${JSON.stringify(candidate, null, 2)}\n`;
      return put(path.join(casesFolder, 'candidates'), `${candidate.caseId}.json`, text);
    },
    async forget(caseId) {
      if (CASE_ID.test(caseId)) await rm(path.join(casesFolder, 'candidates', `${caseId}.json`), { force: true });
    },
  };
}

async function put(folder: string, name: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, name);
  const aside = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(aside, text, { mode: 0o600, flag: 'wx' });
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw error;
  }
  return file;
}
