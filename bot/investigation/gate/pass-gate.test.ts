import { beforeAll, describe, expect, it } from 'vitest';
import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { type DemoCase, type DemoName, demoCase } from '../fixtures/demo-case.ts';
import { passGate } from './pass-gate.ts';

const cases = new Map<string, DemoCase>();

beforeAll(async () => {
  for (const name of ['failed-run', 'slow-run'] as const) {
    for (const language of ['en', 'zh'] as const) cases.set(`${name} ${language}`, await demoCase(name, language));
  }
});

const caseOf = (name: DemoName) => cases.get(`${name} en`) as DemoCase;

/** The diagnosis of the failed run after a fault was planted in it and the gate passed. */
async function planted(fault: (diagnosis: Diagnosis) => void): Promise<Diagnosis> {
  const { composed, book, platform, investigation } = caseOf('failed-run');
  const faulty = structuredClone(composed);
  fault(faulty);
  expect(faulty, 'the fault has to change something').not.toEqual(composed);
  return await passGate(faulty, book, platform, investigation);
}

/** The first root cause, its last link and its first remedy that holds a setting: what faults are planted in. */
function partsOf(diagnosis: Diagnosis) {
  const [cause] = diagnosis.rootCauses;
  const root = cause?.chain.at(-1);
  const remedy = cause?.remediations.find(({ settings }) => settings.length > 0);
  const setting = remedy?.settings[0];
  if (!cause || !root || !remedy || !setting) throw new Error('the demo has lost a part that these tests need');
  return { cause, root, remedy, setting };
}

const FORGED = 'e99';

describe('an honest diagnosis', () => {
  it.each(['failed-run en', 'failed-run zh', 'slow-run en', 'slow-run zh'])('of %s passes unchanged', (name) => {
    const { composed, diagnosis } = cases.get(name) as DemoCase;
    expect(diagnosis.rootCauses[0]?.standing).toBe('confirmed');
    expect({ ...diagnosis, evidence: [] }).toEqual({ ...composed, evidence: [] });
    expect(diagnosis.evidence).toEqual(composed.evidence);
  });

  it('cites nothing that is not in its own evidence, and holds no evidence that nothing cites', () => {
    for (const { diagnosis } of cases.values()) {
      const { evidence, ...rest } = diagnosis;
      const cited = new Set(
        JSON.stringify(rest)
          .match(/"e\d+"/g)
          ?.map((id) => id.slice(1, -1)),
      );
      expect([...cited].sort()).toEqual(evidence.map(({ id }) => id).sort());
    }
  });
});

describe('a cause of whose proof nothing passes', () => {
  /** Every piece changed that the cause at this place cites. */
  const unproven = (diagnosis: Diagnosis, at: number) => {
    const ids = new Set(diagnosis.rootCauses[at]?.chain.flatMap(({ evidence }) => evidence));
    for (const piece of diagnosis.evidence) if (ids.has(piece.id)) piece.excerpt = `~${piece.excerpt.slice(1)}`;
  };

  it('is no answer: the case is open, with the cause as a candidate', async () => {
    const diagnosis = await planted((faulty) => {
      for (const at of faulty.rootCauses.keys()) unproven(faulty, at);
    });
    const [first, candidate] = diagnosis.rootCauses;
    expect(diagnosis.outcome).toBe('needs_more');
    expect(first).toMatchObject({ code: 'unknown.insufficient_evidence', standing: 'inconclusive' });
    expect(candidate).toMatchObject({
      code: partsOf(caseOf('failed-run').composed).cause.code,
      chain: [],
      remediations: [],
    });
    expect(diagnosis.rootCauses.every(({ standing }) => standing === 'inconclusive')).toBe(true);
    expect(diagnosis.needed.length).toBeGreaterThan(0);
    expect(diagnosis.summary).toContain('could not be read again');
  });

  it('leaves another cause that is proven to stand first', async () => {
    const diagnosis = await planted((faulty) => {
      const second = structuredClone(partsOf(faulty).cause);
      const last = faulty.evidence.at(-1)?.id as string;
      for (const link of second.chain) link.evidence = [last];
      second.code = 'kernel.global_oom';
      const kept = faulty.evidence.at(-1)?.excerpt as string;
      unproven(faulty, 0);
      const piece = faulty.evidence.at(-1);
      if (piece) piece.excerpt = kept;
      for (const link of partsOf(faulty).cause.chain) link.evidence = link.evidence.filter((id) => id !== last);
      faulty.rootCauses.push(second);
    });
    expect(diagnosis.outcome).toBe('answered');
    expect(diagnosis.rootCauses.map(({ code }) => code)).toEqual(['kernel.global_oom']);
  });
});

