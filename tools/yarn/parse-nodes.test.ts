import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../platform/platform.ts';
import { parseNodes } from './parse-nodes.ts';

function answer(nodes: readonly object[]): HttpAnswer {
  return {
    service: 'yarn-rm',
    request: '/ws/v1/cluster/nodes',
    at: 1_795_273_401_000,
    status: 200,
    body: JSON.stringify({ nodes: { node: nodes } }),
    source: 'http/nodes.json',
  };
}

// Cut from the answer of a real ResourceManager (Hadoop 3.3.6) whose NodeManagers had been restarted on the default port 0.
const RUNNING = {
  id: 'node01:40517',
  nodeHostName: 'node01',
  state: 'RUNNING',
  numContainers: 2,
  availMemoryMB: 512,
  lastHealthUpdate: 1_795_273_398_041,
};
const OLDER = {
  id: 'node01:41973',
  nodeHostName: 'node01',
  state: 'SHUTDOWN',
  numContainers: 0,
  availMemoryMB: 0,
  lastHealthUpdate: 1_795_272_837_921,
};

describe('parseNodes', () => {
  it('takes the NodeManager that works for the host, and those before it for changes', () => {
    for (const nodes of [
      [RUNNING, OLDER],
      [OLDER, RUNNING],
    ]) {
      const [node, ...others] = parseNodes(answer(nodes));
      expect(others).toEqual([]);
      expect(node).toMatchObject({ host: 'node01', state: 'RUNNING', containers: 2 });
      expect(node?.changes).toMatchObject([{ to: 'SHUTDOWN', at: OLDER.lastHealthUpdate }]);
    }
  });

  it('leaves a host gone whose NodeManagers are all gone', () => {
    const lost = { ...RUNNING, state: 'LOST' };
    expect(parseNodes(answer([OLDER, lost]))).toMatchObject([{ state: 'LOST', changes: [{ to: 'SHUTDOWN' }] }]);
  });

  it('knows one NodeManager to a host', () => {
    expect(parseNodes(answer([RUNNING]))).toMatchObject([{ host: 'node01', changes: [] }]);
  });
});
