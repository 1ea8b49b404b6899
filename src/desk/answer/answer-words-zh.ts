import type { AnswerWords } from './answer-words.ts';

const again = '请重试；如问题持续，请直接回复本邮件。';
const ours = '您无需操作：这应由我们修复，该请求已记录在工单中。';

const plans = { starter: 'Starter', pro: 'Pro', enterprise: 'Enterprise' } as const;

export const chinese: AnswerWords = {
  greeting: '您好，',
  space: '',
  opening: (ticket, told) =>
    told
      ? `这是对您来信的自动答复，来信已登记为工单 ${ticket}。内容仅依据调用记录生成：提示词与回答均不留存。`
      : `您的来信已收到，并登记为工单 ${ticket}。这是自动答复。`,
  personReads: '我们的同事也会阅读您的来信。',
  target: (plan, time) =>
    time === null
      ? `在 ${plans[plan]} 套餐下，我们会尽快答复，但不承诺具体时间。`
      : `在 ${plans[plan]} 套餐下，我们的同事最迟于 ${time}（UTC）答复。`,
  request: (id, region) => (region === null ? `请求 ${id}` : `请求 ${id}（区域 ${region}）`),
  noClass: '这不属于可自动解释的情况，因此在同事查看之前，这里只列出事实。',
  keyWorksNow: '目前该密钥已恢复使用。',
  incident: (name) => `这次调用受到事件 ${name} 的影响。`,
  next: (action) => `下一步：${action}`,
  actions: {
    key_lookup_unavailable: again,
    usage_unavailable: again,
    journal_unavailable: again,
    overloaded: again,
    no_channel: again,
    upstream_unreachable: again,
    upstream_error: again,
    gateway_interrupted: again,
    site_fault: again,
    price_missing: ours,
    channel_address_refused: ours,
    upstream_credentials: ours,
    internal_error: ours,
    group_disabled: '请改用其他分组的密钥；哪个分组合适，将在本工单中告知。',
    endpoint_not_enabled: '请使用文档中的接口；该接口能否开通，将在本工单中告知。',
  },
  unknownAction: '暂时无需操作：我们的同事会查看，并在本工单中答复。',
  link: (address) => `完整记录：${address}`,
  untold: (count) => `关于来信中的另外 ${count} 个请求 ID，这里无法说明。`,
  expired: (count, days) => `有 ${count} 个请求 ID 已超过 ${days} 天。请求记录只保留这么久，更早的调用仅存汇总数据。`,
  mistyped: (count) =>
    `有 ${count} 个请求 ID 输入有误：末尾的校验字符与其余部分不符。请完整复制 X-Request-Id，并回复本邮件。`,
  ask: '为免再次询问，请回复本邮件并提供：',
  asked: {
    request_id: '失败调用的 X-Request-Id：每个响应都带有它，许多工具也会在错误信息中显示',
    time: '发生的时间，并注明时区',
    error: '您看到的 HTTP 状态码和错误信息',
    tool: '所用工具及其版本',
    expected: '用一句话说明您期望的结果和实际的结果',
  },
  neutral:
    '关于调用的事实，只通过邮件告知发起该调用的组织成员，且须来自其已验证的邮箱地址。如果您是成员，请使用该地址来信；在控制台的“请求”页面中可以查询每个请求 ID。',
  secrets:
    '您的来信中含有疑似密钥或密码的内容，已在存储之前移除。请立即停用：凡通过邮件发送过的密钥或密码都不应再使用。',
  vulnerability: {
    opening: (ticket) => `感谢您的报告。报告已收到并登记为工单 ${ticket}，仅少数人可以查看。`,
    rest: ['我们的同事将在一个工作日内答复。', '在修复之前，请勿公开细节，也请勿发送他人的数据。'],
  },
  policy: (address) => `我们的安全政策：${address}`,
  howToAnswer: '如需补充，请直接回复本邮件，并保留其主题。',
};
