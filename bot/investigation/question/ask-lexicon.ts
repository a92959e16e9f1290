import type { Asks } from './question.ts';

/** Words that show what is asked. `weight` tells a plain request (3) from a description (2) and a hint (1). */
export interface AskCue {
  asks: Exclude<Asks, 'smalltalk'>;
  weight: 1 | 2 | 3;
  words: RegExp;
}

/** Cues by kind, English and Chinese. A kind's score is the sum over its cues that occur. */
export const ASK_CUES: readonly AskCue[] = [
  // The end of the run is open.
  {
    asks: 'status',
    weight: 3,
    words:
      /还能用吗|要不要重跑|需要重跑|(?:有没有|是否|会不会)受影响|数据对吗|跑完了?吗|跑完没|结束了?吗|结束没|好了吗|完成了?吗|还在跑吗|还活着吗/,
  },
  { asks: 'status', weight: 3, words: /还没(?:有)?(?:跑完|结束|完成|跑好|出来)|没跑完|一直没结束|未结束/ },
  {
    asks: 'status',
    weight: 3,
    words: /要不要\s?(?:kill|杀|停|重跑|重启)|(?:能|可以)\s?(?:kill|杀)|kill\s?(?:掉)?\s?(?:再)?重跑|杀掉重跑/,
  },
  {
    asks: 'status',
    weight: 3,
    words:
      /\b(?:must (?:i|we) re-?run|do (?:i|we) (?:have|need) to re-?run|was my (?:run|job) (?:hit|affected|ok)|still running|is it (?:done|finished|running|alive|stuck|hung)|has it (?:finished|ended|completed)|did it (?:finish|complete|end)|not (?:yet )?(?:finished|done|completed) yet|finished yet|done yet|should (?:i|we) (?:kill|stop|cancel|restart) it|how (?:much )?(?:long|longer) (?:will|does|until)|progress\?|eta\b)/i,
  },
  {
    asks: 'status',
    weight: 2,
    words:
      /\bfinished\?|\b(?:is|are|was) (?:\S{1,60} ){1,4}(?:still running|finished|done|stuck|alive)\b|\bkill (?:it|and re-?run)/i,
  },
  { asks: 'status', weight: 2, words: /进度|什么时候(?:能|会)?(?:跑完|结束|好)|还要多久|卡死|死锁/ },
  // It ended badly or never began.
  {
    asks: 'failure',
    weight: 3,
    words: /\b(?:why|how come)\b.{0,80}\b(?:fail|failed|fails|failing|abort|aborted|crash|crashed|red)\b/i,
  },
  {
    asks: 'failure',
    weight: 2,
    words:
      /\b(?:fail(?:s|ed|ing|ure)?|abort(?:s|ed)?|crash(?:es|ed)?|is red|red (?:after|twice|again)|errors? out|rejected|refused|exit code 1|status 1)\b/i,
  },
  {
    asks: 'failure',
    weight: 2,
    words:
      /\b(?:will not|won'?t|does not|doesn'?t|did not|didn'?t|never|can'?t|cannot|not even) (?:even )?(?:start|submit|launch|begin)|no application id|never started/i,
  },
  {
    asks: 'failure',
    weight: 2,
    words:
      /失败|(?<!没有?|无)报错|提交(?:就)?挂|任务挂|作业挂|跑挂|(?:又|全|都|就|跑着|\w_\w{1,60})\s?挂了|抛异常|起不来|启动不了|异常退出/,
  },
  {
    asks: 'failure',
    weight: 1,
    words: /\b(?:timed? ?out|exception|error|traceback|stack ?trace|throws?)\b|Exception\b|Error\b|异常|错误/i,
  },
  {
    asks: 'failure',
    weight: 1,
    words:
      /\b(?:broken|nothing is being|not being|not work(?:ing)?|no output|stays? queued|pending|lost data|data lost)\b|没有?输出|一直\s?(?:pending|ACCEPTED|排队)|不动/i,
  },
  // A process was ended.
  {
    asks: 'cause_of_death',
    weight: 3,
    words:
      /\bwho(?:'s| is| was)? (?:killed|killing|kills|stopped|sent)|\bwhat (?:is |was )?(?:kill(?:s|ed|ing)?|killed)|\bwhy (?:was|were|is|did) .{1,60}\b(?:killed|die|died|lost|go(?:ne)? away|went away)|谁(?:把.{1,20})?(?:杀|kill|停)|被谁|被杀的吗|怎么死的/i,
  },
  {
    asks: 'cause_of_death',
    weight: 2,
    words:
      /\b(?:oom[- ]?kill(?:ed|er)?|killed by|is .{1,30} killing|keeps? (?:dying|killing)|executors? (?:killed|die|dies|died|dying|lost)|(?:die|dies|died|dying) (?:with|every|of|from)|dies\b|got (?:sigterm|sigkill|killed)|exit(?:ed)? (?:code |with (?:exit )?(?:code )?|with return code )?-?(?:137|143|134|139|52|9|15)\b|signal 9|went away)/i,
  },
  {
    asks: 'cause_of_death',
    weight: 2,
    words:
      /丢(?:了)?(?:\S{1,4})?\s?executor|executor\s?(?:一个接一个)?(?:接连)?(?:一直)?(?:丢|挂|掉|死)|被\s?(?:kill|杀)|被终止|掉\s?executor|超了被杀/i,
  },
  {
    asks: 'cause_of_death',
    weight: 1,
    words: /\bkill(?:ed|s|ing)?\b|\bdied\b|\bdead\b|SIGTERM|SIGKILL|OOMKilled|被杀/i,
  },
  // It ended and took longer, or does.
  {
    asks: 'slowness',
    weight: 3,
    words:
      /\bwhy\b.{0,80}\b(?:slow|slower|so long|longer|late)\b|为(?:什么|啥).{0,30}慢|怎么.{0,20}(?:这么|变|突然)?慢/i,
  },
  {
    asks: 'slowness',
    weight: 3,
    words:
      /\bused to (?:take|run|finish|be done)\b|\b(?:\d+(?:\.\d+)? ?x|twice|double|several times|much|way|\d+ times|a lot|far) (?:as )?(?:slow(?:er)?|long(?:er)?)|\b(?:took|takes|taking|ran|runs) .{0,40}\b(?:instead of|normally|usually|longer|vs|twice|double|nearly)|more than doubled|took (?:nearly |about |almost )?(?:double|twice)/i,
  },
  {
    asks: 'slowness',
    weight: 2,
    words:
      /\bslow(?:er|ly|ness|ed)?\b|\bcrawl(?:s|ing)?\b|\btakes? (?:forever|ages|minutes|hours|up to)|\bstalls?\b|\blag(?:s|ging)?\b|\bhangs? at the end|got slow|stuck at \d+ ?\/ ?\d+|gpu idle|took longer/i,
  },
  {
    asks: 'slowness',
    weight: 3,
    words:
      /(?:每天|平时|以前|通常|一般|昨天)[^。？?]{0,20}(?:秒|分)[^。？?]{0,24}(?:今天|现在|昨晚|这次|今晚)[^。？?]{0,12}(?:秒|分|小时)|变慢|慢(?:了)?(?:\S{0,3})?倍|慢好(?:多|几)|跑得?(?:比\S{1,10})?慢|比\S{1,12}慢|耗时.{0,10}(?:翻倍|变长|增加)|平时.{0,12}(?:秒|分钟|小时|分半)|从.{1,12}变成.{1,12}(?:秒|分|小时)/,
  },
  {
    asks: 'slowness',
    weight: 2,
    words:
      /很慢|太慢|有点慢|好慢|慢[,，。?？]|慢$|跑了\s?\d+\s?多?\s?(?:秒|分|小时)|又卡了|卡住(?:好)?(?:几)?\s?\d*\s?分钟|利用率只有/,
  },
  {
    asks: 'slowness',
    weight: 1,
    words: /卡住|没(?:有)?(?:什么)?(?:动静|反应|进展)|一直不动|\bhangs?\b|\bhung\b|\bstuck\b|慢|延迟/i,
  },
  // A wish to know how, without trouble.
  {
    asks: 'how_to',
    weight: 2,
    words:
      /\bhow (?:do|can|should|would|to)\b.{0,60}\b(?:set|configure|tune|choose|size|enable|disable|use|increase|change|submit|write)\b|\bwhat (?:is the|should|value|setting)\b.{0,40}\b(?:best|recommended|right|default|be|use)\b/i,
  },
  {
    asks: 'how_to',
    weight: 2,
    words:
      /(?:怎么|如何|该怎么)\s?(?:设|配|调|用|写|改|提交|优化)|应该(?:设|配)(?:置)?(?:成|为)?多少|推荐(?:值|配置)|大概需要多大/,
  },
];

/** Words of a greeting or thanks; alone they ask nothing. */
export const SMALLTALK =
  /^[\s\p{P}\p{S}]*(?:(?:hi|hello|hey|yo|thanks?|thank you|thx|cheers|great|ok(?:ay)?|good (?:morning|evening|job)|nice|bye|there|all|team|everyone|bot|你好|您好|谢谢|多谢|感谢|辛苦了?|好的|早上好|晚上好|在吗|哈喽|再见|收到|大家)(?:[\s\p{P}\p{S}]+|$|(?=\p{Script=Han}))){1,6}$/iu;
