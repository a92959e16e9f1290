import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '../../../knowledge/bilingual.ts';
import { openCapture } from '../../../tools/platform/capture-platform.ts';
import type { Platform } from '../../../tools/platform/platform.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { type DemoCase, type DemoName, demoCase } from '../../investigation/fixtures/demo-case.ts';
import { type Investigated, investigateWhole } from '../../investigation/investigate.ts';
import type { AgentReply } from '../agent-reply.ts';
import { writeCaseFile } from '../case-file.ts';
import { openDeeperLook } from '../deeper-look.ts';
import { composeJudged } from './compose-judged.ts';
import { type Bench, type JudgedReply, judgeReply } from './judge-reply.ts';

/** Where the recorded incidents lie; tests that need them are skipped where they do not. */
export const CAPTURES = path.join(
  process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../../shared'),
  'captures',
);

/** Test harness: an investigation, with what a reply about it is judged by. */
export interface OpenBench {
  bench: Bench;
  judge(reply: Partial<AgentReply>): JudgedReply;
  /** The diagnosis that a person would get of a reply after its problems were taken out. */
  compose(reply: Partial<AgentReply>): Promise<Diagnosis>;
}

/** The same of a bundled recording. */
export interface BenchCase extends OpenBench {
  demo: DemoCase;
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
  return { demo, ...(await openBench(demo, demo.platform, leaves)) };
}

/** Investigates a recorded incident by the question that was asked about it and opens the bench. */
export async function benchCapture(name: string): Promise<OpenBench> {
  const folder = path.join(CAPTURES, name);
  const { question } = JSON.parse(readFileSync(path.join(folder, 'incident.json'), 'utf8')) as { question: string };
  const platform = await openCapture(folder);
  const whole = await investigateWhole({ question, platform, language: 'auto', attachments: [] });
  return await openBench(whole, platform, 'all');
}

async function openBench(
  { investigation, diagnosis, book }: Investigated,
  platform: Platform,
  leaves: 'masked' | 'all',
): Promise<OpenBench> {
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
  return { bench, judge, compose: async (reply) => await composeJudged(judge(reply), bench, platform) };
}
