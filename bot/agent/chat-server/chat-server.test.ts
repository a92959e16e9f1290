import { describe, expect, it } from 'vitest';
import { chatServer } from './chat-server.ts';
import { call } from './chat-step.ts';

const USER = { role: 'user', content: 'hello' };
const CALLED = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } }],
};

async function post(url: string, body: unknown): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

function events(text: string): unknown[] {
  return text
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice(6)));
}

describe('the scripted server', () => {
  it('answers as one object, with usage and an id of its own each time', async () => {
    const server = await chatServer([{ do: 'say', text: 'hi' }, call('look', { at: 1 })]);
    const [said, called] = [
      JSON.parse((await post(server.url, { model: 'm', messages: [USER] })).text),
      JSON.parse((await post(server.url, { model: 'm', messages: [USER] })).text),
    ];
    expect(said).toMatchObject({
      object: 'chat.completion',
      choices: [{ finish_reason: 'stop', message: { content: 'hi' } }],
    });
    expect(said.usage.total_tokens).toBe(said.usage.prompt_tokens + said.usage.completion_tokens);
    expect(called.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { content: null, tool_calls: [{ type: 'function', function: { name: 'look', arguments: '{"at":1}' } }] },
    });
    expect(said.id).not.toBe(called.id);
    await server.close();
  });

  it('streams calls in deltas, tells usage in a last chunk only when asked, and ends in [DONE]', async () => {
    const server = await chatServer([call('look', { at: 'a long place' }), { do: 'say', text: 'hi' }]);
    const asked = { model: 'm', messages: [USER], stream: true };
    const { text } = await post(server.url, { ...asked, stream_options: { include_usage: true } });
    const chunks = events(text) as {
      choices: { delta: { tool_calls?: { function: { arguments: string } }[] } }[];
      usage?: object;
    }[];
    const written = chunks
      .flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? [])
      .map((one) => one.function.arguments);
    expect([written.length > 3, written.join('')]).toEqual([true, '{"at":"a long place"}']);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    expect((await post(server.url, asked)).text).not.toContain('usage');
    await server.close();
  });

  it.each([
    ['a call without its result', [USER, CALLED], 'did not have response messages: c1'],
    ['a call followed by something else', [USER, CALLED, USER], 'must be followed by tool messages'],
    ['a result without a call', [USER, { role: 'tool', content: 'x', tool_call_id: 'c9' }], 'must be a response to'],
    ['a message with nothing in it', [USER, { role: 'assistant' }], "must have 'content' or 'tool_calls'"],
    ['a name', [{ ...USER, name: 'model' }], 'name'],
    ['a role of its own', [{ role: 'boss', content: 'x' }], 'role'],
  ])('refuses %s, as servers do', async (_, messages, told) => {
    const server = await chatServer([]);
    const { status, text } = await post(server.url, { model: 'm', messages });
    expect([status, JSON.parse(text).error.message]).toEqual([400, expect.stringContaining(told)]);
    await expect(server.close()).rejects.toThrow(told);
  });

  it('fails on requests that no step expects, on steps that are left over, and on other paths', async () => {
    const [unexpected, unused, elsewhere] = [
      await chatServer([]),
      await chatServer([{ do: 'empty' }]),
      await chatServer([]),
    ];
    await post(unexpected.url, { model: 'm', messages: [USER] });
    await expect(unexpected.close()).rejects.toThrow('request 1 has no step');
    await expect(unused.close()).rejects.toThrow("1 of the script's steps were never asked for");
    await fetch(`${elsewhere.url}/responses`, { method: 'POST', body: '{}' });
    await expect(elsewhere.close()).rejects.toThrow('POST /v1/responses is not asked of this server');
  });

  it('gives the body alone to a model of the test', async () => {
    const server = await chatServer((request, number) => ({ do: 'say', text: `${number} ${request.messages.length}` }));
    expect((await post(server.url, { model: 'm', messages: [USER, USER] })).text).toContain('1 2');
    expect(server.asked[0]?.body.messages).toEqual([USER, USER]);
    await server.close();
  });
});
