import { readFileSync } from 'node:fs';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, it } from 'vitest';
import { DIAGNOSE_DESCRIPTION, DIAGNOSE_INPUT, DIAGNOSE_NAME } from '../../bot/mcp/diagnose-tool.ts';
import { demoSources, inMemory } from '../../bot/mcp/mcp-fixture.ts';
import { PLATFORM_TOOLS, runbookTool } from '../../bot/mcp/offered-tools.ts';
import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import { AREAS } from '../../tools/evidence/area.ts';
import { sourceFiles } from './source-files.ts';

/** What a client's model pays for each tool's description, and for all tools with their input schemas, in tokens. */
const MAX_DESCRIPTION_TOKENS = 140;
const MAX_LIST_TOKENS = 3_300;
/** The schema of a diagnosis: clients check answers by it; few give it to a model. */
const MAX_OUTPUT_SCHEMA_TOKENS = 5_500;

const NOTHING_WRITTEN: KnowledgeBase = {
  search: async () => ({ passages: [], mode: 'keywords', notes: [] }),
  ofCodes: async () => [],
  close: () => {},
};
const OF_AREAS = [...PLATFORM_TOOLS, runbookTool(NOTHING_WRITTEN, [])];
const ALL = [
  ...OF_AREAS,
  { name: DIAGNOSE_NAME, area: null, description: DIAGNOSE_DESCRIPTION, input: DIAGNOSE_INPUT },
];

const encoder = new Tiktoken(o200k);
const tokens = (text: string) => encoder.encode(text).length;

describe('the tools offered over MCP', () => {
  it('are every tool that an area has', () => {
    const defined = sourceFiles()
      .filter((file) => file.startsWith('tools/') && !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const text = readFileSync(file, 'utf8');
        const name = /: Tool<[^\n]*(?:=|\{)[^\n]*\n(?:\s*return \{\n)?\s*name: '(\w+)'/.exec(text)?.[1];
        return name === undefined ? [] : [name];
      });
    expect(defined.length).toBeGreaterThan(8);
    expect(OF_AREAS.map(({ name }) => name).sort()).toEqual(defined.sort());
  });

  it('are named for their area, once each', () => {
    expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
    for (const { name, area } of OF_AREAS) {
      expect(name).toMatch(/^[a-z]+(?:_[a-z]+){1,3}$/);
      expect(name.split('_')[0]).toBe(area);
      expect(AREAS).toContain(area);
    }
  });

  it.each(ALL.map((tool) => [tool.name, tool] as const))(
    '%s says what it answers, when, an example, what not',
    (_, tool) => {
      const { description, input } = tool;
      expect(description).toMatch(/^(?:Answers|Tells|Finds|What|How|Which)\b[^.?]{20,}/);
      expect(description).toMatch(/\bUse it (?:when|for|first)\b/);
      expect(description).toMatch(/(?:[Ll]eaves? out|knows nothing of)\b/);
      const example = /Example: (\{.*?\})\.(?= |$)/.exec(description)?.[1] ?? '';
      expect(input.safeParse(JSON.parse(example)).error, example).toBeUndefined();
      expect(tokens(description)).toBeLessThanOrEqual(MAX_DESCRIPTION_TOKENS);
    },
  );

  it('refuse an input that does not exist', () => {
    for (const { input } of ALL) expect(input.safeParse({ no_such_input: 1 }).success).toBe(false);
  });

  it('cost a client’s model no more than is bounded', async () => {
    const client = await inMemory(await demoSources({ knowledge: NOTHING_WRITTEN }));
    const { tools } = await client.listTools();
    const costs = tools.map(({ name, description, inputSchema, outputSchema }) => ({
      name,
      tokens: tokens(JSON.stringify({ name, description, inputSchema })),
      output: outputSchema === undefined ? 0 : tokens(JSON.stringify(outputSchema)),
    }));
    const total = costs.reduce((sum, cost) => sum + cost.tokens, 0);
    const output = costs.reduce((sum, cost) => sum + cost.output, 0);
    console.log(
      [...costs.map((cost) => `${cost.tokens} ${cost.name}`), `${total} in all; output schema ${output}`].join('\n'),
    );
    expect(total).toBeLessThanOrEqual(MAX_LIST_TOKENS);
    expect(output).toBeLessThanOrEqual(MAX_OUTPUT_SCHEMA_TOKENS);
  });
});
