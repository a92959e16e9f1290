/** What part of a runbook a question asks for. */
export type SectionKind = 'see' | 'meaning' | 'confirm' | 'confused' | 'do' | 'escalate';

/** The forms in which people ask for a part, in both languages: forms of asking, never words of a subject. */
const ASKED: Readonly<Record<Exclude<SectionKind, 'see'>, readonly RegExp[]>> = {
  confused: [/difference between|tell .{0,30} apart|\bvs\.?\b|\bversus\b|confus/i, /区别|区分|分不清|怎么分辨/],
  escalate: [
    /escalat|hand (?:it |this )?over|\bwho(?:m)? (?:owns|do|does|should|can|to|is responsible|looks after)\b|what (?:must|should|do) I attach|which team/i,
    /找谁|联系谁|谁负责|归谁|升级给|提工单|要附|附上(?:哪些|什么)/,
  ],
  confirm: [
    /how (?:do|can|could|would|to|did) (?:I |we |you |one |they )?(?:best )?(?:confirm|verify|check|prove|find out|see (?:if|whether)|tell (?:if|whether|who|which)|compare|know)/i,
    /can I (?:compare|verify|check|confirm)|\b(?:confirm|verify|proves?|make sure) (?:that|whether|it)|which (?:counters?|metrics?|logs?|lines?|file) |where (?:do|can) I (?:see|look|find|read)/i,
    /怎么(?:才能)?(?:确认|判断|看出|看|查|验证|知道|证明|对比|比较)|如何(?:确认|判断|验证|排查|证明|对比|查看)|怎样(?:确认|判断)|在哪(?:里|儿)?(?:看|查)|看哪(?:个|些|里)|哪个(?:指标|日志|计数)/,
  ],
  do: [
    /how (?:do|does|can|could|should|would|to|much|many|large|big|high|long|far|small|low)\b|which (?:setting|option|value|parameter|property|config)|is there (?:a|any) (?:way|setting|option|switch)/i,
    /what (?:should|value|size|can|could|do|must|would|is (?:the|a) (?:way|right|best|safe|good|sane|sensible|reasonable)|to (?:set|do|change|give))\b|\bsizing\b/i,
    /\b(?:can|could|should|may|do) (?:I|we|one|jobs?|you)\b|\banything (?:I|we) (?:should|can|could)|\b(?:avoid|prevent|recommended|instead|workaround)\b/i,
    /怎么(?!回事|了|会|又|还|突然|老|总|这么|那么|就|都|没|不)|如何|怎样|办法|应该|该(?:设|配|调|怎|用|给|改|申|不该)|能不能|能否|可不可以|可以.{0,20}[吗么?？]|要不要|要(?:配|设|改|调|开|加|重启)/,
    /(?:配|设|调|给|开|申请|留)(?:成|到|为)?多(?:大|少|高|长|久)|多少(?:合适|才)|(?:哪(?:个|些|几个)|啥|什么)(?:参数|配置|选项|设置)|改哪|才能|才合适|免得|以免|避免/,
  ],
  meaning: [
    /what (?:does|is|are) .{0,60}\bmean|meaning of|what happens (?:when|if)/i,
    /什么意思|是什么|啥意思|含义|原理/,
  ],
};

/** Headings of each part, as runbooks and other documents write them. */
const SECTIONS: Readonly<Record<SectionKind, RegExp>> = {
  see: /^what you see|现象|symptom|^error|报错/i,
  meaning: /^what it means|现象与含义|overview|background|含义|概述|背景|原理/i,
  confirm: /^how to confirm|如何确认|verif|diagnos|^check|排查|确认/i,
  confused: /confused with|区别|混淆/i,
  do: /^what to do|^for the platform team|如何处理|处理|解决|\bfix|solution|resolution|mitigat/i,
  escalate: /^escalation|升级|联系/i,
};

/** The kinds of section a question asks for; none of the forms: it tells a symptom. */
export function wantedSections(question: string): SectionKind[] {
  const asked = Object.entries(ASKED) as [SectionKind, readonly RegExp[]][];
  const kinds = asked.filter(([, forms]) => forms.some((form) => form.test(question))).map(([kind]) => kind);
  return kinds.length > 0 ? kinds : ['see', 'meaning'];
}

/** What kind of section a heading path names; null: none of the known ones. */
export function kindOf(heading: string): SectionKind | null {
  const kinds = Object.entries(SECTIONS) as [SectionKind, RegExp][];
  return kinds.find(([, named]) => named.test(heading))?.[0] ?? null;
}
