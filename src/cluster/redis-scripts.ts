/**
 * What runs inside Redis, each in one step. Time is the server's own, so that the clocks of nodes do not matter; it is
 * returned as what is left until a moment, never as the moment. Runs on Redis 6 and later, and on Valkey.
 *
 * A window is a list of times, the oldest first: 13 bytes a call, and no member has to be unique. Expired times are
 * found by bisection, so that a burst of 100,000 which leaves at once costs 17 steps.
 */

const now = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

/** KEYS: window. ARGV: limit, window in ms. Returns allowed (0, 1), used, ms until the reset. */
export const takeScript = `${now}
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local count = redis.call('LLEN', KEYS[1])
if count > 0 then
  local newest = tonumber(redis.call('LINDEX', KEYS[1], -1))
  if newest > now + 1000 then
    -- The server's clock was set back: its times mean nothing any more.
    redis.call('DEL', KEYS[1])
    count = 0
  elseif newest > now then
    now = newest
  end
end
if count > 0 and tonumber(redis.call('LINDEX', KEYS[1], 0)) <= now - window then
  local low, high = 1, count
  while low < high do
    local middle = math.floor((low + high) / 2)
    if tonumber(redis.call('LINDEX', KEYS[1], middle)) <= now - window then low = middle + 1 else high = middle end
  end
  redis.call('LTRIM', KEYS[1], low, -1)
  count = count - low
end
local allowed = 0
if count < limit then
  allowed = 1
  count = count + 1
  redis.call('RPUSH', KEYS[1], string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[1], window)
end
local leaving = 0
if allowed == 0 then leaving = math.max(math.min(count - limit, count - 1), 0) end
local since = redis.call('LINDEX', KEYS[1], leaving)
local reset = window
if since then reset = tonumber(since) + window - now end
return { allowed, count, reset }`;

/** KEYS: leases. ARGV: limit, lease in ms, id of the lease. Returns allowed (0, 1), running. */
export const acquireScript = `${now}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local running = redis.call('ZCARD', KEYS[1])
if running >= tonumber(ARGV[1]) then return { 0, running } end
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { 1, running + 1 }`;

/** KEYS: leases. ARGV: lease in ms, ids. Also brings in those that began while Redis was away. */
export const renewScript = `${now}
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[i]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 0`;

/** KEYS: hash of second → tokens. ARGV: seconds counted, tokens to add. Returns those of the last seconds. */
export const tokensScript = `${now}
local second, seconds, added = math.floor(now / 1000), tonumber(ARGV[1]), tonumber(ARGV[2])
if added > 0 then
  redis.call('HINCRBY', KEYS[1], string.format('%.0f', second), ARGV[2])
  redis.call('EXPIRE', KEYS[1], seconds + 1)
end
local sum = 0
local buckets = redis.call('HGETALL', KEYS[1])
for i = 1, #buckets, 2 do
  local age = second - tonumber(buckets[i])
  if age > seconds or age < -1 then redis.call('HDEL', KEYS[1], buckets[i]) else sum = sum + buckets[i + 1] end
end
return sum`;

/** KEYS: nodes. ARGV: this node, ms until it counts as gone. Returns how many nodes there are. */
export const beatScript = `${now}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])`;
