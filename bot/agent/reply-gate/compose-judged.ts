import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Platform } from '../../../tools/platform/platform.ts';
import { composeDiagnosis } from '../../analyst/compose-diagnosis.ts';
import type { Diagnosis, RootCause } from '../../investigation/diagnosis.ts';
import { passGate } from '../../investigation/gate/pass-gate.ts';
import type { Investigation } from '../../investigation/investigation.ts';
import type { CaseFile } from '../case-file.ts';
import type { Bench, JudgedReply } from './judge-reply.ts';

const ASK: Bilingual = {
  en: 'ask whoever runs the platform, or give it with the question',
  zh: '向平台方询问，或随问题一并提供',
};

/**
 * The diagnosis of a judged reply. Code composes it anew from the investigation with the hypotheses in the order that stands; the
 * model's sentences follow the opening that code wrote. The same gate as every diagnosis comes last.
 */
export async function composeJudged(judged: JudgedReply, bench: Bench, platform: Platform): Promise<Diagnosis> {
  const { book, caseFile } = bench;
  const investigation = reordered(judged, bench);
  const composed = composeDiagnosis(investigation, book);
  const space = investigation.language === 'zh' ? '' : ' ';
  const [first, ...others] = composed.rootCauses;
  const isOpen = composed.outcome === 'needs_more' || first?.standing !== 'confirmed';
  const answer: Diagnosis = {
    ...composed,
    summary: `${composed.summary}${space}${judged.reply}`,
    ...(judged.explanation === '' ? {} : { explanation: judged.explanation }),
    rootCauses: first ? [{ ...first, remediations: chosenFirst(first, judged, caseFile) }, ...others] : [],
    theories: composed.theories.map((theory, at) => ({ ...theory, ...judged.theories.get(at) })),
    passages: passagesChosen(composed.passages, judged, caseFile),
    needed: [
      ...composed.needed,
      ...(isOpen ? judged.missing : []).map((what) => ({ what, how: ASK[investigation.language] })),
    ],
    author: 'agent',
    evidence: book.entries(),
  };
  return await passGate(answer, book, platform, investigation);
}

/** An open case is answered where a deeper look found a cause that is at least likely and the model put it first. */
function reordered(judged: JudgedReply, bench: Bench): Investigation {
  const causes = [...judged.order, ...beyond(bench)];
  const { verdict } = bench.investigation;
  const found = judged.overturned && judged.order[0]?.standing === 'likely' && !bench.first.includes(judged.order[0]);
  return { ...bench.investigation, causes, verdict: verdict === 'needs_more' && found ? 'answered' : verdict };
}

/** Hypotheses that the case file did not tell keep their place behind the others. */
function beyond({ investigation, caseFile }: Bench) {
  const told = new Set(caseFile.hypotheses.values());
  return investigation.causes.filter((cause) => !told.has(cause));
}

/** The remedies that were chosen, in their order, then those whose values code computed. Nothing is added that code did not compose. */
function chosenFirst(
  { remediations }: RootCause,
  { chosen }: JudgedReply,
  caseFile: CaseFile,
): RootCause['remediations'] {
  const wanted = chosen.flatMap((id) => caseFile.remedies.get(id)?.remedy.statement ?? []);
  const rankOf = ({ statement }: RootCause['remediations'][number]) => {
    const at = wanted.findIndex((text) => statement.startsWith(text));
    return at === -1 ? wanted.length : at;
  };
  if (remediations.every((remedy) => rankOf(remedy) === wanted.length)) return remediations;
  return [...remediations]
    .sort((a, b) => rankOf(a) - rankOf(b))
    .filter((remedy) => rankOf(remedy) < wanted.length || remedy.settings.length > 0 || remedy.by === 'platform');
}

function passagesChosen(
  passages: Diagnosis['passages'],
  { chosen }: JudgedReply,
  caseFile: CaseFile,
): Diagnosis['passages'] {
  const wanted = chosen.flatMap((id) => caseFile.passages.get(id)?.chunk ?? []);
  const rankOf = ({ runbook, section }: Diagnosis['passages'][number]) => {
    const at = wanted.findIndex((chunk) => chunk.runbook === runbook && chunk.section === section);
    return at === -1 ? wanted.length : at;
  };
  return [...passages].sort((a, b) => rankOf(a) - rankOf(b)).map((passage, at) => ({ ...passage, id: `p${at + 1}` }));
}