describe('a citation', () => {
  it('with one byte of its excerpt changed is taken out, and the cause is not confirmed any more', async () => {
    const { root } = partsOf(caseOf('failed-run').composed);
    for (const id of root.evidence) {
      const diagnosis = await planted(({ evidence }) => {
        const entry = evidence.find((piece) => piece.id === id);
        if (entry) entry.excerpt = `${entry.excerpt.slice(0, -1)}~`;
      });
      expect(diagnosis.evidence.map((piece) => piece.id)).not.toContain(id);
      expect(diagnosis.rootCauses[0]?.standing).toBe('likely');
      expect(JSON.stringify(diagnosis)).not.toContain(`"${id}"`);
    }
  });

  it('of any link of the chain, changed, costs the standing or the piece', async () => {
    const { composed } = caseOf('failed-run');
    for (const { id } of composed.evidence) {
      const diagnosis = await planted(({ evidence }) => {
        const entry = evidence.find((piece) => piece.id === id);
        if (entry) entry.excerpt = `~${entry.excerpt.slice(1)}`;
      });
      expect(diagnosis.evidence.map((piece) => piece.id)).not.toContain(id);
      expect(JSON.stringify(diagnosis)).not.toContain(`"${id}"`);
    }
  });

  it.each([
    ['locator', 'line 1'],
    ['provenance', 'jvm'],
    ['source', 'hosts/bd-node11/dmesg.txt'],
    ['at', '2026-11-21T11:29:17.356Z'],
  ] as const)('whose %s is not the one that was read is taken out', async (field, value) => {
    const { root } = partsOf(caseOf('failed-run').composed);
    const id = root.evidence.at(-1);
    const diagnosis = await planted(({ evidence }) => {
      const at = evidence.findIndex((piece) => piece.id === id);
      evidence[at] = { ...evidence[at], [field]: value } as Diagnosis['evidence'][number];
    });
    expect(diagnosis.evidence.map((piece) => piece.id)).not.toContain(id);
    expect(diagnosis.rootCauses[0]?.standing).toBe('likely');
  });

  it('of something nobody read is taken out wherever it is named', async () => {
    const forged = {
      area: 'memory',
      provenance: 'kernel',
      source: 'hosts/bd-node12/dmesg.txt',
      locator: 'line 3',
    } as const;
    const diagnosis = await planted((faulty) => {
      faulty.evidence.push({ id: FORGED, ...forged, at: null, excerpt: 'Out of memory: Killed process 1 (init)' });
      const { cause, root, setting } = partsOf(faulty);
      root.evidence = [FORGED];
      setting.evidence = [FORGED];
      faulty.ruledOut.push({ code: 'kernel.global_oom', why: 'the host was full', evidence: [FORGED] });
      faulty.theories.push({ text: 'bad node', code: null, verdict: 'confirmed', evidence: [FORGED] });
      faulty.ledger?.accounts[0]?.evidence.push(FORGED);
      cause.chain[0]?.evidence.push(FORGED);
    });
    expect(JSON.stringify(diagnosis)).not.toContain(FORGED);
    expect(diagnosis.rootCauses[0]?.standing).toBe('likely');
  });

  it('of an id without any entry is taken out', async () => {
    const diagnosis = await planted((faulty) => partsOf(faulty).root.evidence.push(FORGED));
    expect(JSON.stringify(diagnosis)).not.toContain(FORGED);
  });
});

