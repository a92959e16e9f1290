/** A limit of Slack: the most it takes, and where that is said. */
export interface Limit {
  most: number;
  /** Page of docs.slack.dev, or where it was measured. */
  source: string;
  /** Set where no page of Slack's says it. */
  unsure?: true;
}

const BLOCKS = 'docs.slack.dev/reference/block-kit/blocks';
const ELEMENTS = 'docs.slack.dev/reference/block-kit/block-elements';
const OBJECTS = 'docs.slack.dev/reference/block-kit/composition-objects';
const METHODS = 'docs.slack.dev/reference/methods';

/** Every figure that the double enforces. Lengths are in UTF-16 units, which never counts less than Slack does in characters. */
export const LIMITS = {
  messageBlocks: { most: 50, source: `${BLOCKS}` },
  viewBlocks: { most: 100, source: `docs.slack.dev/reference/views/modal-views` },
  messageText: {
    most: 40_000,
    source: `${METHODS}/chat.postMessage (Slack cuts longer ones; some callers see msg_too_long)`,
  },
  updateText: { most: 4000, source: `${METHODS}/chat.update (msg_too_long)` },
  ephemeralText: { most: 40_000, source: `${METHODS}/chat.postEphemeral`, unsure: true },
  attachments: { most: 100, source: `${METHODS}/chat.postMessage (too_many_attachments)` },
  blockId: { most: 255, source: `${BLOCKS}` },
  actionId: { most: 255, source: `${ELEMENTS}` },
  textObject: { most: 3000, source: `${OBJECTS}/text-object` },
  sectionText: { most: 3000, source: `${BLOCKS}/section-block` },
  sectionFields: { most: 10, source: `${BLOCKS}/section-block` },
  sectionField: { most: 2000, source: `${BLOCKS}/section-block` },
  headerText: { most: 150, source: `${BLOCKS}/header-block` },
  contextElements: { most: 10, source: `${BLOCKS}/context-block` },
  contextActions: { most: 5, source: `${BLOCKS}/context-actions-block` },
  actionsElements: { most: 25, source: `${BLOCKS}/actions-block` },
  altText: { most: 2000, source: `${BLOCKS}/image-block` },
  imageTitle: { most: 2000, source: `${BLOCKS}/image-block` },
  imageUrl: { most: 3000, source: `${BLOCKS}/image-block` },
  inputLabel: { most: 2000, source: `${BLOCKS}/input-block` },
  inputHint: { most: 2000, source: `${BLOCKS}/input-block` },
  markdownText: { most: 12_000, source: `${BLOCKS}/markdown-block (of all markdown blocks of a payload together)` },
  tableRows: { most: 100, source: `${BLOCKS}/table-block` },
  tableColumns: { most: 20, source: `${BLOCKS}/table-block` },
  dataTableRows: { most: 101, source: `${BLOCKS}/data-table-block (the header is one of them)` },
  dataTablePage: { most: 100, source: `${BLOCKS}/data-table-block` },
  alertText: { most: 200, source: `${BLOCKS}/alert-block, by docs.rs/crate/slackblocks`, unsure: true },
  cardTitle: { most: 150, source: `${BLOCKS}/card-block` },
  cardBody: { most: 200, source: `${BLOCKS}/card-block` },
  cardActions: { most: 3, source: `${BLOCKS}/card-block, by docs.rs/crate/slackblocks`, unsure: true },
  planTasks: { most: 50, source: `${BLOCKS}/plan-block`, unsure: true },
  buttonText: { most: 75, source: `${ELEMENTS}/button-element` },
  buttonValue: { most: 2000, source: `${ELEMENTS}/button-element` },
  buttonUrl: { most: 3000, source: `${ELEMENTS}/button-element` },
  accessibilityLabel: { most: 75, source: `${ELEMENTS}/button-element` },
  placeholder: { most: 150, source: `${ELEMENTS} (select menus, inputs)` },
  optionText: { most: 75, source: `${OBJECTS}/option-object` },
  optionValue: { most: 150, source: `${OBJECTS}/option-object (@slack/types says 75: keep below that)` },
  options: { most: 100, source: `${ELEMENTS}/select-menu-element` },
  optionGroups: { most: 100, source: `${OBJECTS}/option-group-object` },
  overflowOptions: { most: 5, source: `${ELEMENTS}/overflow-menu-element` },
  choices: { most: 10, source: `${ELEMENTS}/checkboxes-element, radio-button-group-element` },
  inputLength: { most: 3000, source: `${ELEMENTS}/plain-text-input-element` },
  confirmTitle: { most: 100, source: `${OBJECTS}/confirmation-dialog-object` },
  confirmText: { most: 300, source: `${OBJECTS}/confirmation-dialog-object` },
  confirmButton: { most: 30, source: `${OBJECTS}/confirmation-dialog-object` },
  viewTitle: { most: 24, source: 'docs.slack.dev/reference/views/modal-views' },
  viewSubmit: { most: 24, source: 'docs.slack.dev/reference/views/modal-views' },
  privateMetadata: { most: 3000, source: 'docs.slack.dev/reference/views/modal-views' },
  callbackId: { most: 255, source: 'docs.slack.dev/reference/views/modal-views' },
  chunkMarkdown: { most: 12_000, source: `${METHODS}/chat.appendStream (markdown_text)` },
  chunkTaskText: {
    most: 256,
    source: `${METHODS}/chat.appendStream (text of task_update and plan_update)`,
    unsure: true,
  },
  statusLoadingMessages: { most: 10, source: `${METHODS}/assistant.threads.setStatus` },
  suggestedPrompts: { most: 4, source: `${METHODS}/assistant.threads.setSuggestedPrompts` },
  metadataBytes: {
    most: 8000,
    source: `${METHODS}/chat.postMessage (metadata_too_large; the figure is not told)`,
    unsure: true,
  },
  /**
   * All blocks of a message together, `msg_blocks_too_long`: measured by others at 13,297 characters of markdown blocks alone, 125 fewer
   * with one divider more; Slack's staff: "12,000 text characters with a buffer for block containers"; 11,341 characters in many blocks
   * were refused. So each block is counted as 125 characters besides its text.
   */
  blocksTogether: { most: 13_297, source: 'github.com/slackapi/bolt-js/issues/2509 and 2867 (measured)', unsure: true },
  perBlock: { most: 125, source: 'github.com/slackapi/bolt-js/issues/2509 (measured)', unsure: true },
} as const satisfies Record<string, Limit>;
