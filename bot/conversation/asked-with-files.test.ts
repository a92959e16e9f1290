import { describe, expect, it } from 'vitest';
import { askedWithFiles } from './asked-with-files.ts';
import { readMessage } from './read-message.ts';

const asked = (said: string, names: readonly string[] | null) =>
  askedWithFiles(readMessage(said, names === null ? null : { names: new Set(names) }, 0), said, names !== null);

describe('askedWithFiles', () => {
  it('means the run of the open case where the words say nothing new', () => {
    expect(asked('here is the driver log', ['etl_orders'])).toEqual([
      { kind: 'with_files', text: 'here is the driver log' },
    ]);
  });

  it('keeps a question about another run', () => {
    const [ask] = asked('why did application_1700000000000_0007 fail?', ['etl_orders']);
    expect(ask?.kind).toBe('new_question');
  });

  it('is a question without a case, also without a word', () => {
    expect(asked('日志在这', null)).toEqual([{ kind: 'new_question', text: '日志在这' }]);
    expect(asked('', null)).toEqual([{ kind: 'new_question', text: 'Why did this fail?' }]);
  });
});
