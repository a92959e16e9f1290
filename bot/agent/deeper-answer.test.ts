import { describe, expect, it } from 'vitest';
import { composeDiagnosis } from '../analyst/compose-diagnosis.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { EvidenceBook } from '../investigation/evidence-book.ts';
import { type DemoCase, demoCase } from '../investigation/fixtures/demo-case.ts';
import { passGate } from '../investigation/gate/pass-gate.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { modelAt } from './agent-fixture.ts';
import type { AgentReply } from './agent-reply.ts';
import { explainWithModel } from './answer-with-model.ts';
import { type ChatScript, chatServer } from './chat-server/chat-server.ts';
import { call, giveAnswer } from './chat-server/chat-step.ts';

const ANSWER: AgentReply = { ordering: [], reply: '', explanation: '', remedies: [], missing: [], theories: [] };

/** The bundled run as a first look that found less would have left it, explained by a scripted model. */
async function explained(
  change: (whole: Investigation) => Partial<Investigation>,
  script: (idsOf: (text: string) => string[]) => ChatScript,
): Promise<{ before: Diagnosis; after: Diagnosis; texts: string[] }> {
  const demo: DemoCase = await demoCase('failed-run');
  const investigation = { ...demo.investigation, ...change(demo.investigation) };
  const book = new EvidenceBook();
  const before = await passGate(composeDiagnosis(investigation, book), book, demo.platform, investigation);
  const idsOf = (piece: string) =>
    book.cited().flatMap(({ id, evidence }) => (evidence.excerpt.includes(piece) ? [id] : []));
  const server = await chatServer(script(idsOf));
  const after = await explainWithModel(
    { investigation, diagnosis: before, book },
    { question: '', platform: demo.platform, language: 'en', attachments: [] },
    { ...modelAt(server.url), leaves: 'all' },
    () => {},
    new AbortController().signal,
  );
  const texts = server.asked.map(({ text }) => text);
  await server.close();
  return { before, after, texts };
}

describe('a model that looks deeper', { timeout: 120_000 }, () => {
  it('finds a hypothesis by a tool call, which code proves and the model puts first', async () => {
    const { before, after, texts } = await explained(
      ({ findings }) => ({
        findings: findings.filter(({ area }) => area !== 'memory'),
        causes: [],
        verdict: 'needs_more',
      }),
      () => (request, number) => {
        if (number === 1) return call('memory_read_host', { hosts: ['bd-node12'] });
        const found = JSON.stringify(request.messages.at(-1));
        const [, hypothesis = ''] = /hypothesis \{\\*"id\\*":\\*"(h\d+)/.exec(found) ?? [];
        const [, ids = ''] = /hypothesis [\s\S]{0,600}?\\*"evidence\\*":\[([^\]]*)\]/.exec(found) ?? [];
        const evidence = ids.match(/e\d+/g) ?? [];
        return giveAnswer({
          ...ANSWER,
          ordering: [{ hypothesis, reason: 'the kernel says so', evidence }],
          reply: `The kernel killed a process of the container at its own limit [${evidence[0]}].`,
        });
      },
    );
    expect(before.outcome).toBe('needs_more');
    expect(before.rootCauses.map(({ code }) => code)).not.toContain('kernel.memcg_oom');
    expect(texts).toHaveLength(2);
    expect(after.author).toBe('agent');
    expect(after.outcome).toBe('answered');
    expect(after.rootCauses[0]).toMatchObject({ code: 'kernel.memcg_oom', standing: 'likely' });
    expect(after.rootCauses[0]?.chain.at(-1)?.evidence.length).toBeGreaterThan(0);
  });

  it('overturns the order of the analyst with evidence named, and not without', async () => {
    // A finding beside the chain, taken for the first cause; the true one behind it.
    const reversed = ({ causes, findings }: Investigation): Partial<Investigation> => {
      const [first] = causes;
      const rival = findings.find(({ code }) => code === 'scheduling.insufficient_resources');
      if (!first || !rival?.code) throw new Error('the bundled run has both');
      const wrong = {
        ...first,
        code: rival.code,
        root: rival,
        roots: [rival],
        links: [...first.links.slice(0, 1), { finding: rival, join: null }],
        standing: 'likely' as const,
      };
      return { causes: [wrong, { ...first, standing: 'likely' }] };
    };
    const script =
      (named: boolean) =>
      (idsOf: (piece: string) => string[]): ChatScript =>
      () => {
        const evidence = idsOf('oom-kill');
        return giveAnswer({
          ...ANSWER,
          ordering: [{ hypothesis: 'h2', reason: 'the kernel says so', evidence: named ? evidence : [] }],
          reply: `The kernel killed a process of the container at its own limit [${evidence[0]}].`,
        });
      };
    const { before, after } = await explained(reversed, script(true));
    expect(before.rootCauses[0]?.code).not.toBe('kernel.memcg_oom');
    expect(after.author).toBe('agent');
    expect(after.rootCauses[0]?.code).toBe('kernel.memcg_oom');
    const unnamed = await explained(reversed, script(false));
    expect(unnamed.after.rootCauses[0]?.code).toBe(before.rootCauses[0]?.code);
  });
});
