import type { FakeFile, FakeMessage, World } from './world.ts';

/** A file object as messages and `files.info` carry it. */
export function wireFile(world: World, file: FakeFile): Record<string, unknown> {
  const ready = Date.now() >= file.readyAtMs;
  const url = `${world.origin}/files-pri/${world.team.id}-${file.id}`;
  return {
    id: file.id,
    created: file.createdSeconds,
    timestamp: file.createdSeconds,
    name: file.name,
    title: file.title,
    mimetype: ready ? file.mimetype : '',
    filetype: ready ? file.filetype : '',
    pretty_type: file.filetype,
    mode: file.mode,
    user: file.user,
    user_team: world.team.id,
    size: file.content.length,
    is_external: false,
    is_public: false,
    url_private: `${url}/${encodeURIComponent(file.name)}`,
    url_private_download: `${url}/download/${encodeURIComponent(file.name)}`,
    permalink: `https://${world.team.domain}.slack.com/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    alt_txt: file.alt,
    channels: file.channels,
    shares: {},
    file_access: 'visible',
  };
}

/** A message as Slack answers it; metadata only where it was asked for. */
export function wireMessage(world: World, message: FakeMessage, withMetadata: boolean): Record<string, unknown> {
  const { channel, files, metadata, ephemeralTo, stream, edits: _edits, ...rest } = message;
  const out: Record<string, unknown> = { ...rest, team: world.team.id };
  if (files && files.length > 0) {
    out.files = files.flatMap((id) => {
      const file = world.files.get(id);
      return file ? [wireFile(world, file)] : [];
    });
  }
  if (withMetadata && metadata) out.metadata = metadata;
  if (message.bot_id === world.bot.id) {
    out.bot_profile = {
      id: world.bot.id,
      app_id: world.app.id,
      name: world.bot.name,
      deleted: false,
      team_id: world.team.id,
    };
  }
  if (stream?.open) out.streaming_state = 'in_progress';
  if (ephemeralTo !== undefined) out.is_ephemeral = true;
  else if (message.thread_ts === message.ts) {
    const replies = (world.messages.get(channel) ?? []).filter(
      (one) => one.thread_ts === message.ts && one.ts !== message.ts && one.ephemeralTo === undefined,
    );
    out.reply_count = replies.length;
    out.reply_users = [...new Set(replies.map((one) => one.user ?? ''))];
    out.latest_reply = replies.at(-1)?.ts;
  }
  return out;
}
