import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Controller, containersGroup, groupsBelow, readControl } from './control-groups.ts';
import { NODES } from './hosts.ts';
import type { LabFolder } from './lab-folder.ts';
import { runTool } from './run-tool.ts';
import type { Submission } from './submit-job.ts';

/** Proofs of what happened below the engines, and of what a driver says. */
export type NodeProof =
  /** Lines of the kernel's log that name a container of a job of this incident. */
  | { kernel: true }
  /** A control file, `<controller>/<file>`, of every container's group or of the groups above them: `/<group>: <text>`, a line for each. */
  | { control: `${Controller}/${string}`; of: 'containers' | 'parents' }
  /** What a job's driver or its submission wrote on the gateway. */
  | { driver: string };

/** The text in which a proof is looked for. */
export function textOfNodeProof(
  folder: LabFolder,
  proof: NodeProof,
  submissions: ReadonlyMap<string, Submission>,
): string {
  if ('kernel' in proof) {
    const ids = [...submissions.values()].flatMap((one) => one.applicationId()?.replace('application_', '') ?? []);
    const lines = runTool('dmesg', [], { why: 'the kernel log' }).split('\n');
    return lines.filter((line) => ids.some((id) => line.includes(`_${id}_`))).join('\n');
  }
  if ('control' in proof) {
    const [controller, file] = proof.control.split('/') as [Controller, string];
    const parents = NODES.map((host) => containersGroup(folder, host));
    const groups =
      proof.of === 'parents'
        ? parents
        : parents.flatMap((parent) => groupsBelow(controller, parent).map((name) => path.join(parent, name)));
    return groups.map((group) => `/${group}: ${readControl(controller, group, file).trim()}`).join('\n');
  }
  const submission = submissions.get(proof.driver);
  return submission ? readFileSync(submission.log, 'utf8') : '';
}
