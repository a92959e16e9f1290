import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readQuestion } from './read-question.ts';

const shared = process.env.WHEREFORE_SHARED ?? '../shared';

/**
 * What a careful reader takes from each recorded question: what is asked, names, hosts, when, compared with, theories
 * (`!` denied, `null` without a code). Checked by hand against the questions.
 */
const READ_BY_HAND = `
cache-101 | slowness | resnet50-ad-creative | - | - | - | config.changed network.connection_timeout
cache-103 | slowness | resnet50-click-image | - | - | - | cache.ufs_slow
cache-106 | slowness | video-cover-retrain | - | - | - | cache.worker_lost
cache-107 | slowness | video-cover-pretrain | - | today | - | !config.changed cache.master_gc
cache-108 | slowness | bert-query-rank | - | 11:12 | - | cache.master_gc
cache-111 | slowness | lookalike-encoder | - | - | - | cache.capacity
cache-112 | cause_of_death | wide-deep-rank | gpu-train-07 | - | - | kernel.memcg_oom
cache-201 | cause_of_death | - | - | - | - | !memory.executor_heap_oom !memory.driver_heap_oom scheduling.spot_node_lost
cache-202 | cause_of_death | user-profile-join | - | - | - | !kernel.memcg_oom kernel.spurious_oom
cache-204 | cause_of_death | - | - | - | - | !memory.executor_heap_oom memory.container_physical_limit
cache-206 | slowness | - | - | - | - | !memory.gc_overhead !kernel.global_oom kernel.cpu_contention
cache-208 | failure | - | - | - | - | !memory.executor_heap_oom
cache-210 | cause_of_death | UserProfileAggregate | - | - | - | !memory.container_physical_limit
cache-211 | failure | - | - | - | - | !storage.disk_full_local
cache-213 | slowness | - | - | 11:02 | - | !kernel.cpu_contention !memory.container_physical_limit memory.gc_overhead
cache-215 | failure | - | nm-0217b | - | - | code.engine_bug code.engine_upgrade
cache-217 | status | UserGraphJoin | - | - | - | -
celeborn-001 | status | ads_click_features_daily | - | this morning | - | shuffle.remote_service_unavailable shuffle.fetch_wait
celeborn-002 | slowness | dwd_user_profile_join_di | - | today | - | network.connection_timeout
celeborn-004 | status | dwd_user_profile_join_di | - | - | - | shuffle.remote_service_no_slots
celeborn-005 | status | dws_item_ctr_agg_di | rss-w2 | 今天 | - | shuffle.remote_service_unavailable
celeborn-006 | failure | rpt_gmv_daily_summary | - | - | - | shuffle.remote_service_quota
celeborn-007 | failure | dim_item_snapshot_merge | - | - | - | shuffle.remote_service_unavailable config.changed
celeborn-009 | failure | ods_app_log_sessionize_hh | - | - | - | shuffle.remote_service_unavailable code.user_code
celeborn-012 | slowness | ads_click_features_daily | - | - | - | code.engine_bug memory.gc_overhead
celeborn-013 | status | dwd_order_payment_join_hh | - | - | - | shuffle.remote_service_quota
celeborn-015 | status | ods_to_dwd_order_wide_hourly | rss-w2 | - | - | shuffle.remote_service_unavailable shuffle.remote_service_data_lost
celeborn-017 | slowness | ads_push_recall_join | - | today | - | code.engine_upgrade dependency.version_conflict
celeborn-019 | slowness | dws_user_tag_wide_merge | - | - | 上周 | storage.slow_disk skew.join_key
flow-101 | failure | ad_click_features_hourly parse_click_log | - | 20 Nov | - | data.input_grew memory.container_physical_limit
flow-103 | cause_of_death | refresh_shard_0 | - | - | - | !workflow.state_changed_externally memory.container_physical_limit
flow-104 | failure | video_label_join | - | 11:26 | - | !scheduling.queue_wait !workflow.scheduler_heartbeat code.user_code
flow-106 | cause_of_death | risk_feature_daily build_device_graph velocity_features | - | - | - | kernel.memcg_oom
flow-108 | failure | exposure_join_daily wait_exposure_partition | - | - | - | workflow.scheduler_heartbeat network.connection_timeout
flow-109 | failure | - | - | 11:29 | - | workflow.scheduler_heartbeat
flow-112 | failure | spark_ods_trade | - | 11-20 | - | workflow.scheduler_heartbeat
flow-113 | failure | video_label_join | - | - | - | workflow.scheduler_heartbeat
flow-114 | slowness | dim_city_sync | - | yesterday | - | -
flow-116 | cause_of_death | refresh_shard_1 | - | 2026-11-21T11:09:36Z | - | kernel.memcg_oom memory.container_physical_limit
flow-118 | failure | ods_trade | - | 11-19 | - | workflow.zombie_task
flow-131 | failure | coupon_budget_daily allocate_budget | - | - | - | !data.input_grew workflow.scheduler_heartbeat
flow-133 | cause_of_death | push_coupons | - | - | - | kernel.memcg_oom
flow-201 | slowness | dwd_click_feature_rt | - | this morning | - | streaming.checkpoint_timeout streaming.backpressure
flow-202 | slowness | user_profile_rt user_profile | - | - | - | streaming.backpressure memory.gc_overhead
flow-204 | failure | ad_attribution_rt | - | - | - | !storage.hdfs_datanode_down streaming.checkpoint_timeout
flow-205 | failure | order_price_enrich_rt | - | this morning | - | config.resource_setting
flow-206 | failure | search_uv_window_rt | - | - | - | streaming.backpressure
flow-208 | failure | exposure_dedup_rt | - | - | - | config.changed !storage.hdfs_safemode security.permission_denied
flow-210 | failure | coupon_state_rt | - | 11:25 | - | security.permission_denied
flow-212 | failure | ctr_online_score_rt | - | - | - | network.connection_timeout scheduling.insufficient_resources
flow-214 | failure | anchor_online_rt | flink-tm-02 | 11:23 | last week | kernel.memcg_oom
flow-216 | failure | - | - | this morning | - | network.connection_timeout
slow-001 | slowness | dwd_order_user_wide | - | today | - | !data.input_grew !config.changed scheduling.insufficient_resources scheduling.spot_node_lost
slow-002 | slowness | ads_ctr_feature_daily | - | 昨晚 | - | !config.changed scheduling.queue_wait
slow-004 | slowness | ads_user_path_rank | - | last night | - | !data.input_grew storage.slow_disk storage.bad_disk
slow-005 | slowness | ads_user_tag_daily | - | - | - | !data.input_grew kernel.cpu_contention
slow-007 | slowness | dwd_pv_sku_join | - | - | - | storage.slow_disk !data.input_grew !config.changed
slow-009 | slowness | ads_user_path_rank | - | tonight | - | skew.partition_sizing
slow-010 | slowness | ads_session_path_rank | - | - | - | !data.input_grew !memory.gc_overhead memory.spill
slow-012 | slowness | dws_shop_gmv | - | 今天 | - | scheduling.spot_node_lost scheduling.preemption
slow-013 | slowness | ads_coupon_audience | - | - | - | scheduling.queue_blocked
slow-015 | slowness | ads_item_vec_rank | - | last night | - | !config.changed
slow-017 | slowness | dws_sku_daily | - | - | - | !data.input_grew data.small_files
slow-019 | slowness | ads_shop_exposure | - | 今天 | 昨天 | null
slow-021 | slowness | dwd_pv_parse | - | - | - | !code.inefficient_plan !data.input_grew kernel.cpu_contention
slow-023 | status | ads_feed_feature_20261120 | - | - | 前两天 | null
slow-024 | slowness | dwd_coupon_user_wide | - | - | - | code.engine_upgrade
slow-026 | slowness | ads_push_feature | - | 今天 | 前两天 | code.engine_upgrade shuffle.fetch_wait
slow-028 | slowness | dwd_refund_by_shop | - | - | - | memory.gc_overhead storage.hdfs_datanode_down
yarn-001 | failure | dws_ad_click_hourly | - | today | yesterday | code.engine_bug scheduling.insufficient_resources
yarn-003 | cause_of_death | item_embedding_score | bd-node11 node11 | - | - | scheduling.spot_node_lost
yarn-004 | status | dau_report_daily | - | 今天 | - | data.input_missing
yarn-005 | cause_of_death | item_embedding_score | - | - | - | !memory.executor_heap_oom !memory.container_physical_limit
yarn-008 | failure | gbdt_feature_train | - | - | - | !scheduling.insufficient_resources code.engine_bug
yarn-013 | failure | channel_roi_weekly | - | - | - | !storage.hdfs_quota storage.hdfs_safemode
yarn-017 | cause_of_death | campaign_export_full | - | - | - | scheduling.preemption
yarn-019 | failure | text_features_daily | - | - | - | !scheduling.insufficient_resources scheduling.queue_blocked
yarn-022 | cause_of_death | item_vector_backfill | bd-node12 | - | - | !memory.executor_heap_oom !kernel.global_oom scheduling.spot_node_lost
yarn-023 | failure | retention_cube_3d | - | - | - | code.engine_bug scheduling.preemption
yarn-025 | status | dwd_ad_feature_join | - | - | - | -
yarn-028 | failure | ad_geohash_bucketing | - | - | - | network.connection_timeout
yarn-029 | cause_of_death | campaign_export_light | - | - | - | memory.container_physical_limit code.engine_bug
yarn-031 | cause_of_death | user_ltv_whatif | - | - | - | memory.container_physical_limit
yarn-032 | failure | ods_order_hourly_load | - | - | 上一小时 | security.permission_denied
yarn-035 | failure | ad_factor_matrix | - | - | - | memory.driver_heap_oom
q001 | cause_of_death | - | - | - | - | !kernel.global_oom
q002 | cause_of_death | - | - | - | - | -
q003 | cause_of_death | - | - | - | - | -
q004 | failure | - | - | - | - | !memory.container_physical_limit
q005 | failure | - | - | - | - | storage.disk_full_local
q006 | failure | - | - | - | - | network.connection_timeout
q007 | failure | - | - | - | - | -
q008 | failure | - | - | - | - | -
q009 | failure | - | - | - | - | -
q010 | failure | - | - | - | - | -
q011 | failure | - | - | - | - | -
q012 | failure | - | - | - | - | -
q013 | failure | - | - | - | - | network.bind_address
q014 | slowness | - | - | - | - | storage.commit_conflict
q015 | failure | - | - | - | - | -
q016 | failure | - | - | - | - | -
q017 | cause_of_death | - | - | - | - | -
q018 | failure | - | - | - | - | -
q019 | cause_of_death | - | - | - | - | -
q020 | failure | - | - | - | - | -
q021 | failure | - | - | - | - | -
q022 | failure | - | - | - | - | -
q023 | failure | - | - | - | - | memory.gc_overhead
q024 | failure | - | - | - | - | -
q025 | failure | - | - | - | - | -
q026 | failure | - | - | - | - | !memory.offheap_direct storage.bad_disk
q027 | failure | - | - | - | - | -
q028 | failure | - | - | - | - | shuffle.remote_service_unavailable
q029 | failure | - | - | - | - | -
q030 | failure | - | - | - | - | -
q031 | failure | - | 10.96.37.74 | - | - | -
q032 | failure | - | - | - | - | -
q033 | failure | - | - | - | - | cache.capacity
q034 | cause_of_death | - | - | - | - | -
q035 | failure | - | - | - | - | kernel.global_oom kernel.memcg_oom
q036 | cause_of_death | - | - | - | - | config.resource_setting
q037 | cause_of_death | - | - | - | - | kernel.memcg_oom
q038 | failure | - | - | - | - | -
q039 | slowness | - | - | - | - | !scheduling.insufficient_resources
q040 | failure | - | - | - | - | -
q041 | failure | - | - | - | - | -
q042 | failure | - | - | - | - | -
q043 | failure | - | - | - | - | config.resource_setting
q044 | failure | - | - | - | - | -
q045 | failure | - | - | - | - | -
`;

