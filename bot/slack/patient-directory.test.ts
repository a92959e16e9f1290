import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { slackDirectory } from '../access/slack-directory.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack/fake-slack.ts';
import { fastClock, keptLog } from './outlet/outlet-fixture.ts';
import { slackCalls } from './outlet/slack-calls.ts';
import { webClientOptions } from './outlet/web-client-options.ts';
import { patientDirectory } from './patient-directory.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack();
});
afterEach(async () => {
  await slack.close();
});

function directory() {
  const client = new WebClient(slack.botToken, webClientOptions(slack.apiUrl));
  return slackDirectory(patientDirectory(slackCalls(client, keptLog(), fastClock()), slack.teamId), false);
}

it('knows people and members', async () => {
  const { id } = await slack.addUser({ name: 'ann' });
  const room = await slack.addChannel({ name: 'help', members: [id] });
  expect(await directory().user(id)).toMatchObject({ id, isBot: false });
  expect(await directory().members(room.id, 10)).toContain(id);
});

it('does not take a moment in which Slack does not tell for somebody whom nobody knows', async () => {
  const { id } = await slack.addUser({ name: 'ann' });
  await slack.addFault({ method: 'users.info', do: { what: 'ratelimited', retryAfterSeconds: 1 } });
  expect(await directory().user(id)).toMatchObject({ id });
});

it('knows nothing of who does not exist', async () => {
  expect(await directory().user('U0NOBODY')).toBeNull();
});
