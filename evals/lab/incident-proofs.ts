import { existsSync, statSync } from 'node:fs';
import { containerLogs } from './container-logs.ts';
import { fetchInside } from './daemon-process.ts';
import { type LabFolder, onHosts } from './lab-folder.ts';
import type { LabIncident, Proof } from './lab-incident.ts';
import { textOfNodeProof } from './node-proofs.ts';
import { newTextOf, type Progress } from './step-runner.ts';

/** A proof with what it was found to be; null when it was not found. */
export interface FoundProof {
  proof: Proof;
  text: string | null;
}

/** Looks for what shows that an incident happened, in files and answers of the lab itself. */
export async function findProofs(
  progress: Progress,
  proofs: readonly Proof[],
  say: (line: string) => void,
): Promise<FoundProof[]> {
  const found: FoundProof[] = [];
  for (const proof of proofs) {
    const text = proof.line.exec(await textOf(progress, proof))?.[0] ?? null;
    say(`  proof     ${proof.say}: ${text === null ? 'NOT FOUND' : text.slice(0, 160)}`);
    found.push({ proof, text });
  }
  return found;
}

/** Sizes of the files that an incident will look into, before it begins. */
export function sizesNow(folder: LabFolder, { steps, proofs }: LabIncident): Map<string, number> {
  const seen = steps.flatMap((step) => (step.do === 'see' ? onHosts(folder, step.hosts, step.path) : []));
  const files = [...seen, ...proofs.flatMap((proof) => proofFiles(folder, proof))];
  return new Map(files.map((file) => [file, existsSync(file) ? statSync(file).size : 0]));
}

function proofFiles(folder: LabFolder, proof: Proof): string[] {
  if (!('hosts' in proof)) return [];
  return onHosts(folder, proof.hosts, proof.path);
}

async function textOf({ folder, sizesBefore, submissions }: Progress, proof: Proof): Promise<string> {
  if ('containersOf' in proof) {
    const submission = submissions.get(proof.containersOf);
    return submission ? containerLogs(folder, submission).join('\n') : '';
  }
  if ('url' in proof) return (await fetchInside(folder, proof.url))?.body ?? '';
  if (!('hosts' in proof)) return textOfNodeProof(folder, proof, submissions);
  return proofFiles(folder, proof)
    .map((file) => newTextOf(file, sizesBefore))
    .join('\n');
}
