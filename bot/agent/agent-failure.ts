import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { AgentFailure } from './agent-run.ts';

/** Why there is no answer of the model, in words for people. Nothing that a server said is repeated. */
export const FAILURE_STATEMENTS: Readonly<Record<AgentFailure, Bilingual>> = {
  unreachable: { en: 'the language model cannot be reached', zh: '无法连接语言模型' },
  not_allowed: {
    en: 'the language model refuses access: its key, its name or its address is not accepted',
    zh: '语言模型拒绝访问：密钥、模型名称或地址不被接受',
  },
  rate_limited: {
    en: 'the language model takes no more requests for now (rate limit or quota)',
    zh: '语言模型暂时不再接受请求（限流或配额用尽）',
  },
  server_error: { en: 'the language model answered with an error', zh: '语言模型返回了错误' },
  stalled: { en: 'the language model stopped speaking in the middle of its answer', zh: '语言模型中途停止了响应' },
  cut_off: { en: "the language model's answer was cut off", zh: '语言模型的回答被中断' },
  nonsense: { en: "the language model's answer could not be used", zh: '语言模型的回答无法使用' },
  refused: { en: 'the language model refused to answer', zh: '语言模型拒绝回答' },
  over_budget: {
    en: 'the language model came to no answer within what one question may cost',
    zh: '语言模型在单个问题的费用限额内没有得出回答',
  },
  deadline: { en: 'the language model came to no answer in time', zh: '语言模型未能在限定时间内给出回答' },
  aborted: { en: 'the question was withdrawn', zh: '问题已被撤回' },
};

/** Ends a run; the reason stands in the run's book. Thrown through the framework, caught at its edge. */
export class RunEnded extends Error {
  constructor(reason: AgentFailure) {
    super(`the run of the model ended: ${reason}`);
  }
}
