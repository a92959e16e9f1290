import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SCENARIO } from '../scenario/scenario.ts';
import { LAB_INCIDENTS } from './incidents/index.ts';
import { LabError } from './lab-error.ts';
import { type LabFolder, labFolder } from './lab-folder.ts';
import type { LabIncident } from './lab-incident.ts';
import { ALLUXIO, HADOOP, SPARK } from './packages.ts';
import { type Recorded, writeScenario } from './write-scenario.ts';

let folder: LabFolder;
beforeEach(() => {
  folder = labFolder(mkdtempSync(path.join(tmpdir(), 'wherefore-write-')), null);
  // What the versions are read from; another Hadoop than the plan names.
  for (const file of [
    `${HADOOP}/hadoop-common-3.4.1.jar`,
    `${HADOOP}/hadoop-common-tests.jar`,
    `${ALLUXIO}/alluxio-core-common-2.9.4.jar`,
  ]) {
    mkdirSync(path.dirname(path.join(folder.packages, file)), { recursive: true });
    writeFileSync(path.join(folder.packages, file), '');
  }
  mkdirSync(path.join(folder.root, 'capture'));
  const spark = path.join(folder.packages, SPARK, 'pyspark');
  mkdirSync(spark, { recursive: true });
  writeFileSync(path.join(spark, 'version.py'), '__version__: str = "3.5.6"\n');
});
afterEach(() => rmSync(folder.root, { recursive: true, force: true }));

const named = (name: string) => LAB_INCIDENTS.find((incident) => incident.name === name) as LabIncident;

function recorded(incident: LabIncident): Recorded {
  return {
    window: { from: Date.UTC(2026, 10, 22, 1, 0, 0), to: Date.UTC(2026, 10, 22, 1, 2, 0) },
    askedAt: Date.UTC(2026, 10, 22, 1, 3, 0),
    applicationIds: new Map([['rpt_gmv_daily', 'application_1_0002']]),
    proofs: incident.proofs.map((proof) => ({
      proof,
      text: `seen in ${folder.root}/hosts`,
      groups: ['found-1', 'found-2'],
    })),
    evidence: [{ link: 'x', places: [{ source: 'hosts/n1/a.log', lines: [1, 2] }] }],
    pair: null,
  };
}

describe('writeScenario', () => {
  it('takes from a pair what it measured', () => {
    const incident = named('cpu-quota');
    const measured = { ...recorded(incident), pair: { addedMs: 12_345, shown: 'tasks ran longer' } };
    const applicationIds = new Map([['dws_device_digest_20261121', 'application_1_0003']]);
    writeScenario(folder, incident, { ...measured, applicationIds }, folder.root);
    const { expected, provenance } = SCENARIO.parse(
      parse(readFileSync(path.join(folder.root, 'scenario.yaml'), 'utf8')),
    );
    expect(expected.ledger).toEqual({ largest: ['compute'], addedMs: 12_345 });
    expect(expected.components).toContainEqual({ kind: 'yarn_application', id: 'application_1_0003' });
    expect(provenance.checked).toContain('tasks ran longer');
  });

  it.each(LAB_INCIDENTS.filter(({ name }) => name === 'queue-full' || name === 'space-quota-roomy'))(
    'writes what the schema asks for: $name',
    (incident) => {
      writeScenario(folder, incident, recorded(incident), folder.root);
      const text = readFileSync(path.join(folder.root, 'scenario.yaml'), 'utf8');
      const scenario = SCENARIO.parse(parse(text));
      expect(scenario.id).toBe(incident.scenario?.id);
      expect(scenario.expected.causes).toEqual([incident.truth.code]);
      expect(scenario.expected.window === null).toBe(incident.scenario?.window === false);
      expect(scenario.provenance).toMatchObject({
        kind: 'lab',
        recordedOn: '2026-11-22',
        command: `npm run lab -- record ${incident.name}`,
      });
      expect(scenario.provenance.engines).toMatchObject({ hadoop: '3.4.1', spark: '3.5.6' });
      expect(text).not.toContain(folder.root);
      expect(text).toContain('seen in /data/lab/hosts');
    },
  );

  it('puts in the id that YARN gave, and fails when it gave none', () => {
    const incident = named('queue-full');
    writeScenario(folder, incident, recorded(incident), folder.root);
    const { expected } = SCENARIO.parse(parse(readFileSync(path.join(folder.root, 'scenario.yaml'), 'utf8')));
    expect(expected.components).toContainEqual({ kind: 'yarn_application', id: 'application_1_0002' });
    const without = { ...recorded(incident), applicationIds: new Map<string, string>() };
    expect(() => writeScenario(folder, incident, without, folder.root)).toThrow(LabError);
  });
});
