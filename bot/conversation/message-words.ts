import type { Language } from '../../knowledge/bilingual.ts';

/** The words by which parts of a message are told apart. Every pattern is bounded: hostile text costs no more than its length. */

/** A wish for the same answer in another language. */
export const IN_LANGUAGE: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:in|to|into|use|speak) english\b|\benglish,? please\b|(?:用|说|换成|换|改成|翻译成|翻成|切换到|切到|译成)\s?(?:英文|英语)/i,
  zh: /\b(?:in|to|into|use|speak) chinese\b|\bchinese,? please\b|(?:用|说|换成|换|改成|翻译成|翻成|切换到|切到|译成)\s?(?:中文|汉语|普通话)/i,
};

export const EVIDENCE_ID = /(?<![A-Za-z0-9_-])e\d{1,5}(?![A-Za-z0-9_-])/gi;
export const WANTS_EVIDENCE =
  /\b(?:show|see|quote|what is|what's|where is|give|print|open)\b.{0,30}\b(?:evidence|proof|log lines?|raw lines?|source)\b|\b(?:how do you know|are you sure|prove it|what proves|where does .{1,30} (?:say|stand)|makes no sense|(?:do not|don'?t) believe|(?:that|this|it)(?:'s| is| can(?:no|')t be| cannot be) (?:not )?(?:true|wrong|impossible|right))\b|不(?:可能|对吧|信|相信)|胡说|^\W{0,4}(?:evidence|proof)\b|证据|依据|原文|怎么知道的|怎么证明|凭什么|确定吗|你确定/i;

export const WHAT_IF =
  /\bwhat (?:if|would happen|happens if)\b|\bwould (?:it|that|this) (?:help|be faster|work|run|have)\b|\b(?:would|will|does|could) (?:doubling|raising|increasing|adding|more|fewer|less|twice|halving)\b|\bif (?:i|we|you) (?:double|halve|raise|set|give|gave|add|added|increase|use|used|had)\b|如果|要是|假如|假设|(?:加|翻|调|设).{0,16}(?:会怎么样|会怎样|有用吗|够吗|够不够|行吗|能解决)/i;

