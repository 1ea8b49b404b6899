import type { CodeWords, ExplainWords } from './explain-words.ts';
import type { ExplainedCode } from './explain-words-en.ts';

function code(why: string, action: string): CodeWords {
  return { why, action };
}

const again = '请重试；如果持续出现，请将请求 ID 告知客服。';

const codes: Readonly<Record<ExplainedCode, CodeWords>> = {
  bad_http: code('收到的内容不是有效的 HTTP 请求。', '请发送格式正确的 HTTP/1.1 请求。'),
  header_too_large: code('请求头超过了站点允许的大小。', '请减少或缩短请求头。'),
  request_timeout: code('请求到达得太慢。', '请一次发完整个请求，中途不要长时间停顿。'),
  endpoint_not_found: code(
    '该路径不对应任何接口，通常是基础地址多写或少写了一段。',
    '请检查基础地址：OpenAI 类工具填写 …/v1，Anthropic 类工具填写根地址或 …/anthropic，Gemini 类工具填写根地址或 …/gemini。',
  ),
  method_not_allowed: code('该路径不支持此请求方法。', '请改用响应中列出的方法。'),
  websocket_unsupported: code(
    '客户端请求了 WebSocket，而这里只支持 HTTP；客户端会自动改用 HTTP。',
    '无需处理，工具会自动改用 HTTP。',
  ),
  body_too_large: code('请求体超过了站点允许的大小。', '请减小请求体。'),
  body_incomplete: code('请求体在达到声明的长度之前就结束了。', '请发送完整的请求体。'),
  invalid_json: code('请求体不是一个 JSON 对象。', '请以 UTF-8 发送一个 JSON 对象。'),
  unsupported_encoding: code(
    '站点不认识该请求体的内容编码。',
    '请发送未压缩的请求体，或使用 gzip、deflate、br、zstd。',
  ),
  invalid_encoding: code('请求体无法解压。', '请发送未压缩的请求体，或确保压缩方式与 Content-Encoding 一致。'),
  invalid_parameter: code('某个参数的值不被该接口接受。', '请更正该参数。'),
  api_key_in_query: code(
    '密钥写在了网址中，而网址会留在日志里；应视为已泄露。',
    '请停用该密钥并新建一个，之后通过请求头发送密钥。',
  ),
  key_missing: code('请求中没有密钥。', '请通过 Authorization: Bearer、x-api-key 或 x-goog-api-key 请求头发送密钥。'),
  key_malformed: code(
    '所发送的密钥不完整或不准确：含有空白字符、缺少一段，或有字符错误。',
    '请重新完整复制密钥，不要带空格、引号或换行。',
  ),
  key_unknown: code('密钥格式正确，但本站没有这个密钥。', '请确认密钥与基础地址属于同一站点和同一区域。'),
  key_disabled: code('密钥已停用。', '请在“API 密钥”页面启用它，或换用其他密钥。'),
  key_deleted: code('密钥已被删除。', '请换用其他密钥；已删除的密钥无法恢复。'),
  key_expired: code('密钥已过期。', '请在“API 密钥”页面修改到期时间，或换用其他密钥。'),
  wrong_vendor: code(
    '密钥所属分组的供应商与该接口的供应商不同。',
    '请使用该供应商分组的密钥，或改用此密钥所属供应商的接口。',
  ),
  group_disabled: code('密钥所属的分组已关闭。', '请向客服咨询可以改用哪个分组。'),
  endpoint_not_enabled: code('密钥所属的分组不转发该接口。', '请使用文档中列出的接口，或联系客服开通。'),
  model_missing: code('请求没有指定模型。', '请将 "model" 设为“模型”页面中列出的名称。'),
  model_ambiguous: code('请求指定了两个不同的模型。', '"model" 只能出现一次。'),
  model_not_found: code('密钥所属的分组没有启用该模型。', '请使用“模型”页面中列出的名称，并保持完全一致。'),
  model_not_allowed: code('该密钥不允许使用这个模型。', '请使用允许的模型，或在“API 密钥”页面将此模型加入列表。'),
  price_missing: code('该模型在本站没有定价，没有定价的调用不予处理。', '请告知客服：需要由站点设置价格。'),
  background_unsupported: code(
    '请求要求在后台生成回答，其费用要很久之后才能得知，无法准确计费。',
    '请去掉 "background"，或同时发送 "stream": true。',
  ),
  rate_limited: code('密钥这一分钟的请求次数已用完。', '请按 Retry-After 等待后放慢调用，或提高密钥的限额。'),
  token_rate_limited: code('密钥这一分钟的 token 已用完。', '请按 Retry-After 等待后放慢调用，或提高密钥的限额。'),
  concurrency_limited: code('密钥同时进行的调用数已达上限。', '请等待正在进行的调用结束，或提高密钥的限额。'),
  spending_limit_reached: code('密钥已达到消费限额。', '请提高密钥的消费限额，等待当前周期结束，或换用其他密钥。'),
  balance_exhausted: code('余额不足以支付这次调用。', '请充值后重新调用，充值立即生效。'),
  key_lookup_unavailable: code('数据库暂时不可用，无法核验密钥；密钥本身可能没有问题。', again),
  usage_unavailable: code('数据库暂时不可用，无法读取用量。', again),
  journal_unavailable: code('站点暂时无法记录调用，而无法记录的调用不予受理。', again),
  shutting_down: code('该节点正在关闭。', '请重试，其他节点或重启后的节点会处理。'),
  overloaded: code('站点已达到处理能力上限。', again),
  no_channel: code('该分组当时没有可用的渠道。', again),
  channel_address_refused: code('站点自身的设置不允许通往供应商的线路。', '请将请求 ID 告知客服：需要由站点更正设置。'),
  upstream_credentials: code(
    '供应商拒绝了站点自身的凭据；调用方的密钥没有问题。',
    '请将请求 ID 告知客服：需要由站点更正凭据。',
  ),
  internal_error: code('程序出现了故障。', '请将请求 ID 告知客服。'),
  upstream_unreachable: code('无法连接供应商。', again),
  upstream_timeout: code('供应商没有及时响应。', '请重试；如果持续出现，请改为请求更短的或流式的回答。'),
  upstream_error: code('供应商返回了它自身的错误。', again),
  upstream_overloaded: code('供应商负载过高。', '请重试，并逐次延长间隔。'),
  upstream_rate_limited: code('供应商限制了本站的调用；调用方自身的限额没有被占用。', '请按 Retry-After 等待后重试。'),
  upstream_rejected: code('供应商拒绝了请求本身，响应中是供应商的原始消息。', '请阅读响应中供应商的消息，并更正请求。'),
  upstream_broken: code('供应商的回答中途中断。', '请重试；已收到的内容不完整。'),
  gateway_interrupted: code('进程在调用结束之前退出；站点恢复后将这次调用标记为已结束。', again),
  site_fault: code('通往供应商的一条线路在站点一侧出现故障。', again),
};

