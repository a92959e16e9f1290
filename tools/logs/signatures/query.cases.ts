import type { SignatureCase } from './signature-case.ts';

export const QUERY_CASES: readonly SignatureCase[] = [
  {
    id: 'user-code/query-invalid',
    code: 'code.user_code',
    seen: 'typed from spark 3.4+',
    text: 'pyspark.errors.exceptions.captured.AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `uid` cannot be resolved. Did you mean one of the following? [`user_id`]',
  },
  {
    id: 'user-code/query-invalid',
    code: 'code.user_code',
    seen: 'typed from spark 2.x',
    text: 'Exception in thread "main" org.apache.spark.sql.AnalysisException: cannot resolve \'`uid`\' given input columns: [user_id]; line 1 pos 7',
  },
  {
    id: 'user-code/query-invalid',
    code: 'code.user_code',
    seen: 'typed from spark parser 2.x-3.2',
    text: 'Exception in thread "main" org.apache.spark.sql.catalyst.parser.ParseException: \nmismatched input \'form\' expecting <EOF>(line 1, pos 9)',
  },
  {
    id: 'user-code/query-invalid',
    code: 'not this',
    seen: 'near miss: the input is not there',
    text: 'pyspark.errors.exceptions.captured.AnalysisException: [PATH_NOT_FOUND] Path does not exist: hdfs://ns1/x.',
  },
  {
    id: 'user-code/implicit-cross-product',
    code: 'code.inefficient_plan',
    seen: 'typed from spark 2.x CheckCartesianProducts',
    text: 'Exception in thread "main" org.apache.spark.sql.AnalysisException: Detected implicit cartesian product for INNER join between logical plans',
  },
  {
    id: 'user-code/implicit-cross-product',
    code: 'code.inefficient_plan',
    seen: 'typed from spark: a plan built in a loop',
    text: 'Exception in thread "main" java.lang.StackOverflowError\n\tat org.apache.spark.sql.catalyst.trees.TreeNode.mapChildren(TreeNode.scala:400)',
  },
  {
    id: 'user-code/condition-of-the-query',
    code: 'code.user_code',
    seen: 'recorded: Spark 4.0.1, a union of tables with different numbers of columns',
    text: 'pyspark.errors.exceptions.captured.AnalysisException: [NUM_COLUMNS_MISMATCH_OF_A_LATER_VERSION] UNION can only be performed on inputs with the same number of columns, but the first input has 2 columns and the second input has 1 columns. SQLSTATE: 42826;',
    values: { errorClass: 'NUM_COLUMNS_MISMATCH_OF_A_LATER_VERSION' },
  },
  {
    id: 'user-code/condition-of-the-query',
    code: 'not this',
    seen: 'near miss: a table that is not there is not the fault of the query',
    text: 'org.apache.spark.sql.AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table or view `dw`.`t` cannot be found. SQLSTATE: 42P01;',
  },
  {
    id: 'user-code/query-meets-other-data',
    code: 'code.user_code',
    seen: 'recorded: Spark 3.5.6, a scalar subquery that returns many rows',
    text: 'org.apache.spark.SparkException: [SCALAR_SUBQUERY_TOO_MANY_ROWS] More than one row returned by a subquery used as an expression.\n\tat org.apache.spark.sql.errors.QueryExecutionErrors$.multipleRowScalarSubqueryError(QueryExecutionErrors.scala:2410)',
    values: { errorClass: 'SCALAR_SUBQUERY_TOO_MANY_ROWS' },
  },
  {
    id: 'user-code/query-meets-other-data',
    code: 'code.user_code',
    seen: 'recorded: Spark 3.5.6, map_from_arrays with a key twice',
    text: 'org.apache.spark.SparkRuntimeException: [DUPLICATED_MAP_KEY] Duplicate map key a was found, please check the input data. If you want to remove the duplicated keys, you can set "spark.sql.mapKeyDedupPolicy" to "LAST_WIN" so that the key inserted at last takes precedence.',
  },
  {
    id: 'user-code/query-meets-other-data',
    code: 'not this',
    seen: 'near miss: a division by zero is not about several values',
    text: 'org.apache.spark.SparkArithmeticException: [DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. SQLSTATE: 22012',
  },
  {
    id: 'user-code/query-raised',
    code: 'code.user_code',
    seen: 'recorded: Spark 3.5.6, raise_error() in a projection',
    text: 'java.lang.RuntimeException: amount must not be negative: order 66\n\tat org.apache.spark.sql.catalyst.expressions.GeneratedClass$GeneratedIteratorForCodegenStage1.project_doConsume_0$(Unknown Source)\n\tat org.apache.spark.sql.execution.BufferedRowIterator.hasNext(BufferedRowIterator.java:43)',
  },
  {
    id: 'user-code/query-raised',
    code: 'not this',
    seen: 'near miss: the engine called by generated code throws',
    text: 'java.lang.RuntimeException: Error while encoding\n\tat org.apache.spark.sql.errors.QueryExecutionErrors$.expressionEncodingError(QueryExecutionErrors.scala:1)\n\tat org.apache.spark.sql.catalyst.expressions.GeneratedClass$SpecificUnsafeProjection.apply(Unknown Source)',
  },
];
