import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { attachedFile } from '../../tools/platform/extra-files.ts';
import { withFiles } from '../../tools/platform/with-files.ts';
import { type DemoCase, type DemoName, demoCase } from './fixtures/demo-case.ts';
import { look } from './look.ts';

const cases = new Map<DemoName, DemoCase>();

beforeAll(async () => {
  for (const name of ['failed-run', 'slow-run'] as const) cases.set(name, await demoCase(name));
});

const found = (name: DemoName) => (cases.get(name) as DemoCase).investigation;

describe('the bundled failed run, looked at', () => {
  it('is the run that was named, and it failed', () => {
    const { subject, end, run } = found('failed-run');
    expect(subject).toMatchObject({ kind: 'chosen', by: 'name', candidate: { id: 'application_1795259698281_0005' } });
    expect(end.state).toBe('failed');
    expect(run?.application.id).toBe('application_1795259698281_0005');
  });

  it('has one proven cause: the kernel, at the limit of the container’s own group', () => {
    const { verdict, causes } = found('failed-run');
    expect(verdict).toBe('answered');
    expect(causes[0]).toMatchObject({ code: 'kernel.memcg_oom', standing: 'confirmed' });
    expect(causes[0]?.root.evidence.at(-1)?.provenance).toBe('kernel');
  });

  it('has a chain from the application down to the kernel, each link joined on a key', () => {
    const links = found('failed-run').causes[0]?.links ?? [];
    expect(links.length).toBeGreaterThanOrEqual(4);
    expect(links[0]?.finding.symptom).toBe('application_failed');
    expect(links[0]?.join).toBeNull();
    expect(links.slice(1).every(({ join }) => join?.by === 'key')).toBe(true);
    expect(links.at(-1)?.finding).toBe(found('failed-run').causes[0]?.root);
  });

  it('rules out the asker’s bad node', () => {
    expect(found('failed-run').theories.find(({ code }) => code === 'scheduling.spot_node_lost')?.verdict).toBe(
      'ruled_out',
    );
  });

  it('says which areas had something to tell', () => {
    expect(found('failed-run').checked).toEqual(expect.arrayContaining(['spark', 'yarn', 'logs', 'memory']));
  });
});

describe('the bundled slow run, looked at', () => {
  it('is compared with its usual run, and the growth is the tail of one stage', () => {
    const { comparison, verdict, causes } = found('slow-run');
    expect(comparison?.with).toEqual(['app-20261121102619-0000']);
    expect(verdict).toBe('answered');
    expect(causes[0]).toMatchObject({ code: 'skew.join_key', standing: 'confirmed', root: { keys: { stageId: 6 } } });
    expect(comparison?.accounts[0]?.account).toBe('skew_tail');
    expect(comparison?.deltaMs).toBe(
      (comparison?.accounts ?? []).reduce((sum, { deltaMs }) => sum + deltaMs, comparison?.unexplainedDeltaMs ?? 0),
    );
  });

  it('has a ledger that adds up and a what-if that brings the usual time back', () => {
    const { ledger, whatIf, comparison } = found('slow-run');
    const sum = (ledger?.accounts ?? []).reduce((total, { ms }) => total + ms, ledger?.unexplainedMs ?? 0);
    expect(sum).toBe(ledger?.wallClockMs);
    const [best] = whatIf;
    const without = (ledger?.wallClockMs ?? 0) - (best?.savedMs ?? 0);
    expect(Math.abs(without - (comparison?.usualMs ?? 0))).toBeLessThan((comparison?.usualMs ?? 0) * 0.1);
  });

  it('notes that YARN has nothing to tell of a standalone run', () => {
    const { checked, notChecked } = found('slow-run');
    expect(checked).not.toContain('yarn');
    expect(notChecked.find(({ area }) => area === 'yarn')?.reason).toMatch(/no_data|absent/);
  });
});

describe('a question that names nothing sure', () => {
  const ask = async (name: DemoName, question: string) => (await demoCase(name, 'en', question)).investigation;

  it('is answered with the list when several runs are left', async () => {
    const { verdict, subject, causes } = await ask('failed-run', 'why did it fail?');
    expect([verdict, subject.kind, causes.length]).toEqual(['needs_more', 'ambiguous', 0]);
  });

  it('never takes another run for an id that nobody knows', async () => {
    const { verdict, subject, causes, run } = await ask('failed-run', 'why did application_1795259698281_9999 fail?');
    expect([verdict, subject.kind, causes.length, run]).toEqual(['needs_more', 'unknown_id', 0, null]);
  });

  it('is not answered with what befell runs of other names', async () => {
    const { verdict, subject, causes } = await ask('failed-run', 'why did dwd_unknown_job_x fail?');
    expect([verdict, subject.kind, causes]).toEqual(['needs_more', 'unknown_name', []]);
  });
});

describe('pasted text', () => {
  it('is worth less than the same words of the platform, and never makes a kernel', async () => {
    const folder = path.join(import.meta.dirname, '..', 'demo', 'failed-run');
    const platform = await openCapture(folder);
    const kernelLog = path.join(folder, 'hosts', 'bd-node12', 'dmesg.txt');
    const pasted = await attachedFile(kernelLog, 1);
    const nothing = { ...platform, files: async () => ({ files: [], skipped: [] }), services: async () => [] };
    const { causes, findings } = await look(
      {
        question: 'why was it killed?',
        platform: withFiles(nothing, [pasted], []),
        language: 'en',
        attachments: [pasted],
      },
      'inv_pasted',
    );
    expect(findings.length).toBeGreaterThan(0);
    const provenances = new Set(findings.flatMap(({ evidence }) => evidence.map(({ provenance }) => provenance)));
    expect([...provenances]).toEqual(['asker']);
    // The whole report of the kernel is a complete statement of the catalogue: it is what pasting can prove, and no more.
    for (const { standing, root } of causes) if (standing === 'confirmed') expect(root.completeStatement).toBeDefined();
  });

  it('stops when it is told to', async () => {
    const platform = await openCapture(path.join(import.meta.dirname, '..', 'demo', 'slow-run'));
    const signal = AbortSignal.abort(new Error('told to stop'));
    await expect(
      look({ question: 'why slow?', platform, language: 'en', attachments: [], signal }, 'inv_stopped'),
    ).rejects.toThrow();
  });
});