describe('a figure that nobody read or computed', () => {
  const INVENTED = 'the process held 913 MiB for 47 min, 73 % of the 4,711 pages';

  it('in the statement of a cause: the catalogue’s own words stand instead, not confirmed', async () => {
    const diagnosis = await planted((faulty) => {
      partsOf(faulty).cause.statement = `The kernel killed java: ${INVENTED}`;
    });
    const [cause] = diagnosis.rootCauses;
    expect(cause?.statement).toBe(causeOf('kernel.memcg_oom').meaning.en);
    expect(cause?.standing).toBe('likely');
  });

  it('in the summary: the built-in summary stands instead', async () => {
    const diagnosis = await planted((faulty) => {
      faulty.summary = `It failed: ${INVENTED}.`;
    });
    expect(diagnosis.summary).toBe(caseOf('failed-run').composed.summary);
  });

  it('in a link: the link goes, and with it the certainty', async () => {
    const { composed } = caseOf('failed-run');
    const diagnosis = await planted((faulty) => {
      const [, second] = partsOf(faulty).cause.chain;
      if (second) second.statement = INVENTED;
    });
    expect(diagnosis.rootCauses[0]?.chain.length).toBe((composed.rootCauses[0]?.chain.length ?? 0) - 1);
    expect(diagnosis.rootCauses[0]?.standing).toBe('likely');
  });

  it('in a remedy, in a setting’s reason or value: not advised', async () => {
    const remedy = await planted((faulty) => {
      partsOf(faulty).remedy.statement = 'Raise it by 913 MiB';
    });
    expect(JSON.stringify(remedy)).not.toContain('913');
    const because = await planted((faulty) => {
      partsOf(faulty).setting.because = INVENTED;
    });
    expect(because.rootCauses[0]?.remediations.flatMap(({ settings }) => settings)).toEqual([]);
    const value = await planted((faulty) => {
      partsOf(faulty).setting.to = '913m';
    });
    expect(value.rootCauses[0]?.remediations.flatMap(({ settings }) => settings)).toEqual([]);
  });

  it('in the answer to a theory or in what was ruled out: said without it', async () => {
    const diagnosis = await planted((faulty) => {
      faulty.theories.push({ text: 'bad node', code: null, verdict: 'open', why: INVENTED });
      faulty.ruledOut.push({ code: 'kernel.global_oom', why: INVENTED, evidence: [] });
    });
    expect(JSON.stringify(diagnosis)).not.toContain('913');
    expect(diagnosis.theories.at(-1)).toEqual({ text: 'bad node', code: null, verdict: 'open' });
  });
});

describe('a setting', () => {
  it('outside the catalogue is not advised', async () => {
    const diagnosis = await planted((faulty) => {
      partsOf(faulty).setting.key = 'spark.executor.memoryOverheadd';
    });
    expect(diagnosis.rootCauses[0]?.remediations.flatMap(({ settings }) => settings)).toEqual([]);
    expect(diagnosis.rootCauses[0]?.remediations.length).toBe(
      partsOf(caseOf('failed-run').composed).cause.remediations.length,
    );
  });
});

describe('a standing', () => {
  it('is never higher than what was found gives it', async () => {
    const { composed, book, platform, investigation } = caseOf('failed-run');
    const weaker = {
      ...investigation,
      causes: investigation.causes.map((hypothesis) => ({ ...hypothesis, standing: 'likely' as const })),
    };
    const diagnosis = await passGate(composed, book, platform, weaker);
    expect(composed.rootCauses[0]?.standing).toBe('confirmed');
    expect(diagnosis.rootCauses[0]?.standing).toBe('likely');
  });

  it('of a cause that the investigation does not know is inconclusive', async () => {
    const diagnosis = await planted((faulty) => {
      partsOf(faulty).cause.code = 'network.connection_timeout';
    });
    expect(diagnosis.rootCauses[0]?.standing).toBe('inconclusive');
  });

  it('under "not enough to go on" is inconclusive', async () => {
    const { composed, book, platform, investigation } = caseOf('failed-run');
    const open = { ...investigation, verdict: 'needs_more' as const };
    const diagnosis = await passGate(composed, book, platform, open);
    expect(diagnosis.rootCauses.map(({ standing }) => standing)).toEqual(['inconclusive']);
  });
});

describe('a secret', () => {
  it('is masked wherever it is quoted', async () => {
    const diagnosis = await planted((faulty) => {
      const { cause, root, remedy } = partsOf(faulty);
      for (const part of [cause, root, remedy])
        part.statement = 'cannot open jdbc:mysql://db/x?user=a&password=hunter2secret';
      faulty.question.text = 'why? token=hunter2secret';
      faulty.skipped = ['password: hunter2secret'];
      faulty.ruledOut.push({ code: 'kernel.global_oom', why: 'secret=hunter2secret', evidence: [] });
    });
    expect(JSON.stringify(diagnosis)).not.toContain('hunter2');
    expect(JSON.stringify(diagnosis).split('‹masked›').length - 1).toBe(6);
  });
});