/** Asked at this time where the question brings no time of its own. */
const NOON = '2026-11-21T12:00:00Z';

function recordedQuestions(): Map<string, { question: string; askedAt: string }> {
  const found = new Map<string, { question: string; askedAt: string }>();
  for (const folder of ['captures', 'questions']) {
    const root = join(shared, folder);
    for (const name of existsSync(root) ? readdirSync(root) : []) {
      const file = folder === 'captures' ? join(root, name, 'incident.json') : join(root, name);
      const id = /^(?:[a-z]+-\d+|q\d+)/.exec(name)?.[0];
      if (id === undefined || !file.endsWith('.json') || !existsSync(file)) continue;
      const { question, askedAt = NOON } = JSON.parse(readFileSync(file, 'utf8')) as {
        question: string;
        askedAt?: string;
      };
      found.set(id, { question, askedAt });
    }
  }
  return found;
}

const questions = recordedQuestions();
const rows = READ_BY_HAND.trim()
  .split('\n')
  .map((line) => line.split(' | '))
  .map(([id = '', asks, names, hosts, window, compared, theories]) => ({
    id,
    asks,
    names,
    hosts,
    window,
    compared,
    theories,
  }));
const words = (items: readonly string[]): string => items.join(' ') || '-';

describe.skipIf(questions.size === 0)('recorded questions', () => {
  it('are all in the table', () => {
    expect([...questions.keys()].filter((id) => !rows.some((row) => row.id === id))).toEqual([]);
    expect(rows.length).toBeGreaterThan(120);
  });

  it.each(rows.filter(({ id }) => questions.has(id)))('$id is read as by hand', (row) => {
    const { question, askedAt } = questions.get(row.id) ?? { question: '', askedAt: NOON };
    const read = readQuestion(question, { now: Date.parse(askedAt) });
    expect({
      id: row.id,
      asks: read.asks,
      names: words(read.jobNames),
      hosts: words(read.hosts),
      window: read.window?.words ?? '-',
      compared: read.comparedWith?.words ?? '-',
      theories: words(read.theories.map(({ code, polarity }) => `${polarity === 'denies' ? '!' : ''}${code}`)),
    }).toEqual(row);
  });

  it('quote each theory from the question itself', () => {
    for (const { question, askedAt } of questions.values()) {
      for (const theory of readQuestion(question, { now: Date.parse(askedAt) }).theories) {
        expect(question).toContain(theory.text);
        expect(theory.text.length).toBeGreaterThan(2);
      }
    }
  });
});