export const REMEDY =
  /\bwhat (?:should|can|must|do|could|does|shall|has|have|is|are)\b.{0,40}\b(?:do|change|done|fix)\b|\bhow (?:do|can|should|could) (?:i|we|they|you|it|this)\b.{0,24}\b(?:fix|fixed|solve|solved|avoid|avoided|prevent|prevented|repair)\b|\bwhat (?:is|'s) the (?:fix|remedy|solution)\b|\bhow to fix\b|怎么办|怎么解决|如何解决|怎么修|怎么处理|如何处理|如何避免|怎么避免|(?:该|要|应该|需要|能|可以)\s?(?:做|改)\s?(?:些|点)?什么/i;
export const PLATFORM_SIDE =
  /\bplatform\b|\bops\b|\boperat(?:ors?|ions)\b|\badmins?\b|\bsre\b|\bteam\b|平台|运维|管理员/i;
export const USER_SIDE = /\b(?:i|we|me|us|user|job owner)\b|我|用户|业务方|作业方/i;

export const RESPONSIBLE =
  /\bwho(?:'s| is| was| are)? (?:\w{1,12} )?(?:responsible|to blame|at fault|in charge|accountable)|\bwhose (?:fault|problem|job|issue|responsibility|side)|\bwho (?:has to|must|should|do i|can|owns|ought to)\b|谁.{0,4}(?:负责|责任|的锅|的问题)|谁(?:该|来|要)|(?:归|由|找|怪)谁|责任(?:在|归)/i;

export const WHERE_TIME_WENT =
  /\bwhere (?:did|does|has|is) .{0,20}\btime\b|\btime (?:breakdown|ledger)\b|\bhow (?:was|is) the time (?:spent|used)|时间.{0,6}(?:去哪|花在|都去|用在|分布)|耗时.{0,6}(?:分布|在哪)/i;

export const WHAT_WAS_CHECKED =
  /\bwhat (?:else )?(?:is|was|were|are|did|have|has)\b.{0,16}\b(?:missing|not checked|check(?:ed)?|look(?:ed)? (?:at|into)|read|ruled out|unknown)\b|\bwhat (?:else )?do you need\b|\bwhat would decide\b|还(?:缺|差|需要)(?:些|点)?什么|(?:查|看|读)(?:过|了)(?:些)?(?:什么|哪些)|没查|排除了(?:什么|哪些)/i;

export const OTHER_RUN =
  /\b(?:yesterday|last (?:night|week|time)|previous|earlier|prior|the (?:one|run|time) before|(?:day|night) before|last (?:good )?(?:run|one))\b|\bother (?:run|one)\b|\bbefore that\b|昨天|昨晚|前天|上一?(?:次|回|个)|前一?(?:次|回|天)|之前(?:那|的)|上周/i;
/** Only what is said in few words can lean on the turns before it. */
export const LEANS_ON =
  /^\W{0,4}(?:and|or|maybe|what about|how about|same (?:for|with)|also|ok(?:ay)?|but)\b|呢\W{0,4}$|^(?:那|或者?|还是|也许|那么|还有|再看|看看|换)/i;

export const LOOK_AGAIN =
  /^\W{0,4}(?:and )?(?:now|any (?:news|change|progress)|(?:look|check|try) (?:it )?again|refresh|update|has it (?:finished|ended) (?:now|yet)|is it (?:done|finished|over) (?:now|yet)|still running)\W{0,4}$|^(?:现在(?:呢|怎么样了?|好了吗|跑完了吗)|再(?:看|查)(?:看|查|一下|一遍|一次)|刷新(?:一下)?|更新一下|有(?:新)?进展吗)\W{0,4}$/i;

/** A wish to see a run beside one that went well; of a time that is named, that other run itself is meant. */
export const COMPARE =
  /\bcompar(?:e|ed|ison)\b.{0,30}\b(?:last (?!week|night|month|year)|previous|good|successful|usual|normal|healthy|before)\b|\b(?:what|anything)\b.{0,20}\b(?:changed|different|differs?)\b.{0,24}\b(?:last (?:good|successful|run|time|one)|previous|good|normal|usual)\b|\bdiff\b.{0,20}\b(?:last (?:good|successful|run|one)|previous|good|normal)\b|^\W{0,4}(?:please )?compare(?: (?:it|them|(?:the )?runs))?\W{0,4}$|(?:和|跟|与).{0,12}(?:正常|成功|好)的?.{0,8}(?:比较|对比|比一?比|相比)|对比.{0,12}(?:正常|成功)|^[\s,，。!！]{0,4}(?:对比|比较)(?:一下)?[\s,，。!！]{0,4}$|(?:和|跟|与)(?:平时|平常|往常|以前|上一?次)(?:的|那次)?.{0,6}(?:比|有(?:什么|哪些|啥)?(?:不同|不一样|区别|变化|差别))/i;
/** "Compare it with application_…": that run is meant. */
export const COMPARES = /\bcompar(?:e|ed)\b|\bversus\b|\bvs\b|对比|比较|相比/i;

export const FORGET =
  /\bforget (?:everything|all\b|it all|what|the (?:above|case|rest)|about (?:everything|it))|\b(?:start|begin) (?:over|anew|afresh)\b|\breset\b.{0,20}\b(?:conversation|context|memory|chat)|忘(?:掉|记|了).{0,6}(?:所有|一切|之前|前面|全部|上面)|重新开始|清空.{0,4}(?:记忆|上下文|对话)/i;

export const ORDER =
  /^\W{0,4}(?:system|assistant|developer|instructions?)\s{0,3}[:：\]>]|\b(?:ignore|disregard|override|bypass)\b.{0,40}\b(?:instructions?|rules?|previous|prior|above|prompts?|guard\w*|evidence)\b|\byou are (?:now|no longer)\b|\b(?:system prompt|developer mode|jailbreak|pretend (?:to be|that|you))\b|\b(?:say|state|answer|claim|report|reply|respond|write|conclude|declare|tell (?:them|everyone|the \w{1,12})) (?:that|only|with)\b|\bfrom now on\b|\b(?:run|execute) (?:the )?(?:command|rm|curl|bash|sh|kill)\b|\b(?:print|reveal|show|output|send)\b.{0,30}\b(?:prompt|passwords?|secrets?|tokens?|api key|credentials)\b|(?:忽略|无视|绕过).{0,16}(?:指令|规则|要求|以上|上面|证据|提示)|你现在是|系统提示词?|请?(?:直接)?(?:回答|回复|声明|写上?|就说|告诉(?:他们|大家))[:：]?(?:说|是|根因|原因)/i;

export const EXPLAIN =
  /^\W{0,4}(?:(?:so|but|and|ok(?:ay)?),? ){0,3}(?:why|why so|how so|why is that|what happened|what (?:was|is) (?:it|the (?:root )?cause|the reason|wrong)|why did (?:it|this|that) .{1,20}|explain(?: .{1,40})?|tell me more|more details?|summar\w+(?: .{1,30})?|repeat(?: .{1,20})?|say (?:it|that) again|come again|in short|tl;?dr)\W{0,4}$|^\W{0,4}(?:为什么|为啥|什么原因|根因是什么|原因是什么|到底(?:是)?(?:什么原因|怎么回事)|怎么回事|解释一下|详细(?:说说|一点)|总结一下|再说一遍|展开说说)\W{0,4}$/i;

export const HOW_TO =
  /\bhow (?:do|can|should|would|to|does)\b|\bwhat (?:is|are|does)\b.{1,60}\b(?:mean|for|do|good)\b|\bwhat (?:is|are) (?:a |an |the )?[\w. -]{2,50}\?|\bwhich (?:setting|command|flag|option)\b|\bwhere (?:do|can) (?:i|we) (?:find|see|set)\b|\bbest practices?\b|怎么(?:设|配|调|用|看|查|找|开|关|写|改|提交|优化|扩|读)|如何|什么是|是什么(?:意思|作用|东西)?[?？]?$|是干(?:什么|嘛)|有什么用|推荐(?:值|配置)|最佳实践/i;

/** What a word or a code means: answered from what is written, whatever trouble the word names. */
export const DEFINITION = /\bwhat (?:does|do) .{1,60}\bmean\b|\bmeaning of\b|是什么意思|什么含义|代表什么|什么是/i;

/** A wish that something be done: this product only reads. */
export const WANTS_ACTION =
  /\b(?:please|can you|could you|will you|would you|just|go)\b.{0,16}\b(?:restart|kill|stop|cancel|re-?run|resubmit|submit|fix|change|set|delete|remove|increase|raise|drain)\b|^\W{0,4}(?:restart|kill|stop|cancel|re-?run|resubmit|delete|drain) (?:it|the|this|that|my)\b|(?:帮我|帮忙|请|麻烦)(?:你)?(?:把.{1,20})?\s?(?:重启|杀|停|取消|重跑|重新提交|修|改|删|调)/i;

export const GOODBYE =
  /^\W{0,4}(?:bye|good ?bye|see you|that'?s all|that is all|cheers and bye|再见|拜拜|回头见|没(?:有)?(?:别的)?(?:问题|事)了)/i;
export const THANKS =
  /^\W{0,4}(?:(?:ok(?:ay)?|great|cool|perfect|nice)[,.! ]{1,3})?(?:thanks?|thank you|thx|cheers|much appreciated|great|perfect|nice|got it|谢谢|多谢|感谢|辛苦|好的|收到|明白|懂了|知道了)/i;

/** Words of this trade. A part without any, without a name and without an id, is about something else. */
export const TRADE =
  /\b(?:jobs?|runs?|running|tasks?|spark|yarn|flink|hadoop|hdfs|hive|airflow|dags?|executors?|drivers?|clusters?|queues?|logs?|memory|heap|oom|gc|shuffle|stages?|containers?|nodes?|hosts?|disks?|cache|alluxio|celeborn|kubernetes|k8s|pods?|fail\w*|slow\w*|stuck|hang(?:s|ing)?|hung|kill\w*|died?|errors?|exceptions?|exit code|timeouts?|network|kerberos|partitions?|skew\w*|spill\w*|broadcast|join|sql|tables?|data ?sets?|checkpoints?|backpressure|kafka|namenode|datanode|nodemanager|resourcemanager|cores?|cpus?|gpus?|threads?|jvm|java|python|parquet|settings?|config\w*|overhead\w*|runbooks?|platform|cause|evidence|capture|metrics|scheduler|overloaded|busy|crash\w*|broken|bad|wrong)\b|作业|任务|集群|队列|日志|内存|堆|执行器|失败|慢|卡|报错|挂了?|节点|机器|主机|磁盘|缓存|调度|倾斜|溢写|网络|超时|参数|配置|平台|分区|数据|运行|跑|杀|异常|错误|根因|原因|证据|驱动|容器|资源|排队/i;

/** A guess put as a question: told from a new question by its shortness and by the case that is open. */
export const GUESS =
  /\bwhy (?:not|isn'?t it|couldn'?t it|can'?t it|is it not)\b|\b(?:isn'?t|is|was|wasn'?t|are|were|could|couldn'?t|might|may|maybe|perhaps|what about|how about)\b|为什么不(?:是|会|可能)|是不是|会不会|难道|不是.{1,20}吗|也许|可能是|有没有可能|跟.{1,20}有关/i;
