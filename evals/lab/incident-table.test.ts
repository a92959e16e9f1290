import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incidentTable } from './incident-table.ts';
import { LAB_INCIDENTS } from './incidents/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-table-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('incidentTable', () => {
  it('has a row for each plan, and the proof of what is recorded', () => {
    const incidents = LAB_INCIDENTS.filter(({ name }) => name === 'safe-mode' || name === 'cache-cold');
    mkdirSync(path.join(folder, 'lab-306-dim-city-sync', 'capture'), { recursive: true });
    const scenario = {
      id: 'lab-306-dim-city-sync',
      title: 't',
      tags: ['spark'],
      gate: 'always',
      questions: ['a', 'b'].map((text) => ({ text, language: 'en' })),
      expected: { behaviour: 'answer', causes: ['storage.hdfs_safemode'] },
      provenance: {
        kind: 'lab',
        did: 'd',
        engines: {},
        recordedOn: '2026-11-22',
        checked: 'proven by the script that recorded it: it is so (“a | b `c`”). all 2 links',
      },
    };
    // JSON is YAML.
    writeFileSync(path.join(folder, 'lab-306-dim-city-sync', 'scenario.yaml'), JSON.stringify(scenario));
    const [, , first, second, ...rest] = incidentTable(incidents, folder);
    expect(rest).toEqual([]);
    expect(first).toMatch(
      /^\| `safe-mode` \| `lab-306-dim-city-sync` \| Spark, YARN, HDFS \| the NameNode is put .* \|/,
    );
    expect(first).toContain("| it is so: `a \\| b 'c'` |");
    expect(second).toMatch(/Alluxio \| .* \| not recorded \|$/);
  });
});
