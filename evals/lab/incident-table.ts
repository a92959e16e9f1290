import { existsSync } from 'node:fs';
import path from 'node:path';
import { readScenario } from '../scenario/read-scenarios.ts';
import type { LabIncident } from './lab-incident.ts';

/** Of the text that a proof was found to be, so much stands in the table. */
const PROOF_CHARS = 110;

/** Engines by the tags of a scenario. */
const ENGINES = {
  spark: 'Spark',
  yarn: 'YARN',
  standalone: 'Spark standalone',
  hdfs: 'HDFS',
  alluxio: 'Alluxio',
} as const;

/** Every incident that is recorded, as a table of Markdown: what was done, and what the script found to prove it. */
export function incidentTable(incidents: readonly LabIncident[], scenarios: string): string[] {
  const rows = incidents.flatMap(({ name, did, scenario }) => {
    if (!scenario) return [];
    const place = path.join(scenarios, scenario.id);
    const { tags, id } = scenario;
    const engines = Object.entries(ENGINES).flatMap(([tag, engine]) => (tags.includes(tag as never) ? [engine] : []));
    const proof = existsSync(place) ? proofOf(readScenario(place).provenance.checked) : 'not recorded';
    return [`| \`${name}\` | \`${id}\` | ${engines.join(', ')} | ${cell(did)} | ${cell(proof)} |`];
  });
  return ['| Incident | Scenario | Engines | What was done | Proof |', '|---|---|---|---|---|', ...rows];
}

/** The first proof, as it was written down when it was found. */
function proofOf(checked: string): string {
  const found = /^[^:]{1,80}: (.{1,200}?) \(“([\s\S]{0,400}?)”\)/.exec(checked);
  if (!found) return checked.slice(0, PROOF_CHARS);
  const [, say = '', text = ''] = found;
  return `${say}: \`${text.replace(/\s+/g, ' ').replaceAll('`', "'").slice(0, PROOF_CHARS)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
