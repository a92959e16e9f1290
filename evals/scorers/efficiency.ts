import type { Score, Scorer } from './scorer.ts';

/** What an answer cost: measured, never a gate. Also told of a crash, which took its time as well. */
export const EFFICIENCY: Scorer = {
  name: 'efficiency',
  measures: 'calls, tokens, money and time; no value, figures alone',
  isHardGate: false,
  isTimed: true,
  score: async ({ diagnosis, durationMs, firstMs, read }): Promise<Score> => ({
    scorer: 'efficiency',
    value: null,
    passed: null,
    detail: '',
    figures: {
      durationMs,
      ...(firstMs === null ? {} : { firstMs }),
      sourcesRead: read.length,
      ...(diagnosis === null
        ? {}
        : {
            toolCalls: diagnosis.costs.toolCalls,
            modelCalls: diagnosis.costs.modelCalls,
            inputTokens: diagnosis.costs.inputTokens,
            outputTokens: diagnosis.costs.outputTokens,
            ...(diagnosis.costs.usd === null ? {} : { usd: diagnosis.costs.usd }),
          }),
    },
  }),
};
