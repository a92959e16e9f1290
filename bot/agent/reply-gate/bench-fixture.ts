import type { Language } from '../../../knowledge/bilingual.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { type DemoCase, type DemoName, demoCase } from '../../investigation/fixtures/demo-case.ts';
import type { AgentReply } from '../agent-reply.ts';
import { writeCaseFile } from '../case-file.ts';
import { openDeeperLook } from '../deeper-look.ts';
import { composeJudged } from './compose-judged.ts';
import { type Bench, type JudgedReply, judgeReply } from './judge-reply.ts';

/** Test harness: a bundled recording, investigated, with what a reply about it is judged by. */
export interface BenchCase {
  demo: DemoCase;
  bench: Bench;
  judge(reply: Partial<AgentReply>): JudgedReply;
  /** The diagnosis that a person would get of a reply after its problems were taken out. */
  compose(reply: Partial<AgentReply>): Promise<Diagnosis>;
}

/** A reply that says nothing; each test fills in its own part. */
export const SILENT: AgentReply = {
  ordering: [{ hypothesis: 'h1', reason: '', evidence: [] }],
  reply: '',
  explanation: '',
  remedies: [],
  missing: [],
  theories: [],
};

/** Investigates a bundled recording and opens the bench. */
export async function benchCase(
  name: DemoName,
  language: Language = 'en',
  leaves: 'masked' | 'all' = 'all',
): Promise<BenchCase> {
  const demo = await demoCase(name, language);
  const { investigation, diagnosis, book, platform } = demo;
  const caseFile = writeCaseFile({ investigation, diagnosis, book }, leaves);
  const look = await openDeeperLook(investigation, caseFile.hypotheses, book, platform);
  const bench: Bench = {
    investigation,
    first: investigation.causes,
    diagnosis,
    book,
    caseFile: { ...caseFile, hypotheses: look.hypotheses },
    valid: look.valid(),
  };
  const judge = (reply: Partial<AgentReply>) => judgeReply({ ...SILENT, ...reply }, bench);
  return { demo, bench, judge, compose: async (reply) => await composeJudged(judge(reply), bench, platform) };
}
