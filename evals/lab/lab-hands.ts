import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeContainersGroup, writeControl } from './control-groups.ts';
import { signalDaemon, startDaemon, waitUntilGone } from './daemon-process.ts';
import type { Daemon } from './daemons.ts';
import type { LabFolder } from './lab-folder.ts';
import { runHadoopTool, runOnHost } from './on-host.ts';
import { isKeeper, labProcesses } from './private-network.ts';
import { starveGroup } from './starve-group.ts';
import { submitJob } from './submit-job.ts';
import { startTraining } from './train.ts';

/** Everything by which a step touches processes, hosts and the clock: tests of the steps put others in their place. */
export interface LabHands {
  submit: typeof submitJob;
  train: typeof startTraining;
  start: typeof startDaemon;
  /** Sends a signal to a daemon; of one that kills, waits until the daemon is gone. */
  signal(folder: LabFolder, daemon: Daemon, signal: NodeJS.Signals): Promise<void>;
  /** Kills every process of a host but its collector. */
  loseHost(folder: LabFolder, host: string): void;
  /** Writes a control file of a group. */
  control: typeof writeControl;
  makeContainersGroup: typeof makeContainersGroup;
  /** Kills the executors of an application on a host; gives their process ids. */
  killExecutors(folder: LabFolder, host: string, applicationId: string): number[];
  starve: typeof starveGroup;
  runOnHost: typeof runOnHost;
  runHadoopTool: typeof runHadoopTool;
  sleep(ms: number): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The lab's own. */
export const LAB_HANDS: LabHands = {
  submit: submitJob,
  train: startTraining,
  start: startDaemon,
  signal: async (folder, daemon, signal) => {
    signalDaemon(folder, daemon, signal);
    if (signal === 'SIGKILL') await waitUntilGone(folder, daemon);
  },
  loseHost: (folder, host) => {
    // The collector stays, or nobody could ever see what the host's files say.
    for (const { pid } of labProcesses(folder).filter((entry) => entry.host === host)) {
      if (!isKeeper(folder, pid) && !isCollector(pid)) killNow(pid);
    }
  },
  control: writeControl,
  makeContainersGroup,
  killExecutors: (folder, host, applicationId) => {
    const executors = labProcesses(folder).filter((entry) => {
      const words = entry.host === host ? commandLine(entry.pid) : '';
      // The first word of the JVM itself: shells that started it have the class in their line as well.
      return (
        /^\S*java\0/.test(words) && words.includes('CoarseGrainedExecutorBackend') && words.includes(applicationId)
      );
    });
    for (const { pid } of executors) killNow(pid);
    return executors.map(({ pid }) => pid);
  },
  starve: starveGroup,
  runOnHost,
  runHadoopTool,
  sleep: async (ms) => {
    await sleep(ms);
  },
  now: () => Date.now(),
};

function isCollector(pid: number): boolean {
  return commandLine(pid).includes('wherefore.mjs');
}

/** Words of a process, each ended by a zero byte; empty for one that is gone. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone in the meantime.
  }
}
