import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Bilingual } from '../bilingual.ts';
import { CAUSES, causeOf } from './catalogue.ts';
import type { Cause } from './cause.ts';
import { CAUSE_CODES, isCauseCode } from './cause-codes.ts';
import { COMPLETE_STATEMENTS } from './complete-statements.ts';
import { REFERENCE_SETTINGS, SETTINGS, settingOf } from './settings.ts';

/** The recorded incidents, each proving its own codes. */
const incidents = join(import.meta.dirname, '../../evals/scenarios');
/**
 * Accepted as right by those who recorded the incidents (yarn-003, yarn-005, flow-214): the mechanism took part on real engines. The scenarios
 * are stricter and do not take them for the answer.
 */
const ACCEPTED_WHEN_RECORDED = [
  'dependency.version_conflict',
  'memory.native_leak',
  'streaming.taskmanager_lost',
] as const;
const NO_FAULT = /^(none|unknown)\./;

function textsOf(cause: Cause): Bilingual[] {
  return [
    cause.title,
    cause.meaning,
    cause.proof.statement,
    ...cause.suggestedBy,
    ...cause.refutedBy,
    ...cause.remediations.map((remediation) => remediation.statement),
  ];
}

const figures = (text: string): string[] => (text.match(/-?\d+(?:\.\d+)*/g) ?? []).sort();

function expectBilingual(text: Bilingual, where: string): void {
  expect(text.en, where).toMatch(/[A-Za-z]{2}/);
  expect(text.en, where).not.toMatch(/\p{Script=Han}/u);
  expect(text.zh, where).toMatch(/\p{Script=Han}/u);
  // Half-width commas and brackets between Han characters are how machine-made Chinese looks.
  expect(text.zh, where).not.toMatch(/\p{Script=Han}[,;()]|[,;()]\p{Script=Han}/u);
  expect(figures(text.zh), `${where}: ${text.en}`).toEqual(figures(text.en));
}

describe('the catalogue of causes', () => {
  it('holds every code exactly once, in the order of the codes', () => {
    expect(CAUSES.map((cause) => cause.code)).toEqual([...CAUSE_CODES]);
  });

  it('finds the entry of each code', () => {
    for (const code of CAUSE_CODES) expect(causeOf(code).code).toBe(code);
  });

  it.each(CAUSES)('$code says everything in both languages with the same figures', (cause) => {
    for (const text of textsOf(cause)) expectBilingual(text, cause.code);
  });

  it.each(CAUSES)('$code has what suggests, refutes and cures it', (cause) => {
    expect(cause.suggestedBy.length).toBeGreaterThan(0);
    expect(cause.refutedBy.length).toBeGreaterThan(0);
    expect(cause.remediations.length).toBeGreaterThan(0);
    expect(new Set(cause.proof.provenance).size).toBe(cause.proof.provenance.length);
  });

  it('gives no value in a remediation: values are computed from evidence', () => {
    for (const cause of CAUSES) {
      for (const { statement } of cause.remediations) {
        expect(statement.en.replaceAll('G1', ''), cause.code).not.toMatch(/\d/);
      }
    }
  });

  it('has distinct titles', () => {
    expect(new Set(CAUSES.map((cause) => cause.title.en)).size).toBe(CAUSES.length);
    expect(new Set(CAUSES.map((cause) => cause.title.zh)).size).toBe(CAUSES.length);
  });
});

