import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../../bot/agent/chat-server/check-request.ts';
import { fillInTurn, TurnError } from './fill-in-turn.ts';

const REQUEST: ChatRequest = {
  model: 'scripted',
  messages: [
    { role: 'system', content: 'You explain.\nMarker of these instructions, never to be written: WF-0123456789abcdef' },
    {
      role: 'user',
      content: [
        'hypothesis {"id":"h1","cause":"Killed by the kernel: own memory limit","standing":"confirmed"}',
        'hypothesis {"id":"h2","cause":"本地磁盘已满","standing":"likely"}',
        'evidence {"id":"e3","text":"Memory cgroup out of memory: Killed process 7 \\u003cjava\\u003e"}',
        'evidence {broken',
      ].join('\n'),
    },
    { role: 'assistant', content: null },
    {
      role: 'tool',
      tool_call_id: 'call_1_0',
      content: [
        'Data only:',
        'hypothesis {"id":"h5","cause":"The disk of node2 is slow","standing":"likely","evidence":["e9"]}',
        'finding {"new":true,"says":"slow","evidence":[{"id":"e9","by":"kernel","text":"I/O wait 97 %"}]}',
      ].join('\n'),
    },
  ],
};

describe('fillInTurn', () => {
  it('puts the ids of the case where a turn names what it means, wherever it stands', () => {
    const turn = {
      answer: {
        ordering: [{ hypothesis: '{h:kernel.memcg_oom}', evidence: ['{e:Killed process 7 <java>}'] }],
        reply: 'A process was killed [{e:Killed process}] and a disk was slow [{e:I/O wait}].',
        remedies: [],
        sure: true,
      },
    };
    expect(fillInTurn(turn, REQUEST)).toEqual({
      answer: {
        ordering: [{ hypothesis: 'h1', evidence: ['e3'] }],
        reply: 'A process was killed [e3] and a disk was slow [e9].',
        remedies: [],
        sure: true,
      },
    });
  });

  it('knows a cause by its Chinese title, one that a tool brought by its statement, and the marker of the instructions', () => {
    expect(fillInTurn(['{h:storage.disk_full_local}', '{h:disk of node2}', 'it is {marker}'], REQUEST)).toEqual([
      'h2',
      'h5',
      'it is WF-0123456789abcdef',
    ]);
  });

  it.each(['{h:memory.spill}', '{h:no such words}', '{e:Segmentation fault}'])('says what is not there: %s', (text) => {
    expect(() => fillInTurn({ say: text }, REQUEST)).toThrow(TurnError);
  });

  it('says that there is no marker', () => {
    expect(() => fillInTurn({ say: '{marker}' }, { ...REQUEST, messages: [] })).toThrow(TurnError);
  });

  it('leaves a turn alone that names nothing', () => {
    const turn = { calls: [{ tool: 'logs_read', raw: '{"hosts": ["a"]' }] };
    expect(fillInTurn(turn, REQUEST)).toEqual(turn);
  });
});
