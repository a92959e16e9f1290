import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../fake-slack/fake-slack.ts';
import { fastClock, keptLog } from '../outlet/outlet-fixture.ts';
import { type SlackCalls, slackCalls } from '../outlet/slack-calls.ts';
import { webClientOptions } from '../outlet/web-client-options.ts';
import { completeFile } from './complete-file.ts';

const signal = new AbortController().signal;
let slack: FakeSlack;
let calls: SlackCalls;
let id: string;
beforeAll(async () => {
  slack = await startFakeSlack();
  const user = (await slack.addUser({ name: 'ann' })).id;
  const channel = (await slack.addChannel({ name: 'help' })).id;
  const said = await slack.say({ channel, user, text: 'why?', files: [{ name: 'driver.log', content: 'lines' }] });
  id = said.files?.[0] ?? '';
  calls = slackCalls(new WebClient(slack.botToken, webClientOptions(slack.apiUrl)), keptLog(), fastClock());
});
afterAll(() => slack.close());

it('asks for what came with its id alone', async () => {
  const file = await completeFile(calls, slack.teamId, { id, name: '', bytes: 0, url: '', type: '' }, signal);
  expect(file).toMatchObject({ id, name: 'driver.log', bytes: 5 });
  expect(file.url).toContain('/download/driver.log');
});

it('asks for nothing that is known, and leaves what is refused as it came', async () => {
  const known = { id, name: 'a', bytes: 1, url: 'https://files.slack.com/a', type: 'text' };
  expect(await completeFile(calls, slack.teamId, known, signal)).toBe(known);
  const gone = { id: 'F0NOWHERE', name: '', bytes: 0, url: '', type: '' };
  expect(await completeFile(calls, slack.teamId, gone, signal)).toBe(gone);
});
