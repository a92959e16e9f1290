import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fetchInside } from './daemon-process.ts';
import { DAEMONS } from './daemons.ts';
import { GATEWAY } from './hosts.ts';
import { LabError } from './lab-error.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import type { LabIncident, Proof } from './lab-incident.ts';
import { runHadoopTool } from './on-host.ts';
import { rememberedProcess } from './remembered-processes.ts';
import { newTextOf, type Progress, takeStep } from './step-runner.ts';
import type { Submission } from './submit-job.ts';
import { stopTraining } from './train.ts';
import { type Answer, askRecorded, captureLive } from './wherefore.ts';

/** What became of an incident: three answers to one question, and whether they are right. */
export interface IncidentResult {
  name: string;
  proven: boolean;
  during: Answer | null;
  duringReplayed: Answer | null;
  after: Answer | null;
  replayed: Answer | null;
  passed: boolean;
}

/** Provokes an incident, asks while it lasts and afterwards, records both answers and replays them. */
export async function runIncident(
  folder: LabFolder,
  incident: LabIncident,
  say: (line: string) => void,
): Promise<IncidentResult> {
  const down = DAEMONS.filter(
    ({ layer, name }) => incident.needs.includes(layer) && rememberedProcess(folder, name) === null,
  );
  if (down.length > 0)
    throw new LabError(`${incident.name} needs what is not up: ${down.map(({ name }) => name).join(', ')}`);
  const place = path.join(folder.incidents, incident.name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const submissions = new Map<string, Submission>();
  const result: IncidentResult = {
    name: incident.name,
    proven: false,
    during: null,
    duringReplayed: null,
    after: null,
    replayed: null,
    passed: false,
  };
  const asked = async (when: 'during' | 'after'): Promise<Answer> => {
    const answer = await captureLive(folder, incident.question, path.join(place, when));
    writeFileSync(path.join(place, `${when}.json`), JSON.stringify(answer.json, null, 2));
    say(`  ${when.padEnd(9)} ${spoken(answer)}`);
    return answer;
  };
  const replayed = async (when: 'during' | 'after'): Promise<Answer> => {
    const answer = await askRecorded(folder, incident.question, path.join(place, when));
    writeFileSync(path.join(place, `${when}-replayed.json`), JSON.stringify(answer.json, null, 2));
    say(`  replayed  ${spoken(answer)} (${when})`);
    return answer;
  };
  const progress: Progress = {
    folder,
    submissions,
    datasets: new Map(),
    sizesBefore: sizesNow(folder, incident),
    say,
    ask: async () => {
      result.during = await asked('during');
    },
  };
  say(`${incident.name}: ${incident.did}`);
  try {
    for (const step of incident.steps) await takeStep(step, progress);
    result.proven = await proven(progress, incident.proofs, say);
    result.after = await asked('after');
    if (result.during) result.duringReplayed = await replayed('during');
    result.replayed = await replayed('after');
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    say(`  stopped   ${error.message}`);
  } finally {
    await putRight(progress, incident, say);
  }
  result.passed = passed(incident, result);
  say(`  ${result.passed ? 'PASS' : 'FAIL'}      truth: ${incident.truth.code}`);
  return result;
}

async function proven(progress: Progress, proofs: readonly Proof[], say: (line: string) => void): Promise<boolean> {
  let all = true;
  for (const proof of proofs) {
    const found = proof.line.exec(await textOf(progress, proof))?.[0] ?? null;
    say(`  proof     ${proof.say}: ${found === null ? 'NOT FOUND' : found.slice(0, 160)}`);
    all &&= found !== null;
  }
  return all;
}

function proofFiles(folder: LabFolder, proof: Proof): string[] {
  if ('url' in proof) return [];
  return proof.hosts.map((host) => onHost(folder, host, proof.path.replaceAll('$HOST', host)));
}

/** Sizes of the files that the incident will look into. */
function sizesNow(folder: LabFolder, { steps, proofs }: LabIncident): Map<string, number> {
  const seen = steps.flatMap((step) => (step.do === 'see' ? [onHost(folder, step.host, step.path)] : []));
  const files = [...seen, ...proofs.flatMap((proof) => proofFiles(folder, proof))];
  return new Map(files.map((file) => [file, existsSync(file) ? statSync(file).size : 0]));
}

async function textOf({ folder, sizesBefore }: Progress, proof: Proof): Promise<string> {
  if ('url' in proof) return (await fetchInside(folder, proof.url))?.body ?? '';
  return proofFiles(folder, proof)
    .map((file) => newTextOf(file, sizesBefore))
    .join('\n');
}

/** Ends what still runs and mends what was broken; one that fails does not keep the others from being tried. */
async function putRight(progress: Progress, incident: LabIncident, say: (line: string) => void): Promise<void> {
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

function passed({ truth, during }: LabIncident, result: IncidentResult): boolean {
  const wanted = [truth.code, ...truth.acceptable];
  const meanwhile = during ? [during.code, ...during.acceptable] : wanted;
  const first = (answer: Answer | null) => answer?.causes[0]?.code ?? '';
  const clean = [result.during, result.after].every(
    (answer) =>
      answer === null ||
      !answer.causes.some(({ code, standing }) => truth.mustNotCode.includes(code) && standing === 'confirmed'),
  );
  return (
    result.proven &&
    clean &&
    meanwhile.includes(first(result.during)) &&
    wanted.includes(first(result.after)) &&
    first(result.replayed) === first(result.after) &&
    first(result.duringReplayed) === first(result.during)
  );
}

function spoken({ outcome, causes, seconds }: Answer): string {
  const named = causes.map(({ code, standing }) => `${code} (${standing})`).join(', ') || '(no cause)';
  return `${named} · ${outcome} · ${seconds.toFixed(1)} s`;
}
