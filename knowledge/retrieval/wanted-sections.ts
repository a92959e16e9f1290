/** What part of a runbook a question asks for. */
export type SectionKind = 'see' | 'meaning' | 'confirm' | 'confused' | 'do' | 'escalate';

const ASKED: readonly (readonly [SectionKind, RegExp])[] = [
  ['confused', /difference|tell .{0,30}apart|\bvs\.?\b|versus|confus|instead of|rather than|区别|区分|分不清|还是/i],
  [
    'escalate',
    /escalat|hand ?over|who (?:do|should|to|can) .{0,20}(?:contact|ask|call|tell)|找谁|联系谁|升级给|提工单/i,
  ],
  [
    'confirm',
    /how (?:do|can|could|would|to) .{0,20}(?:confirm|verify|check|prove|know|see whether|tell (?:if|whether))|怎么(?:确认|判断|看|查|验证|知道)|如何(?:确认|判断|验证|排查)|怎样(?:确认|判断)/i,
  ],
  [
    'do',
    /how (?:do|can|could|should|to|much|many|large|big|high|long)|what (?:should|value|size|setting|can i|to set|to do)|which (?:setting|option|value|parameter)|\bfix\b|\bavoid\b|prevent|best way|recommended|怎么(?:办|调|设|改|配|解决|处理|优化|避免|减少|增|加|让|合并|清理|恢复|修)|如何(?:调|设|改|配|解决|处理|优化|避免|减少|增|合并|清理|恢复|修|让)|调多大|设多少|该设|应该设|设成|解决|多少合适/i,
  ],
  [
    'meaning',
    /what (?:does|is|are) .{0,60}(?:mean|\?|$)|meaning of|what happens when|什么意思|是什么|啥意思|含义|原理/i,
  ],
];

const SECTIONS: Readonly<Record<SectionKind, RegExp>> = {
  see: /what you see|现象|symptom/i,
  meaning: /what it means|现象与含义|overview|含义|概述/i,
  confirm: /how to confirm|如何确认|确认|verify|diagnos|check|排查/i,
  confused: /confused with|区别|混淆/i,
  do: /what to do|for the platform team|如何处理|处理|解决|fix|solution|resolution|how to/i,
  escalate: /escalation|升级/i,
};

/** The kinds of section a question asks for; none: it tells a symptom. */
export function wantedSections(question: string): SectionKind[] {
  const kinds = ASKED.filter(([, asked]) => asked.test(question)).map(([kind]) => kind);
  return kinds.length > 0 ? kinds : ['see'];
}

/** Whether a section with this heading path is of one of the kinds. */
export function isWanted(heading: string, kinds: readonly SectionKind[]): boolean {
  return kinds.some((kind) => SECTIONS[kind].test(heading));
}
