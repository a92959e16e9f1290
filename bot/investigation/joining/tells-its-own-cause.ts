import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { HINT_RANK, rankOfSignature } from '../../../tools/logs/match-signatures.ts';
import { explainsCode } from './explains.ts';
import { joinFindings } from './join-findings.ts';

/**
 * True when nothing but the host connects a symptom with a root, and the symptom's own record already names another cause that
 * the root is not known to produce: a NullPointerException or a limit of open files on a host whose disk is bad is no chain.
 * What the code itself did wrong no event of a host explains.
 */
export function tellsItsOwnCause(symptom: Finding, root: Finding, causes: readonly Finding[]): boolean {
  const join = joinFindings(symptom, root);
  if (join === null || join.on.some((key) => key !== 'host')) return false;
  const named = causesNamedIn(symptom, causes);
  return named.length > 0 && !named.some((code) => code === root.code || mayComeFrom(code, root));
}

function mayComeFrom(code: CauseCode, { code: root }: Finding): boolean {
  return root !== null && !code.startsWith('code.') && explainsCode(root, code);
}

function causesNamedIn(symptom: Finding, causes: readonly Finding[]): CauseCode[] {
  const own = symptom.code === null ? [] : [symptom];
  return [...own, ...causes].flatMap((cause) =>
    cause.code !== null && (rankOfSignature(cause.rule) ?? 0) >= HINT_RANK && isSameRecord(cause, symptom)
      ? [cause.code]
      : [],
  );
}

function isSameRecord(a: Finding, b: Finding): boolean {
  return a.evidence.some((one) =>
    b.evidence.some(
      (other) => one.source === other.source && one.fromLine <= other.toLine && other.fromLine <= one.toLine,
    ),
  );
}
