import { describe, expect, it } from 'vitest';
import { type IncidentAnswers, judgeIncident } from './judge-incident.ts';
import type { LabIncident } from './lab-incident.ts';
import { resultTable } from './print-results.ts';
import type { Answer } from './wherefore.ts';

const INCIDENT: LabIncident = {
  name: 'disk',
  did: 'fills a disk',
  question: 'why?',
  truth: { code: 'storage.disk_full_local', acceptable: ['memory.spill'], mustNotCode: ['memory.executor_heap_oom'] },
  during: { code: 'none.still_running', acceptable: ['none.healthy'] },
  needs: ['hadoop'],
  steps: [],
  proofs: [],
  restore: [],
};

function answer(...codes: string[]): Answer {
  const causes = codes.map((code) => ({
    code: code.replace('?', ''),
    standing: code.endsWith('?') ? 'likely' : 'confirmed',
  }));
  return { outcome: 'answered', causes, summary: '', seconds: 1, json: {} };
}

const RIGHT: IncidentAnswers = {
  proven: true,
  during: answer('none.still_running'),
  duringReplayed: answer('none.still_running'),
  after: answer('storage.disk_full_local'),
  replayed: answer('storage.disk_full_local'),
  byName: answer('memory.spill?'),
  byId: answer('storage.disk_full_local'),
};

describe('the judgement of an incident', () => {
  it('passes what is proven, right twice and the same in its recordings', () => {
    expect(judgeIncident(INCIDENT, RIGHT)).toEqual([]);
    expect(judgeIncident(INCIDENT, { ...RIGHT, byName: null, byId: null })).toEqual([]);
  });

  it.each<[string, Partial<IncidentAnswers>, string]>([
    ['nobody saw it happen', { proven: false }, 'not shown to have happened'],
    [
      'the right cause is not the first',
      { after: answer('code.user_code', 'storage.disk_full_local'), replayed: answer('code.user_code') },
      'after: code.user_code',
    ],
    [
      'what is true afterwards is told while it lasts',
      { during: answer('storage.disk_full_local'), duringReplayed: answer('storage.disk_full_local') },
      'during: storage.disk_full_local',
    ],
    ['nobody asked while it lasted', { during: null, duringReplayed: null }, 'during: no cause'],
    [
      'a forbidden cause is confirmed, if only as the second',
      { after: answer('storage.disk_full_local', 'memory.executor_heap_oom') },
      'after: confirms memory.executor_heap_oom',
    ],
    ['the recording says something else', { replayed: answer('memory.spill') }, 'after: replays to memory.spill'],
    ['by its name it is another cause', { byName: answer('code.user_code') }, 'by name: code.user_code'],
    ['by its id there is none', { byId: answer() }, 'by id: no cause'],
  ])('fails when %s', (_why, change, reason) => {
    expect(judgeIncident(INCIDENT, { ...RIGHT, ...change })).toEqual([reason]);
  });

  it('bears a forbidden cause that is only suggested', () => {
    const after = answer('storage.disk_full_local', 'memory.executor_heap_oom?');
    expect(judgeIncident(INCIDENT, { ...RIGHT, after, replayed: after })).toEqual([]);
  });
});

describe('the table of results', () => {
  it('has a line for each incident, run or not, and counts what passed of all', () => {
    const wrong = { ...RIGHT, after: answer('code.user_code?'), replayed: answer() };
    const table = resultTable([
      { name: 'disk', result: { name: 'disk', ...RIGHT, failures: [] } },
      { name: 'other', result: { name: 'other', ...wrong, failures: ['after: code.user_code'] } },
      { name: 'third', result: null },
    ]).map((line) => line.split(/\s*\|\s*/));
    const right = [
      'none.still_running*',
      'storage.disk_full_local*',
      'same',
      'same',
      'memory.spill',
      'storage.disk_full_local*',
    ];
    expect(table[2]).toEqual(['disk', ...right, 'yes']);
    expect(table[3]?.slice(2, 5)).toEqual(['code.user_code', 'same', '(none)']);
    expect(table[3]?.at(-1)).toBe('NO: after: code.user_code');
    expect(table[4]?.slice(0, 2)).toEqual(['third', 'not run']);
    expect(table[5]?.[0]).toBe('1 of 3 passed; * = confirmed');
  });
});
