import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** Text that Slack renders as it is. */
export function plain(most: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(most),
    emoji: z.boolean().optional(),
  });
}

/** Text in Slack's own markup. */
export function mrkdwn(most: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(most),
    verbatim: z.boolean().optional(),
  });
}

/** Either of them. */
export function anyText(most: number) {
  return z.discriminatedUnion('type', [plain(most), mrkdwn(most)]);
}

export const blockId = z.string().min(1).max(LIMITS.blockId.most).optional();
export const actionId = z.string().min(1).max(LIMITS.actionId.most).optional();

/** An address that Slack fetches or opens; `data:` and others are refused. */
export const webUrl = z
  .string()
  .max(LIMITS.imageUrl.most)
  .regex(/^https?:\/\/[^\s]+$/, 'invalid URL');

export const confirm = z
  .strictObject({
    title: plain(LIMITS.confirmTitle.most),
    text: anyText(LIMITS.confirmText.most),
    confirm: plain(LIMITS.confirmButton.most),
    deny: plain(LIMITS.confirmButton.most),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();

export const imageFields = {
  alt_text: z.string().min(1).max(LIMITS.altText.most),
  image_url: webUrl.optional(),
  slack_file: z
    .strictObject({
      id: z
        .string()
        .regex(/^F[A-Z0-9]{8,}$/, 'input must match regex pattern: ^[F][A-Z0-9]{8,}$')
        .optional(),
      url: webUrl.optional(),
    })
    .refine((file) => (file.id === undefined) !== (file.url === undefined), 'provide either id or url')
    .optional(),
};

/** An image stands at exactly one place. */
export function oneSource(image: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined);
}

export const ONE_SOURCE = 'provide either image_url or slack_file';
