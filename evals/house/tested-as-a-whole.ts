/**
 * Rooms whose files work only together: they are tested through the room's own tests and not one by one. A file of any other room
 * has its test beside it. Each entry says why; a file that no test of its room reaches is refused all the same.
 */
export const TESTED_AS_A_WHOLE: Readonly<Record<string, string>> = {
  'knowledge/causes': 'entries of one catalogue: catalogue.test.ts holds every entry to the same rules',
  'knowledge/documents': 'readers of one document each: read-document.test.ts and read-pdf.test.ts read whole ones',
  'knowledge/ingestion': 'steps from a folder to an index: index-writer.test.ts goes all of them',
  'knowledge/retrieval':
    'steps of one search: search-passages.test.ts and poisoned-documents.test.ts go all of them; evals/retrieval measures it',
  'tools/cache': 'readers of one cache: the recorded incidents read whole clusters, each rule has its test beside it',
  'tools/evidence': 'words that areas share: what computes has its own test',
  'tools/host': 'parsers of one kernel log: its parts are read together, on recorded logs',
  'tools/host/collector': 'parts of one small server: node-collector.test.ts asks it over HTTP',
  'tools/kubernetes': 'readers of one cluster: kubernetes-read-pods.test.ts reads a whole one, each rule has its test',
  'tools/logs': 'steps of one pass over a log: read-log.test.ts reads real logs through all of them',
  'tools/logs/signatures': 'each signature has its texts in the .cases.ts beside it',
  'tools/memory': 'gathers what rules judge: memory-read-host.test.ts reads whole hosts',
  'tools/metrics': 'two sources behind one interface: metrics-of-platform.test.ts asks both',
  'tools/platform': 'a backend: the contract suite runs on the whole',
  'tools/shuffle': 'readers of one service: recorded-incidents.test.ts reads whole clusters, each rule has its test',
  'tools/spark': 'sources: the contract suite runs on the whole',
  'tools/spark/event-log':
    'steps of one pass over an event log: read-event-log.test.ts and collectors.test.ts drive them',
  'tools/spark/history': 'one answer each: history-source.test.ts reads whole histories',
  'tools/storage': 'gathers what rules judge: storage-read-host.test.ts reads whole hosts',
  'tools/yarn': 'parsers of one cluster: read-yarn-facts.test.ts and the recorded incidents read whole clusters',
  'bot/agent/chat-server': 'parts of one scripted server: chat-server.test.ts asks it over HTTP',
  'bot/agent': 'the way of one answer with a model: answer-with-model.test.ts goes it against a scripted server',
  'bot/agent/injection': 'parts of one trial: injection.test.ts runs every idea in every dress',
  'bot/agent/reply-gate': 'parts of one judgement: honest and hostile replies go through the whole of it',
  'bot/conversation':
    'answers to follow-ups: conversation.test.ts holds whole threads, read-message.test.ts what is wanted',
  'bot/investigation': 'the way from a question to an answer: look.test.ts goes it as a whole',
  'bot/investigation/comparison': 'parts of one comparison: compare-runs.test.ts and the recorded pairs',
  'bot/investigation/comparison/rules':
    'what rules share; a rule has its test beside it (rules-and-signatures.test.ts)',
  'bot/investigation/joining': 'parts of one ranking: rank-hypotheses.test.ts and look.test.ts',
  'bot/investigation/ledger': 'steps of one sweep over time: book-time.test.ts and its properties drive them',
  'bot/investigation/others': 'parts of one veil: veil.test.ts draws it over a recorded cluster',
  'bot/investigation/question': 'lists of words and what reads them: read-question.test.ts reads real questions',
  'bot/investigation/subject': 'parts of one choice: choose-subject.test.ts',
  'bot/investigation/thing': 'answers about a host, a queue or a cluster: look-at-thing.test.ts asks for each',
  'bot/investigation/what-if': 'parts of one replay: what-if.test.ts',
  'bot/mcp': 'parts of one server: mcp-server.test.ts and serve-http.test.ts ask it as clients do',
  'bot/terminal': 'parts of one command line: run-command-line.test.ts runs it whole',
};

