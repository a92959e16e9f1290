import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Controller, containersGroup, groupsBelow, readControl } from './control-groups.ts';
import { NODES } from './hosts.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import { runTool } from './run-tool.ts';
import type { Submission } from './submit-job.ts';

/** Proofs of what happened below the engines, and of what executors themselves say. */
export type NodeProof =
  /** Lines of the kernel's log that name a container of a job of this incident. */
  | { kernel: true }
  /** A control file, `<controller>/<file>`, of every container's group or of the groups above them: `<group>: <text>`, a line for each. */
  | { control: `${Controller}/${string}`; of: 'containers' | 'parents' }
  /** What the executors of a job wrote to their standard error, and in cluster mode its driver. */
  | { executors: string }
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
    return groups.map((group) => `${group}: ${readControl(controller, group, file).trim()}`).join('\n');
  }
  const submission = submissions.get('driver' in proof ? proof.driver : proof.executors);
  if (!submission) return '';
  return 'driver' in proof ? readFileSync(submission.log, 'utf8') : executorTexts(folder, submission).join('\n');
}

/** Standard error of the containers of a job of YARN, or of the executors of one of Spark's own cluster. */
export function executorTexts(folder: LabFolder, submission: Submission): string[] {
  const application = submission.applicationId();
  if (application === null) return [];
  const places = NODES.flatMap((host) =>
    ['srv/yarn/logs', 'srv/spark/work'].map((place) => onHost(folder, host, `${place}/${application}`)),
  );
  return places
    .filter((place) => existsSync(place))
    .flatMap((place) => readdirSync(place).map((name) => path.join(place, name, 'stderr')))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'));
}
