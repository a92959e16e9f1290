import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { modelAt } from '../agent/agent-fixture.ts';
import { type ChatScript, chatServer } from '../agent/chat-server/chat-server.ts';
import { giveAnswer } from '../agent/chat-server/chat-step.ts';
import { HONEST_REPLY } from '../agent/honest-reply-fixture.ts';
import { DEMO_QUESTIONS } from '../investigation/fixtures/demo-case.ts';
import { Conversation } from './conversation.ts';

const FAILED = path.join(import.meta.dirname, '..', 'demo', 'failed-run');

async function talk(script: ChatScript, messages: readonly string[]) {
  const server = await chatServer(script);
  try {
    const conversation = new Conversation({
      openPlatform: () => openCapture(FAILED),
      language: 'auto',
      model: modelAt(server.url),
    });
    for (const message of messages) await conversation.say(message);
    return { server, conversation, last: conversation.thread.turns.at(-1)?.replies[0] };
  } finally {
    await server.close();
  }
}

describe('a conversation with a model', { timeout: 60_000 }, () => {
  const OPEN = 'the container on that node has plenty of memory in my opinion';

  it('puts to it, with the thread, only what code does not understand', async () => {
    const { server, last } = await talk(
      [giveAnswer(HONEST_REPLY), giveAnswer(HONEST_REPLY)],
      [DEMO_QUESTIONS['failed-run'].en, '谁负责？', 'show e13', OPEN],
    );
    expect(server.asked).toHaveLength(2);
    expect(JSON.stringify(server.asked[1])).toContain('谁负责');
    expect(last).toMatchObject({ kind: 'open', author: 'agent' });
    expect(last?.text).toContain('768 MiB [e13]');
    expect(last?.evidence).toContain('e13');
  });

  it('lets nothing invented through: what does not stand is told by code', async () => {
    const invented = {
      ...HONEST_REPLY,
      reply: 'HDFS lost 4,711 blocks [e77].',
      explanation: '',
      ordering: [],
      remedies: [],
    };
    const { last } = await talk(
      [giveAnswer(HONEST_REPLY), giveAnswer(invented), giveAnswer(invented)],
      [DEMO_QUESTIONS['failed-run'].en, OPEN],
    );
    expect(last?.author).toBe('analyst');
    expect(last?.text).not.toMatch(/HDFS|4,711|e77/);
    expect(last?.text).toMatch(/^I could not tell what you want to know/);
  });
});
