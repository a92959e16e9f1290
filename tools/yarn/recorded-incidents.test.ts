import { describe, expect, it } from 'vitest';
import { readRecords } from '../logs/read-records.ts';
import type { Platform } from '../platform/platform.ts';
import { readText } from '../platform/read-text.ts';
import { emptyYarnFacts, type YarnFacts } from './facts.ts';
import { hasIncident, recordedIncident, type Truth } from './fixtures/recorded-incident.ts';
import { judgeYarn } from './judge-yarn.ts';
import { mergeYarnRecords } from './merge-yarn-records.ts';
import { readYarnFacts } from './read-yarn-facts.ts';

interface Judged {
  facts: YarnFacts;
  truth: Truth;
  /** Codes of findings that may stand at a root. */
  codes: string[];
  findings: ReturnType<typeof judgeYarn>;
}

const DONE = new Map<string, Promise<Judged>>();

function judged(name: string): Promise<Judged> {
  const known = DONE.get(name) ?? judge(name);
  DONE.set(name, known);
  return known;
}

async function judge(name: string): Promise<Judged> {
  const { platform, records, truth } = await recordedIncident(name, readRecords);
  const scope = truth.appId ? { applicationIds: [truth.appId] } : {};
  const read = await readYarnFacts(platform, {});
  const facts = mergeYarnRecords(read.outcome === 'ok' ? read.value : emptyYarnFacts({}), records);
  const findings = judgeYarn(facts, scope);
  const codes = findings.filter((finding) => finding.code && !finding.echo).map((finding) => String(finding.code));
  return { facts, truth, findings, codes: [...new Set(codes)] };
}

const NAMES = [
  'yarn-001-ad-click-hourly-missing-partition',
  'yarn-003-embedding-score-jvm-option-rollout',
  'yarn-004-dau-report-healthy',
  'yarn-005-embedding-score-physical-limit',
  'yarn-008-gbdt-ask-over-maximum-allocation',
  'yarn-013-channel-roi-staging-space-quota',
  'yarn-017-campaign-export-driver-physical-limit',
  'yarn-019-text-features-am-share-pending',
  'yarn-022-item-vector-backfill-memcg-oom',
  'yarn-023-retention-cube-hidden-zero-division',
  'yarn-025-ad-feature-join-still-running',
  'yarn-028-ad-geohash-class-missing',
  'yarn-029-campaign-export-heap-oom-three-faces',
  'yarn-031-user-ltv-preempted-by-etl',
  'yarn-032-ods-order-load-namenode-safemode',
  'yarn-035-ad-factor-matrix-max-result-size',
] as const;

/** What YARN's own records prove of each incident: exactly these codes, none of another. */
const PROVEN: Readonly<Record<(typeof NAMES)[number], readonly string[]>> = {
  'yarn-001-ad-click-hourly-missing-partition': [],
  'yarn-003-embedding-score-jvm-option-rollout': ['config.changed'],
  'yarn-004-dau-report-healthy': ['none.healthy'],
  'yarn-005-embedding-score-physical-limit': ['memory.container_physical_limit'],
  'yarn-008-gbdt-ask-over-maximum-allocation': [],
  'yarn-013-channel-roi-staging-space-quota': [],
  'yarn-017-campaign-export-driver-physical-limit': ['memory.container_physical_limit'],
  'yarn-019-text-features-am-share-pending': ['scheduling.queue_blocked'],
  'yarn-022-item-vector-backfill-memcg-oom': [],
  'yarn-023-retention-cube-hidden-zero-division': [],
  'yarn-025-ad-feature-join-still-running': ['none.still_running'],
  'yarn-028-ad-geohash-class-missing': [],
  'yarn-029-campaign-export-heap-oom-three-faces': ['memory.container_physical_limit'],
  'yarn-031-user-ltv-preempted-by-etl': ['none.healthy', 'scheduling.preemption'],
  'yarn-032-ods-order-load-namenode-safemode': [],
  'yarn-035-ad-factor-matrix-max-result-size': [],
};

describe.each(NAMES)('%s', (name) => {
  it.skipIf(!hasIncident(name))('yields the codes that YARN proves and none that must not be named', async () => {
    const { codes, truth } = await judged(name);
    expect(codes.toSorted()).toEqual([...PROVEN[name]].toSorted());
    for (const code of truth.mustNotCode) expect(codes).not.toContain(code);
  });

  it.skipIf(!hasIncident(name))('cites only what stands in the files', async () => {
    const { findings } = await judged(name);
    const { platform } = await recordedIncident(name, readRecords);
    const texts = await recordedTexts(platform);
    for (const piece of findings.flatMap((finding) => finding.evidence)) {
      const lines = texts.get(piece.source)?.split('\n') ?? [];
      expect(lines.slice(piece.fromLine - 1, piece.toLine).join('\n')).toContain(piece.excerpt);
    }
  });
});

