import { describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../options.ts';
import { SlackError } from '../slack-error.ts';
import { newWorld } from '../world.ts';
import { checkMessageBlocks, checkViewBlocks } from './check-blocks.ts';
import { LIMITS } from './limits.ts';

const world = newWorld(DEFAULT_OPTIONS);
for (const [id, mimetype] of [
  ['F0IMAGE00', 'image/png'],
  ['F0TEXT000', 'text/plain'],
] as const) {
  world.files.set(id, {
    id,
    name: id,
    title: id,
    alt: '',
    mimetype,
    filetype: '',
    mode: 'hosted',
    content: Buffer.from('x'),
    announcedBytes: 1,
    user: world.bot.userId,
    createdSeconds: 0,
    channels: [],
    complete: true,
    readyAtMs: 0,
  });
}

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const button = (more: object = {}) => ({ type: 'button', text: plain(2), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const cell = { type: 'raw_text', text: 'c' };
const table = (rows: number, columns: number) => ({
  type: 'table',
  rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => cell)),
});
const option = (more: object = {}) => ({ text: plain(3), value: 'v', ...more });
const select = (options: object[]) => ({ type: 'static_select', action_id: 's', options });

/** What Slack would say: the error's name and the first message. */
function refused(blocks: unknown, check = checkMessageBlocks): string {
  try {
    check(world, blocks);
    return 'ok';
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const metadata = error.extra.response_metadata as { messages?: string[] } | undefined;
    return `${error.error} ${metadata?.messages?.[0] ?? ''}`.trim();
  }
}

describe('blocks of a message', () => {
  it('takes what fits exactly', () => {
    expect(
      refused([
        { type: 'section', text: mrkdwn(3000), expand: true },
        { type: 'section', fields: Array.from({ length: 2 }, () => mrkdwn(2000)), accessory: button() },
        { type: 'header', text: plain(150) },
        { type: 'context', elements: Array.from({ length: 10 }, () => mrkdwn(10)) },
        actions(...Array.from({ length: 25 }, (_, at) => button({ action_id: `a${at}`, value: 'v'.repeat(2000) }))),
        actions(select(Array.from({ length: 100 }, () => option({ value: 'v'.repeat(150) })))),
        { type: 'image', alt_text: 'x'.repeat(2000), slack_file: { id: 'F0IMAGE00' } },
        { type: 'image', alt_text: 'x', image_url: 'http://example.com/a.png' },
        rich({ type: 'text', text: 'bold', style: { bold: true } }, { type: 'link', url: 'https://example.com' }),
        table(100, 2),
      ]),
    ).toBe('ok');
    expect(refused(Array.from({ length: 50 }, () => ({ type: 'divider' })))).toBe('ok');
  });

  it.each([
    [
      '51 blocks',
      Array.from({ length: 51 }, () => ({ type: 'divider' })),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    [
      'long section',
      [{ type: 'section', text: mrkdwn(3001) }],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'empty text',
      [{ type: 'section', text: mrkdwn(0) }],
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['bare section', [{ type: 'section' }], 'missing required field: text or fields [json-pointer:/blocks/0]'],
    [
      'long field',
      [{ type: 'section', fields: [mrkdwn(2001)] }],
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
    ],
    [
      '11 fields',
      [{ type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn(1)) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    ['markup in a header', [{ type: 'header', text: mrkdwn(5) }], 'json-pointer:/blocks/0/text/type'],
    ['long header', [{ type: 'header', text: plain(151) }], 'must be less than 151 characters'],
    [
      '11 in a context',
      [{ type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn(1)) }],
      'no more than 10 items allowed',
    ],
    [
      '26 buttons',
      [actions(...Array.from({ length: 26 }, () => button()))],
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    ['long button', [actions(button({ text: plain(76) }))], 'must be less than 76 characters'],
    [
      'long value',
      [actions(button({ value: 'v'.repeat(2001) }))],
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'number as value',
      [actions(button({ value: 7 }))],
      'must provide an string [json-pointer:/blocks/0/elements/0/value]',
    ],
    ['unknown style', [actions(button({ style: 'huge' }))], 'json-pointer:/blocks/0/elements/0/style'],
    [
      'unknown field',
      [{ type: 'divider', color: 'red' }],
      'invalid additional property: color [json-pointer:/blocks/0]',
    ],
    ['unknown block', [{ type: 'blink' }], 'unsupported type [json-pointer:/blocks/0/type]'],
    ['unknown element', [actions({ type: 'slider' })], 'unsupported type [json-pointer:/blocks/0/elements/0/type]'],
    ['one action twice', [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))], 'action_id already exists'],
    [
      'one block_id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      'block_id already exists [json-pointer:/blocks/1/block_id]',
    ],
    ['long block_id', [{ type: 'divider', block_id: 'a'.repeat(256) }], 'must be less than 256 characters'],
    ['no alt text', [{ type: 'image', slack_file: { id: 'F0IMAGE00' } }], 'missing required field: alt_text'],
    [
      'two sources',
      [{ type: 'image', alt_text: 'a', image_url: 'https://a.b/c', slack_file: { id: 'F0IMAGE00' } }],
      'provide either image_url or slack_file',
    ],
    [
      'data URL',
      [{ type: 'image', alt_text: 'a', image_url: 'data:image/png;base64,AA==' }],
      'invalid URL [json-pointer:/blocks/0/image_url]',
    ],
    [
      'file that is no image',
      [{ type: 'image', alt_text: 'a', slack_file: { id: 'F0TEXT000' } }],
      'invalid slack file [json-pointer:/blocks/0/slack_file]',
    ],
    [
      'file that is not there',
      [{ type: 'context', elements: [{ type: 'image', alt_text: 'a', slack_file: { id: 'F0NONE000' } }] }],
      'invalid slack file',
    ],
    [
      'a link as id',
      [{ type: 'image', alt_text: 'a', slack_file: { id: 'https://x.y/F1' } }],
      'input must match regex pattern',
    ],
    ['101 options', [actions(select(Array.from({ length: 101 }, () => option())))], 'no more than 100 items allowed'],
    ['no options', [actions({ type: 'static_select', action_id: 's' })], 'provide either options or option_groups'],
    ['long option value', [actions(select([option({ value: 'v'.repeat(151) })]))], 'must be less than 151 characters'],
    ['101 rows', [table(101, 1)], 'no more than 100 items allowed [json-pointer:/blocks/0/rows]'],
    ['21 columns', [table(1, 21)], 'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]'],
    ['empty cell', [{ type: 'table', rows: [[{ type: 'raw_text', text: '' }]] }], 'must be more than 0 characters'],
    ['unknown rich text', [rich({ type: 'blink', text: 'x' })], 'unsupported type'],
    ['empty rich text', [rich({ type: 'text', text: '' })], 'must be more than 0 characters'],
    ['text below the root', [{ type: 'rich_text', elements: [{ type: 'text', text: 'x' }] }], 'unsupported type'],
  ])('refuses %s', (_, blocks, message) => {
    const said = refused(blocks);
    expect(said).toMatch(/^invalid_blocks \[ERROR\] /);
    expect(said).toContain(message);
  });

  it('bounds what stands together', () => {
    expect(refused([table(1, 1), table(1, 1)])).toBe('invalid_attachments [ERROR] only_one_table_allowed');
    const markdown = (length: number) => ({ type: 'markdown', text: 'x'.repeat(length) });
    expect(refused([markdown(12_000)])).toBe('ok');
    expect(refused([markdown(6000), markdown(6001)])).toMatch(/^msg_blocks_too_long/);
    expect(refused(Array.from({ length: 4 }, () => ({ type: 'section', text: mrkdwn(3000) })))).toBe('ok');
    expect(refused(Array.from({ length: 5 }, () => ({ type: 'section', text: mrkdwn(3000) })))).toBe(
      'msg_blocks_too_long',
    );
    expect(refused('no list')).toBe('invalid_blocks_format');
  });

  it('gives ids to those without', () => {
    const [first] = checkMessageBlocks(world, [actions(button())]);
    expect(first).toMatchObject({ block_id: expect.any(String), elements: [{ action_id: expect.any(String) }] });
  });
});

describe('blocks of a view', () => {
  it('takes 100 and inputs, but nothing that only messages hold', () => {
    const input = { type: 'input', label: plain(5), element: { type: 'plain_text_input', action_id: 'i' } };
    expect(refused([input, ...Array.from({ length: 99 }, () => ({ type: 'divider' }))], checkViewBlocks)).toBe('ok');
    expect(
      refused(
        Array.from({ length: 101 }, () => ({ type: 'divider' })),
        checkViewBlocks,
      ),
    ).toContain('no more than 100 items');
    expect(refused([table(1, 1)], checkViewBlocks)).toBe(
      'invalid_arguments [ERROR] unsupported type [json-pointer:/view/blocks/0/type]',
    );
  });
});

describe('the table of limits', () => {
  it('says of each where it is from', () => {
    for (const [name, limit] of Object.entries(LIMITS)) expect([name, limit.source.length > 10]).toEqual([name, true]);
  });
});