export const chinese: ExplainWords = {
  outcomes: {
    open: '这次调用尚未结束。',
    completed: '这次调用得到了完整的回答。',
    refused: '这次调用在到达供应商之前就被拒绝了。',
    vendor_error: '供应商没有完成这次调用。',
    gateway_error: '站点在处理这次调用时出现了故障。',
    client_left_early: '调用方在回答开始之前关闭了连接，供应商的处理也随之停止。',
    client_left_midstream: '调用方在回答途中关闭了连接，供应商的处理也随之停止。',
    stream_broken: '回答中途中断：连接被主动切断，以免不完整的回答被当成完整的。',
    interrupted: '这次调用进行时站点中断，回答缺失或不完整。',
  },
  codes,
  unknownCode: code('这是供应商或站点给出的原因。', '请将请求 ID 告知客服。'),
  rules: {
    actual_usage: '按供应商报告的 token 数计费',
    estimated_output: '供应商没有报告用量，按实际转发的内容计数并计费',
    free_endpoint: '未计费：此类调用免费',
    refused: '未计费：请求被拒绝',
    vendor_error: '未计费：供应商出错',
    our_error: '未计费：站点出错',
    no_output: '未计费：没有输出任何内容',
    unpriced: '未计费：站点没有为所用内容定价',
    interrupted: '未计费：站点在处理请求时中断',
  },
  actors: { you: '调用方', us: '站点', vendor: '供应商' },
  actorsToCustomer: { you: '您', us: '我们', vendor: '供应商' },
  limits: {
    requests: '每分钟请求数',
    tokens: '每分钟 token 数',
    concurrency: '同时进行的调用数',
    spend_total: '累计消费',
    spend_5h: '5 小时内的消费',
    spend_1d: '1 天内的消费',
    spend_7d: '7 天内的消费',
  },
  classes: {
    input: '输入',
    cache_read: '读取缓存',
    cache_write_5m: '写入 5 分钟缓存',
    cache_write_1h: '写入 1 小时缓存',
    audio_input: '音频输入',
    image_input: '图像输入',
    output: '输出',
    audio_output: '音频输出',
    image_output: '图像输出',
  },
  space: '',
  reason: (why, status, name) =>
    `${why.replace(/。$/, '')}（${status === null ? '' : `状态码 ${status}，`}错误码 ${name}）。`,
  asked({ date, time, keyPrefix, endpoint, method, tool, model, alias, served }) {
    const who = keyPrefix === null ? '没有可用密钥的调用方' : `密钥 ${keyPrefix}… `;
    const by = tool && `通过 ${tool} `;
    const stands = alias === null ? '' : `（对应 ${alias}）`;
    const answered = served === null ? '' : `，由 ${served} 应答`;
    const what = model === null ? '' : `，请求的模型是 ${model}${stands}${answered}`;
    return `${date} ${time}（UTC），${who}${by}调用了 ${endpoint}（${method}）${what}。`;
  },
  tries(count, failed, served) {
    const told = failed.map(({ number, failure, status, vendorRequestId }) => {
      const details = [
        status === null ? '' : `供应商状态码 ${status}`,
        vendorRequestId && `供应商请求 ID ${vendorRequestId}`,
      ];
      const inside = details.filter(Boolean).join('，');
      return `第 ${number} 次以 ${failure} 告终${inside ? `（${inside}）` : ''}`;
    });
    const last = served === null ? '' : `；第 ${served} 次成功`;
    return `共尝试 ${count} 次：${told.join('；')}${last}。`;
  },
  times: (firstMs, wholeMs) =>
    firstMs === null ? `整个调用用时 ${wholeMs} 毫秒。` : `${firstMs} 毫秒后开始应答，整个调用用时 ${wholeMs} 毫秒。`,
  limit({ kind, limit, used, reset }) {
    const frees = reset === null ? '' : `从 ${reset}（UTC）起逐步恢复。`;
    return `限额为 ${limit}（${kind}），已用 ${used}。${frees}`;
  },
  usage(source, classes, images) {
    const tokens = classes.map(([words, count]) => `${words} ${count} token`).join('、');
    const listed = [tokens, images === 0 ? '' : `图像 ${images} 张`].filter(Boolean).join('，');
    if (source === 'vendor') return `供应商报告的用量：${listed}。`;
    if (source === 'estimated') return `供应商没有报告最终用量，本站计得：${listed}。`;
    return `计得用量：${listed}。`;
  },
  reasoning: (tokens) => `输出中有 ${tokens} token 用于推理。`,
  usageUnknown: '所用的 token 数未知。',
  charged({ rule, price, cost, multiplier, actualCost }) {
    const by = price === null ? '' : `，价格版本 ${price}`;
    const list = multiplier === null ? '' : `标价 ${cost} USD × ${multiplier}（分组倍率）= `;
    return `${rule}${by}：${list}${actualCost} USD。`;
  },
  uncharged: (rule) => `${rule}。`,
  nothingCharged: '没有产生费用。',
  toAct: (actor) => `需要处理的一方：${actor}。`,
  support: {
    request: '请求 ID',
    received: '收到时间',
    key: '密钥',
    endpoint: '接口',
    model: '模型',
    tool: '工具',
    answer: '结果',
    region: '区域',
    duration: '用时',
    vendorIds: '供应商请求 ID',
    charged: '费用',
    noContent: '本站不保存提示词和回答，因此本文中也没有。',
  },
};
