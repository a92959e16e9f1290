import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { promotedText, promoteScenario } from './promote-scenario.ts';

const BEFORE = `# who wrote it
id: spark-1-load
tags: [ spark,   yarn ]
gate: usually   # its area is young
`;
const AFTER = `# what comes after
questions:
  - text: "gate: usually"
`;

describe('a promotion', () => {
  it.each([
    ['in one line', 'gateBecause: its area is not built\n'],
    ['folded', 'gateBecause: >-\n  its area\n  is not built\n'],
    ['in quotes over two lines', "gateBecause: 'its area\n  is not built'\n"],
    ['absent', ''],
  ])('makes a scenario `always`, and its reason (%s) goes; nothing else moves', (_, because) => {
    expect(promotedText(BEFORE + because + AFTER, 'spark-1-load')).toBe(
      BEFORE.replace('gate: usually', 'gate: always') + AFTER,
    );
  });

  it('finds the reason before the gate as well', () => {
    expect(promotedText('gateBecause: new\ngate: usually\nid: a\n', 'a')).toBe('gate: always\nid: a\n');
  });

  it.each(['gate: always\n', 'id: a\n', '', '- gate: usually\n'])('is refused of %j', (text) => {
    expect(() => promotedText(text, 'a')).toThrow('not `usually`');
  });

  it('is written into the scenario', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-promote-'));
    try {
      writeFileSync(path.join(folder, 'scenario.yaml'), 'gate: usually\n');
      promoteScenario(folder);
      expect(readFileSync(path.join(folder, 'scenario.yaml'), 'utf8')).toBe('gate: always\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
