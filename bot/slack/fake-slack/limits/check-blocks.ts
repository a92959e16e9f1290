import { z } from 'zod';
import { SlackError } from '../slack-error.ts';
import type { World } from '../world.ts';
import { messageBlock, viewBlock } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { slackMessages } from './slack-messages.ts';

const messageBlocks = z.array(messageBlock).max(LIMITS.messageBlocks.most);
const viewBlocks = z.array(viewBlock).max(LIMITS.viewBlocks.most);

/** Blocks as they are kept: each with an id. */
export type Blocks = Record<string, unknown>[];

function refuse(error: string, messages: string[]): never {
  throw new SlackError(error, {
    errors: messages.map((one) => one.replace('[ERROR] ', '')),
    response_metadata: { messages },
  });
}

/** Every object in a value with its place, the outermost first. */
function* objects(value: unknown, place: string): Generator<[Record<string, unknown>, string]> {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) yield [value as Record<string, unknown>, place];
  for (const [key, inner] of Object.entries(value)) yield* objects(inner, `${place}/${key}`);
}

/** Characters of all texts in a value. */
function textLength(value: unknown): number {
  let sum = 0;
  for (const [object] of objects(value, '')) if (typeof object.text === 'string') sum += object.text.length;
  return sum;
}

function checkFiles(world: World, blocks: Blocks, root: string): void {
  for (const [object, place] of objects(blocks, root)) {
    const named = object.slack_file as { id?: string; url?: string } | undefined;
    if (named === undefined) continue;
    const file =
      named.id === undefined
        ? [...world.files.values()].find((one) => named.url?.includes(`-${one.id}/`))
        : world.files.get(named.id);
    if (!file?.complete || !file.mimetype.startsWith('image/') || Date.now() < file.readyAtMs) {
      refuse('invalid_blocks', [`[ERROR] invalid slack file [json-pointer:${place}/slack_file]`]);
    }
  }
}

function checkUnique(blocks: Blocks, root: string): void {
  const seen = new Set<unknown>();
  for (const [at, { block_id: id }] of blocks.entries()) {
    if (id === undefined) continue;
    if (seen.has(id))
      refuse('invalid_blocks', [`[ERROR] block_id already exists [json-pointer:${root}/${at}/block_id]`]);
    seen.add(id);
  }
  for (const [at, block] of blocks.entries()) {
    const actions = [...objects(block, '')].map(([one]) => one.action_id).filter((id) => id !== undefined);
    if (new Set(actions).size < actions.length)
      refuse('invalid_blocks', [`[ERROR] action_id already exists [json-pointer:${root}/${at}]`]);
  }
}

function checkTogether(blocks: Blocks): void {
  const tables = blocks.filter(({ type }) => type === 'table' || type === 'data_table');
  if (tables.length > 1) refuse('invalid_attachments', ['[ERROR] only_one_table_allowed']);
  const markdown = blocks.filter(({ type }) => type === 'markdown');
  if (textLength(markdown) > LIMITS.markdownText.most)
    refuse('msg_blocks_too_long', [`[ERROR] markdown blocks hold more than ${LIMITS.markdownText.most} characters`]);
  // The first block is in the measured figure.
  const cost = textLength(blocks) + LIMITS.perBlock.most * (blocks.length - 1);
  if (cost > LIMITS.blocksTogether.most) throw new SlackError('msg_blocks_too_long');
}

/**
 * Checks blocks of a message and gives those their ids that have none.
 *
 * @throws SlackError `invalid_blocks` with the places, `invalid_blocks_format`, `msg_blocks_too_long`, `invalid_attachments`
 */
export function checkMessageBlocks(world: World, value: unknown): Blocks {
  if (!Array.isArray(value)) throw new SlackError('invalid_blocks_format');
  const parsed = messageBlocks.safeParse(value, { reportInput: true });
  if (!parsed.success) refuse('invalid_blocks', slackMessages(parsed.error, '/blocks'));
  const blocks = parsed.data as unknown as Blocks;
  checkUnique(blocks, '/blocks');
  checkFiles(world, blocks, '/blocks');
  checkTogether(blocks);
  return named(world, blocks);
}

/** The same for a modal or home tab. */
export function checkViewBlocks(world: World, value: unknown): Blocks {
  const parsed = viewBlocks.safeParse(value, { reportInput: true });
  if (!parsed.success) refuse('invalid_arguments', slackMessages(parsed.error, '/view/blocks'));
  const blocks = parsed.data as unknown as Blocks;
  checkUnique(blocks, '/view/blocks');
  checkFiles(world, blocks, '/view/blocks');
  return named(world, blocks);
}

function named(world: World, blocks: Blocks): Blocks {
  return blocks.map((block) => {
    const withIds: Record<string, unknown> = { ...block, block_id: block.block_id ?? short(world) };
    if (Array.isArray(block.elements) && (block.type === 'actions' || block.type === 'context_actions'))
      withIds.elements = block.elements.map((one: Record<string, unknown>) => ({
        ...one,
        action_id: one.action_id ?? short(world),
      }));
    return withIds;
  });
}

function short(world: World): string {
  world.counter += 1;
  return `b${world.counter.toString(36)}`;
}
