import type { Provenance } from '../../../knowledge/provenance.ts';

/** Who a sentence calls as a witness, with those whose records they are. */
const WITNESSES: readonly { named: RegExp; are: readonly Provenance[] }[] = [
  { named: /\bkernel\b|内核/i, are: ['kernel'] },
  { named: /\bresource ?manager\b/i, are: ['resource_manager', 'node_manager'] },
  { named: /\bnode ?manager\b/i, are: ['node_manager', 'resource_manager'] },
  { named: /\b(?:kubelet|kubernetes)\b/i, are: ['kubernetes', 'kernel'] },
];
const TESTIFIES =
  /\b(?:record|log|says?|said|states?|shows?|showed|proves?|proven|proved|confirm(?:s|ed)?|report(?:s|ed)?|logged|printed)\b|日志|记录|显示|证明|证实|表明|写道/i;

/** True when a sentence calls a witness by name and cites nothing that this witness wrote. */
export function callsFalseWitness(
  sentence: string,
  cited: readonly string[],
  writers: ReadonlyMap<string, Provenance>,
): boolean {
  if (cited.length === 0 || !TESTIFIES.test(sentence)) return false;
  return WITNESSES.some(({ named, are }) => {
    if (!named.test(sentence)) return false;
    return !cited.some((id) => are.includes(writers.get(id) ?? 'asker'));
  });
}