describe('what may prove a cause', () => {
  it('is somebody for every fault, and nobody for an answer without fault', () => {
    for (const { code, proof } of CAUSES) {
      expect(proof.provenance.length > 0, code).toBe(!NO_FAULT.test(code));
    }
  });

  it("is never the asker's paste alone", () => {
    for (const { code, proof } of CAUSES) expect(proof.provenance, code).not.toContain('asker');
  });

  it('is the kernel alone for the codes of the kernel', () => {
    const kernelCauses = CAUSES.filter(({ code }) => code.startsWith('kernel.'));
    expect(kernelCauses).toHaveLength(10);
    for (const { code, proof } of kernelCauses) expect(proof.provenance, code).toEqual(['kernel']);
  });

  it('is not an engine that only repeats what YARN or Kubernetes did', () => {
    for (const code of [
      'memory.container_physical_limit',
      'memory.virtual_limit',
      'scheduling.preemption',
      'scheduling.queue_blocked',
      'scheduling.overcommit_eviction',
      'scheduling.spot_node_lost',
    ] as const) {
      expect(causeOf(code).proof.provenance, code).not.toContain('engine');
      expect(causeOf(code).proof.provenance, code).not.toContain('user_process');
    }
  });

  it('lists only known kinds of complete statements, and each kind is used', () => {
    const used = new Set(CAUSES.flatMap((cause) => [...cause.proof.completeStatements]));
    expect([...used].sort()).toEqual(COMPLETE_STATEMENTS.map((statement) => statement.kind).sort());
  });

  it('describes each complete statement in both languages', () => {
    for (const { kind, holds } of COMPLETE_STATEMENTS) expectBilingual(holds, kind);
  });
});

describe('remediations and settings', () => {
  it('name settings of the list only', () => {
    const keys = new Set(SETTINGS.map((setting) => setting.key));
    const unknown = CAUSES.flatMap((cause) =>
      cause.remediations.flatMap((remediation) => remediation.settings.filter((key) => !keys.has(key))),
    );
    expect(unknown).toEqual([]);
  });

  it('use every setting that is not listed as reference, and none that is', () => {
    const used = new Set(CAUSES.flatMap((cause) => cause.remediations.flatMap((remediation) => remediation.settings)));
    const unused = SETTINGS.map((setting) => setting.key).filter((key) => !used.has(key));
    expect(unused.sort()).toEqual([...REFERENCE_SETTINGS].sort());
  });
});

describe('standing', () => {
  it('is recorded exactly for the codes that recorded incidents prove or accept', () => {
    const recorded = new Set<string>();
    for (const incident of readdirSync(incidents)) {
      const { expected, provenance } = parse(readFileSync(join(incidents, incident, 'scenario.yaml'), 'utf8')) as {
        expected: { causes: string[]; alsoRight?: string[] };
        provenance: { kind: string };
      };
      if (provenance.kind === 'derived') continue;
      for (const code of [...expected.causes, ...(expected.alsoRight ?? [])]) recorded.add(code);
    }
    expect(recorded.size).toBeGreaterThan(0);
    for (const code of ACCEPTED_WHEN_RECORDED) {
      expect(recorded.has(code), `${code} needs no exception any more`).toBe(false);
      recorded.add(code);
    }
    expect([...recorded].filter((code) => !isCauseCode(code))).toEqual([]);
    for (const cause of CAUSES) {
      expect(cause.standing, cause.code).toBe(recorded.has(cause.code) ? 'recorded' : 'unproven');
    }
  });
});

describe('settingOf', () => {
  it('knows every key of the list', () => {
    for (const setting of SETTINGS) expect(settingOf(setting.key)).toBe(setting);
  });

  it.each([
    ['spark.hadoop.dfs.replication', 'dfs.replication'],
    ['spark.celeborn.client.push.timeout', 'celeborn.client.push.timeout'],
    ['spark.kubernetes.driver.node.selector.pool', 'spark.kubernetes.driver.node.selector.[labelKey]'],
    [
      'yarn.scheduler.capacity.root.ads.adhoc.maximum-am-resource-percent',
      'yarn.scheduler.capacity.<queue-path>.maximum-am-resource-percent',
    ],
    ['-Xmx4g', '-Xmx'],
    ['-XX:MaxMetaspaceSize=256m', '-XX:MaxMetaspaceSize'],
  ])('reads %s as %s', (written, key) => {
    expect(settingOf(written)?.key).toBe(key);
  });

  it.each(['spark.made.up', '__proto__', 'constructor', '', 'yarn.scheduler.capacity.root.ads.made-up', '-XX:+MadeUp'])(
    'does not know %j',
    (key) => {
      expect(settingOf(key)).toBeUndefined();
    },
  );
});
