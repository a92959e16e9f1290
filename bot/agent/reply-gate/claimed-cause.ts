import { type CaseWords, contentWords } from './case-words.ts';
import { namedCodes } from './named-codes.ts';

/** Words by which a clause says what brought something about. */
const CAUSAL =
  /\b(?:root causes?|(?:the|real|true|actual|main|underlying) (?:cause|reason|culprit|problem|issue|trouble|explanation)|caus(?:e|es|ed|ing)|because|due to|owing to|thanks to|result(?:s|ed)? (?:of|from)|led to|leads to|stems? from|stemmed from|comes? from|culprit|blame[ds]?|fault|triggered|brought about|explains?|responsible)\b|\b(?:was|were|is|are|been|being|got) [a-z]{2,20}(?:ed|en|wn|ost|ught|ung) by\b|根因|原因|由于|因为|导致|造成|引起|引发|罪魁|怪|所致|归咎|源于|出在|被/i;
/** Words by which a clause says that something is out of order. */
const FAULTY =
  /\b(?:broken|down|faulty|overload(?:ed)?|flak(?:y|iness)|unstable|saturat\w+|congest\w+|outage|misconfigur\w+|bug(?:gy)?|attack\w*|compromised|corrupt\w*|leak\w*|crash(?:ed|es)?|unreachable|unavailable|hardware|defective|failing|malfunction\w*|hacked|expired|contention|bottleneck|exhausted|depleted|starved|blocked|throttled|mistake|dying)\b|耗尽|占满|不足|丢包|故障|坏了|挂了|过载|抖动|拥塞|不稳定|泄漏|崩溃|不可用|被攻击|硬件|瓶颈|过期|损坏/i;
const NEGATED =
  /\b(?:no|not|isn't|wasn't|weren't|aren't|doesn't|didn't|cannot|can't|never|nothing|neither|nor|none|without|rul(?:es?|ed|ing) out|unlikely|rather than|instead of|excluded|healthy|intact|innocent)\b|不是|并非|没有|不会|无关|排除|未见|而不是|未|健康|正常|不能|无需|无须|不用|不必/i;

/** A clause that ends in saying that something is open claims nothing. */
const LEFT_OPEN =
  /\b(?:stays?|remains?|is|are|left)(?: still)? (?:open|undecided|unclear|unknown)\s*[.。]?$|(?:还|尚|仍)?(?:不(?:能|好)(?:判断|确定)|不(?:清楚|明确|确定)|待定|无从判断)\s*[.。]?$/i;

/** People as doers: nobody's deed stands in the evidence unless the house itself says so. */
const DOERS =
  /\b(?:some(?:one|body)|(?:an? |the )?(?:admin(?:istrator)?|operator|colleague|engineer|developer|attacker|hacker|vendor|intern|contractor|tenant)s?)\b|运维|管理员|有人|同事|黑客|攻击者|厂商|租户|实习生/i;
/** Advice: what is to be done is the remedies' to say. */
const ADVICE =
  /\b(?:should|must|ought to|needs? to|have to|has to|recommend\w*|advis\w+|suggest\w*|consider)\b|^\s*(?:ask|contact|replace|restart|reboot|upgrade|downgrade|buy|delete|remove|kill|disable|enable|turn|switch|migrate|reinstall|reset|call|escalate)\b|\b(?:replace|restart|reboot|reinstall) \w|应该|应当|需要|必须|建议|更换|重启|升级|卸载|删除|联系|禁用|关闭/i;

/** Turning a knob: told only in the words of the remedies that code composed. */
const KNOB =
  /^\s*(?:(?:you (?:can|could|may)|just|simply|try to|then|so) )?(?:raise|increase|lower|reduce|decrease|set|tune|bump|double|halve|adjust|change|give|grant|allocate|add|use|try|run|rerun|resubmit)\b|(?:调大|调小|调高|调低|增大|增加|提高|降低|减小|减少|设为|设置|改为|改成|加大)/i;
const NAMED_KNOB = 0.4;

/** Of the words of a claim, the share that the house itself uses to tell this case. */
const KNOWN_SHARE = 0.5;
/** The same for Chinese, where pairs across two words are counted too. */
const KNOWN_SHARE_HAN = 0.3;

/**
 * The part of a sentence that claims a cause or a fault which the investigation does not have; null when there is none. Two tests:
 * names of other causes as people say them, and words that nothing in the case speaks in.
 */
export function unknownClaim(sentence: string, words: CaseWords): string | null {
  for (const clause of clausesOf(sentence)) {
    if (turnsUnnamedKnob(clause, words)) return clause;
    if (NEGATED.test(clause) || LEFT_OPEN.test(clause.replace(/\[e\d[^\]]{0,60}\]/g, '').trim())) continue;
    const doer = DOERS.exec(clause)?.[0];
    if (doer !== undefined && !contentWords(doer).every((word) => words.told.has(word))) return clause;
    const claims = CAUSAL.test(clause) || FAULTY.test(clause);
    const advises = ADVICE.test(clause) && ![...words.settings].some((key) => clause.includes(key));
    if (!claims && !advises) continue;
    if (namedCodes(clause).some((code) => !words.considered.has(code))) return clause;
    const content = contentWords(withoutNames(clause, words));
    if (content.length === 0) continue;
    const known = content.filter((word) => words.told.has(word)).length;
    const share = /\p{Script=Han}{4}/u.test(clause) ? KNOWN_SHARE_HAN : KNOWN_SHARE;
    if (known / content.length < share) return clause;
  }
  return null;
}

/** Clauses in which something is claimed to be a cause, or to have done what `more` tells, and nothing denies it. */
export function claimsIn(sentence: string, more: RegExp): string[] {
  return clausesOf(sentence).filter((clause) => !NEGATED.test(clause) && (CAUSAL.test(clause) || more.test(clause)));
}

function turnsUnnamedKnob(clause: string, { advised, settings }: CaseWords): boolean {
  if (!KNOB.test(clause) || [...settings].some((key) => clause.includes(key))) return false;
  const content = contentWords(clause);
  return content.filter((word) => advised.has(word)).length < content.length * NAMED_KNOB;
}

function clausesOf(sentence: string): string[] {
  // `…, which caused it`: the clause before is what is claimed.
  return sentence
    .replace(
      /[,，]\s{0,2}(?=(?:which|that|this|thereby|thus|hence|causing|leading|resulting|triggering|making|从而|造成|导致|引起|引发|使得|致使|这就?|进而))/gi,
      ' ',
    )
    .split(/[,，;；:：()（）]|\s[-–—]\s|\b(?:but|although|whereas|while|yet|however|and that|and the)\b|但是?|而是|却/i)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}

function withoutNames(clause: string, { names }: CaseWords): string {
  let rest = clause.replace(/\[e\d[^\]]{0,60}\]/g, ' ');
  for (const name of names) if (name.length > 2 && rest.includes(name)) rest = rest.replaceAll(name, ' ');
  return rest.replace(/[A-Za-z]+[\d_][\w.-]*|[A-Za-z][\w-]*(?:\.[\w-]+)+/g, ' ');
}
