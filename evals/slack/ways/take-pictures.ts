import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { FakeMessage } from '../../../bot/slack/fake-slack/world.ts';
import { previewPage, type ShownMessage } from '../preview-blocks.ts';
import type { Seen, Stage } from './stage.ts';

const run = promisify(execFile);
const PICTURE_MS = 60_000;
/** Windows that people look through: width in pixels, and the scheme. */
const LOOKS = [
  { name: 'light', width: 780, theme: 'light' },
  { name: 'dark', width: 780, theme: 'dark' },
  { name: 'phone', width: 390, theme: 'light' },
] as const;
const HEIGHT = 3_600;
const PAGE_HEIGHT = 5_000;

/** Draws what people see of conversations, and the case pages that hang in them, with headless Chromium, as PNG files in a folder. */
export async function takePictures(stage: Stage, seen: readonly Seen[], folder: string): Promise<void> {
  const room = await mkdtemp(path.join(tmpdir(), 'wherefore-pictures-'));
  try {
    for (const { title, channel, threadTs } of seen) {
      const name = title
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .slice(0, 60);
      const messages = await stage.slack.messages(channel, threadTs);
      const cards = messages.map((message) => shownMessage(stage, message));
      const pictures = await picturesOf(stage);
      for (const { name: look, width, theme } of LOOKS) {
        const page = path.join(room, `${name}-${look}.html`);
        await writeFile(page, previewPage(cards, { theme, pictures }));
        await photograph(page, path.join(folder, `${name}-${look}.png`), width, HEIGHT, false, room);
      }
      for (const file of messages.flatMap(({ files = [] }) => files))
        await photographPage(stage, file, path.join(folder, `${name}-page`), room);
    }
  } finally {
    await rm(room, { recursive: true, force: true, maxRetries: 5 });
  }
}

function shownMessage({ people, slack }: Stage, message: FakeMessage): ShownMessage {
  const names = new Map(Object.values(people).map(({ id, name }) => [id, name]));
  const said = message.text === '' ? (message.files ?? []).map((file) => `[file ${file}]`).join(' ') : message.text;
  const blocks = message.blocks ?? [{ type: 'section', text: { type: 'mrkdwn', text: said === '' ? '–' : said } }];
  // Slack shows people by their names.
  const named = JSON.stringify(blocks).replace(/<@(U[A-Z0-9]+)>/g, (_, id) => `<@${names.get(id) ?? 'wherefore'}>`);
  const isBot = message.user === slack.botUserId;
  return {
    card: { text: message.text, blocks: JSON.parse(named) },
    name: isBot ? 'Wherefore' : (names.get(message.user ?? '') ?? 'Grafana'),
    by: names.has(message.user ?? '') ? 'person' : 'app',
    alone: message.ephemeralTo !== undefined,
  };
}

/** Uploaded pictures that cards show. */
async function picturesOf({ slack }: Stage): Promise<Record<string, string>> {
  const done = await slack.calls('files.completeUploadExternal');
  const ids = done.flatMap(({ args }) => [...JSON.stringify(args).matchAll(/\bF0F[0-9A-Z]+\b/g)].map(([id]) => id));
  const held = await Promise.all(
    ids.map(async (id) => [id, `data:image/png;base64,${await slack.fileContent(id)}`] as const),
  );
  return Object.fromEntries(held);
}

async function photographPage({ slack }: Stage, file: string, target: string, room: string): Promise<void> {
  const html = Buffer.from((await slack.fileContent(file)) ?? '', 'base64');
  if (!html.subarray(0, 20).toString().toLowerCase().startsWith('<!doctype html')) return;
  const page = path.join(room, `${file}.html`);
  await writeFile(page, html);
  await photograph(page, `${target}-light.png`, 1_100, PAGE_HEIGHT, false, room);
  await photograph(page, `${target}-dark.png`, 1_100, PAGE_HEIGHT, true, room);
  await photograph(page, `${target}-phone.png`, 390, PAGE_HEIGHT, false, room);
}

async function photograph(
  page: string,
  target: string,
  width: number,
  height: number,
  dark: boolean,
  room: string,
): Promise<void> {
  await run(
    'chromium',
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      `--user-data-dir=${path.join(room, 'profile')}`,
      ...(dark ? ['--blink-settings=preferredColorScheme=0'] : []),
      `--window-size=${width},${height}`,
      `--screenshot=${target}`,
      pathToFileURL(page).href,
    ],
    { timeout: PICTURE_MS },
  );
}
