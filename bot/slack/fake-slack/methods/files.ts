import { fileKind } from '../file-kind.ts';
import { checkMessageBlocks } from '../limits/check-blocks.ts';
import { byBot, post } from '../post.ts';
import { SlackError } from '../slack-error.ts';
import { wireFile } from '../wire-message.ts';
import { type FakeFile, mintId, type World } from '../world.ts';
import { threadOf, writableChannel } from './channel-of.ts';
import { json, type Method, needed, text } from './method.ts';

function fileOf(world: World, id: string): FakeFile {
  const file = world.files.get(id);
  if (!file) throw new SlackError('file_not_found');
  return file;
}

/** Files: docs.slack.dev/messaging/working-with-files, "Uploading files". */
export const FILE_METHODS: readonly Method[] = [
  {
    name: 'files.getUploadURLExternal',
    token: 'bot',
    scopes: ['files:write'],
    tier: 4,
    run({ world, args }) {
      const name = needed(args, 'filename');
      const length = Number(needed(args, 'length'));
      if (!Number.isInteger(length) || length < 1) throw new SlackError('invalid_arguments');
      const id = mintId(world, 'F');
      world.files.set(id, {
        id,
        name,
        title: name,
        alt: text(args, 'alt_txt'),
        ...fileKind(name),
        content: Buffer.alloc(0),
        announcedBytes: length,
        user: world.bot.userId,
        createdSeconds: Math.floor(Date.now() / 1000),
        channels: [],
        complete: false,
        readyAtMs: 0,
      });
      return { upload_url: `${world.origin}/upload/${id}`, file_id: id };
    },
  },
  {
    name: 'files.completeUploadExternal',
    token: 'bot',
    scopes: ['files:write'],
    tier: 4,
    run({ world, args, deliveries }) {
      const listed = json(args, 'files', 'invalid_arguments');
      if (!Array.isArray(listed) || listed.length === 0) throw new SlackError('invalid_arguments');
      const given = listed as { id?: string; title?: string }[];
      const files = given.map((one) => fileOf(world, String(one.id)));
      for (const file of files) {
        if (file.complete || file.content.length !== file.announcedBytes) throw new SlackError('file_not_found');
      }
      const named = text(args, 'channel_id');
      const channel = named === '' ? null : writableChannel(world, { channel: named });
      const thread = channel === null ? null : threadOf(world, channel, args);
      const blocks = json(args, 'blocks', 'invalid_blocks_format');
      const checked = blocks === undefined ? undefined : checkMessageBlocks(world, blocks);
      for (const [at, file] of files.entries()) {
        file.complete = true;
        file.readyAtMs = Date.now() + world.options.fileReadyAfterMs;
        file.title = given[at]?.title ?? file.name;
        if (channel) file.channels.push(channel.id);
      }
      if (channel) {
        const share = (): unknown =>
          post(world, deliveries, {
            ...byBot(world),
            channel: channel.id,
            text: text(args, 'initial_comment'),
            files: files.map(({ id }) => id),
            ...(checked ? { blocks: checked } : {}),
            ...(thread === null ? {} : { thread_ts: thread }),
          });
        if (world.options.fileReadyAfterMs > 0) setTimeout(share, world.options.fileReadyAfterMs).unref();
        else share();
      }
      return { files: files.map((file) => wireFile(world, file)) };
    },
  },
  {
    name: 'files.info',
    token: 'bot',
    scopes: ['files:read'],
    tier: 4,
    run({ world, args }) {
      const file = fileOf(world, needed(args, 'file', 'file_not_found'));
      if (!file.complete) throw new SlackError('file_not_found');
      return { file: wireFile(world, file), comments: [], response_metadata: { next_cursor: '' } };
    },
  },
  {
    name: 'files.delete',
    token: 'bot',
    scopes: ['files:write'],
    tier: 3,
    run({ world, args }) {
      const file = fileOf(world, needed(args, 'file', 'file_not_found'));
      if (file.user !== world.bot.userId) throw new SlackError('cant_delete_file');
      world.files.delete(file.id);
      return {};
    },
  },
];
