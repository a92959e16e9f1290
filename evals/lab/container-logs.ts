import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NODES } from './hosts.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import type { Submission } from './submit-job.ts';

/** Texts of the containers of a job, or of its executors on Spark's own cluster, where its nodes keep them. */
export function containerLogs(folder: LabFolder, submission: Submission): string[] {
  const application = submission.applicationId();
  if (application === null) return [];
  return NODES.flatMap((host) =>
    ['srv/yarn/logs', 'srv/spark/work'].flatMap((place) => {
      const logs = onHost(folder, host, `${place}/${application}`);
      if (!existsSync(logs)) return [];
      return readdirSync(logs)
        .flatMap((container) => ['stderr', 'stdout'].map((file) => path.join(logs, container, file)))
        .filter((file) => existsSync(file))
        .map((file) => readFileSync(file, 'utf8'));
    }),
  );
}
