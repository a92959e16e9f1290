import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fetchInside } from './daemon-process.ts';
import { DAEMONS } from './daemons.ts';
import { GATEWAY } from './hosts.ts';
import { type IncidentAnswers, type IncidentResult, judgeIncident } from './judge-incident.ts';
import { LabError } from './lab-error.ts';
import { type LabFolder, onHost, onHosts } from './lab-folder.ts';
import { LAB_HANDS } from './lab-hands.ts';
import type { LabIncident, Proof } from './lab-incident.ts';
import { runHadoopTool } from './on-host.ts';
import { resultFile } from './print-results.ts';
import { rememberedProcess } from './remembered-processes.ts';
import { newTextOf, type Progress, takeStep } from './step-runner.ts';
import type { Submission } from './submit-job.ts';
import { stopTraining, trainingLog } from './train.ts';
import { type Answer, askLive, askRecorded, captureLive } from './wherefore.ts';

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
  // A training that is run again writes a new log, as a scheduler would give it.
  for (const step of incident.steps) {
    if (step.do === 'train') rmSync(onHost(folder, GATEWAY, trainingLog(step.name)), { force: true });
  }
  const submissions = new Map<string, Submission>();
  const result: IncidentAnswers = {
    proven: false,
    during: null,
    duringReplayed: null,
    after: null,
    replayed: null,
    byName: null,
    byId: null,
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
  const otherwise = async (how: string, subject: string): Promise<Answer> => {
    const words = incident.complaint === 'slow' ? `why was ${subject} so slow?` : `what was wrong with ${subject}?`;
    const answer = await askLive(folder, words);
    say(`  ${how.padEnd(9)} ${spoken(answer)}`);
    return answer;
  };
  const progress: Progress = {
    folder,
    hands: LAB_HANDS,
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
    const job = subjectOf(incident);
    const id = submissions.get(job)?.applicationId() ?? null;
    result.byName = await otherwise('by name', job);
    if (id !== null) result.byId = await otherwise('by id', id);
    if (result.during) result.duringReplayed = await replayed('during');
    result.replayed = await replayed('after');
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    say(`  stopped   ${error.message}`);
  } finally {
    await putRight(progress, incident, say);
  }
  const failures = judgeIncident(incident, result);
  say(
    `  ${failures.length === 0 ? 'PASS' : 'FAIL'}      truth: ${incident.truth.code}${failures.map((why) => `\n            ${why}`).join('')}`,
  );
  const judged = { name: incident.name, ...result, failures };
  writeFileSync(
    resultFile(folder, incident.name),
    JSON.stringify(judged, (key, value) => (key === 'json' ? undefined : value), 2),
  );
  return judged;
}

/** The run that the question is about: the last one that was started. */
export function subjectOf({ name, steps }: LabIncident): string {
  const started = steps.flatMap((step) => (step.do === 'submit' ? [step.job] : step.do === 'train' ? [step.name] : []));
  const last = started.at(-1);
  if (last === undefined) throw new LabError(`${name} starts nothing`);
  return last;
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
  return onHosts(folder, proof.hosts, proof.path);
}

/** Sizes of the files that the incident will look into. */
function sizesNow(folder: LabFolder, { steps, proofs }: LabIncident): Map<string, number> {
  const seen = steps.flatMap((step) => (step.do === 'see' ? onHosts(folder, step.hosts, step.path) : []));
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

function spoken({ outcome, causes, seconds }: Answer): string {
  const named = causes.map(({ code, standing }) => `${code} (${standing})`).join(', ') || '(no cause)';
  return `${named} · ${outcome} · ${seconds.toFixed(1)} s`;
}
