import { describe, expect, it } from 'vitest';
import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';
import { DAEMONS, WORKER_MEMORY_MIB } from './daemons.ts';
import { NODE_MEMORY_MB } from './hadoop-configuration.ts';
import { HOSTS } from './hosts.ts';
import { LAB_INCIDENTS } from './incidents/index.ts';
import { JOBS } from './jobs.ts';
import type { LabIncident, Step } from './lab-incident.ts';
import { LAB_MEMORY_MIB } from './memory-limit.ts';
import { PACKAGE_SETS } from './packages.ts';

const HOST_NAMES = HOSTS.map(({ name }) => name);

/** What stays broken after the steps, by what mends it. */
function brokenBy(steps: readonly Step[]): string[] {
  const broken = new Set<string>();
  for (const step of steps) {
    if (step.do === 'signal' && step.signal !== 'SIGCONT') broken.add(step.daemon);
    if ((step.do === 'signal' && step.signal === 'SIGCONT') || step.do === 'start') broken.delete(step.daemon);
    if (step.do === 'fill') broken.add(`${step.host} ${step.path}`);
    if (step.do === 'remove') broken.delete(`${step.host} ${step.path}`);
    if (step.do === 'freeze-disk') broken.add(`frozen ${step.host} ${step.path}`);
    if (step.do === 'thaw-disk') broken.delete(`frozen ${step.host} ${step.path}`);
    if (step.do === 'configure') {
      const state = Object.entries(step.settings).find(([name]) => name.endsWith('.state'));
      if (state?.[1] === 'STOPPED') broken.add(state[0]);
      else if (state) broken.delete(state[0]);
    }
    if (step.do === 'slow-disk' || step.do === 'starve-cpu' || step.do === 'starve-memory') {
      const limit = 'percent' in step ? step.percent : 'mebibytes' in step ? step.mebibytes : step.bytesPerSecond;
      if (limit === null) broken.delete(`${step.do} ${step.of}`);
      else broken.add(`${step.do} ${step.of}`);
    }
    if (step.do === 'lose-host') {
      // Spark's own cluster is never up where a whole host is lost.
      const lost = DAEMONS.filter(({ host, layer }) => host === step.host && !/collectors|standalone/.test(layer));
      for (const { name } of lost) broken.add(name);
    }
    if (step.do === 'dfsadmin' && step.words[0] === '-safemode') {
      if (step.words[1] === 'enter') broken.add('safemode');
      else broken.delete('safemode');
    }
  }
  return [...broken];
}

describe('the plan of the lab', () => {
  it('names each host, daemon, package set, job and incident once', () => {
    for (const names of [
      HOST_NAMES,
      HOSTS.map(({ address }) => address),
      DAEMONS.map(({ name }) => name),
      PACKAGE_SETS.map(({ name }) => name),
      JOBS.map(({ name }) => name),
      LAB_INCIDENTS.map(({ name }) => name),
    ]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('stays on loopback and below 6 GiB', () => {
    expect(HOSTS.filter(({ address }) => !address.startsWith('127.'))).toEqual([]);
    const heapsOf = (daemons: typeof DAEMONS) =>
      daemons.reduce((sum, { run }) => sum + ('heapMiB' in run ? run.heapMiB + 90 : 100), 0);
    const heaps = heapsOf(DAEMONS.filter(({ layer }) => layer !== 'standalone'));
    // Spark's own cluster comes in the place of YARN, never beside it.
    const standalone = heapsOf(DAEMONS.filter(({ layer }) => layer !== 'hadoop' && layer !== 'alluxio'));
    const disks = HOSTS.reduce((sum, { localDiskMiB }) => sum + (localDiskMiB ?? 0), 0);
    // 90 MiB is what a JVM of the lab was seen to hold beside its heap. Then the containers: what both NodeManagers may give.
    expect(heaps + disks + 2 * NODE_MEMORY_MB).toBeLessThan(LAB_MEMORY_MIB);
    expect(standalone + disks + 2 * WORKER_MEMORY_MIB + 600).toBeLessThan(LAB_MEMORY_MIB);
  });
});

describe.each(LAB_INCIDENTS.map((incident) => [incident.name, incident] as [string, LabIncident]))(
  '%s',
  (_name, incident) => {
    const steps = [...incident.steps, ...incident.restore];

    it('uses hosts, daemons, jobs and causes that exist', () => {
      const hosts = [
        ...steps.flatMap((step) => ('host' in step ? [step.host] : 'hosts' in step ? step.hosts : [])),
        ...incident.proofs.flatMap((proof) => ('hosts' in proof ? proof.hosts : [])),
      ];
      expect(hosts.filter((host) => !HOST_NAMES.includes(host))).toEqual([]);
      const daemons = steps.flatMap((step) => ('daemon' in step ? [step.daemon] : []));
      expect(daemons.filter((name) => !DAEMONS.some((daemon) => daemon.name === name))).toEqual([]);
      const jobs = steps.flatMap((step) => ('job' in step ? [step.job] : []));
      expect(jobs.filter((name) => !JOBS.some((job) => job.name === name))).toEqual([]);
      const { code, acceptable, mustNotCode } = incident.truth;
      const codes = [code, ...acceptable, ...mustNotCode, ...(incident.during ? [incident.during.code] : [])];
      const known: readonly string[] = CAUSE_CODES;
      expect(codes.filter((one) => !known.includes(one))).toEqual([]);
      expect(mustNotCode.filter((one) => one === code || acceptable.includes(one))).toEqual([]);
    });

    it('asks once while it lasts and proves itself without the product', () => {
      expect(incident.steps.filter((step) => step.do === 'ask')).toHaveLength(1);
      expect(incident.proofs.length).toBeGreaterThan(0);
    });

    it('freezes and slows only disks that it has', () => {
      const touched = steps.flatMap((step) =>
        step.do === 'freeze-disk' || step.do === 'thaw-disk' || step.do === 'slow-disk' ? [step] : [],
      );
      const own = (incident.disks ?? []).map(({ host, path }) => `${host} ${path}`);
      expect(touched.filter(({ host, path }) => !own.includes(`${host} ${path}`))).toEqual([]);
    });

    it('waits only for jobs that it submitted, and leaves nothing broken', () => {
      const submitted = new Set<string>();
      for (const step of incident.steps) {
        if (step.do === 'submit') submitted.add(step.job);
        if (step.do === 'await') expect(submitted).toContain(step.job);
      }
      expect(brokenBy(steps)).toEqual([]);
    });
  },
);
