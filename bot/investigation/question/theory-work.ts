import type { TheoryEntry } from './theory-entry.ts';

/** Ideas about the job itself: data, skew, code, dependencies, settings, changes. */
export const WORK_THEORIES: readonly TheoryEntry[] = [
  // What stayed the same, as the asker says.
  {
    code: 'config.changed',
    polarity: 'denies',
    names:
      /nothing (?:has |was |is )?(?:been )?chang\w*|(?:did not|didn'?t|have not|haven'?t|has not|never|not) (?:been )?chang\w* any\w*|no(?:body| one) (?:has )?(?:changed|touched)|\bno (?:code |config )?changes? (?:on|in|from|by|were|made)\b|same (?:code|config\w*|settings|parameters|version)|(?:code|config\w*|settings) (?:is |are |was )?(?:the same|unchanged|identical)|(?:代码|参数|配置|脚本)[^,，。]{0,8}(?:没|未|都没|没有)(?:有)?(?:动|改|变)|什么都没(?:动|改|变)/i,
  },
  {
    code: 'data.input_grew',
    polarity: 'denies',
    names:
      /\bsame (?:data|input|data volume|volume|size|rows|amount)|\b(?:data|input|inputs|volume|size|rows|orders|traffic|records)\b[^,.?!]{0,16}\b(?:the same|same size|is same|identical|unchanged|as before|as usual|did not (?:grow|change|increase)|didn'?t (?:grow|change|increase)|not (?:grow|grown|larger|bigger|more))|(?:数据量?|输入|流量|订单|行数)[^,，。]{0,8}(?:没变|没涨|没增|没有变|没变化|一样|不变|差不多)/i,
  },
  {
    code: 'code.inefficient_plan',
    polarity: 'denies',
    names:
      /\b(?:only|just|small|harmless|minor) [^,.?!]{0,16}refactor\w*|refactor\w* [^,.?!]{0,20}\b(?:only|just|nothing)\b|只是[^,，。]{0,10}重构/i,
  },
  // What changed.
  {
    code: 'data.input_grew',
    stated: true,
    names:
      /\b(?:data|input|volume|rows|orders|traffic|clicks|records)\b[^,.?!]{0,16}\b(?:grew|grown|doubled|tripled|increased|exploded|larger|bigger|more than (?:usual|before))|more data\b|(?:数据量?|输入|流量|订单|行数)[^,，。]{0,6}(?:变大|变多|涨|增长|翻倍|多了|暴增|太大)/i,
  },
  {
    code: 'code.engine_upgrade',
    stated: true,
    names:
      /\bupgrad\w*|(?<!logistic |linear |ridge |lasso )\bregressions?\b|new version|(?:moved|migrated|switched) (?:over )?to (?:spark|hadoop|flink|hive) ?\d|升级|新版本/i,
  },
  {
    code: 'config.changed',
    stated: true,
    names:
      /only change|\b(?:did |has |have )?(?:some|any)(?:one|body) chang\w+|(?:我们|他们|有人|平台|运维|刚|昨天|昨晚)[^,，。？?]{0,24}(?:关了|关掉|打开|改成|改为|调成|调大|调小|换成)|\b(?:we|they|ops|i|some(?:one|body)|admin\w*) (?:have |has |just |only |recently )?(?:turned (?:off|on)|switched (?:off|on|to)|disabled|enabled|changed|rolled out|moved|migrated) (?:the |our |some )?[\w .-]{2,40}|(?:配置|参数)(?:被)?(?:人)?(?:改|变)了|谁(?:改|动)了?(?:配置|参数)|刚(?:改|上线|发布)/i,
  },
  // Shape of the data.
  {
    code: 'skew.partition_sizing',
    names:
      /skew\w* (?:input )?splits?|\binput splits?\b|too (?:many|few) (?:partitions|tasks)|partition (?:size|number|count)|\bparallelism\b|分区(?:数|太|过)|并行度/i,
  },
  { code: 'skew.join_key', names: /\bskew\w*|hot keys?|heavy keys?|data imbalance|倾斜|热点/i },
  { code: 'data.small_files', names: /small files|too many files|小文件|文件(?:数)?(?:太|过)多/i },
  {
    code: 'data.file_changed',
    names:
      /\bfiles? (?:were |was |got |being |have been )?(?:changed|replaced|deleted|overwritten|rewritten)|文件被(?:改|删|覆盖|替换)/i,
  },
  { code: 'data.schema_mismatch', names: /\bschema\b|column types?|字段类型|类型不(?:一致|匹配|对)/i },
  {
    code: 'data.parse_error',
    names:
      /(?:bad|dirty|malformed|broken) (?:data|records?|rows?|lines?)|pars(?:e|ing) (?:error|problem)|脏数据|坏数据|解析/i,
  },
  {
    code: 'data.corrupt_file',
    names:
      /corrupt\w* (?:file|parquet|data|input)|(?:file|parquet|data)s? (?:is |are |got )?corrupt\w*|(?:文件|数据)损坏|坏文件/i,
  },
  {
    code: 'data.input_missing',
    names:
      /missing (?:input|partition|data)|\b(?:input|partition|data)\b.{0,12}(?:\bmissing|not there|\blate\b|absent)|upstream.{0,18}(?:\blate\b|missing|not ready|not finished)|分区(?:缺|没|不存在)|上游(?:没|未|晚|延迟|还没)|数据(?:没|还没)(?:到|产出|来|准备)|数据不全|缺数据/i,
  },
  // Dependencies and settings.
  {
    code: 'dependency.version_conflict',
    names:
      /versions? (?:mismatch|conflict|incompatib\w*)|(?:dependency|library|libraries|jars?|guava)\b.{0,12}(?:conflict|mismatch)|版本(?:不一致|不匹配|冲突|不对|不兼容)|(?:jar ?包?|依赖)冲突/i,
  },
  {
    code: 'dependency.class_missing',
    names:
      /missing (?:jar|class|dependency|dependencies)|\b(?:jar|class)(?:es|s)?\b.{0,10}(?:missing|not found)|缺(?:少|了)?\s?(?:jar|类|依赖)/i,
  },
  { code: 'dependency.python_env', names: /python (?:version|env\w*|packages?)|\bconda\b|virtualenv|python 环境/i },
  {
    code: 'config.wrong_path_or_endpoint',
    names: /wrong (?:path|address|endpoint|port|host|url|master)|(?:地址|路径|端口)(?:配|写|填)?(?:错|不对)/i,
  },
  {
    code: 'config.resource_setting',
    names:
      /\b(?:settings?|config\w*|parameters?|options?)\b.{0,16}(?:\bwrong|problem|too (?:small|low|high|big)|incorrect|有问题)|(?:参数|配置).{0,8}(?:问题|不对|不合理|太小|太大|设错)|restart setting|heap too (?:large|big)/i,
  },
  // Code.
  {
    code: 'code.inefficient_plan',
    names: /refactor\w*|重构|(?:bad|wrong|different) (?:plan|join)|cartesian|cross join|笛卡尔|执行计划/i,
    stated: true,
  },
  {
    code: 'code.user_code',
    names:
      /(?:is|was) it (?:our|my) (?:code|dag|job|script|fault)|(?:our|my) (?:code|script|udf)(?:'s)?\b.{0,12}(?:bug|wrong|broken|fault|problem)|(?:代码|脚本)(?:有|的)?(?:问题|bug)/i,
  },
  { code: 'code.native_crash', names: /segfault\w*|segmentation fault|core dump\w*|native crash/i },
  { code: null, names: /dead-?lock\w*|死锁/i },
];
