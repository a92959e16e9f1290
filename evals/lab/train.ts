import path from 'node:path';
import { alluxioClassPath } from './daemon-process.ts';
import { GATEWAY } from './hosts.ts';
import { JAVA_OPTIONS } from './java-options.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import { startOnHost } from './on-host.ts';
import { forgetProcess, rememberedProcess, rememberProcess } from './remembered-processes.ts';

/** The log of a training, on the gateway. */
export function trainingLog(name: string): string {
  return `/var/log/jobs/${name}/train.log`;
}

/** Starts a program on the gateway that reads a data set through the cache. */
export function startTraining(
  folder: LabFolder,
  { name, dataset, epochs, pauseMs }: { name: string; dataset: string; epochs: number; pauseMs: number },
): void {
  const child = startOnHost(
    folder,
    GATEWAY,
    [
      'java',
      ...JAVA_OPTIONS,
      '-Xmx96m',
      '-Dalluxio.logger.type=USER_LOGGER',
      '-Dalluxio.logs.dir=/var/log/alluxio',
      `-Dalluxio.conf.dir=${path.join(folder.configuration, GATEWAY, 'alluxio')}`,
      '-cp',
      alluxioClassPath(folder, GATEWAY),
      path.join(import.meta.dirname, 'ReadDataset.java'),
      ...[name, dataset, String(epochs), String(pauseMs)],
    ],
    { writesTo: onHost(folder, GATEWAY, trainingLog(name)) },
  );
  child.unref();
  rememberProcess(folder, `${TRAINING}${name}`, child.pid as number);
}

const TRAINING = 'train-';

/** Stops a training that still reads. */
export function stopTraining(folder: LabFolder, name: string): void {
  const pid = rememberedProcess(folder, `${TRAINING}${name}`);
  if (pid !== null) process.kill(pid, 'SIGKILL');
  forgetProcess(folder, `${TRAINING}${name}`);
}
