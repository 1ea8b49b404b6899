-- One day of records. $TABLE is made without indexes, which are built at once when it is attached.
create table $TABLE (like request_records including defaults including constraints);

insert into $TABLE (received_at, id, organization_id, project_id, key_id, key_prefix, region, node, vendor, group_id,
  channel_id, endpoint, wire, method, model_asked, model_routed, model_served, mode, client_tool, client_version,
  bytes_in, bytes_out, admitted_ms, head_ms, first_token_ms, duration_ms, input_tokens, cache_read_tokens,
  cache_write_5m_tokens, cache_write_1h_tokens, audio_input_tokens, image_input_tokens, output_tokens,
  reasoning_tokens, audio_output_tokens, image_output_tokens, images, usage_source, price_id, cost, multiplier,
  actual_cost, charge_rule, estimate, limit_kind, limit_value, limit_used, limit_reset_at, status, upstream_status,
  error_code, fault, retries, outcome, vendor_response_id, attempts, applied_at)
select to_timestamp(ms / 1000.0), 'req_' || id, organization_id, project_id, key_id, prefix, 'eu', 'node-1', vendor_id,
  group_id, 'channel-' || vendor_id,
  case vendor_id when 'openai' then 'openai.chat' when 'anthropic' then 'anthropic.messages' else 'gemini.generate' end,
  case vendor_id when 'openai' then 'openai.chat' when 'anthropic' then 'anthropic.messages' else 'gemini.generate' end,
  'POST', model, case when code is distinct from 'model_not_found' then model end,
  case when code is null then model || '-2026-08-01' end, case when streamed then 'stream' else 'sync' end,
  tool, '1.' || (ms % 9), 2000 + input, 800 + output * 4, 0, case when code is null then duration / 4 end,
  case when streamed and code is null then duration / 3 end, case when code is null then duration else 3 end,
  case when code is null then input end, case when code is null then input / 3 end,
  case when code is null then 0 end, case when code is null then 0 end, case when code is null then 0 end,
  case when code is null then 0 end, case when code is null then output end, case when code is null then output / 5 end,
  case when code is null then 0 end, case when code is null then 0 end, case when code is null then 0 end,
  case when code is null then 'vendor' else 'none' end, case when code is null then 'price_' || model end,
  case when code is null then cost else 0 end, multiplier,
  case when code is null then cost * multiplier / 10000 else 0 end,
  case when code is null then 'actual_usage' when code like 'upstream%' then 'vendor_error' else 'refused' end,
  10000000, 'requests', 60, 3, to_timestamp(ms / 1000.0 + 60),
  case code when 'rate_limited' then 429 when 'model_not_found' then 404 when 'upstream_overloaded' then 503
    when 'spending_limit_reached' then 402 else 200 end,
  case when code is null then 200 when code like 'upstream%' then 503 end, code,
  case when code like 'upstream%' then 'vendor' when code is not null then 'you' end, 0,
  case when code is null then 'completed' when code like 'upstream%' then 'vendor_error' else 'refused' end,
  case when code is null then 'resp_' || substr(id, 10, 16) end,
  case when code is null or code like 'upstream%' then jsonb_build_array(jsonb_build_object('number', 1, 'channelId',
    'channel-' || vendor_id, 'startedMs', 1, 'headMs', duration / 4, 'endedMs', duration, 'status',
    case when code is null then 200 else 503 end, 'vendorRequestId', 'vreq_' || substr(id, 10, 16), 'failure', code))
    else '[]' end,
  to_timestamp(ms / 1000.0 + 1)
from (
  select rolled.*, k.organization_id, k.project_id, k.id as key_id, k.prefix, k.vendor_id, k.group_id, k.multiplier,
    -- A key has its favourites, and now and then takes another one.
    k.vendor_id || '-model-' || (k.number + case when other < 0.1 then floor(other * 60)::int else 0 end) % 6 as model,
    (array['codex', 'claude-code', 'openai-python', 'gemini-cli', 'continue', 'curl', 'cursor', 'opencode'])[
      1 + (k.number + case when other > 0.9 then floor(other * 80)::int else 0 end) % 8] as tool,
    case when luck < 0.02 then 'rate_limited' when luck < 0.03 then 'upstream_overloaded'
      when luck < 0.035 then 'model_not_found' when luck < 0.0351 then 'spending_limit_reached' end as code,
    -- base/request-id.ts in SQL: ten characters of time, sixteen of chance, the whole modulo 1021.
    bench_digits_10(ms) || bench_digits_8(chance_a) || bench_digits_8(chance_b) ||
      bench_digits_2((ms % 1021 * 435 + chance_a % 1021 * 81 + chance_b % 1021) % 1021) as id
  from (
    select $FROM_MS::bigint + floor(random() * $LENGTH_MS)::bigint as ms, random() as who, random() ^ 2 as which,
      random() as other, random() as luck, random() < 0.7 as streamed, floor(random() * 8000)::int + 20 as input,
      floor(random() * 1500)::int + 5 as output, floor(exp(random() * 4 + 5))::int as duration,
      floor(random() * 90000000)::bigint + 20000 as cost, floor(random() * 1099511627776)::bigint as chance_a,
      floor(random() * 1099511627776)::bigint as chance_b
    from generate_series(1, $ROWS)
    order by 1
  ) rolled
  join bench_organizations o
    on o.number = width_bucket(who, (select array_agg(share_from order by number) from bench_organizations))
  join bench_keys k on k.number = o.first_key + floor(which * o.keys)::int
) facts;

alter table request_records attach partition $TABLE for values from ('$DAY 00:00:00+00') to ('$NEXT_DAY 00:00:00+00');

create temporary table bench_sums on commit drop as
select organization_id, date_trunc('hour', received_at, 'UTC') as hour, key_id, coalesce(project_id, '') as project_id,
  group_id, coalesce(model_routed, '') as model, count(*) as requests, count(error_code) as failures,
  coalesce(sum(input_tokens), 0) as input_tokens, coalesce(sum(output_tokens), 0) as output_tokens,
  0 as cache_write_tokens, coalesce(sum(cache_read_tokens), 0) as cache_read_tokens, sum(cost) as cost,
  sum(actual_cost) as actual_cost, sum(duration_ms) as duration_ms
from $TABLE group by 1, 2, 3, 4, 5, 6;

insert into usage_hours (organization_id, hour, key_id, project_id, group_id, model, requests, failures, input_tokens,
  output_tokens, cache_write_tokens, cache_read_tokens, cost, actual_cost, duration_ms)
select * from bench_sums order by hour, organization_id;

insert into usage_organization_hours
select organization_id, hour, group_id, model, sum(requests), sum(failures), sum(input_tokens), sum(output_tokens),
  sum(cache_write_tokens), sum(cache_read_tokens), sum(cost), sum(actual_cost), sum(duration_ms)
from bench_sums group by 1, 2, 3, 4 order by 2, 1;

insert into usage_days
select organization_id, date_trunc('day', hour, 'UTC'), key_id, project_id, group_id, model, sum(requests),
  sum(failures), sum(input_tokens), sum(output_tokens), sum(cache_write_tokens), sum(cache_read_tokens), sum(cost),
  sum(actual_cost), sum(duration_ms)
from bench_sums group by 1, 2, 3, 4, 5, 6 order by 2, 1;

insert into key_activity (key_id, last_used_at)
select key_id, max(received_at) from $TABLE where key_id is not null group by 1 order by 1
on conflict (key_id) do update set last_used_at = greatest(key_activity.last_used_at, excluded.last_used_at);
