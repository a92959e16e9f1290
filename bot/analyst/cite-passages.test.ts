import { describe, expect, it } from 'vitest';
import type { Passage } from '../../knowledge/retrieval/passage.ts';
import type { RootCause } from '../investigation/diagnosis.ts';
import { citePassages } from './cite-passages.ts';

const PLACE = 'memory-container-physical-limit#raise-the-memory-beside-the-heap';
const cause = (...runbooks: (string | null)[]): RootCause => ({
  code: 'memory.container_physical_limit',
  statement: '',
  standing: 'confirmed',
  responsibility: 'user',
  component: null,
  at: null,
  chain: [],
  remediations: runbooks.map((runbook) => ({ statement: '', settings: [], runbook, by: 'user' })),
});
const own: Passage = {
  chunk: {
    id: 'wiki/oom.pdf#3',
    documentId: 'wiki/oom.pdf',
    collection: 'wiki',
    runbook: 'oom',
    title: 'Out of memory at our site',
    section: '',
    heading: '',
    page: 4,
    position: 3,
    text: 'Ask for the large queue.',
    symptoms: '',
    codes: ['memory.container_physical_limit'],
    areas: [],
    audience: ['everyone'],
    engines: '{}',
    version: 'sha256:0123456789ab',
    url: 'docs/oom.pdf',
    owner: '',
    reviewed: '',
  },
  text: 'Ask for the large queue.',
  score: 1,
  foundBy: ['code'],
  matched: [],
};

describe('citePassages', () => {
  it('cites the section of each remedy once, with what opens it', () => {
    expect(citePassages([cause(PLACE, PLACE, null)], [], 'en', null)).toEqual([
      {
        id: 'p1',
        runbook: 'memory-container-physical-limit',
        section: 'raise-the-memory-beside-the-heap',
        title: 'Raise the memory beside the heap',
        url: 'knowledge/runbooks/memory-container-physical-limit.md#raise-the-memory-beside-the-heap',
      },
    ]);
  });

  it('adds the Chinese part for Chinese readers', () => {
    const [, chinese] = citePassages([cause(PLACE)], [], 'zh', 'https://git.example/w');
    expect(chinese?.url).toBe('https://git.example/w/knowledge/runbooks/memory-container-physical-limit.md#如何处理');
  });

  it('cites nothing that does not open', () => {
    expect(
      citePassages(
        [cause('memory-container-physical-limit#no-such-heading', 'no-such-runbook#x', '../../README#x')],
        [],
        'en',
        null,
      ),
    ).toEqual([]);
  });

  it('puts the documents of the team behind, with page and version', () => {
    const [, team] = citePassages([cause(PLACE)], [own], 'en', null);
    expect(team).toEqual({
      id: 'p2',
      runbook: 'oom',
      section: '',
      title: 'Out of memory at our site',
      url: 'docs/oom.pdf',
      page: 4,
      version: 'sha256:0123456789ab',
    });
  });
});
