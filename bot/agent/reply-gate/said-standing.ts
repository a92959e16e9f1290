import type { Responsibility } from '../../../knowledge/causes/cause.ts';
import type { Diagnosis, Standing } from '../../investigation/diagnosis.ts';

const CERTAIN =
  /\b(?:confirm(?:s|ed)?|prov(?:en|ed|es)|certain(?:ly)?|definite(?:ly)?|undoubtedly|beyond (?:any )?doubt|without (?:any )?doubt|no doubt|100 ?%|for sure|clearly the (?:root )?cause|conclusively|absolutely)\b|确认|确定|证实|已证明|毫无疑问|肯定|百分之百|无疑/i;
const WEAK =
  /\b(?:not (?:yet )?(?:confirmed|proven|certain)|unconfirmed|unproven|speculat\w+|just a guess|unlikely|doubtful|cannot be (?:confirmed|proven)|no evidence)\b|尚未证实|没有证实|未确认|不能确定|无法确认|只是猜测|不太可能/i;
const NEGATED = /\b(?:not|isn't|wasn't|cannot|can't|nothing|neither|nor|never|no)\b|不|没|未|无法|并非/i;

/** True when a sentence about the cause makes it surer or less sure than the evidence does. */
export function overstates(sentence: string, standing: Standing): boolean {
  if (standing === 'confirmed') return WEAK.test(sentence) && /cause|原因|根因/i.test(sentence);
  return CERTAIN.test(sentence) && !NEGATED.test(sentence);
}

const BLAMES: Readonly<Record<'platform' | 'user', RegExp>> = {
  platform:
    /\b(?:platform|cluster|infra(?:structure)?|ops|sre|operations|admin(?:istrator)?s?)(?: (?:team|side|people))?(?:'s)? (?:is|are|was|were|has|have|must|should|need)?\s?(?:to )?(?:blame|at fault|responsible|fault|accountable|act|fix|mistake|own)\b|\b(?:fault|responsibility|mistake) of the (?:platform|cluster|infra|ops)|\bnot (?:your|the user'?s?|the job'?s?) (?:fault|problem|responsibility)|平台(?:团队|方|侧|运维)?(?:的)?(?:责任|问题|过错|负责|失误)|(?:责任|问题)在平台|与(?:用户|作业|你|您)无关|不是(?:用户|作业|你|您)的(?:问题|责任)/i,
  user: /\b(?:your|the user'?s?|users?|the job owner'?s?|the developer'?s?)\s?(?:own )?(?:code|job|team|query|program|side)?\s?(?:is|are|was|must|should)?\s?(?:to )?(?:blame|at fault|responsible|fault|accountable|mistake)\b|\b(?:fault|responsibility|mistake) of the (?:user|job|owner|developer)|\bnot (?:the |a )?(?:platform|cluster|infra\w*)(?:'s)?(?: team'?s?)? (?:fault|problem|responsibility)|用户(?:侧|方|代码|作业|程序|任务)?(?:的)?(?:责任|过错|失误|负责)|(?:责任|问题)在(?:用户|作业|你|您)|(?:你|您)的(?:责任|过错|失误)|与平台无关|不是平台的(?:问题|责任)/i,
};

/** True when a sentence lays the matter at another door than the evidence does; what is shared may be laid at both. */
export function shiftsBlame(sentence: string, responsibility: Responsibility): boolean {
  if (responsibility === 'shared') return false;
  const blamesPlatform = BLAMES.platform.test(sentence);
  const blamesUser = BLAMES.user.test(sentence);
  if (responsibility === 'unknown') return blamesPlatform || blamesUser;
  return responsibility === 'platform' ? blamesUser : blamesPlatform;
}

const ALL_IS_WELL =
  /\b(?:all|everything|it all) (?:is|was|went|looks?|seems?) (?:well|fine|good|ok(?:ay)?|healthy|normal|in order)\b|\b(?:no|not a|without any) (?:problems?|issues?|errors?|incident|failure|action(?: is)? (?:needed|required))\b|\bnothing (?:is |was |went )?(?:wrong|to do|to worry)|\b(?:run|job|application) (?:is|was) (?:healthy|successful|fine)\b|\b(?:all|every) (?:the )?(?:checks?|tests?) (?:have |has |were |was )?pass(?:ed|es)?\b|\bcompleted successfully\b|\bfalse alarm\b|一切正常|没有(?:任何)?(?:问题|异常|故障)|运行(?:正常|成功)|无需处理|误报/i;

/** True when a sentence says that all is well where the evidence says otherwise. */
export function deniesTrouble(
  sentence: string,
  outcome: Diagnosis['outcome'],
  runState: Diagnosis['runState'],
): boolean {
  if (outcome === 'healthy' || outcome === 'still_running') return false;
  return (
    ALL_IS_WELL.test(sentence) ||
    (runState === 'failed' && /\b(?:succeeded|ended well)\b|成功(?:结束|完成)/i.test(sentence))
  );
}
