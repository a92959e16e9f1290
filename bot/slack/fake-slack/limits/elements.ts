import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { actionId, anyText, confirm, imageFields, ONE_SOURCE, oneSource, plain } from './texts.ts';

const L = LIMITS;
const focus = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plain(L.placeholder.most).optional() };
const dispatch = {
  dispatch_action_config: z.strictObject({ trigger_actions_on: z.array(z.string()).min(1) }).optional(),
};

const option = z.strictObject({
  text: anyText(L.optionText.most),
  value: z.string().min(1).max(L.optionValue.most),
  description: anyText(L.optionText.most).optional(),
  url: z.string().max(L.buttonUrl.most).optional(),
});
const menuOption = option.extend({ text: plain(L.optionText.most), description: plain(L.optionText.most).optional() });
const menuOptions = z.array(menuOption).min(1).max(L.options.most);
const menu = {
  action_id: actionId,
  ...placeholder,
  ...focus,
  confirm,
  options: menuOptions.optional(),
  option_groups: z
    .array(z.strictObject({ label: plain(L.optionText.most), options: menuOptions }))
    .min(1)
    .max(L.optionGroups.most)
    .optional(),
};

function oneOfOptions(select: { options?: unknown; option_groups?: unknown }): boolean {
  return (select.options === undefined) !== (select.option_groups === undefined);
}
const ONE_OF_OPTIONS = 'provide either options or option_groups';

const button = z.strictObject({
  type: z.literal('button'),
  text: plain(L.buttonText.most),
  action_id: actionId,
  url: z.string().max(L.buttonUrl.most).optional(),
  value: z.string().max(L.buttonValue.most).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm,
  accessibility_label: z.string().max(L.accessibilityLabel.most).optional(),
});
const staticSelect = z
  .strictObject({ type: z.literal('static_select'), ...menu, initial_option: menuOption.optional() })
  .refine(oneOfOptions, ONE_OF_OPTIONS);
const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...menu,
    initial_options: menuOptions.optional(),
    max_selected_items: z.number().int().min(1).optional(),
  })
  .refine(oneOfOptions, ONE_OF_OPTIONS);
const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  action_id: actionId,
  ...placeholder,
  ...focus,
  confirm,
  initial_user: z.string().optional(),
});
const channelSelect = z.strictObject({
  type: z.enum(['conversations_select', 'channels_select']),
  action_id: actionId,
  ...placeholder,
  ...focus,
  confirm,
  initial_conversation: z.string().optional(),
  initial_channel: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: z.record(z.string(), z.unknown()).optional(),
});
const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  options: z.array(menuOption).min(1).max(L.overflowOptions.most),
  confirm,
});
const choice = { action_id: actionId, options: z.array(option).min(1).max(L.choices.most), ...focus, confirm };
const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...choice,
  initial_options: z.array(option).min(1).optional(),
});
const radioButtons = z.strictObject({ type: z.literal('radio_buttons'), ...choice, initial_option: option.optional() });
const datePicker = z.strictObject({
  type: z.enum(['datepicker', 'timepicker', 'datetimepicker']),
  action_id: actionId,
  ...placeholder,
  ...focus,
  confirm,
  initial_date: z.string().optional(),
  initial_time: z.string().optional(),
  initial_date_time: z.number().optional(),
  timezone: z.string().optional(),
});
const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: actionId,
  initial_value: z.string().max(L.inputLength.most).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(L.inputLength.most).optional(),
  max_length: z.number().int().min(1).max(L.inputLength.most).optional(),
  ...placeholder,
  ...focus,
  ...dispatch,
});
const otherInput = z.strictObject({
  type: z.enum(['email_text_input', 'url_text_input', 'number_input']),
  action_id: actionId,
  initial_value: z.string().optional(),
  is_decimal_allowed: z.boolean().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
  ...placeholder,
  ...focus,
  ...dispatch,
});

export const imageElement = z.strictObject({ type: z.literal('image'), ...imageFields }).refine(oneSource, ONE_SOURCE);

const feedbackButton = z.strictObject({
  text: plain(L.buttonText.most),
  value: z.string().max(L.buttonValue.most),
  accessibility_label: z.string().max(L.accessibilityLabel.most).optional(),
});
const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: actionId,
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});
const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  action_id: actionId,
  icon: z.literal('trash'),
  text: plain(L.buttonText.most),
  value: z.string().max(L.buttonValue.most).optional(),
  confirm,
  accessibility_label: z.string().max(L.accessibilityLabel.most).optional(),
  visible_to_user_ids: z.array(z.string()).optional(),
});

const interactive = [
  button,
  staticSelect,
  multiStaticSelect,
  usersSelect,
  channelSelect,
  overflow,
  checkboxes,
  radioButtons,
  datePicker,
] as const;

/** What may stand in an `actions` block. */
export const actionElement = z.discriminatedUnion('type', [...interactive]);
/** What may stand beside the text of a section. */
export const accessory = z.discriminatedUnion('type', [...interactive, imageElement]);
/** What may stand in an `input` block. */
export const inputElement = z.discriminatedUnion('type', [
  textInput,
  otherInput,
  staticSelect,
  multiStaticSelect,
  usersSelect,
  channelSelect,
  checkboxes,
  radioButtons,
  datePicker,
]);
/** What may stand in a `context_actions` block. */
export const contextActionElement = z.discriminatedUnion('type', [feedbackButtons, iconButton]);
/** A button alone, as cards hold them. */
export const buttonElement = button;
