import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeKernelText } from './judge-kernel-text.ts';
import { composedKill, fixtureLog } from './rules/host-memory-fixture.ts';
import { composedPod } from './rules/kubernetes-fixture.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');

/** The code a pasted text is judged to speak for: the heaviest, observed before inferred. */
function verdict(text: string): string | null {
  const coded = judgeKernelText(text, 'attach:1').filter((finding) => finding.code !== null);
  const ranked = coded.toSorted(
    (a, b) => Number(b.kind === 'observed') - Number(a.kind === 'observed') || b.weight - a.weight,
  );
  return ranked[0]?.code ?? null;
}

describe('judgeKernelText', () => {
  it('gives pasted text the provenance of the asker, and a whole report its name', () => {
    const found = judgeKernelText(fixtureLog('own-limit.dmesg.txt'), 'attach:1');
    const own = found.find((finding) => finding.code === 'kernel.memcg_oom');
    expect(own).toMatchObject({ completeStatement: 'kernel_oom_report' });
    expect(own?.keys.host).toBeUndefined();
    expect(new Set(found.flatMap((finding) => finding.evidence.map((piece) => piece.provenance)))).toEqual(
      new Set(['asker']),
    );
    expect(found.every((finding) => finding.refutes === undefined || finding.code !== null)).toBe(true);
  });

  it('reads what people paste: quote marks, bare lines, a fence around it', () => {
    const bare = composedKill({
      full: '/hadoop-yarn',
      task: '/hadoop-yarn/c',
      victim: [9, 1000, 0, 'java'],
    }).replaceAll(/^\[ \S+\] /gm, '');
    expect(verdict(`\`\`\`\n${bare}\n\`\`\``)).toBe('kernel.memcg_ancestor_oom');
    expect(verdict(bare.replaceAll(/^/gm, '> '))).toBe('kernel.memcg_ancestor_oom');
    expect(verdict(bare.replaceAll(/^/gm, 'Nov 21 10:22:41 node7 kernel: '))).toBe('kernel.memcg_ancestor_oom');
  });

  it('reads a pasted pod', () => {
    const pod = JSON.stringify(composedPod({ ended: { reason: 'OOMKilled', exitCode: 137 } }), null, 2);
    const [finding] = judgeKernelText(pod, 'attach:1');
    expect(finding).toMatchObject({
      code: 'memory.container_physical_limit',
      completeStatement: 'kubelet_oom_killed_status',
    });
    expect(finding?.evidence[0]?.provenance).toBe('asker');
  });

  it("finds nothing in text that is not the kernel's", () => {
    expect(
      judgeKernelText('java.lang.OutOfMemoryError: Java heap space\n\tat a.b.C.d(E.java:1)\n', 'attach:1'),
    ).toEqual([]);
    expect(judgeKernelText('', 'attach:1')).toEqual([]);
    expect(judgeKernelText('our admin said the process was Killed process 9 and out of memory', 'attach:1')).toEqual(
      [],
    );
  });
});

describe.skipIf(!existsSync(path.join(SHARED, 'questions')))(
  'judgeKernelText on the questions of shared/questions',
  () => {
    it.each(['q034', 'q035', 'q036', 'q037'])('%s', (id) => {
      const question = JSON.parse(readFileSync(path.join(SHARED, 'questions', `${id}.json`), 'utf8')) as {
        artifacts: { text: string }[];
        expected: { code: string };
      };
      expect(verdict(question.artifacts.map((artifact) => artifact.text).join('\n'))).toBe(question.expected.code);
    });
  },
);
