import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DAEMONS } from './daemons.ts';
import { GATEWAY } from './hosts.ts';
import { findProofs, sizesNow } from './incident-proofs.ts';
import { type IncidentAnswers, type IncidentResult, judgeIncident } from './judge-incident.ts';
import { LabError } from './lab-error.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import { LAB_HANDS } from './lab-hands.ts';
import type { LabIncident } from './lab-incident.ts';
import { resultFile } from './print-results.ts';
import { putRight } from './put-right.ts';
import { rememberedProcess } from './remembered-processes.ts';
import { type Progress, takeStep } from './step-runner.ts';
import type { Submission } from './submit-job.ts';
import { trainingLog } from './train.ts';
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
    result.proven = (await findProofs(progress, incident.proofs, say)).every(({ text }) => text !== null);
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

/** The run that the question is about. */
export function subjectOf({ name, steps, subject }: LabIncident): string {
  if (subject !== undefined) return subject;
  const started = steps.flatMap((step) => (step.do === 'submit' ? [step.job] : step.do === 'train' ? [step.name] : []));
  const last = started.at(-1);
  if (last === undefined) throw new LabError(`${name} starts nothing`);
  return last;
}

function spoken({ outcome, causes, seconds }: Answer): string {
  const named = causes.map(({ code, standing }) => `${code} (${standing})`).join(', ') || '(no cause)';
  return `${named} · ${outcome} · ${seconds.toFixed(1)} s`;
}
