import type { Chunk } from '../ingestion/chunk.ts';

/** Test harness: one piece of a document that says nothing about itself. */
export function chunkOf(name: string, position: number, text: string, collection = 'team'): Chunk {
  const documentId = `${collection}/${name}`;
  return {
    id: `${documentId}#${position}`,
    documentId,
    collection,
    runbook: name,
    title: name,
    section: 'what-to-do',
    heading: 'What to do',
    page: 0,
    position,
    text,
    symptoms: '',
    codes: [],
    areas: [],
    audience: ['everyone'],
    engines: '{}',
    version: 'v1',
    url: `${name}#what-to-do`,
    owner: '',
    reviewed: '',
  };
}
