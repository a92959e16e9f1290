import { describe, expect, it } from 'vitest';
import { nameAsked } from './name-asked.ts';

describe('nameAsked', () => {
  const query = { names: ['Worker_BlocksEvicted', 'Worker_BytesReadRemote'], hostSuffixed: true } as const;

  it('takes the host behind a name for what it is', () => {
    expect(nameAsked('Worker_BlocksEvicted_alx_worker_0', query)).toBe('Worker_BlocksEvicted');
    expect(nameAsked('Worker_BlocksEvicted', query)).toBe('Worker_BlocksEvicted');
  });

  it('never takes a longer name for a shorter one, nor parts of a summary for the metric', () => {
    expect(nameAsked('Worker_BytesReadRemoteThroughput_alx_worker_0', query)).toBeNull();
    expect(nameAsked('Worker_BlocksEvicted_alx_worker_0_count', query)).toBeNull();
    expect(nameAsked('Worker_BlocksEvicted_alx_worker_0', { names: query.names })).toBeNull();
  });
});
