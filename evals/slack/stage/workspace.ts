import type { FakeSlackAddress, FakeSlackControl } from '../../../bot/slack/fake-slack/fake-slack.ts';

/** People and rooms to ask in, by number. */
export interface Workspace {
  /** `U…`. */
  users: readonly string[];
  /** `C…`: channels that the bot and everybody are in. */
  rooms: readonly string[];
  /** The direct conversation of a user with the bot, `D…`. */
  direct(user: number): Promise<string>;
}

/** Fills a double with people and channels. */
export async function fillWorkspace(
  slack: FakeSlackAddress & FakeSlackControl,
  { users, rooms }: { users: number; rooms: number },
): Promise<Workspace> {
  const people: string[] = [];
  for (let at = 0; at < users; at += 1) people.push((await slack.addUser({ name: `person${at}` })).id);
  const channels: string[] = [];
  const members = [slack.botUserId, ...people];
  for (let at = 0; at < rooms; at += 1) channels.push((await slack.addChannel({ name: `data-${at}`, members })).id);
  return {
    users: people,
    rooms: channels,
    direct: async (user) => (await slack.openDirect([people[user] ?? ''])).id,
  };
}
