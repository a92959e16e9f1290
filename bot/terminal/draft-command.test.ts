import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN_FOLDER } from '../../knowledge/ingestion/collection.ts';
import { hostileDiagnosis } from '../render/hostile-diagnosis-fixture.ts';
import { answered } from './terminal-fixture.ts';

let folder = '';
let answer = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-draft-'));
  answer = path.join(folder, 'answer.json');
  writeFileSync(answer, JSON.stringify(hostileDiagnosis('en')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('wherefore draft', () => {
  it('writes a draft to review, says where, and what it adds to', async () => {
    const to = path.join(folder, 'drafts');
    const { exitCode, out, err } = await answered([
      'draft',
      answer,
      '--fixed',
      'raised the limit',
      '--by',
      'Ada',
      '--to',
      to,
    ]);
    expect(exitCode).toBe(0);
    expect(err).toContain('adds to kernel-memcg-oom, to be reviewed');
    expect(readdirSync(to)).toEqual([path.basename(out.trim())]);
    const text = readFileSync(out.trim(), 'utf8');
    expect(text).toContain('status: draft');
    expect(text).toContain('raised the limit');
  });

  it('takes another cause than the answer has', async () => {
    const to = path.join(folder, 'other');
    const { out } = await answered(['draft', answer, '--fixed', 'x', '--cause', 'memory.spill', '--to', to]);
    expect(readFileSync(out.trim(), 'utf8')).toContain('memory.spill');
  });

  it('names everything that is wrong at once, and writes nothing among the runbooks', async () => {
    const before = readdirSync(BUILT_IN_FOLDER).length;
    const { exitCode, err } = await answered([
      'draft',
      path.join(folder, 'none.json'),
      '--fixed',
      ' ',
      '--cause',
      'no.such',
      '--to',
      BUILT_IN_FOLDER,
    ]);
    expect(exitCode).toBe(2);
    for (const part of ['none.json', '--fixed is empty', 'no.such', 'lies among the runbooks'])
      expect(err).toContain(part);
    expect(readdirSync(BUILT_IN_FOLDER)).toHaveLength(before);
  });

  it('takes only answers', async () => {
    const other = path.join(folder, 'other.json');
    for (const text of ['no json', '{"a":1}', 'null']) {
      writeFileSync(other, text);
      const { exitCode, err } = await answered(['draft', other, '--fixed', 'x', '--to', path.join(folder, 'd')]);
      expect([exitCode, err]).toEqual([2, expect.stringContaining('is no answer of "wherefore ask --json"')]);
    }
  });
});
