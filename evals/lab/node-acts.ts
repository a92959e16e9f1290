import { mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setContainerLimits } from './container-groups.ts';
import { containersGroup } from './control-groups.ts';
import { LabError } from './lab-error.ts';
import { onHost } from './lab-folder.ts';
import type { NodeStep } from './node-step.ts';
import type { Progress } from './step-runner.ts';

type Act<Kind extends NodeStep['do']> = (
  step: Extract<NodeStep, { do: Kind }>,
  progress: Progress,
) => Promise<void> | void;

/** How each kind of these steps is done. */
export const NODE_ACTS: { [Kind in NodeStep['do']]: Act<Kind> } = {
  control: ({ host, controller, file, value }, { folder, hands, say }) => {
    const group = containersGroup(folder, host);
    hands.control(controller, group, file, value);
    say(`  control   ${controller}/${group}/${file} = ${value}`);
  },
  'container-limits': ({ hosts, limits }, { folder, hands }) => {
    for (const host of hosts) {
      if (limits !== null) hands.makeContainersGroup(folder, host);
      setContainerLimits(folder, host, limits);
    }
  },
  'kill-executor': ({ job, host }, { folder, hands, submissions, say }) => {
    const application = submissions.get(job)?.applicationId() ?? null;
    if (application === null) throw new LabError(`${job} has no application yet`);
    const killed = hands.killExecutors(folder, host, application);
    if (killed.length === 0) throw new LabError(`no executor of ${application} on ${host}`);
    say(`  killed    ${killed.join(' ')} on ${host}`);
  },
  orders: ({ path: name, rows, shareOfOneCity }, { folder }) => {
    const target = shared(folder.shared, name);
    mkdirSync(target, { recursive: true });
    const files = 4;
    for (let file = 0; file < files; file++) {
      const lines: string[] = [];
      for (let at = file; at < rows; at += files)
        lines.push(`${at},${cityOf(at, shareOfOneCity)},${(at % 997) / 10}\n`);
      writeFileSync(path.join(target, `part-${file}.csv`), lines.join(''));
    }
  },
  'cut-file': ({ folder: name, keep }, { folder, say }) => {
    const target = shared(folder.shared, name);
    const files = readdirSync(target).flatMap((file) => {
      const whole = path.join(target, file);
      return /^part-.*\.parquet$/.test(file) ? [{ whole, bytes: statSync(whole).size }] : [];
    });
    const largest = files.sort((a, b) => b.bytes - a.bytes)[0];
    if (!largest) throw new LabError(`no file in ${name}`);
    // Whatever cuts a file leaves no checksum of Hadoop's beside it.
    rmSync(path.join(target, `.${path.basename(largest.whole)}.crc`), { force: true });
    truncateSync(largest.whole, Math.floor(largest.bytes * keep));
    say(`  cut       ${path.basename(largest.whole)}: ${largest.bytes} to ${Math.floor(largest.bytes * keep)} bytes`);
  },
  'write-on-host': ({ host, path: name, text }, { folder }) => {
    const target = onHost(folder, host, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  },
};

/** Every hundredth row decides by itself whether it goes to the one city: the share is exact in every hundred rows. */
function cityOf(at: number, shareOfOneCity: number): number {
  return at % 100 < Math.round(shareOfOneCity * 100) ? 17 : Math.floor(at / 4) % 64;
}

function shared(root: string, name: string): string {
  if (!name.startsWith('/mnt/')) throw new LabError(`${name} is not in the shared folder`);
  return path.join(root, name.slice('/mnt/'.length));
}
