import { GATEWAY } from './hosts.ts';
import type { LabIncident } from './lab-incident.ts';
import { runHadoopTool } from './on-host.ts';
import { type Progress, takeStep } from './step-runner.ts';
import { stopTraining } from './train.ts';

/** Ends what still runs and mends what was broken; one that fails does not keep the others from being tried. */
export async function putRight(progress: Progress, incident: LabIncident, say: (line: string) => void): Promise<void> {
  const { folder, submissions } = progress;
  for (const step of incident.steps) if (step.do === 'train') stopTraining(folder, step.name);
  for (const step of incident.restore) {
    await takeStep(step, progress).catch((error: Error) => say(`  restoring ${error.message}`));
  }
  for (const submission of submissions.values()) {
    const id = submission.applicationId();
    if (submission.ended() || id === null) continue;
    const client = 'org.apache.hadoop.yarn.client.cli.ApplicationCLI';
    await runHadoopTool(folder, GATEWAY, client, ['application', '-kill', id], 'root');
  }
}
