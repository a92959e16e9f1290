import { announceChange, sendEvent } from '../events.ts';
import type { Deliveries } from '../wire/deliveries.ts';
import { wireMessage } from '../wire-message.ts';
import { type FakeMessage, mintTs, type World } from '../world.ts';

/** A person presses Stop on a stream: it ends, later appends answer `stopped_by_user`, and `agent_session_stopped` is sent. */
export function announceUserStop(world: World, deliveries: Deliveries, message: FakeMessage, user: string): void {
  if (!message.stream?.open) throw new Error(`message ${message.ts} is not being streamed`);
  message.stream.open = false;
  message.stream.stoppedByUser = true;
  const ts = mintTs(world);
  void sendEvent(world, deliveries, 'agent_session_stopped', {
    type: 'agent_session_stopped',
    user,
    channel: message.channel,
    thread_ts: message.thread_ts,
    streaming_message_ts: [message.ts],
    event_ts: ts,
  });
}

/** A person edits a message of theirs. */
export function editAsPerson(world: World, deliveries: Deliveries, message: FakeMessage, text: string): void {
  const before = wireMessage(world, message, false);
  message.text = text;
  message.edits += 1;
  message.edited = { user: message.user ?? '', ts: mintTs(world) };
  announceChange(world, deliveries, message, before, false);
}
