import type { FakeMessage, World } from './world.ts';

function textOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return '';
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(' | ');
  const held = value as Record<string, unknown>;
  if (typeof held.text === 'string') return held.text;
  if (held.text !== undefined) return textOf(held.text);
  return textOf(held.elements ?? held.fields ?? held.rows ?? []);
}

/** One block as a line or a few: what a person reads of it. */
function blockLines(block: Record<string, unknown>): string[] {
  const own = ((): string => {
    switch (block.type) {
      case 'divider':
        return '---';
      case 'image':
        return `[image: ${String(block.alt_text)}]`;
      case 'actions':
        return (block.elements as Record<string, unknown>[])
          .map((one) => `[${textOf(one) || String(one.type)}]`)
          .join(' ');
      case 'table':
      case 'data_table':
        return (block.rows as unknown[]).map(textOf).join('\n');
      case 'plan':
      case 'task_card':
        return `${String(block.title)}${block.status ? ` (${String(block.status)})` : ''}`;
      case 'context_actions':
        return '[feedback]';
      default:
        return [textOf(block.text), textOf(block.fields), textOf(block.elements)].filter(Boolean).join('\n');
    }
  })();
  const beside = block.accessory as Record<string, unknown> | undefined;
  return `${own}${beside ? ` [${textOf(beside) || String(beside.alt_text ?? beside.type)}]` : ''}`.split('\n');
}

/** Who speaks, and with what mark. */
function speaker(world: World, message: FakeMessage): string {
  const name = world.users.get(message.user ?? '')?.name ?? message.bot_id ?? '?';
  const marks = [
    message.ephemeralTo === undefined
      ? ''
      : ` (only to ${world.users.get(message.ephemeralTo)?.name ?? message.ephemeralTo})`,
    message.edits > 0 ? ` (edited ${message.edits}×)` : '',
    message.stream ? (message.stream.open ? ' (streaming)' : ' (streamed)') : '',
  ];
  return name + marks.join('');
}

/** A thread or channel as text: who said what, blocks as a person reads them. */
export function transcript(world: World, messages: readonly FakeMessage[]): string {
  return messages
    .map((message) => {
      const body =
        message.blocks && message.blocks.length > 0 ? message.blocks.flatMap(blockLines) : message.text.split('\n');
      const tasks = (message.stream?.chunks ?? [])
        .filter((chunk) => chunk.type === 'task_update')
        .map((chunk) => `- ${String(chunk.title)} (${String(chunk.status)})`);
      // An edit makes the text what notifications show.
      const streamed =
        message.stream && message.blocks && message.edits === 0 ? message.text.split('\n').filter(Boolean) : [];
      const files = (message.files ?? []).map((id) => `[file: ${world.files.get(id)?.name ?? id}]`);
      const lines = [...tasks, ...streamed, ...body, ...files].filter((line) => line !== '');
      return [`${speaker(world, message)}:`, ...lines.map((line) => `  ${line}`)].join('\n');
    })
    .join('\n');
}
