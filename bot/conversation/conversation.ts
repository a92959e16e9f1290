import { randomUUID } from 'node:crypto';
import type { Language } from '../../knowledge/bilingual.ts';
import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import type { Evidence } from '../../tools/evidence/evidence.ts';
import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import { shorten } from '../../tools/evidence/shorten.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';
import { withFiles } from '../../tools/platform/with-files.ts';
import { explainWithModel } from '../agent/answer-with-model.ts';
import type { ThreadMessage } from '../agent/case-file.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { EvidenceBook } from '../investigation/evidence-book.ts';
import { investigateWhole } from '../investigation/investigate.ts';
import type { InvestigationRequest } from '../investigation/investigation-request.ts';
import { owner } from '../investigation/others/known-owners.ts';
import { sayOthers } from '../investigation/others/pseudonyms.ts';
import { type Veil, veilOver } from '../investigation/others/veil.ts';
import { readQuestion } from '../investigation/question/read-question.ts';
import type { ChartData } from '../render/charts/chart-data.ts';
import { chartsOf } from '../render/charts/charts-of.ts';
import { answerFromCase } from './answer-from-case.ts';
import { answerHowTo } from './answer-how-to.ts';
import type { Ask } from './ask.ts';
import { askedWithFiles, questionWithFiles } from './asked-with-files.ts';
import { chooseOtherRun } from './choose-other-run.ts';
import type { Brought, ConversationMeans, Hearing } from './conversation-means.ts';
import { holdCase } from './hold-case.ts';
import { languageOfWords } from './language-of-words.ts';
import { type Meant, meantBy } from './meant-run.ts';
import type { PlainCase } from './plain-case.ts';
import { type OpenSubject, readMessage } from './read-message.ts';
import { type RememberedLook, rememberFirstLook } from './remember-first-look.ts';
import { NO_CASE, NOT_SEARCHED, NOT_UNDERSTOOD, READY, SMALL_REPLIES, unknownRun } from './small-replies.ts';
import { IN_OTHER_WORDS, tellCause } from './tell-case.ts';
import { tellingOf } from './telling-of.ts';
import type { HeldCase, Reply, Thread, Turn } from './thread.ts';

/** What was said and answered last is given to a model, cut by the case file. */
const THREAD_FOR_MODEL = 8;
const LONGEST_SAID = 4_000;

/** A conversation: turns, one open case, and everything both are rebuilt from. */
export class Conversation {
  readonly #means: ConversationMeans;
  readonly #book: EvidenceBook;
  readonly #spare: EvidenceBook;
  readonly #cases: Map<string, HeldCase>;
  #thread: Thread;
  #brought: Brought | null = null;
  #look: RememberedLook = rememberFirstLook();
  #platform: Promise<Platform> | null = null;
  #knowledge: Promise<{ base: KnowledgeBase; audience: readonly string[] }> | null = null;

