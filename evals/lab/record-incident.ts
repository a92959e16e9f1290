import { cpSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { packCapture } from '../scenario/pack-capture.ts';
import { bringUp } from './bring-up.ts';
import { comparePair } from './compare-pair.ts';
import { findGold } from './find-gold.ts';
import { checkHidden, hideMachine } from './hide-machine.ts';
import { findProofs, sizesNow } from './incident-proofs.ts';
import { LabError } from './lab-error.ts';
import type { LabFolder } from './lab-folder.ts';
import { LAB_HANDS } from './lab-hands.ts';
import type { LabIncident } from './lab-incident.ts';
import { recordAnswers } from './record-answers.ts';
import { recordFiles, recordKernel } from './record-host-files.ts';
import { type Progress, takeStep } from './step-runner.ts';
import { takeDown, wipe } from './take-down.ts';
import { type Recorded, writeScenario } from './write-scenario.ts';

/** A machine that others use too may take this many times as long as planned; nothing is proven by how long it took. */
const PATIENCE = 4;

/**
 * Records an incident from scratch: a new lab with the layers that it needs and nothing else, provoked, proven, copied, and taken down
 * again. The product is not asked anything. What was recorded lies in `<to>/<id>` afterwards, in the place of what was there.
 *
 * @returns how long it took, in seconds, and what it takes on disk
 * @throws LabError when something was not reached, a proof or a link is not found, or the capture would tell of this machine; then nothing
 *   is written to `to`
 */
export async function recordIncident(
  folder: LabFolder,
  incident: LabIncident,
  to: string,
  say: (line: string) => void,
): Promise<{ seconds: number; files: number; bytes: number }> {
  const { scenario } = incident;
  if (!scenario) throw new LabError(`${incident.name} has no plan for the benchmark`);
  const started = Date.now();
  const place = path.join(folder.root, 'recording');
  const capture = path.join(place, 'capture');
  const since = (text: string) => say(`  ${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${text}`);
  say(`${incident.name} (${scenario.id}): ${incident.did}`);
  await wipe(folder);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(capture, { recursive: true });
  try {
    const sinceSeconds = uptimeSeconds();
    await bringUp(folder, incident.needs, () => {}, incident);
    since(`up: ${incident.needs.join(', ')}`);
    const recorded = await provoke(folder, incident, { capture, sinceSeconds, broughtUp: started, say, since });
    await takeDown(folder);
    hideMachine(folder, capture);
    checkHidden(folder, capture);
    const evidence = findGold(capture, scenario.links);
    for (const { link, places } of evidence) {
      const [first] = places;
      say(
        `  gold      ${link}: ${first?.source}:${first?.lines[0]}${places.length > 1 ? ` (+${places.length - 1})` : ''}`,
      );
    }
    writeScenario(folder, incident, { ...recorded, evidence }, place);
    const done = publish(place, to, scenario.id);
    const seconds = (Date.now() - started) / 1000;
    since(`recorded: ${done.files} files, ${Math.ceil(done.bytes / 1024)} KiB`);
    return { seconds, ...done };
  } finally {
    await takeDown(folder);
  }
}

async function provoke(
  folder: LabFolder,
  incident: LabIncident,
  run: {
    capture: string;
    sinceSeconds: number;
    broughtUp: number;
    say: (line: string) => void;
    since: (line: string) => void;
  },
): Promise<Omit<Recorded, 'evidence'>> {
  const { capture, sinceSeconds, broughtUp, say, since } = run;
  const disks = incident.disks ?? [];
  const answers = { layers: incident.needs, since: broughtUp };
  const sample = async () => {
    recordKernel(folder, capture, { at: Date.now(), sinceSeconds, disks });
    const count = await recordAnswers(folder, capture, answers);
    since(`sample: ${count} answers`);
  };
  const marks = new Map<'begins' | 'ends', number>();
  const progress: Progress = {
    folder,
    hands: LAB_HANDS,
    submissions: new Map(),
    datasets: new Map(),
    sizesBefore: sizesNow(folder, incident),
    say,
    ask: sample,
    sample,
    marks,
    patience: PATIENCE,
  };
  try {
    const begins = Date.now();
    for (const step of incident.steps) {
      if (step.do === 'ask' && incident.scenario?.recordAt === 'ask') break;
      await takeStep(step, progress);
    }
    since('provoked');
    const proofs = await findProofs(progress, incident.proofs, say);
    if (proofs.some(({ text }) => text === null)) throw new LabError(`${incident.name} is not shown to have happened`);
    const idOf = (job: string) => progress.submissions.get(job)?.applicationId() ?? null;
    const pair = incident.pair ? comparePair(folder, incident.pair, idOf) : null;
    if (pair) say(`  pair      ${pair.shown}`);
    recordKernel(folder, capture, { sinceSeconds, disks });
    const count = await recordAnswers(folder, capture, answers);
    // Files come last: a log may tell more than an answer, never less.
    recordFiles(folder, capture, incident.needs);
    since(`copied: ${count} answers`);
    const ids = [...progress.submissions].map(([job, { applicationId }]) => [job, applicationId()] as const);
    return {
      window: { from: marks.get('begins') ?? begins, to: marks.get('ends') ?? Date.now() },
      askedAt: Date.now(),
      applicationIds: new Map(ids.flatMap(([job, id]) => (id === null ? [] : [[job, id]]))),
      proofs,
      pair,
    };
  } finally {
    await release(progress, incident);
  }
}

/** Lets go of what would keep the lab from being taken down: a frozen disk. Whatever else is broken goes with the lab. */
async function release(progress: Progress, { steps }: LabIncident): Promise<void> {
  for (const step of steps) {
    if (step.do === 'freeze-disk') await takeStep({ ...step, do: 'thaw-disk' }, progress);
  }
}

/** Packs what was recorded and puts it in its place, which is never seen half. */
function publish(place: string, to: string, id: string): { files: number; bytes: number } {
  const half = path.join(to, `.half-${id}`);
  const target = path.join(to, id);
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  try {
    const packed = packCapture(path.join(place, 'capture'), path.join(half, 'capture'));
    cpSync(path.join(place, 'scenario.yaml'), path.join(half, 'scenario.yaml'));
    rmSync(target, { recursive: true, force: true });
    renameSync(half, target);
    return packed;
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

function uptimeSeconds(): number {
  return Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
}
