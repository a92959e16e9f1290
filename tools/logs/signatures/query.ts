import type { Signature } from '../signature.ts';
import { present } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

/** Queries that the engine refuses as they are written, or that fail on the data they meet. */
export const QUERY_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'user-code/query-invalid',
    code: 'code.user_code',
    symptom: 'application_failed',
    literals: [
      'AnalysisException',
      'ParseException',
      'UNRESOLVED_COLUMN',
      'UNRESOLVED_ROUTINE',
      'cannot resolve',
      'PARSE_SYNTAX_ERROR',
      'DATATYPE_MISMATCH',
      'AMBIGUOUS_REFERENCE',
      'MISSING_AGGREGATION',
      'SemanticException',
      'Undefined function',
    ],
    pattern: [
      /\[(?<error>UNRESOLVED_(?:COLUMN|ROUTINE|FIELD)[\w.]{0,60}|PARSE_SYNTAX_ERROR|DATATYPE_MISMATCH[\w.]{0,60}|AMBIGUOUS_REFERENCE|MISSING_AGGREGATION|AMBIGUOUS_COLUMN\w{0,40}|COLUMN_ALREADY_EXISTS|NUM_COLUMNS_MISMATCH|WRONG_NUM_ARGS[\w.]{0,40})\][^\n]{0,300}/,
      /cannot resolve '?`?(?<error>[^\n]{1,120}?)'? given input columns/,
      /(?:AnalysisException|SemanticException|ParseException)[^\n]{0,60}(?<error>(?:Column '?\S{1,120} does not exist|Reference '\S{1,120}' is ambiguous|Undefined function|mismatched input|extraneous input|no viable alternative|Invalid table alias or column|neither present in the group by|Found duplicate column|Invalid function|due to data type mismatch)[^\n]{0,160})/,
      /ParseException: ?\n(?<error>[^\n]{1,160})/,
      /(?<error>Undefined function: [^\n]{1,120})/,
    ],
    unless: /PATH_NOT_FOUND|Path does not exist|TABLE_OR_VIEW_NOT_FOUND/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 68,
    seenIn: 'spark analyzer and parser 2.x (text) and 3.3+ (error classes), hive SemanticAnalyzer',
    say: (groups) => ({
      en: `The query itself is not valid: ${groups.error}`,
      zh: `查询语句本身不成立：${groups.error}`,
    }),
  }),
  statementSignature({
    id: 'user-code/condition-of-the-query',
    code: 'code.user_code',
    symptom: 'application_failed',
    literals: ['AnalysisException: [', 'SQLSTATE: 42', 'SQLSTATE: 0A'],
    // Class 42 of SQLSTATE is "syntax error or access rule violation", 0A "feature not supported": the statement is at fault. What
    // names a path, table, class or permission has a signature of its own, which ranks higher.
    pattern: [
      /\[(?<error>[A-Z][A-Z0-9_]{3,60}(?:\.[A-Z0-9_]{3,80})?)\] [^\n]{1,400}?SQLSTATE: (?:42|0A)\w{3}/,
      /AnalysisException: \[(?<error>[A-Z][A-Z0-9_]{3,60}(?:\.[A-Z0-9_]{3,80})?)\]/,
    ],
    unless:
      /\[(?:TABLE_OR_VIEW_NOT_FOUND|SCHEMA_NOT_FOUND|PATH_NOT_FOUND|DATA_SOURCE_NOT_FOUND|INSUFFICIENT_\w{1,40})|SQLSTATE: 42501/,
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 58,
    seenIn: 'spark error-classes.json 3.4-3.5, error-conditions.json 4.0 (which prints the SQLSTATE)',
    say: (groups) => ({
      en: `The engine refuses the query as it is written: ${groups.error}`,
      zh: `引擎拒绝了这条查询的写法：${groups.error}`,
    }),
    read: (groups) => ({ values: present({ errorClass: groups.error }) }),
  }),
  statementSignature({
    id: 'user-code/query-meets-other-data',
    code: 'code.user_code',
    symptom: 'task_failed',
    literals: [
      'SQLSTATE: 21',
      'SQLSTATE: 23',
      'SCALAR_SUBQUERY_TOO_MANY_ROWS',
      'ROW_SUBQUERY_TOO_MANY_ROWS',
      'DUPLICATED_MAP_KEY',
      'MERGE_CARDINALITY_VIOLATION',
      'more than one row returned by a subquery',
      'Duplicate map key ',
    ],
    pattern: [
      /\[(?<error>[A-Z][A-Z0-9_]{3,60}(?:\.[A-Z0-9_]{3,80})?)\] [^\n]{1,400}?SQLSTATE: (?:21|23)\w{3}/,
      /\[(?<error>SCALAR_SUBQUERY_TOO_MANY_ROWS|ROW_SUBQUERY_TOO_MANY_ROWS|DUPLICATED_MAP_KEY|MERGE_CARDINALITY_VIOLATION)\][^\n]{0,300}/,
      /(?<error>more than one row returned by a subquery used as an expression|Duplicate map key [^\n]{1,80}? was found)/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 69,
    seenIn: 'spark QueryExecutionErrors 3.0-4.x (SQLSTATE classes 21 and 23); two of them recorded on 3.5.6',
    say: (groups) => ({
      en: `The query assumes one value where the data holds several: ${groups.error}`,
      zh: `查询假定只有一个值，而数据中有多个：${groups.error}`,
    }),
    read: (groups) => ({ values: present({ errorClass: groups.error }) }),
  }),
  statementSignature({
    id: 'user-code/query-raised',
    code: 'code.user_code',
    symptom: 'task_failed',
    literals: ['USER_RAISED_EXCEPTION', '.GeneratedClass$', 'catalyst.expressions.RaiseError'],
    // Generated code throws a plain RuntimeException itself only for raise_error() and assert_true(): whatever the engine checks
    // is thrown from QueryExecutionErrors.
    pattern: [
      /\[USER_RAISED_EXCEPTION\w{0,40}\] ?(?<said>[^\n]{0,200})/,
      /RuntimeException: (?<said>[^\n]{1,300})\n\s{1,8}at org\.apache\.spark\.sql\.catalyst\.expressions\.(?:GeneratedClass\$|RaiseError\.)/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 62,
    seenIn: 'spark RaiseError 3.1-4.x (recorded on 3.5.6)',
    say: (groups) => ({
      en: `The query itself raised an error, as it is written to (raise_error, assert_true): ${groups.said}`,
      zh: `查询按自身的写法主动抛错（raise_error、assert_true）：${groups.said}`,
    }),
  }),
  statementSignature({
    id: 'user-code/implicit-cross-product',
    code: 'code.inefficient_plan',
    literals: ['implicit cartesian product', 'UNSUPPORTED_CARTESIAN', 'java.lang.StackOverflowError'],
    pattern: [
      /Detected implicit cartesian product/,
      /StackOverflowError[\s\S]{0,2500}?org\.apache\.spark\.sql\.catalyst/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 72,
    seenIn: 'spark CheckCartesianProducts 2.x-4.x; StackOverflowError in catalyst trees (plans built in loops)',
    say: {
      en: 'The plan itself is the problem: a join without a condition, or a plan grown too deep by a loop',
      zh: '问题在执行计划本身：没有条件的连接，或者循环把计划堆得过深',
    },
  }),
];