  /** @param kept a conversation that was put down, to go on with */
  constructor(means: ConversationMeans, kept: PlainCase | null = null) {
    this.#means = means;
    this.#book = new EvidenceBook(kept?.cited);
    this.#spare = new EvidenceBook(kept?.spare);
    this.#cases = new Map(kept?.cases.map((held) => [held.faces.en.id, held]));
    this.#thread = kept?.thread ?? {
      schemaVersion: 1,
      id: `case_${randomUUID().replaceAll('-', '').slice(0, 10)}`,
      language: null,
      open: null,
      diagnoses: [],
      turns: [],
    };
  }

  get thread(): Thread {
    return this.#thread;
  }

  /** Everything a later process needs to go on. */
  kept(): PlainCase {
    const checked = (book: EvidenceBook) =>
      book.cited().map(({ id, evidence }) => ({ evidence, found: book.found(id) === true }));
    return {
      thread: this.#thread,
      cases: [...this.#cases.values()],
      cited: checked(this.#book),
      spare: checked(this.#spare),
    };
  }

  /** A diagnosis of this conversation in a language; null when there is none of that id. */
  diagnosis(id: string, language: Language): Diagnosis | null {
    return this.#cases.get(id)?.faces[language] ?? null;
  }

  /** What pictures of a diagnosis show. */
  charts(id: string): readonly ChartData[] {
    return this.#cases.get(id)?.charts ?? [];
  }

  /** All evidence cited so far, as a reader may see it. */
  evidence(): Diagnosis['evidence'] {
    return this.#book.entries();
  }

  /** Answers one message: every question in it, in its order. */
  async say(text: string, hearing: Hearing = {}, brought: Brought | null = null): Promise<Turn> {
    const said = text.slice(0, 1 << 20);
    this.#brought = brought;
    const platform = this.#platform ? await this.#platform : null;
    const read = readMessage(said, this.#openSubject(), platform?.now ?? Date.now());
    const asks = brought === null ? read : askedWithFiles(read, said, this.#thread.open !== null);
    const replies: Reply[] = [];
    for (const ask of asks) {
      if (ask.kind === 'in_language') this.#thread = { ...this.#thread, language: ask.language };
      const language = this.#languageOf(ask, said);
      const reply = await this.#reply(ask, language, hearing);
      replies.push({ ...reply, text: sayOthers(reply.text, language) });
    }
    const turn: Turn = {
      number: this.#thread.turns.length + 1,
      at: new Date().toISOString(),
      said: shorten(maskSecrets(said), LONGEST_SAID),
      replies,
    };
    this.#thread = { ...this.#thread, turns: [...this.#thread.turns, turn] };
    return turn;
  }

  async close(): Promise<void> {
    (await this.#knowledge)?.base.close();
    this.#knowledge = null;
  }

  async #reply(ask: Ask, language: Language, hearing: Hearing): Promise<Reply> {
    const base: Reply = {
      kind: ask.kind,
      asked: shorten(maskSecrets(ask.text), LONGEST_SAID),
      language,
      text: '',
      evidence: [],
      passages: [],
      diagnosis: null,
      author: 'analyst',
    };
    switch (ask.kind) {
      case 'greeting':
      case 'thanks':
      case 'goodbye':
      case 'forget':
      case 'act':
      case 'order':
      case 'out_of_scope':
        return { ...base, text: SMALL_REPLIES[ask.kind][language] };
      case 'how_to':
        return { ...base, ...(await this.#howTo(ask.text, language, hearing)) };
      case 'new_question':
        if (this.#means.helpOnly) return { ...base, text: this.#means.helpOnly[language] };
        return { ...base, ...(await this.#investigate(ask.text, language, hearing)) };
      case 'in_language':
        if (this.#thread.open === null || this.#means.helpOnly) return { ...base, text: READY[language] };
        return { ...base, text: IN_OTHER_WORDS[language], diagnosis: this.#thread.open };
    }
    if (this.#means.helpOnly) return { ...base, text: this.#means.helpOnly[language] };
    const held = this.#open();
    if (held === null) return { ...base, text: NO_CASE[language] };
    switch (ask.kind) {
      case 'other_run':
        return { ...base, ...(await this.#otherRun(ask, held, language, hearing)) };
      case 'look_again':
        return { ...base, ...(await this.#lookAgain(held, language, hearing)) };
      case 'compare':
      case 'with_files': {
        // An event log is a run of its own: it is what the message is about, the same run as before or another.
        if (ask.kind === 'with_files' && (this.#brought?.eventLogs.length ?? 0) > 0)
          return { ...base, ...(await this.#investigate(questionWithFiles(ask.text), language, hearing)) };
        const about = meantBy(held);
        const more = ask.kind === 'compare' && about ? { ...about, compareWith: 'last-good' as const } : about;
        return { ...base, ...(await this.#investigate(held.investigation.question.text, language, hearing, more)) };
      }
      case 'open':
        return { ...base, ...(await this.#withModel(ask.text, held, language, hearing)) };
      default:
        return this.#masked({
          ...base,
          ...answerFromCase(ask, held, language, this.#book.entries(), (piece) => this.#cite(piece)),
        });
    }
  }

  /** The id of a piece that was found at its place when the case was made; null for any other. */
  #cite(piece: Evidence): string | null {
    const known = this.#spare.found(this.#spare.cite(piece));
    if (known !== true) return null;
    const id = this.#book.cite(piece);
    this.#book.noteFound(id, true);
    return id;
  }

  async #investigate(text: string, language: Language, hearing: Hearing, about?: Meant): Promise<Partial<Reply>> {
    const { model, request: more } = this.#means;
    const brought = this.#brought ?? { attachments: this.#firstAttachments(), eventLogs: [] };
    this.#platform ??= this.#means.openPlatform(text);
    // One that cannot be opened may be there at the next question.
    const opened = await this.#platform.catch((error: unknown) => {
      this.#platform = null;
      throw error;
    });
    const platform = this.#brought ? withFiles(opened, [...brought.eventLogs, ...brought.attachments]) : opened;
    // What came with this message is in no look that was taken before.
    if (this.#brought) this.#look = rememberFirstLook();
    const knowledge = await this.#written();
    const request: InvestigationRequest = {
      ...(this.#thread.diagnoses.length === 0
        ? more
        : { ...(more?.runbooksUrl ? { runbooksUrl: more.runbooksUrl } : {}) }),
      question: text,
      platform,
      language,
      attachments: brought.attachments,
      ...(brought.eventLogs.length > 0 ? { focusOn: brought.eventLogs } : {}),
      ...(about?.compareWith ? { compareWith: about.compareWith } : {}),
      ...(knowledge ? { knowledge } : {}),
      ...(this.#means.mayRead ? { mayRead: this.#means.mayRead } : {}),
      earlier: {
        book: this.#book,
        firstLook: this.#look.firstLook,
        ...(about ? { about: { applicationId: about.applicationId, asks: about.asks } } : {}),
      },
      ...(hearing.onProgress ? { onProgress: hearing.onProgress } : {}),
      ...(hearing.onCertain ? { onCertain: hearing.onCertain } : {}),
      ...(hearing.signal ? { signal: hearing.signal } : {}),
    };
    const startedMs = performance.now();
    const whole = await investigateWhole(request);
    const { subject, about: told = [] } = whole.investigation;
    this.#thread = tellingOf(this.#thread, told);
    if (subject.kind === 'unknown_name' && this.#thread.open !== null)
      return { text: unknownRun(subject.name, subject.others)[language] };
    const held = await holdCase(whole, platform, this.#spare);
    const { id } = whole.diagnosis;
    let face = whole.diagnosis;
    if (model !== null) {
      const deadlineMs = model.limits.deadlineMs - (performance.now() - startedMs);
      face = await explainWithModel(
        whole,
        { ...request, thread: this.#messages() },
        { ...model, limits: { ...model.limits, deadlineMs } },
        hearing.onEvent ?? (() => undefined),
        hearing.signal ?? new AbortController().signal,
        this.#means.run,
      );
    }
    const charts = chartsOf(whole.investigation, face);
    this.#cases.set(id, { ...held, faces: { ...held.faces, [language]: face }, charts });
    // A run that went well beside the one in trouble does not close its case: "who is responsible?" is about the trouble.
    const aside = about?.aside === true && whole.diagnosis.outcome !== 'answered';
    // What names no run that anybody knows does not close a case either.
    const { kind } = whole.investigation.subject;
    const known = kind === 'chosen' || kind === 'thing' || whole.investigation.hasText;
    const open = this.#thread.open !== null && (aside || !known) ? this.#thread.open : id;
    this.#thread = { ...this.#thread, open, diagnoses: [...this.#thread.diagnoses, id] };
    return { diagnosis: id, evidence: face.evidence.map((entry) => entry.id), author: face.author };
  }

  async #otherRun(
    { text, applicationId }: Extract<Ask, { kind: 'other_run' }>,
    { investigation, faces }: HeldCase,
    language: Language,
    hearing: Hearing,
  ): Promise<Partial<Reply>> {
    // How that run went is asked; of one that failed, why is told all the same.
    const asks = 'status';
    if (applicationId !== null)
      return await this.#investigate(text, language, hearing, { applicationId, asks, aside: true });
    this.#platform ??= this.#means.openPlatform(text);
    const platform = await this.#platform;
    const signal = hearing.signal ?? new AbortController().signal;
    const seen = this.#look.seen() ?? (await this.#look.firstLook(platform, [], signal, investigation.question));
    const called = faces[language].subject?.name ?? null;
    const { mayRead } = this.#means;
    const shown = mayRead ? veilOver(seen, mayRead).look(seen) : seen;
    const chosen = chooseOtherRun(text, { subject: investigation.subject, called }, shown, platform.now);
    if ('none' in chosen) {
      this.#thread = tellingOf(this.#thread, chosen.told.map(owner));
      return { text: chosen.none[language] };
    }
    return await this.#investigate(text, language, hearing, { applicationId: chosen.run.id, asks, aside: true });
  }

  /** Reads anew what may have gone on since: the one follow-up that may ask the platform for the same twice. */
  async #lookAgain({ investigation, faces }: HeldCase, language: Language, hearing: Hearing): Promise<Partial<Reply>> {
    const { question, subject, end } = investigation;
    const over = end.state === 'failed' || end.state === 'killed' || end.state === 'succeeded';
    // A recording stays as it is, and so does a run that has ended.
    if (over || (await this.#platform)?.kind === 'capture') return tellCause(faces[language]);
    this.#platform = this.#means.openPlatform(question.text);
    this.#look = rememberFirstLook();
    return await this.#investigate(question.text, language, hearing, meantBy({ investigation: { subject, question } }));
  }

  /** What code does not understand, put to the model with the thread; without one what can be asked. */
  async #withModel(text: string, held: HeldCase, language: Language, hearing: Hearing): Promise<Partial<Reply>> {
    const { model } = this.#means;
    const unread = { text: NOT_UNDERSTOOD[language] };
    if (model === null) return unread;
    this.#platform ??= this.#means.openPlatform(text);
    const platform = await this.#platform;
    const question = { ...readQuestion(text, { now: platform.now }), language };
    const investigation = { ...held.investigation, question, language };
    const face = held.faces[language];
    const diagnosis: Diagnosis = { ...face, author: 'analyst', question: { text: maskSecrets(text), language } };
    const knowledge = await this.#written();
    const answered = await explainWithModel(
      { investigation, book: this.#book, diagnosis, veil: await this.#veil(platform, investigation, hearing) },
      {
        question: text,
        platform,
        language,
        attachments: [],
        thread: this.#messages(),
        ...(knowledge ? { knowledge } : {}),
        ...(hearing.onProgress ? { onProgress: hearing.onProgress } : {}),
      },
      model,
      hearing.onEvent ?? (() => undefined),
      hearing.signal ?? new AbortController().signal,
      this.#means.run,
    );
    if (answered.author !== 'agent') {
      const why = answered.skipped?.find((note) => !(face.skipped ?? []).includes(note));
      return { text: [unread.text, ...(why ? [why] : [])].join('\n') };
    }
    const said = [answered.summary, ...(answered.explanation ? [answered.explanation] : [])].join('\n');
    const known = new Set(this.#book.cited().map(({ id }) => id));
    return {
      text: said,
      evidence: [...new Set(said.match(/\be\d{1,6}\b/g) ?? [])].filter((id) => known.has(id)),
      author: 'agent',
    };
  }

  /** What keeps others' runs from a model that reads more for this asker. */
  async #veil(platform: Platform, { question }: HeldCase['investigation'], { signal }: Hearing): Promise<Veil | null> {
    const { mayRead } = this.#means;
    const ending = signal ?? new AbortController().signal;
    return mayRead
      ? veilOver(this.#look.seen() ?? (await this.#look.firstLook(platform, [], ending, question)), mayRead)
      : null;
  }

  async #howTo(text: string, language: Language, { signal }: Hearing): Promise<Partial<Reply>> {
    const knowledge = await this.#written();
    if (knowledge === null) return { text: NOT_SEARCHED[language] };
    return await answerHowTo(text, language, knowledge, signal ?? new AbortController().signal);
  }

  async #written(): Promise<{ base: KnowledgeBase; audience: readonly string[] } | null> {
    this.#knowledge ??= this.#means.openKnowledge?.() ?? null;
    return await this.#knowledge;
  }

  /** Files named when the conversation was begun belong to its first question. */
  #firstAttachments(): readonly PlatformFile[] {
    return this.#thread.diagnoses.length === 0 ? (this.#means.attachments ?? []) : [];
  }

  #open(): HeldCase | null {
    return this.#thread.open === null ? null : (this.#cases.get(this.#thread.open) ?? null);
  }

  #openSubject(): OpenSubject | null {
    const held = this.#open();
    if (held === null) return null;
    const { subject, question } = held.investigation;
    const named = subject.kind === 'chosen' ? [subject.candidate.id, ...subject.candidate.names] : [];
    return { names: new Set([...named, ...question.jobNames, ...question.applicationIds]) };
  }

  #languageOf({ text }: Ask, message: string): Language {
    if (this.#thread.language !== null) return this.#thread.language;
    if (this.#means.language !== 'auto') return this.#means.language;
    return languageOfWords([text, message]) ?? this.#thread.turns.at(-1)?.replies.at(-1)?.language ?? 'en';
  }

  #masked(reply: Reply): Reply {
    return { ...reply, text: maskSecrets(reply.text) };
  }

  /** The last turns as a model gets them: data. */
  #messages(): ThreadMessage[] {
    const messages = this.#thread.turns.flatMap(({ said, replies }): ThreadMessage[] => [
      { from: 'asker', text: said },
      { from: 'answer', text: replies.map((reply) => this.#told(reply)).join('\n') },
    ]);
    return messages.slice(-THREAD_FOR_MODEL);
  }

  #told({ text, diagnosis, language }: Reply): string {
    if (diagnosis === null) return text;
    return [text, this.diagnosis(diagnosis, language)?.summary ?? ''].filter((part) => part !== '').join('\n');
  }
}
