import { z } from 'zod';
import {
  accessory,
  actionElement,
  buttonElement,
  contextActionElement,
  imageElement,
  inputElement,
} from './elements.ts';
import { LIMITS } from './limits.ts';
import { richText } from './rich-text.ts';
import { anyText, blockId, imageFields, mrkdwn, ONE_SOURCE, oneSource, plain, webUrl } from './texts.ts';

const L = LIMITS;

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: anyText(L.sectionText.most).optional(),
    fields: z.array(anyText(L.sectionField.most)).min(1).max(L.sectionFields.most).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((one) => one.text !== undefined || one.fields !== undefined, 'missing required field: text or fields');
const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plain(L.headerText.most) });
const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });
const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [plain(L.textObject.most), mrkdwn(L.textObject.most), imageElement]))
    .min(1)
    .max(L.contextElements.most),
});
const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(actionElement).min(1).max(L.actionsElements.most),
});
const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: blockId,
  elements: z.array(contextActionElement).min(1).max(L.contextActions.most),
});
const image = z
  .strictObject({
    type: z.literal('image'),
    block_id: blockId,
    title: plain(L.imageTitle.most).optional(),
    ...imageFields,
  })
  .refine(oneSource, ONE_SOURCE);
const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plain(L.inputLabel.most),
  hint: plain(L.inputHint.most).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
});
const markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id: blockId,
  text: z.string().min(1).max(L.markdownText.most),
});
const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) }),
  richText,
]);
const table = z.strictObject({
  type: z.literal('table'),
  block_id: blockId,
  rows: z.array(z.array(cell).min(1).max(L.tableColumns.most)).min(1).max(L.tableRows.most),
  column_settings: z
    .array(
      z
        .strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() })
        .nullable(),
    )
    .max(L.tableColumns.most)
    .optional(),
});
const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id: blockId,
    caption: z.string().min(1),
    rows: z.array(z.array(cell).min(1).max(L.tableColumns.most)).min(2).max(L.dataTableRows.most),
    page_size: z.number().int().min(1).max(L.dataTablePage.most).optional(),
    row_header_column_index: z.number().int().min(0).optional(),
  })
  .refine(
    ({ rows }) => rows.every((row) => row.length === rows[0]?.length),
    'all rows must have the same number of cells',
  )
  .refine(
    ({ rows }) => rows[0]?.every((one) => one.type !== 'rich_text') ?? false,
    'rich_text is not allowed in the header',
  );
const alert = z.strictObject({
  type: z.literal('alert'),
  block_id: blockId,
  text: anyText(L.alertText.most),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});
const card = z.strictObject({
  type: z.literal('card'),
  block_id: blockId,
  hero_image: imageElement.optional(),
  icon: imageElement.optional(),
  title: mrkdwn(L.cardTitle.most).optional(),
  subtitle: mrkdwn(L.cardTitle.most).optional(),
  body: mrkdwn(L.cardBody.most).optional(),
  actions: z.array(buttonElement).max(L.cardActions.most).optional(),
});
const task = {
  block_id: blockId,
  task_id: z.string().min(1),
  title: z.string().min(1),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url: webUrl, text: z.string().min(1) })).optional(),
};
const taskCard = z.strictObject({ type: z.literal('task_card'), ...task });
const plan = z.strictObject({
  type: z.literal('plan'),
  block_id: blockId,
  title: z.string().min(1),
  tasks: z
    .array(z.strictObject({ type: z.literal('task_card').optional(), ...task }))
    .max(L.planTasks.most)
    .optional(),
});

/** Blocks that messages may hold. Not known here: `carousel`, `container`, `video`, `file`, charts. */
export const messageBlock = z.discriminatedUnion('type', [
  section,
  header,
  divider,
  context,
  actions,
  contextActions,
  image,
  input,
  markdown,
  richText,
  table,
  dataTable,
  alert,
  card,
  taskCard,
  plan,
]);

/** Blocks that modals and home tabs may hold (each block's page, "Available in surfaces"). */
export const viewBlock = z.discriminatedUnion('type', [
  section,
  header,
  divider,
  context,
  actions,
  image,
  input,
  richText,
  alert,
]);
