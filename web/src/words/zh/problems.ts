import type { problems as english } from '../en/problems.ts';
import type { WordsOf } from '../index.ts';

/** 已知错误码的中文说明；其余错误码显示 API 返回的英文说明。 */
export const problems = {
  network_unreachable: '服务器没有响应。请检查网络连接后重试。',
  answer_unreadable: '响应并非来自本站 API，可能被中间的代理拦截。请重试；如仍出现，请联系站点管理员。',
  page_failed: '页面出现了我们的错误。请刷新页面；如仍出现，请将当时的操作告知客服。',
  session_missing: '登录已失效，请重新登录。',
  input_invalid: '部分内容填写有误，请检查后重新提交。',
  cursor_invalid: '列表已发生变化，请刷新后重新查看。',
  json_invalid: '请求内容不是有效的 JSON。',
  body_too_large: '提交的内容过大。',
  endpoint_not_found: '请求的接口不存在。页面可能已更新，请刷新后重试。',
  method_not_allowed: '该接口不支持此操作。',
  internal_error: '我们的服务出现了问题。请稍后重试；如仍出现，请将请求 ID 告知客服。',
  database_unavailable: '服务暂时不可用，请稍后重试。',
} satisfies WordsOf<typeof english> & Readonly<Record<string, string>>;
