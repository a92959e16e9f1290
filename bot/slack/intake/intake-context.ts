import type { Incoming } from '../../cases/inbox/incoming.ts';
import type { ChannelPolicies } from '../channel-policy.ts';

/** Who the bot is in the workspace of its token, as `auth.test` says. */
export interface Self {
  /** `T…`. One token is one workspace: places are of it, whatever workspace a guest of a shared channel comes from. */
  team: string;
  /** `U…`, what people mention. */
  botUserId: string;
  /** `B…`, what its own messages carry. */
  botId: string;
  /** Begins the addresses of messages: `https://team.slack.com/`. */
  workspaceUrl?: string;
}

/** What a reader knows besides the delivery. */
export interface IntakeContext {
  self: Self;
  channels: ChannelPolicies;
  /** When it arrived, milliseconds since the epoch: for what carries no time of its own. */
  nowMs: number;
}

/** Reads one way in; null: the delivery is nothing for it, or is malformed. Never throws. */
export type DeliveryReader = (body: unknown, context: IntakeContext) => Incoming | null;
