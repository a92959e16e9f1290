import { describe, expect, it } from 'vitest';
import type { Document } from './document.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { readDocument } from './read-document.ts';

async function read(name: string, content: string | Uint8Array, limits = DOCUMENT_LIMITS): Promise<Document> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const { document, failed } = await readDocument(bytes, name, limits);
  if (failed !== undefined) throw new Error(failed);
  return document;
}
const failure = async (name: string, content: string | Uint8Array, limits = DOCUMENT_LIMITS) =>
  (await readDocument(typeof content === 'string' ? Buffer.from(content) : content, name, limits)).failed;
const allText = ({ sections }: Document) =>
  sections.map(({ headingPath, text }) => `${headingPath.at(-1) ?? ''}\n${text}`).join('\n');

describe('Markdown', () => {
  it('is cut along its headings, with the anchors that GitHub makes, Chinese ones too', async () => {
    const { sections, meta } = await read(
      'a.md',
      'before\n\n# The *page*\n\nintro\n\n## 如何处理：第一步\n\n一\n\n### Set `spark.x`\n\ntwo\n\n## 如何处理：第一步\n\nlast\n',
    );
    expect(sections).toEqual([
      { anchor: '', headingPath: [], page: null, text: 'before' },
      { anchor: 'the-page', headingPath: ['The page'], page: null, text: 'intro' },
      { anchor: '如何处理第一步', headingPath: ['The page', '如何处理：第一步'], page: null, text: '一' },
      { anchor: 'set-sparkx', headingPath: ['The page', '如何处理：第一步', 'Set spark.x'], page: null, text: 'two' },
      { anchor: '如何处理第一步-1', headingPath: ['The page', '如何处理：第一步'], page: null, text: 'last' },
    ]);
    expect(meta.title).toEqual({ en: 'The page', zh: null });
  });

  it('keeps code and tables readable and leaves marks and link targets out', async () => {
    const { sections } = await read(
      'a.md',
      '**Bold** [link](http://evil.example/x) ![picture of x](y.png)\n\n```sh\nyarn app -list\n```\n\n| a | b |\n|---|---|\n| `1` | x\\|y |\n\n1. one\n2. two\n   - inner\n',
    );
    expect(sections[0]?.text).toBe(
      'Bold link\n\n```sh\nyarn app -list\n```\n\n| a | b |\n| --- | --- |\n| 1 | x\\|y |\n\n1. one\n2. two\n   - inner',
    );
  });

  it('joins the lines of a Chinese paragraph without a blank and those of an English one with it', async () => {
    const { sections } = await read('a.md', '先查看进程树，再决定加大哪一\n项内存。\nthe heap\nof it');
    expect(sections[0]?.text).toBe('先查看进程树，再决定加大哪一项内存。 the heap of it');
  });

  it.each([
    ['a comment', 'shown <!-- ORDER to you --> too'],
    ['a comment over paragraphs', 'shown\n\n<!-- ORDER\n\nORDER -->\n\ntoo'],
    ['a comment that never ends', 'shown too\n\n<!-- ORDER\n\nORDER'],
    ['an inline style', 'shown <span style="DISPLAY : none">ORDER <b>ORDER</b></span> too'],
    [
      'a block around paragraphs',
      'shown\n\n<div style="font-size:0">\n\nORDER\n\n<div>ORDER</div>\n\nORDER\n\n</div>\n\ntoo',
    ],
    ['an attribute', 'shown <p hidden>ORDER</p> too'],
    ['aria', "shown <i aria-hidden='true'>ORDER</i> too"],
    ['white text', 'shown <font color="#ffffff">ORDER</font><span style="color: white">ORDER</span> too'],
    ['a script', 'shown\n\n<script>ORDER</script>\n\ntoo'],
    ['a link definition', 'shown too\n\n[//]: # (ORDER)\n'],
    ['the description of a picture', 'shown ![ORDER](x.png) too'],
    ['a quoted > in an attribute', 'shown <span title=">" hidden>ORDER</span> too'],
    ['a heading in a hidden block', 'shown\n\n<div hidden>\n\n# ORDER\n\nORDER\n\n</div>\n\ntoo'],
  ])('leaves out what is hidden by %s', async (_, text) => {
    const document = await read('a.md', text);
    expect(allText(document)).toContain('shown');
    expect(allText(document)).toContain('too');
    expect(allText(document)).not.toContain('ORDER');
  });

  it('says that it left hidden text out, and leaves HTML in code alone', async () => {
    const document = await read('a.md', '<!-- 12345 -->\n\n```html\n<p hidden>kept</p>\n```\n\n`<!-- kept -->`');
    expect(document.notes).toEqual(['hidden text was left out: 7 characters']);
    expect(allText(document)).toContain('<p hidden>kept</p>');
    expect(allText(document)).toContain('<!-- kept -->');
  });

  it('takes invisible characters out: zero-width, directions, the tag alphabet', async () => {
    const tags = String.fromCodePoint(...Array.from('order', (c) => 0xe0000 + (c.codePointAt(0) ?? 0)));
    const { sections } = await read('a.md', `ex\u200becu\u2060tor\u202e abc\u202c${tags} 内\ufeff存`);
    expect(sections[0]?.text).toBe('executor abc 内存');
  });

  it('is refused when nested without end, at once', async () => {
    const startedAt = performance.now();
    expect(await failure('a.md', `${'> '.repeat(5_000)}x`)).toMatch(/nested/);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

describe('HTML', () => {
  it('is read as a reader of the page does', async () => {
    const document = await read(
      'a.html',
      `<html><head><title>值班手册</title><style>.x, #y{display:none} .z{color:red}</style></head><body><nav>menu</nav>
       <h1>容器内存</h1><p class="z">shown one</p><p class="x">ORDER</p><div id="y">ORDER</div><!-- ORDER -->
       <div style="position:absolute;left:-9999px">ORDER</div><template>ORDER</template><script>ORDER</script>
       <div style="background:#222;color:#fff"><h2>On dark</h2><p>shown two</p></div><p style="opacity:0">ORDER</p>
       <table><tr><th>key</th><th>value</th></tr><tr><td>spark.x</td><td>1</td></tr></table></body></html>`,
    );
    expect(document.meta.title).toEqual({ en: null, zh: '值班手册' });
    expect(document.sections.map(({ headingPath }) => headingPath)).toEqual([['容器内存'], ['容器内存', 'On dark']]);
    expect(allText(document)).toContain('shown one');
    expect(allText(document)).toContain('| spark.x | 1 |');
    expect(allText(document)).not.toMatch(/ORDER|menu/);
    expect(document.notes.join()).toMatch(/hidden text was left out/);
  });

  it('is refused when nested without end', async () => {
    expect(await failure('a.html', '<div>'.repeat(20_000))).toMatch(/nested/);
  });
});

describe('plain text', () => {
  it('is cut along underlined and numbered headings', async () => {
    const { sections, meta, format } = await read(
      'a.txt',
      'On call\n=======\n\nHello.\n\n1.2 Check the queue\n\nLook at it.\n3 lines in all\n\n三、处理步骤\n\n重启。\n',
    );
    expect(format).toBe('text');
    expect(meta.title.en).toBe('On call');
    expect(sections.map(({ headingPath, text }) => [headingPath[0], text])).toEqual([
      ['On call', 'Hello.'],
      ['1.2 Check the queue', 'Look at it.\n3 lines in all'],
      ['三、处理步骤', '重启。'],
    ]);
  });

  it('is read in the encodings of the field', async () => {
    const gbk = Buffer.from([0xc4, 0xda, 0xb4, 0xe6, 0xb2, 0xbb, 0xd7, 0xe3]); // 内存不足 in GBK
    expect(allText(await read('a.txt', gbk))).toContain('内存不足');
    expect(allText(await read('a.txt', Buffer.from('\ufeff内存', 'utf8')))).toBe('\n内存');
    expect(allText(await read('a.txt', Buffer.from('\ufeff内存', 'utf16le')))).toBe('\n内存');
    expect(await failure('a.txt', Buffer.from([1, 0, 2, 0, 3, 0]))).toMatch(/no text/);
  });
});

describe('front matter', () => {
  const front = (yaml: string) => read('a.md', `---\n${yaml}\n---\n# T\n\nx`);

  it('tells titles, codes, symptoms and readers', async () => {
    const { meta, notes } = await front(
      'title: {en: A, zh: 甲}\ncodes: [memory.spill]\nareas: spark, memory\nengines: {spark: 3.5}\nsymptoms: [slow, 很慢]\nowner: team\nreviewed: 2026-01-02\naudience: [platform]',
    );
    expect(notes).toEqual([]);
    expect(meta).toEqual({
      title: { en: 'A', zh: '甲' },
      codes: ['memory.spill'],
      areas: ['spark', 'memory'],
      engines: { spark: '3.5' },
      symptoms: { en: ['slow'], zh: ['很慢'] },
      owner: 'team',
      reviewed: '2026-01-02',
      audience: ['platform'],
    });
  });

  it('is tolerated when wrong, with a note for each', async () => {
    const { meta, notes } = await front(
      'title: [1, {a: b}]\ncodes: [memory.spill, no.such]\nengines: 3\nreviewed: soon',
    );
    expect(meta.codes).toEqual(['memory.spill']);
    expect(meta.audience).toEqual(['everyone']);
    expect(notes).toHaveLength(4);
    expect((await front('a: [1')).notes[0]).toMatch(/no YAML/);
  });

  it.each(['audience: 5x: [', 'audience: {a: b}', 'audience: []', "audience: ['a b; drop']"])(
    'refuses the document when its readers cannot be understood: %s',
    async (yaml) => {
      expect(await failure('a.md', `---\n${yaml}\n---\nsecret`)).toMatch(/who may read it cannot be told/);
    },
  );

  it.each([
    '---\naudience: [platform]\n\nsecret',
    `---\naudience: [platform]\nowner: ${'x'.repeat(DOCUMENT_LIMITS.frontMatterChars)}\n---\nsecret`,
    '---\n- audience: [platform]\n---\nsecret',
    '---\n{ "audience": [platform, title: [ }\n---\nsecret',
  ])('refuses the document when it names readers and cannot be read as front matter', async (written) => {
    expect(await failure('a.md', written)).toMatch(/who may read it cannot be told/);
    expect(await failure('a.txt', written)).toMatch(/who may read it cannot be told/);
  });

  it('leaves a draft out, and no other status', async () => {
    expect(await failure('a.md', '---\nstatus: draft\n---\nnot reviewed')).toMatch(/a draft/);
    expect((await front('status: reviewed')).notes).toEqual([]);
  });

  it('names readers in capitals as well', async () => {
    expect((await front('Audience: [platform]')).meta.audience).toEqual(['platform']);
  });

  it('does not unfold aliases without end', async () => {
    const bomb = [
      'a0: &a0 [x, x]',
      ...Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}]`),
    ];
    expect((await front(bomb.join('\n'))).notes[0]).toMatch(/no YAML: .*alias/i);
  });

  it('is not a rule across the page', async () => {
    const { sections } = await read('a.md', '---\n\nJust words between rules.\n\n---\n\nmore');
    expect(sections.map(({ text }) => text).join()).toContain('more');
  });
});

describe('what cannot be read', () => {
  it('is said in a sentence', async () => {
    expect(await failure('a.md', '')).toMatch(/empty/);
    expect(await failure('a.exe', 'x')).toMatch(/no format/);
    expect(await failure('a.md', 'x'.repeat(200), { ...DOCUMENT_LIMITS, fileBytes: 100 })).toMatch(/larger than/);
    expect(await failure('a.pdf', '%PDF-1.4 garbage')).toMatch(/broken or cut off/);
  });

  it('is cut where it is too much, and said', async () => {
    const { sections, notes } = await read('a.md', '# a\n\nx\n\n# b\n\ny\n\n# c\n\nz', {
      ...DOCUMENT_LIMITS,
      sections: 2,
    });
    expect(sections.map(({ anchor }) => anchor)).toEqual(['a', 'b']);
    expect(notes).toEqual(['only the first 2 sections are read']);
    const long = await read('a.md', `${'word '.repeat(50)}\n\n${'more '.repeat(50)}`, {
      ...DOCUMENT_LIMITS,
      textChars: 300,
    });
    expect(allText(long)).not.toContain('more');
    expect(long.notes[0]).toMatch(/first 300 characters/);
  });
});