/** Files that a test of another room reaches, with that test. */
export const TESTED_FROM: Readonly<Record<string, string>> = {
  'bot/access/case-access.ts': 'bot/access/viewer.test.ts',
  'bot/access/ownership-of.ts': 'evals/access/reads-across-owners.test.ts',
  'bot/agent/agent-failure.ts': 'bot/agent/run-agent.test.ts',
  'bot/agent/agent-loop.ts': 'bot/agent/run-agent.test.ts',
  'bot/agent/run-book.ts': 'bot/agent/run-agent.test.ts',
  'bot/agent/guards/schema-problems.ts': 'bot/agent/guards/safe-tools.test.ts',
  'bot/agent/guards/watch-wire.ts': 'bot/agent/guards/call-model.test.ts',
  'bot/agent/guards/what-is-left.ts': 'bot/agent/guards/budget.test.ts',
  'bot/configured-platform.ts': 'bot/terminal/doctor-command.test.ts',
  'bot/open-knowledge.ts': 'bot/terminal/search-command.test.ts',
  'bot/render/passage-of.ts': 'bot/render/html.test.ts',
  'bot/investigation/gate/without-unproven.ts': 'bot/investigation/gate/pass-gate.test.ts',
  'bot/render/html-style.ts': 'bot/render/html.test.ts',
  'bot/investigation/comparison/slower-than-usual.ts': 'bot/investigation/look.test.ts',
  'bot/investigation/thing/look-at-cluster.ts': 'bot/investigation/thing/look-at-thing.test.ts',
  'bot/investigation/thing/look-at-data.ts': 'bot/investigation/thing/look-at-thing.test.ts',
  'bot/investigation/thing/look-at-host.ts': 'bot/investigation/thing/look-at-thing.test.ts',
  'bot/investigation/subject/signs-of-life.ts': 'bot/investigation/look.test.ts',
  'knowledge/embeddings/embedder.ts': 'knowledge/embeddings/embed-texts.test.ts',
  'knowledge/ingestion/check-documents.ts': 'bot/terminal/index-command.test.ts',
  'knowledge/ingestion/dead-links.ts': 'bot/terminal/index-command.test.ts',
  'knowledge/retrieval/open-built-in.ts': 'bot/terminal/search-command.test.ts',
  'evals/retrieval/labelled-question.ts': 'evals/retrieval/read-questions.test.ts',
  'knowledge/provenance.ts': 'knowledge/causes/catalogue.test.ts',
  'tools/evidence/finding.ts': 'tools/logs/match-signatures.test.ts',
  'tools/host/map-bounded.ts': 'tools/memory/memory-read-host.test.ts',
  'tools/host/read-groups.ts': 'tools/memory/memory-read-host.test.ts',
  'tools/host/read-host-files.ts': 'tools/memory/memory-read-host.test.ts',
  'tools/cache/rules/index.ts': 'tools/cache/recorded-incidents.test.ts',
  'tools/kubernetes/rules/index.ts': 'tools/kubernetes/judge-kubernetes.test.ts',
  'tools/memory/rules/index.ts': 'tools/memory/memory-read-host.test.ts',
  'tools/shuffle/rules/index.ts': 'tools/shuffle/recorded-incidents.test.ts',
  'tools/storage/damage-facts.ts': 'tools/storage/rules/damage-follows-kernel.test.ts',
  'tools/storage/judge-damage.ts': 'tools/storage/rules/damage-follows-kernel.test.ts',
  'tools/storage/rules/index.ts': 'tools/storage/storage-read-host.test.ts',
  'tools/platform/extra-files.ts': 'bot/investigation/subject/given-event-logs.test.ts',
  'tools/platform/read-files.ts': 'bot/terminal/capture-command.test.ts',
  'tools/platform/live-platform.ts': 'bot/terminal/doctor-command.test.ts',
  'tools/platform/spool-stream.ts': 'bot/terminal/ask-command.test.ts',
  'tools/platform/with-files.ts': 'bot/terminal/ask-command.test.ts',
};

/** Folders whose files are tested from another folder: the one above, or the command that they serve. */
export const TESTED_FROM_ABOVE: Readonly<Record<string, string>> = {
  'bot/capture': 'bot/terminal/capture-command.test.ts',
  'knowledge/causes/settings': 'knowledge/causes/settings.test.ts',
  'tools/spark/history': 'tools/spark/history-source.test.ts',
};

/** Files that are started by hand or by a process of their own, and hold nothing that another file imports. */
export const STARTED: Readonly<Record<string, string>> = {
  'knowledge/ingestion/document-reader-thread.ts': 'the thread of document-readers.ts',
  'knowledge/ingestion/update-index-child.ts': 'the process that kill-in-the-middle.test.ts kills',
  'bot/terminal/main.ts': 'starts the command line; .ci/run starts it',
  'evals/incidents/': 'npm run eval: a measurement whose targets fail by themselves',
  'evals/access/': 'npm run eval:access: a measurement whose targets fail by themselves; a part runs in its test',
  'evals/bench/': 'npm run bench: a measurement',
  'evals/lab/': 'node evals/lab/main.ts starts real services by hand; what it plans is tested in lab-plan.test.ts',
  'evals/retrieval/main.ts': 'npm run eval:retrieval: a measurement whose targets fail by themselves',
  'evals/house/': 'tests of the house and what they read it with',
};
