/**
 * What Slack takes, in characters unless it says otherwise. Sources: docs.slack.dev/reference/block-kit (blocks, block elements,
 * composition objects), docs.slack.dev/reference/views, docs.slack.dev/reference/methods/chat.postMessage; the size of a table from
 * docs.slack.dev/changelog (table block: 10,000 characters over all cells).
 */
export const SLACK_LIMITS = {
  blocks: 50,
  /** Blocks of a modal. */
  viewBlocks: 100,
  sectionText: 3_000,
  headerText: 150,
  contextElements: 10,
  contextText: 3_000,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  actionId: 255,
  blockId: 255,
  optionText: 75,
  optionValue: 150,
  options: 100,
  optionGroups: 100,
  placeholder: 150,
  inputLabel: 2_000,
  inputHint: 2_000,
  typedText: 3_000,
  imageAlt: 2_000,
  imageTitle: 2_000,
  tablesInMessage: 1,
  tableRows: 100,
  tableColumns: 20,
  tableText: 10_000,
  modalTitle: 24,
  modalButton: 24,
  privateMetadata: 3_000,
  callbackId: 255,
  /** Advised for `text`; above 40,000 Slack cuts. */
  messageText: 4_000,
  promptTitle: 75,
  promptMessage: 2_000,
  prompts: 4,
  /**
   * All text of a message's blocks together. No page of Slack's names it; messages of about 13,200 characters were refused with
   * `msg_blocks_too_long` (github.com/slackapi/bolt-js/issues/2509), so that ours end before.
   */
  messageBlocksText: 12_000,
} as const;
