import type { PageLocale } from '../http/index.ts';

/** What stands around the parts of the API reference; summaries and descriptions come from the document, in English. */
export interface ApiWords {
  readonly lead: string;
  readonly document: string;
  readonly signIn: string;
  readonly signInTexts: readonly string[];
  readonly habits: string;
  readonly habitTexts: readonly string[];
  readonly refusals: string;
  readonly refusalsText: string;
  readonly everywhere: string;
  readonly everywhereText: string;
  readonly forCustomers: string;
  readonly forStaff: string;
  readonly staffPrefix: string;
  readonly groupLead: string;
  readonly overview: string;
  readonly access: {
    readonly public: string;
    readonly session: string;
    readonly account: string;
    readonly organization: string;
    readonly staff: string;
  };
  readonly parameters: string;
  readonly body: string;
  readonly bodyOptional: string;
  readonly answers: string;
  readonly problems: string;
  readonly problemsMore: string;
  readonly example: string;
  readonly noBody: string;
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
  readonly status: string;
  readonly code: string;
  readonly required: string;
  readonly mayBeAbsent: string;
  readonly inPath: string;
  readonly inQuery: string;
  readonly listOf: string;
  readonly mapOf: string;
  readonly orNull: string;
  readonly oneOf: string;
  readonly form: string;
  readonly fallback: string;
  readonly characters: string;
  readonly items: string;
}

export const apiWords: Readonly<Record<PageLocale, ApiWords>> = {
  en: {
    lead: 'Everything that the console does, as HTTP endpoints for your own programs.',
    document: 'The same as an OpenAPI 3.1 document:',
    signIn: 'Signing in',
    signInTexts: [
      'Programs send a personal access token, made in the console under Security: `Authorization: Bearer <token>`. A token can do what it was given, and never more than its account.',
      'The console itself sends a session cookie. Writes with a session also carry `X-Lodge-Console: 1`, so that no other site can make a browser send them.',
      'Endpoints for staff also take the operator’s admin token.',
      'Keys for models (`sk-…`) do not open these endpoints.',
    ],
    habits: 'What holds everywhere',
    habitTexts: [
      'Bodies are JSON in UTF-8, with names in snake_case. A member that is not described is refused, so that a misspelt one is not passed over in silence.',
      'Times are ISO 8601 in UTC. Money is in USD, as decimal text without rounding.',
      'Lists come in pages: follow `next_cursor` until it is null.',
      'A write may carry an `Idempotency-Key` of your own making: within a day the same key gives the first answer again and does nothing twice.',
      'Every answer carries an `X-Request-Id`; support finds the call by it.',
    ],
    refusals: 'Refusals',
    refusalsText: 'A refusal is a problem document (RFC 9457). Decide on `code`, which never changes.',
    everywhere: 'Codes of every endpoint',
    everywhereText: 'They are not repeated on each.',
    forCustomers: 'For customers',
    forStaff: 'For staff',
    staffPrefix: 'Staff:',
    groupLead: 'Endpoints, with what goes in and what comes out.',
    overview: 'All endpoints',
    access: {
      public: 'Open to anybody.',
      session: 'Needs a session of your own; a token cannot change an account.',
      account: 'Needs a session, or a token with {permission}.',
      organization: 'Needs {permission} in the organization.',
      staff: 'Needs the staff permission {permission}; a token needs {token}.',
    },
    parameters: 'Parameters',
    body: 'Body',
    bodyOptional: 'Body (may be absent)',
    answers: 'Answer',
    problems: 'Refusals',
    problemsMore: 'and those of every endpoint',
    example: 'Example',
    noBody: 'No body.',
    name: 'Name',
    type: 'Type',
    meaning: 'Meaning',
    status: 'Status',
    code: 'Code',
    required: 'required',
    mayBeAbsent: 'may be absent',
    inPath: 'in the path',
    inQuery: 'in the query',
    listOf: 'list of {type}',
    mapOf: 'map of {type}',
    orNull: 'or null',
    oneOf: 'one of',
    form: 'form {number}',
    fallback: 'if absent:',
    characters: 'characters',
    items: 'items',
  },
  zh: {
    lead: '控制台的全部功能，以 HTTP 接口形式供您的程序调用。',
    document: '同样内容的 OpenAPI 3.1 文档：',
    signIn: '身份验证',
    signInTexts: [
      '程序使用个人访问令牌（在控制台“安全”页创建）：`Authorization: Bearer <token>`。令牌只拥有创建时授予的权限，且不会超过其账户的权限。',
      '控制台自身使用会话 Cookie。使用会话的写操作还须带上 `X-Lodge-Console: 1`，以防其他网站借浏览器发起请求。',
      '员工接口也接受运营者的管理令牌。',
      '模型密钥（`sk-…`）不能用于这些接口。',
    ],
    habits: '通用约定',
    habitTexts: [
      '请求体为 UTF-8 编码的 JSON，字段名采用 snake_case。未说明的字段会被拒绝，以免拼写错误被悄悄忽略。',
      '时间为 UTC 的 ISO 8601 格式。金额单位为美元，以十进制文本表示，不做舍入。',
      '列表分页返回：沿 `next_cursor` 继续读取，直到其为 null。',
      '写操作可携带自定义的 `Idempotency-Key`：一天之内，相同的值会返回首次的结果，不会重复执行。',
      '每个响应都带有 `X-Request-Id`，支持人员可据此找到该次调用。',
    ],
    refusals: '拒绝',
    refusalsText: '被拒绝时返回问题文档（RFC 9457）。请依据 `code` 判断，它永不改变。',
    everywhere: '所有接口通用的代码',
    everywhereText: '各接口中不再重复列出。',
    forCustomers: '客户接口',
    forStaff: '员工接口',
    staffPrefix: '员工：',
    groupLead: '各接口及其输入与输出。',
    overview: '全部接口',
    access: {
      public: '任何人均可调用。',
      session: '需要本人的会话；令牌不能更改账户。',
      account: '需要会话，或拥有 {permission} 的令牌。',
      organization: '需要在该组织中拥有 {permission} 权限。',
      staff: '需要员工权限 {permission}；令牌需要 {token}。',
    },
    parameters: '参数',
    body: '请求体',
    bodyOptional: '请求体（可省略）',
    answers: '响应',
    problems: '拒绝',
    problemsMore: '以及所有接口通用的代码',
    example: '示例',
    noBody: '无响应体。',
    name: '名称',
    type: '类型',
    meaning: '含义',
    status: '状态码',
    code: '代码',
    required: '必填',
    mayBeAbsent: '可能没有',
    inPath: '路径参数',
    inQuery: '查询参数',
    listOf: '{type} 列表',
    mapOf: '{type} 映射',
    orNull: '或 null',
    oneOf: '取值',
    form: '形式 {number}',
    fallback: '缺省值：',
    characters: '个字符',
    items: '项',
  },
};
