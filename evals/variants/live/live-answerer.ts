import type { AgentRun } from '../../../bot/agent/agent-run.ts';
import { answerWithModel, type RunAgent } from '../../../bot/agent/answer-with-model.ts';
import type { ModelSettings } from '../../../bot/agent/model-settings.ts';
import { runAgent } from '../../../bot/agent/run-agent.ts';
import { type Answerer, NotRun } from '../../trial/answerer.ts';
import type { LivePurse } from './live-purse.ts';
import { isOutage } from './outage.ts';

/** The product with a model, as the bot answers; an outage of the model is told as one instead of the analyst's answer. */
export function liveAnswerer(model: ModelSettings, purse: LivePurse): Answerer {
  return {
    answer: async ({ onFirst, signal, ...put }) => {
      await purse.enter();
      let run: AgentRun | null = null;
      const watched: RunAgent = async (...task) => {
        run = await runAgent(...task);
        return run;
      };
      const diagnosis = await answerWithModel(
        { ...put, language: 'auto', onCertain: onFirst },
        model,
        () => {},
        signal,
        watched,
      );
      const ended = run as AgentRun | null;
      // A case that needs no model costs nothing and says nothing of its server.
      if (ended === null) return diagnosis;
      const isDown = ended.failure !== null && isOutage(ended.failure.reason);
      purse.spent(ended.costs.usd, isDown);
      if (isDown) throw new NotRun(ended.failure?.statement.en ?? 'the model is down');
      return diagnosis;
    },
  };
}