async function recordedTexts(platform: Platform) {
  const texts = new Map<string, string>();
  for (const service of await platform.services()) {
    for (const answer of await platform.recorded(service)) texts.set(answer.source, answer.body);
  }
  for (const file of (await platform.files()).files) {
    if (/nodemanager|resourcemanager/.test(file.path)) texts.set(file.source, (await readText(file)).text);
  }
  return texts;
}

describe('facts that the incidents’ chains name', () => {
  const recorded = (name: (typeof NAMES)[number], title: string, run: (judged: Judged) => void) =>
    it.skipIf(!hasIncident(name))(`${name.slice(0, 8)} ${title}`, async () => run(await judged(name)));

  const ofApp = ({ facts, truth }: Judged) =>
    facts.containers.filter((container) => container.applicationId === truth.appId && container.startedAt !== null);

  recorded('yarn-001-ad-click-hourly-missing-partition', 'the master ended by itself with 1', (judged) => {
    const master = ofApp(judged).find((container) => container.isMaster);
    expect(master).toMatchObject({ exitCode: 1, endedBy: 'itself', host: 'bd-node13' });
  });

  recorded(
    'yarn-003-embedding-score-jvm-option-rollout',
    'containers end at once on two nodes, earlier ones lived',
    (judged) => {
      const finding = judged.findings.find((one) => one.code === 'config.changed');
      expect(finding).toMatchObject({ kind: 'observed', count: 5, responsibility: 'platform' });
      expect(finding?.values).toMatchObject({ hosts: 'bd-node11, bd-node13', livedBefore: 1 });
      expect(finding?.statement.en).toContain('BytecodeVerificationRemote');
      expect(finding?.refutes?.map((refuted) => refuted.code)).toEqual(['storage.bad_disk']);
    },
  );

  recorded('yarn-004-dau-report-healthy', 'every container ended well', (judged) => {
    expect(ofApp(judged).map((container) => [container.exitCode, container.endedBy])).toEqual([
      [0, 'itself'],
      [0, 'itself'],
      [0, 'itself'],
    ]);
  });

  recorded('yarn-005-embedding-score-physical-limit', 'eight executors over 768 MiB, Java alone', (judged) => {
    const killed = ofApp(judged).filter((container) => container.endedBy === 'memory_check');
    expect(killed.map((container) => container.executorId)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    expect(new Set(killed.map((container) => container.breach?.limitBytes))).toEqual(new Set([768 << 20]));
    expect(killed.every((container) => container.breach?.processes.some((row) => row.name === 'java'))).toBe(true);
    const first = judged.findings.find((one) => one.code === 'memory.container_physical_limit');
    expect(first?.values).toMatchObject({ maxHeapBytes: 512 << 20, pythonBytes: 0, killedContainers: 8 });
    expect(first).toMatchObject({ weight: 1, completeStatement: 'node_manager_beyond_limit' });
  });

  recorded(
    'yarn-008-gbdt-ask-over-maximum-allocation',
    'the largest container allowed, and free memory',
    ({ facts }) => {
      expect(
        facts.queues.find((queue) => queue.path === 'root')?.maximumAllocation ?? facts.queues[1]?.maximumAllocation,
      ).toEqual({
        memoryBytes: 2560 * (1 << 20),
        vcores: 4,
      });
      expect(facts.cluster?.availableMemoryBytes).toBe(7168 * (1 << 20));
      expect(facts.rejections).toEqual([]);
    },
  );

  recorded(
    'yarn-017-campaign-export-driver-physical-limit',
    'the driver over its limit; the preemption was before',
    (judged) => {
      const master = ofApp(judged).find((container) => container.isMaster);
      expect(master).toMatchObject({ role: 'driver', exitStatus: -104, exitCode: 143, endedBy: 'memory_check' });
      const preempted = judged.findings.find((one) => one.code === 'scheduling.preemption');
      expect(preempted).toMatchObject({ echo: true, at: Date.UTC(2026, 10, 21, 11, 22, 8, 61) });
      expect(preempted?.values.takerQueue).toBe('etl');
    },
  );

  recorded('yarn-019-text-features-am-share-pending', 'limit, use and request of the AM share', (judged) => {
    const finding = judged.findings.find((one) => one.code === 'scheduling.queue_blocked');
    expect(finding).toMatchObject({
      kind: 'observed',
      symptom: 'waiting',
      completeStatement: 'queue_am_limit_exceeded',
    });
    expect(finding?.values).toMatchObject({
      limitBytes: 2048 * (1 << 20),
      usedBytes: 1536 * (1 << 20),
      requestBytes: 768 * (1 << 20),
      holders: 'ad_text_dedup, item_vector_backfill',
    });
    expect(finding?.refutes?.[0]?.code).toBe('scheduling.insufficient_resources');
  });

  recorded('yarn-022-item-vector-backfill-memcg-oom', 'exit 137 that the NodeManager did not make', (judged) => {
    const killed = ofApp(judged).filter((container) => container.exitCode === 137);
    expect(killed.map((container) => [container.endedBy, container.host])).toEqual([
      ['itself', 'bd-node12'],
      ['itself', 'bd-node12'],
      ['itself', 'bd-node12'],
    ]);
    const refuted = judged.findings.flatMap((one) => one.refutes ?? []).map((one) => one.code);
    expect(refuted.filter((code) => code === 'memory.container_physical_limit')).toHaveLength(3);
  });

  recorded(
    'yarn-023-retention-cube-hidden-zero-division',
    'the master is container 2: 1 was only reserved',
    (judged) => {
      expect(ofApp(judged).find((container) => container.isMaster)?.containerId).toMatch(/_000002$/);
      const disk = judged.facts.nodes.find((node) => node.host === 'bd-node13')?.disks[0];
      expect(disk).toMatchObject({ kind: 'full', paths: ['/mnt/data2/yarn/local'], thresholdPercent: 90 });
    },
  );

  recorded('yarn-028-ad-geohash-class-missing', 'the lost node held nothing of it', (judged) => {
    const lost = judged.findings.find((one) =>
      one.refutes?.some((refuted) => refuted.code === 'scheduling.spot_node_lost'),
    );
    expect(lost).toMatchObject({ echo: true, keys: { host: 'bd-node12' }, at: Date.UTC(2026, 10, 21, 11, 31, 0, 888) });
  });

  recorded('yarn-029-campaign-export-heap-oom-three-faces', 'three faces of the ends of its executors', (judged) => {
    const ends = ofApp(judged)
      .filter((container) => !container.isMaster)
      .map((container) => `${container.exitCode} ${container.endedBy}`);
    expect(new Set(ends)).toEqual(new Set(['52 itself', '143 itself', '143 memory_check']));
    expect(judged.codes).not.toContain('memory.python_worker');
  });

  recorded('yarn-031-user-ltv-preempted-by-etl', 'two executors preempted for the etl queue', (judged) => {
    const preempted = judged.findings.filter((one) => one.code === 'scheduling.preemption');
    expect(preempted.map((one) => one.values.takerApplicationId)).toEqual([
      'application_1795259698281_0019',
      'application_1795259698281_0019',
    ]);
    expect(
      preempted.every((one) => one.evidence.some((piece) => piece.excerpt.includes('Non-AM container preempted'))),
    ).toBe(true);
    expect(judged.facts.applications.find((app) => app.id === judged.truth.appId)?.preempted).toMatchObject({
      nonAmContainers: 2,
      memoryBytes: 4096 * (1 << 20),
    });
  });
});

describe('other applications in the recordings', () => {
  const of = (name: (typeof NAMES)[number], id: string) => async () => {
    const { facts } = await judged(name);
    return judgeYarn(facts, { applicationIds: [id] });
  };

  it.skipIf(!hasIncident(NAMES[4]))('a master that did not register, its container alive', async () => {
    const findings = await of(NAMES[4], 'application_1795256295743_0013')();
    const late = findings.find((one) => one.code === 'network.heartbeat_timeout');
    expect(late).toMatchObject({ kind: 'observed', symptom: 'attempt_failed', values: { timeoutMs: 120_000 } });
    expect(late?.keys.containerId).toBe('container_1795256295743_0013_01_000001');
  });

  it.skipIf(!hasIncident(NAMES[9]))('an executor whose Python workers hold half of the memory', async () => {
    const findings = await of(NAMES[9], 'application_1795259698281_0011')();
    expect(findings.find((one) => one.code === 'memory.python_worker')).toMatchObject({
      kind: 'observed',
      values: { workers: 3 },
    });
  });

  it.skipIf(!hasIncident(NAMES[8]))('a kill request after the end did nothing', async () => {
    const { facts } = await judged(NAMES[8]);
    const app = facts.applications.find((one) => one.id === 'application_1795259698281_0004');
    expect(app?.kills).toHaveLength(1);
    const findings = judgeYarn(facts, { applicationIds: ['application_1795259698281_0004'] });
    expect(findings.some((one) => one.code === 'scheduling.killed_by_user')).toBe(false);
  });
});
