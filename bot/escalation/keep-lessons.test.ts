import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scenarioCandidate } from '../cases/scenario-candidate.ts';
import { smallDiagnosis } from './escalation-fixture.ts';
import { keepLessons } from './keep-lessons.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wherefore-lessons-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('keepLessons', () => {
  it('writes files for their owner only, the newest in place of an older one, and leaves nothing aside', async () => {
    const lessons = keepLessons(folder);
    await lessons.draft({ fileName: 'storage-bad-disk-inv-1.md', text: 'old', addsTo: null });
    const file = await lessons.draft({ fileName: 'storage-bad-disk-inv-1.md', text: 'new', addsTo: null });
    expect(await readFile(file, 'utf8')).toBe('new');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(path.join(folder, 'drafts'))).toEqual(['storage-bad-disk-inv-1.md']);
  });

  it('deletes the candidate of a case that is deleted', async () => {
    const lessons = keepLessons(folder);
    await lessons.candidate(scenarioCandidate('case_0001', smallDiagnosis({}), null, []));
    expect(await readdir(path.join(folder, 'candidates'))).toEqual(['case_0001.json']);
    await lessons.forget('case_0001');
    await lessons.forget('../case_0001');
    expect(await readdir(path.join(folder, 'candidates'))).toEqual([]);
  });

  it('writes nothing beside its folders', async () => {
    const lessons = keepLessons(folder);
    const candidate = scenarioCandidate('../../etc/passwd', smallDiagnosis({}), null, []);
    expect(() => lessons.candidate(candidate)).toThrow('no id of a case');
    expect(() => lessons.draft({ fileName: '../x.md', text: '', addsTo: null })).toThrow('no name of a draft');
    expect(await readdir(folder)).toEqual([]);
  });
});
