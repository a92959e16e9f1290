/** Words that say nothing about what is asked: a passage is neither found nor kept out by them. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the this that these those it its is are was were be been am do does did done has have had having will would can could ' +
    'should shall may might must not no nor so if then than as at by for from in into of off on onto out over to up with without ' +
    'within about after again all also always and any anyone anybody because before being between both but each either else ever ' +
    'every few get gets got getting give given go goes going gone here hey hi hello help how i im ive just keep keeps kept know let ' +
    'like look looks make makes many me mean means mine more most much my myself need needs new nothing now of often one only or ' +
    'other our ours out please pls possible put really same say says see seem seems seen she he her him his since some somebody ' +
    'someone something still such suddenly sure take takes tell thanks that their them there they thing things think though time ' +
    'today tonight too tried try trying two until us use used uses using very want wants way we well went what whats when where ' +
    'which while who whom whose why wont yesterday yet you your yours morning evening night day week every each around happen ' +
    'happens happening keeps first last next old right wrong normal usually happened anything everything really actually exactly ' +
    "don't doesn't didn't isn't can't won't i'm it's what's 是 的 了 吗 呢 吧 啊 呀 在 有 我 你 他 她 它 我们 你们 他们 这 那 这个 那个 " +
    '这些 那些 什么 怎么 怎样 怎么样 如何 为什么 为何 为啥 是否 是不是 有没有 能不能 可以 可不可以 能 会 要 想 请 请问 帮 帮忙 看 看看 一下 ' +
    '一直 一个 一些 还 还是 还有 都 也 就 又 再 才 和 与 或 或者 以及 但 但是 因为 所以 如果 的话 时候 之后 之前 以后 以前 今天 昨天 昨晚 今早 早上 ' +
    '晚上 凌晨 现在 刚才 刚刚 突然 每次 每天 总是 经常 有时 大家 各位 老师 同学 谢谢 感谢 求助 大佬 麻烦 到底 究竟 回事 怎么回事 老是 原因 情况 问题 东西 办法 方法 ' +
    'monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december ' +
    '周一 周二 周三 周四 周五 周六 周日 星期 上周 本周 明天 前天 fix solve solved resolve 解决 处理 修复 怎么办 没 没有 不 不是 被 把 给 让 从 到 对 里 上 下 中 后 前 个 次 种 等 很 太 更 最 多 少 几 跑 做 用 说 知道 觉得 感觉 应该 需要 必须'
  ).split(' '),
);
