import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { type Expected, SCENARIO } from '../scenario/scenario.ts';
import type { MeasuredPair } from './compare-pair.ts';
import { replacementsOf } from './hide-machine.ts';
import type { FoundProof } from './incident-proofs.ts';
import { installedVersions } from './installed-versions.ts';
import { LabError } from './lab-error.ts';
import type { LabFolder } from './lab-folder.ts';
import type { LabIncident } from './lab-incident.ts';

/** What was measured and found while an incident was recorded; times in milliseconds since the epoch. */
export interface Recorded {
  window: { from: number; to: number };
  askedAt: number;
  applicationIds: ReadonlyMap<string, string>;
  proofs: readonly FoundProof[];
  evidence: Expected['evidence'];
  /** What the two runs of a pair took; null where there is no pair. */
  pair: MeasuredPair | null;
}

/** Writes `scenario.yaml` of a recorded incident. @throws LabError when it would not be one */
export function writeScenario(folder: LabFolder, incident: LabIncident, recorded: Recorded, to: string): void {
  const parsed = SCENARIO.safeParse(scenarioOf(folder, incident, recorded));
  if (!parsed.success) throw new LabError(`${incident.name}: ${z.prettifyError(parsed.error)}`);
  const text = stringify(parsed.data, { lineWidth: 140, aliasDuplicateObjects: false });
  writeFileSync(path.join(to, 'scenario.yaml'), text);
}

function scenarioOf(folder: LabFolder, incident: LabIncident, recorded: Recorded): unknown {
  const { scenario: plan, truth } = incident;
  if (!plan) throw new LabError(`${incident.name} has no plan for the benchmark`);
  const { id, title, tags, gate, gateBecause, questions, asker, twinOf, components } = plan;
  const window = { from: iso(recorded.window.from), to: iso(recorded.window.to) };
  return {
    id,
    title,
    tags,
    gate,
    ...(gateBecause === undefined ? {} : { gateBecause }),
    askedAt: iso(recorded.askedAt),
    questions,
    ...(asker === undefined ? {} : { asker }),
    ...(twinOf === undefined ? {} : { twinOf }),
    expected: {
      behaviour: plan.behaviour,
      causes: [truth.code],
      alsoRight: truth.acceptable,
      forbidden: truth.mustNotCode,
      components: components.map((one) => ({ kind: one.kind, id: withId(one.id, recorded) })),
      window: plan.window === false ? null : window,
      responsibility: plan.responsibility,
      evidence: recorded.evidence,
      ...(plan.settings ? { settings: plan.settings } : {}),
      ...ledgerOf(incident, recorded),
      ...(plan.mustNotSay ? { mustNotSay: plan.mustNotSay } : {}),
    },
    provenance: {
      kind: 'lab',
      did: incident.did,
      engines: installedVersions(folder, incident.needs),
      recordedOn: iso(recorded.askedAt).slice(0, 10),
      command: `npm run lab -- record ${incident.name}`,
      checked: checkedBy(folder, recorded),
    },
  };
}

/** What the script found without the product: the proofs, and that every link is in the files. */
function checkedBy(folder: LabFolder, { proofs, evidence, pair }: Recorded): string {
  const hidden = (text: string) =>
    replacementsOf(folder).reduce((before, [found, instead]) => before.replaceAll(found, instead), text);
  const shown = proofs.map(
    ({ proof, text }) =>
      `${proof.say} (“${hidden(text ?? '')
        .trim()
        .slice(0, 200)}”)`,
  );
  return [
    `proven by the script that recorded it: ${shown.join('; ')}`,
    ...(pair ? [`event logs of both runs: ${pair.shown}`] : []),
    `all ${evidence.length} links of the chain found in the files`,
    'bytes as the servers wrote them, but for the folder of the lab (now /data/lab) and the name of its control groups (now /bigdata)',
  ].join('. ');
}

/** Of a pair: where its fault adds, and how much it added. */
function ledgerOf({ scenario, pair }: LabIncident, recorded: Recorded): { ledger?: Expected['ledger'] } {
  if (pair && recorded.pair && pair.largest.length > 0) {
    return { ledger: { largest: [...pair.largest], addedMs: recorded.pair.addedMs } };
  }
  return scenario?.ledger ? { ledger: scenario.ledger } : {};
}

function withId(id: string, { applicationIds, proofs }: Recorded): string {
  const [, what, name = ''] = /^(job|proof):(.+)$/.exec(id) ?? [];
  if (what === undefined) return id;
  const known =
    what === 'job'
      ? applicationIds.get(name)
      : proofs.find(({ groups }) => groups.length >= Number(name))?.groups[Number(name) - 1];
  if (known === undefined) throw new LabError(`nothing is known as ${id}`);
  return known;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
