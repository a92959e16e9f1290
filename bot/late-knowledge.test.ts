import { afterEach, describe, expect, it, vi } from 'vitest';
import { lateKnowledge } from './late-knowledge.ts';

const openKnowledge = vi.hoisted(() => vi.fn());
vi.mock('./open-knowledge.ts', () => ({ openKnowledge }));
afterEach(() => openKnowledge.mockReset());

const SETTINGS = { collections: [], index: { uri: 'none' }, audience: [], runbooksUrl: null, embeddings: null };
const QUERY = { text: 'disk full', audience: [], limit: 1 };

describe('lateKnowledge', () => {
  it('opens nothing until it is asked, then once, and closes what it opened', async () => {
    const base = { search: vi.fn(async () => 'found'), ofCodes: vi.fn(async () => []), close: vi.fn() };
    openKnowledge.mockResolvedValue(base);
    const late = lateKnowledge(SETTINGS);
    expect(openKnowledge).not.toHaveBeenCalled();
    expect(await Promise.all([late.search(QUERY), late.ofCodes([], [])])).toEqual(['found', []]);
    expect(openKnowledge).toHaveBeenCalledExactlyOnceWith(SETTINGS);
    expect(base.search).toHaveBeenCalledWith(QUERY, undefined);
    late.close();
    await vi.waitFor(() => expect(base.close).toHaveBeenCalledOnce());
  });

  it('closes nothing that was never opened', () => {
    lateKnowledge(SETTINGS).close();
    expect(openKnowledge).not.toHaveBeenCalled();
  });

  it('tells whoever asks what cannot be opened', async () => {
    openKnowledge.mockRejectedValue(new Error('the index is broken'));
    await expect(lateKnowledge(SETTINGS).search(QUERY)).rejects.toThrow('the index is broken');
  });
});
