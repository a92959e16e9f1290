import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { readScenario } from '../scenario/read-scenarios.ts';
import { type Expected, SCENARIO } from '../scenario/scenario.ts';
import type { MeasuredPair } from './compare-pair.ts';
import { findComponents, findGold } from './find-gold.ts';
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
  const { window, askedAt, applicationIds } = recorded;
  const { expected, ...said } = plannedOf(incident);
  write(incident.name, to, {
    ...said,
    askedAt: iso(askedAt),
    expected: {
      ...expected,
      ...ledgerOf(incident, recorded.pair?.addedMs),
      components: [
        ...expected.components.map(({ kind, id }) => ({ kind, id: withId(id, applicationIds) })),
        ...findComponents(path.join(to, 'capture'), incident.scenario?.found ?? []),
      ],
      window: incident.scenario?.window === false ? null : { from: iso(window.from), to: iso(window.to) },
      evidence: recorded.evidence,
    },
    provenance: {
      kind: 'lab',
      did: incident.did,
      engines: installedVersions(folder, incident.needs),
      recordedOn: iso(askedAt).slice(0, 10),
      command: `npm run lab -- record ${incident.name}`,
      checked: checkedBy(folder, recorded),
    },
  });
}

/**
 * Writes `scenario.yaml` of an incident again after its plan was changed: what the plan says is taken from it, gold lines are looked for
 * again, and what was measured when it was recorded stays.
 *
 * @throws LabError when it was not recorded, or a link is not found
 */
export function writeAgain(incident: LabIncident, scenarios: string): void {
  const { expected, ...said } = plannedOf(incident);
  const place = path.join(scenarios, said.id);
  if (!existsSync(place)) throw new LabError(`${incident.name} is not recorded in ${scenarios}`);
  const before = readScenario(place);
  const known = before.expected.components;
  write(incident.name, place, {
    ...said,
    askedAt: before.askedAt,
    expected: {
      ...expected,
      ...ledgerOf(incident, before.expected.ledger?.addedMs),
      components: [
        ...expected.components.map((one) => (one.id.startsWith('job:') ? (sameKind(known, one.kind) ?? one) : one)),
        ...findComponents(path.join(place, 'capture'), incident.scenario?.found ?? []),
      ],
      window: before.expected.window,
      evidence: findGold(path.join(place, 'capture'), incident.scenario?.links ?? []),
    },
    provenance: { ...before.provenance, did: incident.did },
  });
}

/** The id that a cluster gave, as it was written down. */
function sameKind(known: Expected['components'], kind: string): Expected['components'][number] | undefined {
  return known.find((one) => one.kind === kind && /^app(?:lication_|-)\d/.test(one.id));
}

function write(name: string, to: string, scenario: unknown): void {
  const parsed = SCENARIO.safeParse(scenario);
  if (!parsed.success) throw new LabError(`${name}: ${z.prettifyError(parsed.error)}`);
  writeFileSync(
    path.join(to, 'scenario.yaml'),
    stringify(parsed.data, { lineWidth: 140, aliasDuplicateObjects: false }),
  );
}

/** What the plan of an incident says, without what is measured. */
function plannedOf({ name, scenario: plan, truth }: LabIncident) {
  if (!plan) throw new LabError(`${name} has no plan for the benchmark`);
  const { id, title, tags, gate, gateBecause, questions, asker, twinOf } = plan;
  return {
    id,
    title,
    tags,
    gate,
    ...(gateBecause === undefined ? {} : { gateBecause }),
    questions,
    ...(asker === undefined ? {} : { asker }),
    ...(twinOf === undefined ? {} : { twinOf }),
    expected: {
      behaviour: plan.behaviour,
      causes: [truth.code],
      alsoRight: truth.acceptable,
      forbidden: truth.mustNotCode,
      components: plan.components,
      responsibility: plan.responsibility,
      ...(plan.settings ? { settings: plan.settings } : {}),
      ...(plan.mustNotSay ? { mustNotSay: plan.mustNotSay } : {}),
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
function ledgerOf({ scenario, pair }: LabIncident, addedMs: number | undefined): { ledger?: Expected['ledger'] } {
  if (pair && addedMs !== undefined && pair.largest.length > 0)
    return { ledger: { largest: [...pair.largest], addedMs } };
  return scenario?.ledger ? { ledger: scenario.ledger } : {};
}

function withId(id: string, applicationIds: ReadonlyMap<string, string>): string {
  const job = /^job:(.+)$/.exec(id)?.[1];
  if (job === undefined) return id;
  const known = applicationIds.get(job);
  if (known === undefined) throw new LabError(`no cluster gave ${job} an id`);
  return known;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
