import { ASKING } from './asking-ways.ts';
import { BUTTONS } from './button-ways.ts';
import { COMMANDS } from './command-ways.ts';
import { FILES } from './file-ways.ts';
import { AIRFLOW_LINKS, FLINK_LINKS, SLOW, SPARK_LINKS } from './link-ways.ts';
import { MESSAGES } from './message-ways.ts';
import { limitedAccess, RIGHTS } from './rights-ways.ts';
import { SUPPORT } from './support-ways.ts';
import { capture, demo, type Scene, type Way } from './way.ts';

/** What the test goes with one bot: the ways that are not a variety of another. The command goes all. */
export const TESTED: Scene = {
  name: 'a failed run',
  recording: demo('failed-run'),
  receiver: 'socket',
  ways: [
    ...named(ASKING, ['a thread that goes on, by two people, in two languages', 'a direct message in Chinese']),
    ...named(ASKING, ['the pane of the assistant']),
    ...named(COMMANDS, ['/why help, and without a word', 'cancel while it is worked on']),
    ...named(MESSAGES, ['an alert bot that is answered by itself', 'a channel where it is switched off']),
    ...named(FILES, ['a snippet, without a word']),
    ...BUTTONS.slice(0, 1),
    // From here on the support team is called, of which all who ask afterwards are told.
    ...SUPPORT,
    ...named(COMMANDS, ['/why QUESTION where the bot is, then a case by its id']),
  ],
};

function named(ways: readonly Way[], names: readonly string[]): readonly Way[] {
  return names.map((name) => {
    const way = ways.find((one) => one.name === name);
    if (!way) throw new Error(`no way is called ${name}`);
    return way;
  });
}

/** Every way to ask, by the bot and the recording that they need. */
export const SCENES: readonly Scene[] = [
  { name: 'a failed run: asking', recording: demo('failed-run'), receiver: 'socket', ways: [...ASKING, ...COMMANDS] },
  {
    name: 'a failed run: messages, files, links',
    recording: demo('failed-run'),
    receiver: 'socket',
    ways: [...MESSAGES, ...FILES, ...SPARK_LINKS],
  },
  {
    name: 'a failed run: buttons and support',
    recording: demo('failed-run'),
    receiver: 'socket',
    ways: [...BUTTONS.slice(0, 1), ...SUPPORT],
  },
  {
    name: 'a failed run, with rights',
    recording: demo('failed-run'),
    receiver: 'socket',
    access: limitedAccess,
    ways: RIGHTS,
  },
  { name: 'a slow run, over HTTP', recording: demo('slow-run'), receiver: 'http', ways: SLOW },
  {
    name: 'a failed run, over HTTP',
    recording: demo('failed-run'),
    receiver: 'http',
    ways: [...ASKING.slice(0, 1), ...COMMANDS.slice(0, 1), ...MESSAGES.slice(1, 2), ...BUTTONS],
  },
  {
    name: 'Airflow',
    recording: capture('flow-101-airflow-ad-click-user-code'),
    receiver: 'socket',
    ways: AIRFLOW_LINKS,
  },
  {
    name: 'Flink',
    recording: capture('flow-205-flink-user-exception-restart-exhausted'),
    receiver: 'socket',
    ways: FLINK_LINKS,
  },
];
