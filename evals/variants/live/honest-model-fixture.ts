import type { ChatScript } from '../../../bot/agent/chat-server/chat-server.ts';
import { type ChatStep, giveAnswer } from '../../../bot/agent/chat-server/chat-step.ts';
import type { ChatRequest } from '../../../bot/agent/chat-server/check-request.ts';

/** A model that agrees with the first hypothesis of the case it is shown, in a sentence that needs no figure: a double, no model. */
export function agreeingReply({ messages }: ChatRequest): ChatStep {
  const shown = messages.map(({ content }) => content ?? '').join('\n');
  const hypothesis = /^hypothesis \{"id":"(h\d+)"/m.exec(shown)?.[1];
  const evidence = /^evidence \{"id":"(e\d+)"/m.exec(shown)?.[1];
  const isChinese = /^answerIn "Chinese"/m.test(shown);
  const cited = evidence === undefined ? '' : ` [${evidence}]`;
  return giveAnswer({
    ordering:
      hypothesis === undefined
        ? []
        : [{ hypothesis, reason: 'it stands in the evidence', evidence: evidence ? [evidence] : [] }],
    reply: isChinese ? `证据说明了这一点${cited}。` : `The evidence shows it${cited}.`,
    explanation: '',
    remedies: [],
    missing: [],
    theories: [],
  });
}

/** A server with that model which is down for some of the requests, counted from 1. */
export function agreeingModel(isDown: (request: number) => boolean): ChatScript {
  return (request, number) => (isDown(number) ? { do: 'fail', status: 503 } : agreeingReply(request));
}
