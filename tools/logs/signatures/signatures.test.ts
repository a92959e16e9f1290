import { describe, expect, it } from 'vitest';
import { CAUSE_CODES } from '../../../knowledge/causes/cause-codes.ts';
import { COMPLETE_STATEMENTS } from '../../../knowledge/causes/complete-statements.ts';
import { MAX_EXCERPT_BYTES } from '../../evidence/quote.ts';
import { matchSignatures } from '../match-signatures.ts';
import { ALL_CASES } from './all-cases.ts';
import { ALL_SIGNATURES, SIGNATURES } from './index.ts';
import { recordsOfCase, type SignatureCase } from './signature-case.ts';

const positives = ALL_CASES.filter((one) => one.code !== 'not this');
const nearMisses = ALL_CASES.filter((one) => one.code === 'not this');

function titled(cases: readonly SignatureCase[]): [string, SignatureCase][] {
  return cases.map((one) => [`${one.id} <- ${one.seen}: ${one.text.slice(0, 60).replaceAll('\n', ' ')}`, one]);
}

describe('each text is read as what it says', () => {
  it.each(titled(positives))('%s', (_title, one) => {
    const findings = matchSignatures(recordsOfCase(one));
    const finding = findings.find(({ rule }) => rule === one.id);
    expect(findings.map(({ rule }) => rule)).toContain(one.id);
    expect(finding?.code).toBe(one.code);
    if (one.kind) expect(finding?.kind).toBe(one.kind);
    if (one.completeStatement) expect(finding?.completeStatement).toBe(one.completeStatement);
    if (one.values) expect(finding?.values).toMatchObject(one.values);
    if (one.keys) expect(finding?.keys).toMatchObject(one.keys);
    const excerpt = finding?.evidence[0]?.excerpt ?? '';
    expect(excerpt).not.toBe('');
    expect(one.text).toContain(excerpt);
    expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(MAX_EXCERPT_BYTES);
  });
});

describe('the same words with another cause are left alone', () => {
  it.each(titled(nearMisses))('%s', (_title, one) => {
    expect(matchSignatures(recordsOfCase(one)).map(({ rule }) => rule)).not.toContain(one.id);
  });
});

describe('the list', () => {
  it('has unique ids of the form group/what-it-sees', () => {
    const ids = ALL_SIGNATURES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  it('gives readers of logs no words that only a person would write', () => {
    const ids = SIGNATURES.map(({ id }) => id);
    expect(ids).toContain('heap/java-heap-space');
    expect(ids).not.toContain('attempt/straggler-in-a-paste');
    expect(ids.filter((id) => id.startsWith('asker/'))).toEqual([]);
  });

  it('is exercised by a positive text, every signature of it', () => {
    const exercised = new Set(positives.map(({ id }) => id));
    expect(ALL_SIGNATURES.map(({ id }) => id).filter((id) => !exercised.has(id))).toEqual([]);
  });

  it('is what the texts are about: no text names a signature that does not exist', () => {
    const ids = new Set(ALL_SIGNATURES.map(({ id }) => id));
    expect(ALL_CASES.filter(({ id }) => !ids.has(id))).toEqual([]);
  });

  it('names codes of the catalogue only, and no cause for what is an echo', () => {
    for (const { id, code, echo, symptom } of ALL_SIGNATURES) {
      if (code !== null) expect(CAUSE_CODES, id).toContain(code);
      if (code === null) expect(symptom ?? echo, id).toBeDefined();
    }
  });

  it('has ranks within bounds and symptoms below every cause that names itself', () => {
    for (const { id, rank } of ALL_SIGNATURES) {
      expect(rank, id).toBeGreaterThan(0);
      expect(rank, id).toBeLessThanOrEqual(100);
    }
    const symptoms = ALL_SIGNATURES.filter(({ id, echo }) => id.startsWith('symptom/') && !echo);
    expect(Math.max(...symptoms.map(({ rank }) => rank))).toBeLessThan(30);
  });

  it('has a literal of the prefilter in every text that matches', () => {
    for (const one of positives) {
      const signature = ALL_SIGNATURES.find(({ id }) => id === one.id);
      const text = recordsOfCase(one)
        .map((record) => record.text)
        .join('\n');
      expect(
        signature?.literals.some((literal) => text.includes(literal)),
        one.text,
      ).toBe(true);
    }
  });

  it('uses literals long enough to be rare', () => {
    const frames = new Set(['\n\tat ', '\n    at ', '\n        at ', '\n  at ', '\n\t\tat ']);
    const short = ALL_SIGNATURES.flatMap(({ id, literals }) =>
      literals
        .filter((literal) => Buffer.byteLength(literal) < 6 && !frames.has(literal))
        .map((literal) => [id, literal]),
    );
    expect(short).toEqual([]);
  });

  it('speaks both languages, with the same figures', () => {
    for (const one of positives) {
      for (const { statement, rule } of matchSignatures(recordsOfCase(one))) {
        expect(statement.en.length, rule).toBeGreaterThan(10);
        expect(statement.zh, rule).toMatch(/\p{Script=Han}/u);
        expect(statement.en + statement.zh, rule).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });

  it('names complete statements of the catalogue only', () => {
    const kinds = new Set(COMPLETE_STATEMENTS.map(({ kind }) => kind));
    const named = positives.flatMap((one) =>
      matchSignatures(recordsOfCase(one)).flatMap(({ completeStatement }) => completeStatement ?? []),
    );
    expect(named.filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});
