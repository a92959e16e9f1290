import { describe, expect, it } from 'vitest';
import type { Incoming } from '../../cases/inbox/incoming.ts';
import { button, CONTEXT, command, eventBody, form, mention, message, shortcut } from './payloads-fixture.ts';
import { readDelivery } from './read-delivery.ts';

const read = (body: unknown): Incoming | null => readDelivery(body, CONTEXT);
const THREAD = '1699999000.000100';

describe('readDelivery', () => {
  it('reads a mention, told by either event, as one thing', () => {
    const told = read(mention());
    expect(told).toEqual({
      key: 'message:T1:C1:1700000000.000100',
      way: 'mention',
      place: { team: 'T1', channel: 'C1', threadTs: '1700000000.000100' },
      user: 'UANN',
      sentAtMs: 1_700_000_000_000,
      order: '1700000000.000100',
      text: 'why did the nightly job fail?',
      files: [],
      action: null,
    });
    expect(read(message({ text: '<@UBOT> why did the nightly job fail?' }))).toEqual(told);
  });

  it('keeps a mention in a thread in that thread', () => {
    expect(read(mention({ thread_ts: THREAD }))?.place.threadTs).toBe(THREAD);
  });

  it('reads follow-ups of threads, but not what is said to somebody else', () => {
    expect(read(message({ thread_ts: THREAD }))).toMatchObject({ way: 'follow_up', place: { threadTs: THREAD } });
    expect(read(message({ thread_ts: THREAD, text: '<@UBOB> is that yours?' }))).toBeNull();
    expect(read(message({ thread_ts: THREAD, subtype: 'thread_broadcast' }))?.way).toBe('follow_up');
  });

  it('leaves talk in channels alone', () => {
    expect(read(message())).toBeNull();
    expect(read(message({ thread_ts: '1700000000.000100' }))).toBeNull();
  });

  it('tells direct messages from the assistant pane by the thread', () => {
    const direct = read(message({ channel: 'D1', channel_type: 'im' }));
    expect(direct).toMatchObject({ way: 'direct', place: { channel: 'D1', threadTs: '1700000000.000100' } });
    const pane = message({
      channel: 'D1',
      channel_type: 'im',
      thread_ts: THREAD,
      assistant_thread: { action_token: 'x' },
    });
    expect(read(pane)).toMatchObject({ way: 'assistant', place: { threadTs: THREAD } });
  });

  it('reads files, and messages that are nothing but files', () => {
    const body = message({
      channel: 'D1',
      channel_type: 'im',
      text: '',
      subtype: 'file_share',
      files: [
        {
          id: 'F1',
          name: 'driver.log',
          size: 1234,
          filetype: 'text',
          mode: 'snippet',
          url_private: 'https://files.slack.example/files-pri/T1-F1/driver.log',
          url_private_download: 'https://files.slack.example/files-pri/T1-F1/download/driver.log',
        },
        { id: 'F2', mode: 'tombstone' },
        { id: 'F3' },
        'no file',
      ],
    });
    expect(read(body)?.files).toEqual([
      {
        id: 'F1',
        name: 'driver.log',
        bytes: 1234,
        url: 'https://files.slack.example/files-pri/T1-F1/download/driver.log',
        type: 'text',
      },
      { id: 'F3', name: '', bytes: 0, url: '', type: '' },
    ]);
  });

  it.each([
    ['its own message', message({ user: 'UBOT', bot_id: 'BBOT', thread_ts: THREAD })],
    ['another bot', message({ bot_id: 'BX', text: '<@UBOT> hello' })],
    ['an edit', message({ subtype: 'message_changed', message: { text: '<@UBOT> why?' }, hidden: true })],
    ['a deletion', message({ subtype: 'message_deleted', deleted_ts: '1' })],
    ['a join', message({ subtype: 'channel_join', text: '<@UBOT> has joined' })],
    ['Slackbot', message({ user: 'USLACKBOT', channel_type: 'im', channel: 'D1' })],
    ['a channel that is off', mention({ channel: 'COFF' })],
    ['a follow-up where it is off', message({ channel: 'COFF', thread_ts: THREAD })],
    ['a shortcut where it is off', shortcut({ text: 'x' }, { channel: { id: 'COFF' } })],
    ['an empty direct message', message({ channel: 'D1', channel_type: 'im', text: ' ' })],
    ['a started pane', eventBody({ type: 'assistant_thread_started', assistant_thread: {}, event_ts: '1.2' })],
    ['a foreign button', button({ action_id: 'other' })],
    ['a button that only opens a form', button({ action_id: 'wherefore:resolve' })],
    ['a foreign form', form({ callback_id: 'other' })],
    ['help', command('help')],
    ['a foreign shortcut', shortcut({ text: 'x' }, { callback_id: 'other' })],
  ])('leaves alone %s', (_what, body) => {
    expect(read(body)).toBeNull();
  });

  it('answers alert bots where the channel says so, by what their blocks show', () => {
    const alert = message({
      channel: 'CALERTS',
      subtype: 'bot_message',
      bot_id: 'BGRAF',
      user: undefined,
      text: 'fallback',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'DAG failed: daily_orders' } },
        { type: 'section', fields: [{ type: 'mrkdwn', text: '*Task*\nload &amp; check' }] },
      ],
      attachments: [
        {
          color: 'danger',
          fallback: 'DAG failed',
          title: 'Log',
          title_link: 'http://airflow.example:8080/dags/daily_orders/grid?dag_run_id=a&amp;task_id=load',
          fields: [{ title: 'Application', value: 'application_1700000000000_0042', short: true }],
        },
      ],
    });
    expect(read(alert)).toMatchObject({ way: 'alert', user: 'BGRAF', place: { threadTs: '1700000000.000100' } });
    expect(read(alert)?.text.split('\n')).toEqual([
      'fallback',
      'DAG failed: daily_orders',
      '*Task*',
      'load & check',
      'Log',
      'http://airflow.example:8080/dags/daily_orders/grid?dag_run_id=a&task_id=load',
      'Application: application_1700000000000_0042',
    ]);
    expect(read(message({ channel: 'CALERTS', bot_id: 'BX', username: 'Airflow' }))?.way).toBe('alert');
    expect(read(message({ channel: 'CALERTS', bot_id: 'BX', username: 'ci' }))).toBeNull();
    expect(read(message({ channel: 'C1', bot_id: 'BGRAF' }))).toBeNull();
    expect(read(message({ channel: 'CALERTS', bot_id: 'BGRAF', thread_ts: THREAD }))).toBeNull();
    expect(read(message({ channel: 'CALERTS', bot_id: 'BBOT', username: 'airflow' }))).toBeNull();
  });

  it.each([
    ['why did etl_daily fail?', null],
    ['case_0123456789', { name: 'show', caseId: 'case_0123456789' }],
    ['status case_0123456789', { name: 'show', caseId: 'case_0123456789' }],
    ['status', { name: 'show', caseId: null }],
    ['escalate case_0123456789', { name: 'support', caseId: 'case_0123456789' }],
    ['转人工', { name: 'support', caseId: null }],
    ['cancel', { name: 'cancel', caseId: null }],
    ['cancel culture in yarn queues', null],
  ])('reads /why %s', (text, action) => {
    const told = read(command(text));
    expect(told).toMatchObject({
      key: 'command:1700.1700.abcdef',
      way: 'command',
      place: { team: 'T1', channel: 'C1', threadTs: null },
      user: 'UANN',
      order: '1700000500.000000',
      text,
    });
    if (action === null) expect(told?.action).toBeNull();
    else expect(told?.action).toMatchObject(action);
  });

  it('reads the shortcut on a message of anybody, with the files of that message', () => {
    const told = read(shortcut({ bot_id: 'BX', attachments: [{ text: 'Job failed' }], files: [{ id: 'F1' }] }));
    expect(told).toMatchObject({
      key: 'shortcut:T1:C1:1700000000.000100:1700000100.123456',
      way: 'shortcut',
      place: { team: 'T1', channel: 'C1', threadTs: '1700000000.000100' },
      user: 'UANN',
      text: 'Job failed',
      files: [{ id: 'F1' }],
    });
    expect(read(shortcut({ thread_ts: THREAD, text: 'x' }))?.place.threadTs).toBe(THREAD);
  });

  it('reads buttons with what they are about', () => {
    expect(read(button({}))).toMatchObject({
      key: 'button:T1:C1:1700000200.000100:1700000300.123456:UANN',
      way: 'button',
      place: { team: 'T1', channel: 'C1', threadTs: '1700000000.000100' },
      action: {
        name: 'support',
        caseId: 'case_0123456789',
        diagnosis: 'inv_0123456789',
        input: {},
        messageTs: '1700000200.000100',
      },
    });
    expect(read(button({ action_id: 'wherefore:cancel', value: '- -' }))?.action).toMatchObject({
      name: 'cancel',
      caseId: null,
      diagnosis: null,
    });
    expect(read(button({ action_id: 'wherefore:evidence', value: 'case_0123456789 - 10' }))?.action?.input).toEqual({
      from: '10',
    });
  });

  it('reads whom a hand-off is given to from a menu of people', () => {
    const chosen = {
      action_id: 'wherefore:reassign',
      type: 'users_select',
      value: undefined,
      selected_user: 'UBOB',
      block_id: 'wherefore:case_0123456789 inv_0123456789',
    };
    expect(read(button(chosen))?.action).toMatchObject({
      name: 'reassign',
      caseId: 'case_0123456789',
      diagnosis: 'inv_0123456789',
      input: { assignee: 'UBOB' },
    });
  });

  it('reads forms: known fields, masked, about what opened them', () => {
    expect(read(form())).toMatchObject({
      key: 'form:V1:1700000300.abcdef',
      way: 'form',
      place: { team: 'T1', channel: 'CSUP', threadTs: '1700000000.000100' },
      user: 'USUP',
      action: {
        name: 'resolve',
        caseId: 'case_0123456789',
        diagnosis: 'inv_0123456789',
        input: { fixedBy: 'raised the limit, password=‹masked›', code: 'kernel.memcg_oom' },
        messageTs: '1700000200.000100',
      },
    });
  });

  it.each([
    'escalate',
    'Ask support!',
    '找人工',
    '转人工。',
    'please escalate',
    'cancel',
    '取消',
    'escalate case_0123456789',
  ])('takes "%s" in a thread for the button it stands for', (text) => {
    const action = read(message({ thread_ts: THREAD, text }))?.action;
    expect(action?.name).toBe(/cancel|取消/.test(text) ? 'cancel' : 'support');
    expect(action?.caseId).toBe(text.includes('case_') ? 'case_0123456789' : null);
  });

  it('takes a longer sentence with such a word for a question', () => {
    expect(read(message({ thread_ts: THREAD, text: 'why did the scheduler cancel my job?' }))?.action).toBeNull();
  });

  it('takes Slack’s own stop button for a cancel', () => {
    const stopped = eventBody({
      type: 'agent_session_stopped',
      channel: 'D1',
      user: 'UANN',
      thread_ts: THREAD,
      streaming_message_ts: ['1700000000.000200'],
      event_ts: '1700000001.000000',
    });
    expect(read(stopped)).toMatchObject({ place: { channel: 'D1', threadTs: THREAD }, action: { name: 'cancel' } });
  });

  it('gives every redelivery the same key and content', () => {
    for (const body of [
      mention(),
      message({ thread_ts: THREAD }),
      command('why?'),
      shortcut({ text: 'x' }),
      button({}),
      form(),
    ]) {
      const later = readDelivery(
        { ...body, event_id: 'Ev2', event_time: 1_700_000_400, retry_attempt: 1 },
        { ...CONTEXT, nowMs: CONTEXT.nowMs + 60_000 },
      );
      expect(later?.key).toBe(read(body)?.key);
      expect(later?.text).toBe(read(body)?.text);
    }
  });

  it('makes nothing of what is malformed, and never throws', () => {
    const bodies = [
      mention(),
      message({ thread_ts: THREAD }),
      command('why?'),
      shortcut({ text: 'x' }),
      button({}),
      form(),
    ];
    const wrong: unknown[] = [null, undefined, 1, 'x', [], {}, { event: null }, { event: { type: 'message' } }];
    for (const body of bodies)
      for (const spoilt of spoiled(body)) {
        expect(() => read(spoilt)).not.toThrow();
        const told = read(spoilt);
        if (told !== null) expect(typeof told.key).toBe('string');
      }
    for (const body of wrong) expect(read(body)).toBeNull();
    expect(read(message({ thread_ts: THREAD, channel: 'C1/../C2' }))).toBeNull();
    expect(read(message({ thread_ts: THREAD, ts: 'now' }))).toBeNull();
  });
});

/** The body with each of its fields, at any depth, replaced by something of another kind. */
function spoiled(body: Record<string, unknown>): unknown[] {
  const others = [null, 7, '', [], {}, 'x'.repeat(5_000)];
  const made: unknown[] = [];
  const walk = (node: unknown, put: (value: unknown) => unknown) => {
    for (const other of others) made.push(put(other));
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node))
      walk(value, (changed) =>
        put(Array.isArray(node) ? node.with(Number(key), changed) : { ...node, [key]: changed }),
      );
  };
  walk(body, (value) => value);
  return made;
}
