import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Tiktoken } from 'js-tiktoken/lite';
import ranks from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const tokens = new Tiktoken(ranks);

describe('the guess of tokens', () => {
  // What people and code wrote, a kernel's log and the answer of a service, as recorded for the demo.
  it.each([
    'README.md',
    'package.json',
    'bot/render/labels.ts',
    'knowledge/runbooks/cache-cold.md',
    'bot/demo/failed-run/hosts/bd-node12/dmesg.txt',
    'bot/demo/failed-run/http/yarn-rm/ws/v1/cluster/nodes@20261121T112927Z.json',
  ])('of %s is near what o200k_base counts', (file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8').slice(0, 20_000);
    const ratio = estimateTokens(text) / tokens.encode(text).length;
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.7);
  });

  it('takes Chinese by the character', () => {
    const text = '执行器被内核杀死：节点的容器组已满';
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(tokens.encode(text).length);
  });
});
