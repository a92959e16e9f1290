import { describe, expect, it } from 'vitest';
import { readMetric, sqlOf } from './rest-sql.ts';

describe('readMetric', () => {
  it.each([
    ['1,234,567', { value: 1_234_567, type: 'sum' }],
    ['12.5 MiB', { value: 12.5 * 2 ** 20, type: 'size' }],
    ['0.0 B', { value: 0, type: 'size' }],
    ['1.5 s', { value: 1_500, type: 'timing' }],
    ['2.0 min', { value: 120_000, type: 'timing' }],
    [
      'total (min, med, max (stageId: taskId))\n4.7 s (10 ms, 300 ms, 1.2 s (stage 1.0: task 3))',
      { value: 4_700, type: 'timing' },
    ],
    ['', null],
    ['n/a', null],
  ])('reads %j', (printed, expected) => {
    expect(readMetric(printed)).toEqual(expected);
  });
});

describe('sqlOf', () => {
  it('builds the tree from nodes and edges and survives edges in a circle', () => {
    const item = {
      json: {
        id: 3,
        status: 'COMPLETED',
        submissionTime: '2026-11-21T11:18:07.565GMT',
        duration: 25,
        planDescription: '== Physical Plan ==\nA\n',
        successJobIds: [2, 1],
        nodes: [
          { nodeId: 0, nodeName: 'Root', metrics: [{ name: 'rows', value: '7' }] },
          { nodeId: 1, nodeName: 'Exchange' },
          { nodeId: 2, nodeName: 'Scan' },
        ],
        edges: [
          { fromId: 1, toId: 0 },
          { fromId: 2, toId: 1 },
          { fromId: 1, toId: 2 },
        ],
      },
      quote: () => ({ source: 'x', fromLine: 1, toLine: 1, excerpt: '' }),
    };
    const [execution] = sqlOf([item]);
    expect(execution).toMatchObject({ id: 3, jobIds: [1, 2], errorMessage: '', planIsFinal: true });
    expect(execution?.endedAt).toBe((execution?.startedAt ?? 0) + 25);
    expect(execution?.plan).toMatchObject({
      name: 'Root',
      metrics: { rows: { value: 7, type: 'sum' } },
      children: [{ name: 'Exchange', children: [{ name: 'Scan', children: [] }] }],
    });
  });
});
