import { expect } from 'vitest';
import { z } from 'zod';
import type { Card } from './card.ts';
import { textLength } from './fit-card.ts';
import { SLACK_LIMITS as MOST } from './slack-limits.ts';

/*
 * What Slack takes, said once more and strictly: unknown keys, types and sizes are refused. Written from docs.slack.dev/reference
 * (blocks, block elements, composition objects, views), for the types of blocks that our cards use.
 */
const plain = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(most), emoji: z.literal(false) });
const markup = (most: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(most), verbatim: z.literal(true) });
const actionId = z
  .string()
  .regex(/^wherefore:[a-z_]+$/)
  .max(MOST.actionId);
const blockId = z.string().min(1).max(MOST.blockId).optional();

const button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plain(MOST.buttonText),
  value: z.string().min(1).max(MOST.buttonValue),
  style: z.enum(['primary', 'danger']).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(MOST.buttonUrl)
    .optional(),
});
const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  action_id: actionId,
  placeholder: plain(MOST.placeholder),
});
const option = z.strictObject({
  text: plain(MOST.optionText),
  value: z.string().min(1).max(MOST.optionValue),
});
const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  action_id: z.string().max(MOST.actionId),
  placeholder: plain(MOST.placeholder),
  option_groups: z
    .array(z.strictObject({ label: plain(MOST.optionText), options: z.array(option).min(1).max(MOST.options) }))
    .min(1)
    .max(MOST.optionGroups),
});
const typed = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: z.string().max(MOST.actionId),
  multiline: z.literal(true),
  max_length: z.number().int().min(1).max(MOST.typedText),
});

const section = z.strictObject({
  type: z.literal('section'),
  block_id: blockId,
  text: markup(MOST.sectionText),
  expand: z.literal(true).optional(),
});
const header = z.strictObject({ type: z.literal('header'), text: plain(MOST.headerText) });
const context = z.strictObject({
  type: z.literal('context'),
  elements: z.array(markup(MOST.contextText)).min(1).max(MOST.contextElements),
});
const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [button, usersSelect]))
    .min(1)
    .max(MOST.actionsElements),
});
const divider = z.strictObject({ type: z.literal('divider') });
const image = z.strictObject({
  type: z.literal('image'),
  slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/) }),
  alt_text: z.string().min(1).max(MOST.imageAlt),
  title: plain(MOST.imageTitle).optional(),
});
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z.array(z.strictObject({ type: z.literal('text'), text: z.string().min(1) })).min(1),
});
const richText = z.strictObject({ type: z.literal('rich_text'), elements: z.array(preformatted).min(1) });
const cell = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const table = z
  .strictObject({
    type: z.literal('table'),
    rows: z.array(z.array(cell).min(1).max(MOST.tableColumns)).min(1).max(MOST.tableRows),
    column_settings: z
      .array(z.strictObject({ align: z.enum(['left', 'center', 'right']), is_wrapped: z.boolean() }))
      .max(MOST.tableColumns),
  })
  .refine(({ rows }) => textLength(rows) <= MOST.tableText, 'a table holds 10,000 characters')
  .refine(({ rows }) => new Set(rows.map((row) => row.length)).size === 1, 'rows are equally long');

const block = z.discriminatedUnion('type', [section, header, context, actions, divider, image, richText, table]);

const card = z.strictObject({
  text: z.string().min(1).max(MOST.messageText),
  blocks: z
    .array(block)
    .min(1)
    .max(MOST.blocks)
    .refine((blocks) => blocks.filter(({ type }) => type === 'table').length <= MOST.tablesInMessage, 'one table')
    .refine((blocks) => textLength(blocks) <= MOST.messageBlocksText, 'too much text'),
});

const input = z.strictObject({
  type: z.literal('input'),
  block_id: z.string().min(1).max(MOST.blockId),
  optional: z.boolean(),
  label: plain(MOST.inputLabel),
  hint: plain(MOST.inputHint).optional(),
  element: z.discriminatedUnion('type', [typed, staticSelect]),
});

/** A form as Slack takes it. */
export const FORM_SCHEMA = z.strictObject({
  type: z.literal('modal'),
  callback_id: z.string().min(1).max(MOST.callbackId),
  title: plain(MOST.modalTitle),
  submit: plain(MOST.modalButton),
  close: plain(MOST.modalButton),
  private_metadata: z.string().max(MOST.privateMetadata),
  blocks: z.array(input).min(1).max(MOST.viewBlocks),
});

const ACTS_ON_SCREEN =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** What code alone builds: links to the web, and people by id. */
const BUILT = /<(?:https?:\/\/[^<>|\s]+\|[^<>|\n]*|@[UW][A-Z0-9]+)>/g;

/** Expects a card that Slack takes and in which nothing that was read acts: every text is escaped, mentions nobody, links nowhere. */
export function expectSound(given: Card, people: readonly string[] = []): void {
  card.parse(given);
  for (const { type, text } of textsOf(given)) {
    expect(text).not.toMatch(ACTS_ON_SCREEN);
    if (type !== 'mrkdwn') continue;
    const rest = text.replace(BUILT, '').replace(/^> /gm, '');
    expect(rest).not.toMatch(/[<>]/);
    expect(rest).not.toMatch(/&(?!amp;|lt;|gt;)/);
    expect(rest.replace(/`[^`\n]*`/g, '')).not.toMatch(/@(?:here|channel|everyone)\b|https?:\/\//i);
    for (const [, user = ''] of text.matchAll(/<@([^>]*)>/g)) expect(people).toContain(user);
  }
  expect(given.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)|@(?:here|channel|everyone)\b|https?:\/\//i);
}

/** Every text of a card with the type of the object it stands in. */
function textsOf(value: unknown, type = ''): { type: string; text: string }[] {
  if (typeof value === 'string') return [{ type, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && typeof value.type === 'string' ? value.type : '';
  return Object.entries(value).flatMap(([key, inner]) => (key === 'type' ? [] : textsOf(inner, own)));
}
